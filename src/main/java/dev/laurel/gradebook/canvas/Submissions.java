package dev.laurel.gradebook.canvas;

import dev.laurel.gradebook.KnownColumns;
import dev.laurel.gradebook.Observation;
import dev.laurel.gradebook.source.Result;
import dev.laurel.platform.ServiceProblem;
import dev.laurel.platform.http.OutboundException;
import java.math.BigDecimal;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.IntConsumer;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/**
 * What students reached in assignments, and in the rows of their rubrics.
 *
 * @see <a href="https://canvas.instructure.com/doc/api/submissions.html">Canvas, submissions</a>
 */
final class Submissions {

    /** Canvas answers 400 where more people are named than a page holds. */
    static final int PEOPLE_AT_ONCE = 50;

    /** A page of whole students stays well below what one answer may weigh. */
    private static final int ROWS_OF_A_PAGE = 2_500;

    /** How many requests a look spends on what was hidden; the rest has its turn at the next ones. */
    private static final int HIDDEN_REQUESTS = 5;

    private static final String WHAT = "grades";

    /** Of a large course the rest of a whole look comes with the next ones, or none behind it had its turn. */
    private static final Duration WHOLE = Duration.ofMinutes(2);

    private final CanvasClient.Trip trip;

    private final String base;

    private final Map<String, Assignments.Assignment> assignments;

    private final Set<CanvasCapability> wanted;

    private final Gathered gathered;

    private final Postings postings;

    private final EarlierAttempts earlier;

    /** Whether Canvas tells what was reached in rows of rubrics; where it does not, what is known of them stays. */
    private final boolean tellsRows;

    private final String rubrics;

    Submissions(
            CanvasClient.Trip trip,
            String canvasCourse,
            Assignments.Found found,
            Set<CanvasCapability> wanted,
            Gathered gathered,
            Postings postings,
            EarlierAttempts earlier) {
        this.trip = trip;
        this.base = "/api/v1/courses/" + canvasCourse + "/students/submissions?";
        this.assignments = found.byId();
        this.wanted = wanted;
        this.gathered = gathered;
        this.postings = postings;
        this.earlier = earlier;
        this.tellsRows = wanted.contains(CanvasCapability.RUBRICS) && found.includes();
        postings.of(assignments, tellsRows);
        this.rubrics = tellsRows ? "&include[]=rubric_assessment" : "";
    }

    /**
     * Of everybody, or of as many as there is time for. Of whom Canvas lists, everything is said; Canvas does not list those
     * who left.
     *
     * @param from the page where the last look ended; empty: the first one
     * @return the page where the next look goes on; empty: everybody was read
     */
    String readAll(String from) {
        if (!from.isEmpty()) {
            return pages(from);
        }
        String[] next = {""};
        inSmallerPages(studentsOfAPage(), students -> next[0] = pages(base + "student_ids[]=all" + grouped(students)));
        return next[0];
    }

    private String pages(String first) {
        return trip.pagesFrom(
                first, WHAT, WHOLE, page -> CanvasClient.list(page, WHAT).forEach(this::student));
    }

    /** Of these users only. */
    void readOf(Collection<String> users) {
        inSmallerPages(studentsOfAPage(), students -> {
            for (List<String> some : parts(users, Math.min(students, PEOPLE_AT_ONCE))) {
                trip.entries(base + students(some) + grouped(Math.max(students, some.size())), WHAT, this::student);
            }
        });
    }

    private String grouped(int students) {
        return "&grouped=1&per_page=" + students + rubrics;
    }

    private int studentsOfAPage() {
        return Math.max(1, Math.min(100, ROWS_OF_A_PAGE / Math.max(1, assignments.size())));
    }

    /** Submissions bring the texts that were handed in: where a page is too large for an answer, smaller ones are asked for. */
    private void inSmallerPages(int most, IntConsumer reading) {
        int page = most;
        while (true) {
            try {
                reading.accept(page);
                return;
            } catch (ServiceProblem problem) {
                if (page == 1 || !(problem.getCause() instanceof OutboundException) || trip.isLate()) {
                    throw problem;
                }
                page = Math.max(1, page / 10);
            }
        }
    }

