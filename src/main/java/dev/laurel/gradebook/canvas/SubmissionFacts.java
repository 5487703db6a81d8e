package dev.laurel.gradebook.canvas;

import dev.laurel.gradebook.Observation;
import dev.laurel.gradebook.source.Result;
import java.math.BigDecimal;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/**
 * One submission, or one attempt of its history, as Canvas words it.
 *
 * @param missing nothing was handed in by when it was due, or a teacher says so; a policy may give points for that
 * @param attempt from 1; {@code null} where nothing was handed in
 */
record SubmissionFacts(
        String state,
        boolean excused,
        @Nullable BigDecimal score,
        boolean unreadable,
        @Nullable String letter,
        boolean posted,
        boolean postsByItself,
        @Nullable Boolean late,
        boolean missing,
        @Nullable Instant submittedAt,
        @Nullable Instant gradedAt,
        @Nullable String grader,
        Observation.@Nullable Grader kindOfGrader,
        @Nullable Integer attempt) {

    /** What a version of a classic quiz is called once it is graded. */
    private static final String COMPLETE = "complete";

    static final String HISTORY = "submission_history";

    static SubmissionFacts of(JsonNode said, Assignments.Assignment assignment, long shard) {
        JsonNode late = said.get("late");
        return new SubmissionFacts(
                String.valueOf(Said.text(said.get("workflow_state"))),
                said.path("excused").asBoolean(false),
                assignment.passFail() ? passed(said.get("grade")) : Said.number(said.get("score")),
                Said.isNoNumber(said.get("score")),
                assignment.letter() ? letter(said.get("grade")) : null,
                Said.time(said.get("posted_at")) != null,
                !assignment.manual(),
                late == null || !late.isBoolean() ? null : late.asBoolean(),
                said.path("missing").asBoolean(false) || "missing".equals(Said.text(said.get("late_policy_status"))),
                Said.time(said.get("submitted_at")),
                Said.time(said.get("graded_at")),
                grader(said.get("grader_id"), shard),
                kindOfGrader(said.get("grader_id")),
                attempt(said.get("attempt")));
    }

    /** Complete or not; its score is 0 in either case. */
    private static @Nullable BigDecimal passed(@Nullable JsonNode grade) {
        return switch (String.valueOf(Said.text(grade))) {
            case "complete" -> BigDecimal.ONE;
            case "incomplete" -> BigDecimal.ZERO;
            default -> null;
        };
    }

    private static @Nullable String letter(@Nullable JsonNode grade) {
        String letter = Said.text(grade);
        return letter == null || letter.length() > 50 ? null : letter;
    }

    /** A negative one is a quiz or a tool. */
    private static @Nullable String grader(@Nullable JsonNode id, long shard) {
        String number = CanvasIds.of(id);
        return number == null || number.matches("0+") ? null : CanvasIds.local(number, shard);
    }

    /** Nothing graded of itself what has no grader: the grade of missing work comes of a policy. */
    private static Observation.@Nullable Grader kindOfGrader(@Nullable JsonNode id) {
        String number = id != null && (id.isString() || id.isIntegralNumber()) ? id.asString() : "";
        if (number.matches("0*[1-9]\\d{0,17}")) {
            return Observation.Grader.PERSON;
        }
        return number.matches("-0*[1-9]\\d{0,17}") ? Observation.Grader.TOOL : null;
    }

    private static @Nullable Integer attempt(@Nullable JsonNode number) {
        BigDecimal attempt = Said.number(number);
        return attempt == null || attempt.signum() <= 0 || attempt.compareTo(BigDecimal.valueOf(1_000_000)) > 0
                ? null
                : attempt.intValue();
    }

    /** With the earlier attempts, where Canvas tells them in this submission. */
    Result result(String user, Assignments.Assignment assignment, JsonNode said, long shard) {
        Result result = result(user, assignment);
        return result.status() == Observation.Status.NONE || attempt == null || missing
                ? result
                : result.ofAttempt(attempt, earlier(user, assignment, said.path(HISTORY), shard, attempt));
    }

    /**
     * The attempts before the last one, each as it was left. Of a quiz Canvas tells several versions of one attempt, the
     * newest first.
     */
    private List<Result> earlier(
            String user, Assignments.Assignment assignment, JsonNode history, long shard, int last) {
        Map<Integer, Result> attempts = new TreeMap<>();
        for (JsonNode version : history) {
            SubmissionFacts facts = of(version, assignment, shard);
            if (facts.attempt == null || facts.attempt >= last || facts.unreadable) {
                continue;
            }
            boolean mayBeSeen = posted && (facts.posted || !version.has("posted_at"));
            Result result = facts.asLeft(mayBeSeen).result(user, assignment);
            Result before = attempts.get(facts.attempt);
            boolean isBetterKnown = before == null || before.score() == null && result.score() != null;
            if (result.status() != Observation.Status.NONE && isBetterKnown) {
                attempts.put(facts.attempt, result.ofAttempt(facts.attempt, List.of()));
            }
        }
        return new ArrayList<>(attempts.values());
    }

    /** Being excused is not of an attempt; and of a quiz the letter and the one who graded are those of the last one. */
    private SubmissionFacts asLeft(boolean mayBeSeen) {
        boolean ofQuiz = state.equals(COMPLETE);
        return new SubmissionFacts(
                ofQuiz ? "graded" : state,
                false,
                score,
                unreadable,
                ofQuiz ? null : letter,
                mayBeSeen,
                postsByItself,
                late,
                false,
                submittedAt,
                gradedAt == null ? submittedAt : gradedAt,
                ofQuiz ? null : grader,
                ofQuiz ? null : kindOfGrader,
                attempt);
    }

    private Result result(String user, Assignments.Assignment assignment) {
        if (excused) {
            return new Result(
                    user,
                    Observation.Status.EXCUSED,
                    null,
                    null,
                    null,
                    posted || postsByItself ? Observation.Visibility.POSTED : Observation.Visibility.HIDDEN,
                    late,
                    gradedAt,
                    grader);
        }
        if (score != null && (state.equals("graded") || state.equals("pending_review"))) {
            Result grade = new Result(
                    user,
                    state.equals("graded") ? Observation.Status.GRADED : Observation.Status.PROVISIONAL,
                    score,
                    assignment.maximum(),
                    letter,
                    visibility(),
                    late,
                    gradedAt,
                    grader);
            return missing ? grade.withoutWork() : grade.handedIn(submittedAt).by(kindOfGrader);
        }
        if (submittedAt != null && !missing && !state.equals("unsubmitted")) {
            return new Result(
                    user,
                    Observation.Status.SUBMITTED,
                    null,
                    null,
                    null,
                    Observation.Visibility.POSTED,
                    late,
                    submittedAt,
                    null);
        }
        return Result.none(user);
    }

    /**
     * Whether she may see what is said of her work. Canvas posts grades, and a rubric may be filled in without one: where
     * nobody has to post anything, students see that at once.
     */
    Observation.Visibility visibility() {
        boolean hasGrade = score != null || unreadable || state.equals("graded");
        return posted || (postsByItself && !hasGrade) ? Observation.Visibility.POSTED : Observation.Visibility.HIDDEN;
    }
}
