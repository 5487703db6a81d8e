package dev.laurel.gradebook.moodle;

import dev.laurel.gradebook.LineItem;
import java.util.EnumSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.stream.Collectors;

/** What can be read with a key, by the functions that its service holds. */
public enum MoodleCapability {
    /** Grades of quizzes, assignments and all other activities, categories and the course total. */
    GRADES(MoodleFunction.ITEMS, MoodleFunction.GRADES),
    /** Assignments that were graded since the last look are read first, and who graded them is known. */
    NEW_GRADES(MoodleFunction.ASSIGNMENT_GRADES),
    /** Assignments that were handed in, and when. */
    HAND_INS(MoodleFunction.SUBMISSIONS),
    /** Activities that are complete. */
    COMPLETIONS(MoodleFunction.CONTENTS, MoodleFunction.COMPLETIONS),
    /** The course is complete. */
    COURSE_COMPLETION(MoodleFunction.COURSE_COMPLETION),
    /** Competencies that somebody is proficient in. */
    COMPETENCIES(MoodleFunction.COMPETENCIES, MoodleFunction.COMPETENCY_REPORT),
    /** Who is a teaching assistant, and who is in which group. */
    PEOPLE(MoodleFunction.PEOPLE),
    /** Who may grade by a role that the site made itself. */
    OWN_ROLES(MoodleFunction.GRADING_PEOPLE);

    private final List<MoodleFunction> functions;

    MoodleCapability(MoodleFunction... functions) {
        this.functions = List.of(functions);
    }

    /** The functions that it takes, as Moodle calls them. */
    public List<String> functions() {
        return functions.stream().map(MoodleFunction::wire).toList();
    }

    /** As it stands in message keys and in the stored key. */
    public String key() {
        return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }

    /** Those that work with these functions. */
    static Set<MoodleCapability> with(Set<String> functions) {
        return EnumSet.allOf(MoodleCapability.class).stream()
                .filter(each -> functions.containsAll(each.functions()))
                .collect(Collectors.toCollection(() -> EnumSet.noneOf(MoodleCapability.class)));
    }

    /** What results can be read with these. */
    static Set<LineItem.Kind> kinds(Set<MoodleCapability> capabilities) {
        Set<LineItem.Kind> kinds = EnumSet.noneOf(LineItem.Kind.class);
        if (capabilities.contains(GRADES)) {
            kinds.add(LineItem.Kind.SCORE);
            kinds.add(LineItem.Kind.TOTAL_CURRENT);
            kinds.add(LineItem.Kind.TOTAL_FINAL);
            kinds.add(LineItem.Kind.SUBTOTAL);
        }
        if (capabilities.contains(COMPLETIONS) || capabilities.contains(COURSE_COMPLETION)) {
            kinds.add(LineItem.Kind.COMPLETION);
        }
        if (capabilities.contains(COMPETENCIES)) {
            kinds.add(LineItem.Kind.OUTCOME);
        }
        return kinds;
    }

    /** Each of those that would tell results of this kind, as long as none of these does. */
    static Set<MoodleCapability> missing(Set<MoodleCapability> there, LineItem.Kind kind) {
        return kinds(there).contains(kind)
                ? Set.of()
                : EnumSet.allOf(MoodleCapability.class).stream()
                        .filter(each -> kinds(Set.of(each)).contains(kind))
                        .collect(Collectors.toCollection(() -> EnumSet.noneOf(MoodleCapability.class)));
    }

    /** As stored; words of later versions are skipped. */
    static Set<MoodleCapability> read(Set<String> keys) {
        return EnumSet.allOf(MoodleCapability.class).stream()
                .filter(each -> keys.contains(each.key()))
                .collect(Collectors.toCollection(() -> EnumSet.noneOf(MoodleCapability.class)));
    }
}
