package dev.laurel.gradebook.moodle;

import dev.laurel.gradebook.source.Column;
import dev.laurel.gradebook.source.Result;
import java.util.Collection;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/** What Moodle is asked of one learner at a time in a look, and what it answered. Whoever is asked for twice counts once. */
final class Questions {

    private final Pass pass;

    private final GradeReport report;

    private final WholeCourse whole;

    private final Map<String, Map<String, Result>> results = new HashMap<>();

    private final Map<String, Set<String>> unreadable = new HashMap<>();

    /** What is not asked any more. */
    private final Set<MoodleFunction> left = EnumSet.noneOf(MoodleFunction.class);

    private boolean isBroken;

    Questions(Pass pass, GradeReport report) {
        this.pass = pass;
        this.report = report;
        this.whole = new WholeCourse(
                pass,
                report,
                (account, result) -> add(
                        account,
                        List.of(Completions.course()),
                        result == null ? Map.of() : Map.of(MoodleText.COURSE_COMPLETION, result)));
    }

    /** What there is to be asked of each learner. */
    Set<MoodleFunction> ofEach(boolean withGrades) {
        Set<MoodleFunction> functions = EnumSet.noneOf(MoodleFunction.class);
        if (withGrades) {
            functions.add(MoodleFunction.GRADES);
        }
        if (pass.may(MoodleCapability.COMPLETIONS)
                && !pass.columns().of(MoodleText.COMPLETION).isEmpty()) {
            functions.add(MoodleFunction.COMPLETIONS);
            if (pass.may(MoodleCapability.COURSE_COMPLETION)) {
                functions.add(MoodleFunction.COURSE_COMPLETION);
            }
        }
        if (pass.may(MoodleCapability.COMPETENCIES)
                && !pass.columns().of(MoodleText.COMPETENCY).isEmpty()) {
            functions.add(MoodleFunction.COMPETENCY_REPORT);
        }
        functions.removeAll(left);
        return functions;
    }

    /** It is not asked any more: Moodle refuses it, or has nothing to tell. */
    void leave(MoodleFunction function) {
        left.add(function);
    }

    /** It is not asked any more: it does not work. */
    void leaveBroken(MoodleFunction function) {
        left.add(function);
        isBroken = true;
    }

    boolean isLeft(MoodleFunction function) {
        return left.contains(function);
    }

    /** Whether something is not asked any more because it does not work. */
    boolean isBroken() {
        return isBroken;
    }

    /** What Moodle answers is taken in. */
    void ask(MoodleFunction function, String account) {
        CourseColumns columns = pass.columns();
        switch (function) {
            case GRADES -> report.add(answer(function, account));
            case COMPLETIONS -> {
                List<Column> asked = columns.of(MoodleText.COMPLETION);
                add(account, asked, Completions.ofLearner(answer(function, account), account, asked));
            }
            case COURSE_COMPLETION -> {
                if (whole.take(account, answer(function, account))) {
                    leave(function);
                }
            }
            case COMPETENCY_REPORT -> {
                List<Column> asked = columns.of(MoodleText.COMPETENCY);
                JsonNode answer =
                        pass.calls().call(function, "courseid", pass.number(), "userid", account, "moduleid", 0);
                add(account, asked, Competencies.ofLearner(answer, account, asked));
            }
            default -> throw new IllegalArgumentException(function.wire());
        }
    }

    private JsonNode answer(MoodleFunction function, String account) {
        return pass.calls().call(function, "courseid", pass.number(), "userid", account);
    }

    /** Nothing more is asked. */
    void end() {
        whole.end();
    }

    /** What is missing of what was asked for could not be understood. */
    private void add(String account, List<Column> asked, Map<String, Result> told) {
        for (Column column : asked) {
            String externalId = column.externalId();
            @Nullable Result result = told.get(externalId);
            if (result == null) {
                unreadable.computeIfAbsent(externalId, id -> new HashSet<>()).add(account);
            } else {
                results.computeIfAbsent(externalId, id -> new HashMap<>()).put(account, result);
            }
        }
    }

    Set<String> unreadable(String externalId) {
        return unreadable.getOrDefault(externalId, Set.of());
    }

    Collection<Result> results(String externalId) {
        return results.getOrDefault(externalId, Map.of()).values();
    }
}
