package dev.laurel.dashboard.builder;

import dev.laurel.achievement.Achievements;
import dev.laurel.context.Copies;
import dev.laurel.context.CourseContext;
import dev.laurel.context.CourseSections;
import dev.laurel.criteria.RuleSet;
import dev.laurel.criteria.RuleSets;
import dev.laurel.gradebook.Gradebook;
import dev.laurel.gradebook.LineItem;
import dev.laurel.gradebook.Sources;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.springframework.stereotype.Component;

/** Gathers what the builder offers in a course. Of badges these are the instructor's own, and what is public anyway. */
@Component
class Offered {

    private static final Pattern ID =
            Pattern.compile("[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}", Pattern.CASE_INSENSITIVE);

    private final Gradebook gradebook;

    private final RuleSets ruleSets;

    private final Achievements achievements;

    private final Copies copies;

    private final CourseSections sections;

    private final Sources sources;

    Offered(
            Gradebook gradebook,
            RuleSets ruleSets,
            Achievements achievements,
            Copies copies,
            CourseSections sections,
            Sources sources) {
        this.gradebook = gradebook;
        this.ruleSets = ruleSets;
        this.achievements = achievements;
        this.copies = copies;
        this.sections = sections;
        this.sources = sources;
    }

    /** @param person who puts the rule together */
    Choices of(CourseContext course, long person, Draft draft) {
        Map<Long, String> badges = badges(course, person, draft);
        Map<Long, String> others =
                new LinkedHashMap<>(achievements.ofInstitution(course.tenant(), "", Choices.MOST_OTHERS));
        Set<String> inVain = new HashSet<>();
        for (Part part : draft.parts()) {
            String words = part.typed("find");
            Map<Long, String> found = words.isBlank() ? Map.of() : find(course, words.strip());
            others.putAll(found);
            if (found.isEmpty()) {
                inVain.add(words);
            }
        }
        others.keySet().removeAll(badges.keySet());
        List<LineItem> items = gradebook.lineItems(course.tenant(), course.id());
        Sources.Silent silent = sources.silent(course.tenant(), course.id());
        return new Choices(
                items,
                items.stream().filter(silent::mayNotRead).map(LineItem::id).collect(Collectors.toSet()),
                badges,
                byName(others),
                inVain,
                sections.all(course.tenant(), course.id()));
    }

    /** Those of the courses that the instructor teaches, and what the draft asks for already. */
    private Map<Long, String> badges(CourseContext course, long person, Draft draft) {
        Set<Long> contextIds = copies.othersTaughtBy(course.tenant(), person, course.id()).stream()
                .map(CourseContext::id)
                .collect(Collectors.toCollection(HashSet::new));
        contextIds.add(course.id());
        Set<Long> ids = ruleSets.ofContexts(course.tenant(), contextIds).stream()
                .filter(ruleSet -> !ruleSet.isRetired())
                .map(RuleSet::achievementId)
                .collect(Collectors.toCollection(HashSet::new));
        draft.parts().stream()
                .flatMap(part -> (part.typed("badge") + "\n" + part.typed("badges")).lines())
                .filter(id -> id.matches("\\d{1,18}"))
                .forEach(id -> ids.add(Long.valueOf(id)));
        return byName(achievements.names(course.tenant(), ids));
    }

    /** By a part of its name, where it is in the institution's own; by the address of its page whatever badge it is. */
    private Map<Long, String> find(CourseContext course, String words) {
        Matcher id = ID.matcher(words);
        return id.find()
                ? achievements.activated(course.tenant(), UUID.fromString(id.group()))
                : achievements.ofInstitution(course.tenant(), words, Choices.MOST_OTHERS);
    }

    private static Map<Long, String> byName(Map<Long, String> badges) {
        Map<Long, String> sorted = new LinkedHashMap<>();
        badges.entrySet().stream()
                .sorted(Map.Entry.comparingByValue(String.CASE_INSENSITIVE_ORDER))
                .forEach(each -> sorted.put(each.getKey(), each.getValue()));
        return sorted;
    }
}
