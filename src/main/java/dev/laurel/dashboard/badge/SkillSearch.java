package dev.laurel.dashboard.badge;

import dev.laurel.achievement.framework.Frameworks;
import dev.laurel.platform.tenant.TenantId;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/** Finds what a badge stands for in the frameworks of the institution, without leaving the form of the badge. */
@Component
class SkillSearch {

    private final Frameworks frameworks;

    SkillSearch(Frameworks frameworks) {
        this.frameworks = frameworks;
    }

    /**
     * What was asked for.
     *
     * @param skill words that one is looked for by
     * @param take which one is taken: the number of its framework and its web address, with a blank between
     */
    record Asked(@Nullable String skill, @Nullable String take) {

        /** Also where Enter was pressed in the field in which one is looked for. */
        boolean isForSkills(String action) {
            return take != null
                    || skill != null && ("skills".equals(action) || "count".equals(action) && !skill.isBlank());
        }
    }

    /**
     * What the form shows of it.
     *
     * @param found at most {@value Frameworks#MOST_FOUND}; {@code null} where nobody looked for anything
     */
    record Shown(String words, @Nullable List<Frameworks.Skill> found, boolean isMore) {}

    /** {@code null} where the institution has no framework. */
    @Nullable
    Shown show(TenantId tenant, @Nullable String words) {
        if (!frameworks.any(tenant)) {
            return null;
        }
        if (words == null || words.isBlank()) {
            return new Shown("", null, false);
        }
        List<Frameworks.Skill> found = frameworks.find(tenant, words);
        return new Shown(words, found, found.size() == Frameworks.MOST_FOUND);
    }

    /** The form with the skill that was taken; as it was where it is not there any more. */
    BadgeForm take(TenantId tenant, BadgeForm form, @Nullable String take) {
        String[] parts = take == null ? new String[0] : take.split(" ", 2);
        if (parts.length < 2 || !parts[0].matches("[0-9]{1,18}")) {
            return form;
        }
        Optional<AlignmentForm> skill =
                frameworks.skill(tenant, Long.parseLong(parts[0]), parts[1]).map(AlignmentForm::of);
        return skill.map(form::with).orElse(form);
    }
}