    /** Of whom something was graded or handed in since. */
    void readSince(Instant since) {
        for (String kind : List.of("graded_since", "submitted_since")) {
            readRows("&" + kind + "=" + since);
        }
    }

    /** Where the maximum was corrected Canvas counts no result as graded anew, though each is worth something else now. */
    void readOutdated(List<KnownColumns.Maximum> maxima) {
        Set<String> outdated = maxima.stream()
                .filter(known -> gathered.columns(known.externalId()).stream()
                        .anyMatch(column -> column.externalId().equals(known.externalId())
                                && !isSame(column.scoreMaximum(), known.points())))
                .map(KnownColumns.Maximum::externalId)
                .collect(Collectors.toSet());
        assignments.values().stream()
                .filter(assignment -> outdated.stream().anyMatch(id -> isOf(id, assignment)))
                .forEach(assignment -> readAssignment(assignment.id()));
    }

    private static boolean isSame(@Nullable BigDecimal one, @Nullable BigDecimal other) {
        return one == null || other == null ? one == other : one.compareTo(other) == 0;
    }

    private void readAssignment(String assignment) {
        readRows("&assignment_ids[]=" + assignment);
    }

    /** Something may be new in each. */
    private void readRows(String which) {
        inSmallerPages(
                100,
                rows -> trip.entries(
                        base + "student_ids[]=all" + which + "&per_page=" + rows + rubrics,
                        WHAT,
                        each -> take(each, true)));
    }

    /**
     * What was hidden, once more: Canvas does not count it as graded when a grade is posted. Mostly a whole assignment is
     * posted at once; so where one of many turns out to be posted, all of that assignment are read.
     *
     * @param hidden what was hidden at the last look
     * @param users Canvas's numbers of people
     */
    void readHidden(List<KnownColumns.Hidden> hidden, Map<Long, String> users) {
        Map<String, Set<String>> hiddenOf = new LinkedHashMap<>();
        for (KnownColumns.Hidden each : hidden) {
            String user = users.get(each.personId());
            assignments.values().stream()
                    .filter(assignment -> isOf(each.externalId(), assignment))
                    .findFirst()
                    .filter(assignment -> user != null && gathered.said(assignment.columnId(), user) == null)
                    .ifPresent(assignment -> hiddenOf.computeIfAbsent(assignment.id(), id -> new LinkedHashSet<>())
                            .add(String.valueOf(user)));
        }
        List<Question> questions = new ArrayList<>();
        hiddenOf.forEach((assignment, all) ->
                parts(all, PEOPLE_AT_ONCE).forEach(some -> questions.add(new Question(assignment, some))));
        // Of more than there is time for, each look takes others.
        Collections.shuffle(questions);
        List<Question> asked = questions.stream().limit(HIDDEN_REQUESTS).toList();
        asked.forEach(this::ask);
        Set<String> posted = asked.stream()
                .filter(question -> question.users().stream().anyMatch(user -> isPosted(question.assignment(), user)))
                .map(Question::assignment)
                .collect(Collectors.toSet());
        questions.stream()
                .filter(question -> !asked.contains(question))
                .map(Question::assignment)
                .filter(posted::contains)
                .distinct()
                .forEach(this::readAssignment);
    }

    /** The attempts before the last one, where they are wanted. @return whether Canvas told them */
    boolean readEarlier() {
        boolean[] told = {true};
        for (EarlierAttempts.Question question : earlier.questions()) {
            assignments.values().stream()
                    .filter(assignment -> assignment.columnId().equals(question.column()))
                    .forEach(assignment -> trip.entries(
                            base + students(question.users()) + "&assignment_ids[]=" + assignment.id()
                                    + "&per_page=100&include[]=" + SubmissionFacts.HISTORY + rubrics,
                            WHAT,
                            each -> {
                                told[0] &= each.path(SubmissionFacts.HISTORY).isArray();
                                take(each, false);
                            }));
        }
        return told[0];
    }

    private static String students(Collection<String> users) {
        return users.stream().map(user -> "student_ids[]=" + user).collect(Collectors.joining("&"));
    }

