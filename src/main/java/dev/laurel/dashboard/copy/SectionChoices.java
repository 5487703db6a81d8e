package dev.laurel.dashboard.copy;

import dev.laurel.context.CourseContext;
import dev.laurel.context.CourseSections;
import dev.laurel.context.CourseSections.Section;
import dev.laurel.criteria.rule.Audience;
import dev.laurel.criteria.rule.Rule;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;
import org.springframework.ui.Model;

/**
 * Which sections or groups of a course take the place of those that a badge from elsewhere is for: their numbers are other
 * ones in each course. Left open it is a draft that cannot be activated yet.
 */
@Component
public class SectionChoices {

    private static final String FIELD = "section.";

    private final CourseSections sections;

    SectionChoices(CourseSections sections) {
        this.sections = sections;
    }

    /**
     * A section of elsewhere that a badge is for.
     *
     * @param label as it is called there, as far as that is known
     * @param chosen what was chosen, or is called the same here; empty: nothing yet
     * @param everyone whether every badge that is for it can be for everyone instead
     * @param later whether it can stay open; not where one of this course happens to have the same number
     */
    public record Open(String number, String label, String chosen, boolean everyone, boolean later) {}

    /** What a page asks. {@code byBadge} has each section once, at the first badge that is for it. */
    public record Asked(List<Section> here, Map<Long, List<Open>> byBadge) {

        public List<Open> of(long badge) {
            return byBadge.getOrDefault(badge, List.of());
        }
    }

    /**
     * What to ask of badges of courses of the same platform, where a number is one section everywhere: of those that this
     * course has not.
     *
     * @param rules by the number that the page gives a badge, in its order
     * @param theirNames what the sections are called there, by number
     * @param typed what was chosen before something was wrong, as from {@link #typed}
     */
    public Asked ask(
            CourseContext course, Map<Long, Rule> rules, Map<String, String> theirNames, Map<String, String> typed) {
        return ask(course, rules, theirNames, typed, true);
    }

    /** What to ask of badges of a file, which may be of another platform, where a number says nothing: of all. */
    public Asked askOfAll(CourseContext course, Map<Long, Rule> rules, Map<String, String> typed) {
        return ask(course, rules, Map.of(), typed, false);
    }

    private Asked ask(
            CourseContext course,
            Map<Long, Rule> rules,
            Map<String, String> theirNames,
            Map<String, String> typed,
            boolean samePlatform) {
        Map<Long, List<Open>> byBadge = new HashMap<>();
        if (rules.values().stream().allMatch(rule -> Audience.of(rule).isEmpty())) {
            return new Asked(List.of(), byBadge);
        }
        List<Section> here = sections.all(course.tenant(), course.id());
        Set<String> taken = here.stream().map(Section::number).collect(Collectors.toSet());
        Set<String> known = new HashSet<>(samePlatform ? taken : Set.of());
        rules.forEach((badge, rule) -> {
            List<Open> open = new ArrayList<>();
            for (String number : Audience.of(rule)) {
                if (known.add(number)) {
                    open.add(new Open(
                            number,
                            CourseSections.label(number, theirNames.get(number)),
                            typed.getOrDefault(number, calledTheSame(here, theirNames.get(number))),
                            rules.values().stream().allMatch(each -> canBeEveryone(each, number)),
                            !taken.contains(number)));
                }
            }
            byBadge.put(badge, open);
        });
        return new Asked(here, byBadge);
    }

    private static boolean canBeEveryone(Rule rule, String number) {
        return !Audience.of(rule).contains(number) || Audience.canBeEveryone(rule, number);
    }

    /** Whether a badge of a file would be for sections of this course that only happen to have the same numbers. */
    public boolean isLeftToChance(CourseContext course, Rule rule, Map<String, String> chosen) {
        Set<String> open = new HashSet<>(Audience.of(rule));
        open.removeIf(number -> chosen.containsKey(number)
                && (!chosen.get(number).equals(Audience.EVERYONE) || Audience.canBeEveryone(rule, number)));
        return !open.isEmpty()
                && sections.all(course.tenant(), course.id()).stream()
                        .map(Section::number)
                        .anyMatch(open::contains);
    }

    private static String calledTheSame(List<Section> here, @Nullable String name) {
        List<Section> same = here.stream()
                .filter(section -> name != null && name.equalsIgnoreCase(section.name()))
                .toList();
        return same.size() == 1 ? same.get(0).number() : "";
    }

    /** What was chosen before something was wrong: the flash attribute {@code chosenSections}. */
    public static Map<String, String> kept(Model model) {
        Map<String, String> kept = new HashMap<>();
        if (model.getAttribute("chosenSections") instanceof Map<?, ?> typed) {
            typed.forEach((theirs, ours) -> kept.put(String.valueOf(theirs), String.valueOf(ours)));
        }
        return kept;
    }

    /** The fields of a form that say for a section of elsewhere which of ours, or {@link Audience#EVERYONE}, takes its place. */
    public Map<String, String> typed(CourseContext course, Map<String, String> form) {
        Map<String, String> typed = new HashMap<>();
        form.forEach((name, value) -> {
            if (name.startsWith(FIELD) && !value.isEmpty()) {
                typed.put(name.substring(FIELD.length()), value);
            }
        });
        if (!typed.isEmpty()) {
            Set<String> good = sections.all(course.tenant(), course.id()).stream()
                    .map(Section::number)
                    .collect(Collectors.toCollection(HashSet::new));
            good.add(Audience.EVERYONE);
            typed.values().retainAll(good);
        }
        return typed;
    }
}
