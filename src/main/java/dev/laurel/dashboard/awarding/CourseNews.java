package dev.laurel.dashboard.awarding;

import dev.laurel.achievement.Achievements;
import dev.laurel.award.Awards;
import dev.laurel.context.Contexts;
import dev.laurel.context.CourseContext;
import dev.laurel.criteria.RuleSet;
import dev.laurel.criteria.RuleSets;
import dev.laurel.criteria.RuleWarning;
import dev.laurel.dashboard.integrity.Integrity;
import dev.laurel.gradebook.canvas.CanvasPermissions;
import dev.laurel.platform.tenant.TenantId;
import dev.laurel.publication.mail.StaffNews;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;
import org.springframework.context.MessageSource;
import org.springframework.stereotype.Component;

/** Warnings and what waits for a person's word in a course, one line each. */
@Component
class CourseNews implements StaffNews {

    private final Contexts contexts;

    private final RuleSets ruleSets;

    private final Achievements achievements;

    private final Awards awards;

    private final Awarding awarding;

    private final Integrity integrity;

    private final CanvasPermissions permissions;

    private final MessageSource messages;

    CourseNews(
            Contexts contexts,
            RuleSets ruleSets,
            Achievements achievements,
            Awards awards,
            Awarding awarding,
            Integrity integrity,
            CanvasPermissions permissions,
            MessageSource messages) {
        this.contexts = contexts;
        this.ruleSets = ruleSets;
        this.achievements = achievements;
        this.awards = awards;
        this.awarding = awarding;
        this.integrity = integrity;
        this.permissions = permissions;
        this.messages = messages;
    }

    @Override
    public List<String> of(TenantId tenant, long contextId) {
        CourseContext course = contexts.find(tenant, contextId).orElse(null);
        if (course == null) {
            return List.of();
        }
        List<RuleSet> all = ruleSets.ofContext(tenant, contextId).stream()
                .filter(ruleSet -> ruleSet.status() != RuleSet.Status.DRAFT)
                .toList();
        Map<Long, String> names = achievements.names(
                tenant, all.stream().map(RuleSet::achievementId).collect(Collectors.toSet()));
        Map<Long, List<RuleWarning>> warnings =
                ruleSets.warnings(tenant, contextId).stream().collect(Collectors.groupingBy(RuleWarning::ruleSetId));
        List<String> lines = new ArrayList<>();
        for (RuleSet ruleSet : all) {
            String name = names.getOrDefault(ruleSet.achievementId(), "");
            warnings.getOrDefault(ruleSet.id(), List.of())
                    .forEach(warning -> lines.add(line(name, say(warning.messageKey(), warning.arguments()))));
            waiting(course, ruleSet, name, lines);
        }
        permissions
                .endangered(course)
                .ifPresent(what -> lines.add(say((what.ofInstitution() ? "reading.news.institution." : "reading.news.")
                        + what.danger().name().toLowerCase(Locale.ROOT).replace('_', '-'))));
        return lines;
    }

    private void waiting(CourseContext course, RuleSet ruleSet, String name, List<String> lines) {
        Awarding.View view = awarding.of(course, ruleSet);
        if (view.held() != null) {
            lines.add(line(name, say("pass.held.note", view.held().people())));
        }
        if (view.cases() > 0) {
            lines.add(line(name, say("case.waiting", view.cases())));
        }
        if (view.forInstructor() > 0) {
            lines.add(line(name, say("release.waiting", view.forInstructor())));
        }
        int flags = integrity
                .flags(course, ruleSet, awards.ofRuleSet(course.tenant(), ruleSet.id()))
                .size();
        if (flags > 0) {
            lines.add(line(name, say("integrity.count", flags)));
        }
    }

    private String line(String badge, String words) {
        return say("staff-mail.line", badge, words);
    }

    private String say(String key, Object... words) {
        return messages.getMessage(key, words, Locale.ENGLISH);
    }
}