    /** So many people of whom something is hidden in one assignment. */
    private record Question(String assignment, List<String> users) {}

    private static boolean isOf(String externalId, Assignments.Assignment assignment) {
        return externalId.equals(assignment.columnId()) || externalId.startsWith(assignment.rowId(""));
    }

    private boolean isPosted(String assignment, String user) {
        Result said = gathered.said("assignment-" + assignment, user);
        return said != null && said.visibility() == Observation.Visibility.POSTED;
    }

    private void ask(Question question) {
        trip.entries(
                base + students(question.users()) + "&assignment_ids[]=" + question.assignment() + "&per_page=100"
                        + rubrics,
                WHAT,
                each -> take(each, Said.time(each.get("posted_at")) != null));
    }

    private void student(JsonNode student) {
        String user = user(student);
        if (user == null) {
            return;
        }
        Set<String> named = new HashSet<>();
        for (JsonNode each : CanvasClient.list(student.path("submissions"), WHAT)) {
            named.add(String.valueOf(CanvasIds.of(each.get("assignment_id"))));
            take(each, false);
        }
        // An assignment that she is not given any more.
        assignments.values().stream()
                .filter(assignment -> !named.contains(assignment.id()) && !assignment.anonymous())
                .forEach(assignment -> {
                    gathered.say(assignment.columnId(), Result.none(user));
                    assignment.rubric().keySet().forEach(row -> gathered.say(assignment.rowId(row), Result.none(user)));
                });
    }

    private @Nullable String user(JsonNode said) {
        String id = CanvasIds.of(said.get("user_id"));
        return id == null ? null : CanvasIds.local(id, trip.shard());
    }

    /** @param isNew what follows from it for this student is to be asked for */
    private void take(JsonNode submission, boolean isNew) {
        Assignments.Assignment assignment =
                assignments.get(String.valueOf(CanvasIds.of(submission.get("assignment_id"))));
        String user = user(submission);
        if (assignment == null || user == null) {
            // Of an assignment that is not read; or who handed in what is graded anonymously.
            if (assignment != null && submission.has("anonymous_id")) {
                gathered.warn("\u201c" + assignment.label()
                        + "\u201d is graded anonymously: Canvas tells its grades once they are posted.");
            }
            return;
        }
        if (isNew) {
            gathered.changed(user);
        }
        SubmissionFacts facts = SubmissionFacts.of(submission, assignment, trip.shard());
        postings.said(
                assignment, user, facts, !submission.path("rubric_assessment").isEmpty());
        if (wanted.contains(CanvasCapability.GRADES)) {
            if (facts.unreadable()) {
                gathered.sayUnreadable(assignment.columnId(), user);
            } else {
                gathered.say(assignment.columnId(), facts.result(user, assignment, submission, trip.shard()));
                if (!submission.has(SubmissionFacts.HISTORY)) {
                    earlier.said(assignment.columnId(), user, facts.attempt(), isNew);
                }
            }
        }
        if (tellsRows) {
            rows(submission, assignment, user, facts);
        }
    }

    private void rows(JsonNode submission, Assignments.Assignment assignment, String user, SubmissionFacts facts) {
        JsonNode assessed = submission.path("rubric_assessment");
        assignment.rubric().forEach((row, what) -> {
            BigDecimal points = Said.number(assessed.path(row).get("points"));
            gathered.say(
                    assignment.rowId(row),
                    points == null
                            ? Result.none(user)
                            : new Result(
                                    user,
                                    facts.excused() ? Observation.Status.EXCUSED : Observation.Status.GRADED,
                                    facts.excused() ? null : points,
                                    facts.excused() ? null : what.maximum(),
                                    null,
                                    facts.visibility(),
                                    facts.late(),
                                    facts.gradedAt(),
                                    facts.grader()));
        });
    }

    static <T> List<List<T>> parts(Collection<T> all, int size) {
        List<T> list = List.copyOf(all);
        List<List<T>> parts = new ArrayList<>();
        for (int from = 0; from < list.size(); from += size) {
            parts.add(list.subList(from, Math.min(from + size, list.size())));
        }
        return parts;
    }
}
