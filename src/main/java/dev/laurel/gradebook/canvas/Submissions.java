package dev.laurel.gradebook.canvas;

import dev.laurel.gradebook.KnownColumns;
import dev.laurel.gradebook.Observation;
import dev.laurel.gradebook.source.Result;
import dev.laurel.platform.ServiceProblem;
import java.math.BigDecimal;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.BiPredicate;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/**
 * What students reached in assignments, and in the rows of their rubrics.
 *
 * @see <a href="https://canvas.instructure.com/doc/api/submissions.html">Canvas, submissions</a>
 */
final class Submissions {

    /** Canvas answers 400 where more people are named than a page holds; addresses may not grow without end either. */
    static final int PEOPLE_AT_ONCE = 50;

    /** A page of whole students stays well below what one answer may weigh. */
    private static final int ROWS_OF_A_PAGE = 2_500;

    /** What is read once more at each look is asked for every few seconds. */
    private static final int ROWS_OF_A_TURN = 500;

    /** Submissions on a page of a list of them. */
    static final int ROWS = 100;

    private static final String WHAT = "grades";

    /** Of a large course the rest of a whole look comes with the next ones, or none behind it had its turn. */
    private static final Duration WHOLE = Duration.ofMinutes(2);

    /**
     * What was handed in can be very large, is none of Laurel's business, and is left out. Canvas's own gradebook asks so; a
     * Canvas that does not know it tells everything.
     */
    private static final String NO_WORKS = Stream.of("body", "attachments", "discussion_entries", "preview_url")
            .map(field -> "&exclude_response_fields[]=" + field)
            .collect(Collectors.joining());

    private static final String NO_WORK = "exclude_response_fields(?:\\[]|%5B%5D)=[a-z_]*";

    /** As Canvas repeats it in the addresses of pages. */
    private static final Pattern REPEATED = Pattern.compile("&" + NO_WORK + "|(?<=\\?)" + NO_WORK + "&?");

    private static final Pattern INCLUDES = Pattern.compile("&include(?:\\[]|%5B%5D)=[a-z_]*");

    /** Of what is too much by itself, whose it is. */
    private static final String OF_WHOM = "&response_fields[]=user_id";

    private final CanvasClient.Trip trip;

    private final String base;

    private final Map<String, Assignments.Assignment> assignments;

    private final Set<CanvasCapability> wanted;

    private final Gathered gathered;

    private final Postings postings;

    private final EarlierAttempts earlier;

    /** Whether Canvas tells what was reached in rows of rubrics; where it does not, what is known of them stays. */
    private final boolean tellsRows;

    /** What every request ends with. */
    private final String asked;

    private final CoursePeople people;

    private final ByName named;

    private final Set<String> listed = new HashSet<>();

    /** Of whom something new was left out. */
    private final Set<String> newsLeftOut = new HashSet<>();

    private int rowsTooLarge;

    Submissions(
            CanvasClient.Trip trip,
            CoursePeople people,
            String canvasCourse,
            Assignments.Found found,
            Set<CanvasCapability> wanted,
            Gathered gathered,
            Postings postings,
            EarlierAttempts earlier) {
        this.trip = trip;
        this.people = people;
        this.named = new ByName(trip, people, CanvasProblems::mayBeOfOnePerson, false);
        this.base = "/api/v1/courses/" + canvasCourse + "/students/submissions?";
        this.assignments = found.byId();
        this.wanted = wanted;
        this.gathered = gathered;
        this.postings = postings;
        this.earlier = earlier;
        this.tellsRows = wanted.contains(CanvasCapability.RUBRICS) && found.includes();
        postings.of(assignments, tellsRows);
        this.asked = (tellsRows ? "&include[]=rubric_assessment" : "") + NO_WORKS;
    }

    Collection<Assignments.Assignment> assignments() {
        return assignments.values();
    }

    /**
     * Of everybody, or of as many as there is time for. Of whom Canvas lists, everything is said; Canvas does not list those
     * who left.
     *
     * @param from the page where the last look ended; empty: the first one
     * @param place told after each page where the next look goes on; empty: everybody was read
     * @param tooLarge told of each student of whom Canvas says more than Laurel takes in, or cannot say it
     */
    void readAll(String from, Consumer<String> place, Runnable tooLarge) {
        if (Rounds.isByName(from)) {
            readAllByName(Rounds.lastByName(from), place);
            return;
        }
        String first = from.isEmpty() ? base + "student_ids[]=all" + grouped(studentsOfAPage()) : from + NO_WORKS;
        // A bookmark is short.
        Consumer<String> goesOn = next -> place.accept(REPEATED.matcher(next).replaceAll(""));
        try {
            goesOn.accept(trip.pagesFrom(
                    first,
                    WHAT,
                    WHOLE,
                    page -> CanvasClient.list(page, WHAT).forEach(this::student),
                    goesOn,
                    page -> tooLarge.run()));
        } catch (ServiceProblem problem) {
            if (!trip.isTooMuch(problem) || people.everybody().isEmpty()) {
                throw problem;
            }
            readAllByName("", place);
        }
    }

    /** Where a page fails for good and does not say which one is behind it: whoever was not listed yet, by name. */
    private void readAllByName(String after, Consumer<String> place) {
        TreeSet<String> left = new TreeSet<>(people.everybody());
        left.removeAll(listed);
        for (List<String> some : ByName.parts(left.tailSet(after, false), studentsOfAList())) {
            readOf(some);
            String last = some.get(some.size() - 1);
            place.accept(last.equals(left.last()) ? "" : Rounds.byName(last));
            if (trip.hasTaken(WHOLE)) {
                return;
            }
        }
        if (left.tailSet(after, false).isEmpty()) {
            place.accept("");
        }
    }

    /** Those of whom everything was said. */
    Set<String> listed() {
        return listed;
    }

    /** Users of whom Canvas says more than Laurel takes in, or cannot say it, as far as it is known who they are. */
    Set<String> tooLarge() {
        Set<String> all = new HashSet<>(newsLeftOut);
        all.addAll(named.leftOut());
        return all;
    }

    /** How many results were left out of lists of what is new for that reason, of whom nobody knows whose they are. */
    int rowsTooLarge() {
        return rowsTooLarge;
    }

    /** Of these users only. */
    void readOf(Collection<String> users) {
        ofPeople(users, studentsOfAList(), some -> grouped(some.size()), this::student);
    }

    /** The same, once more: where Canvas fails at one of them, what is known of her stays, and none of it is missing. */
    void readOnceMore(Collection<String> users) {
        new ByName(trip, people, CanvasProblems::mayBeOfOnePerson, true)
                .read(
                        users,
                        studentsOfAList(),
                        some -> trip.entries(base + students(some) + grouped(some.size()), WHAT, this::student));
    }

    private String grouped(int students) {
        return "&grouped=1&per_page=" + students + asked;
    }

    private int studentsOfAList() {
        return Math.min(studentsOfAPage(), PEOPLE_AT_ONCE);
    }

    /** Whose results a look reads once more. */
    int studentsOfATurn() {
        return Math.max(1, Math.min(PEOPLE_AT_ONCE, ROWS_OF_A_TURN / Math.max(1, assignments.size())));
    }

    private int studentsOfAPage() {
        return Math.max(1, Math.min(100, ROWS_OF_A_PAGE / Math.max(1, assignments.size())));
    }

    /**
     * Of these users.
     *
     * @param atOnce of how many a page can tell
     */
    private void ofPeople(
            Collection<String> users, int atOnce, Function<List<String>, String> which, Consumer<JsonNode> take) {
        named.read(users, atOnce, some -> trip.entries(base + students(some) + which.apply(some), WHAT, take));
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
                .filter(assignment -> outdated.stream().anyMatch(assignment::has))
                .forEach(assignment -> readAssignment(assignment.id()));
    }

    private static boolean isSame(@Nullable BigDecimal one, @Nullable BigDecimal other) {
        return one == null || other == null ? one == other : one.compareTo(other) == 0;
    }

    /** Something may be new in each. */
    private void readRows(String which) {
        List<String> leftOut = new ArrayList<>();
        trip.entries(
                base + "student_ids[]=all" + which + "&per_page=" + ROWS + asked,
                WHAT,
                each -> take(each, true),
                leftOut::add);
        leftOut.forEach(this::findWhose);
    }

    /** Of her alone something is missing then, and not of anybody. */
    private void findWhose(String page) {
        try {
            String user = user(trip.one(INCLUDES.matcher(page).replaceAll("") + OF_WHOM, WHAT)
                    .path(0));
            if (user != null) {
                newsLeftOut.add(user);
                gathered.changed(user);
                return;
            }
        } catch (ServiceProblem problem) {
            if (trip.isOver() || problem.retryAfter() != null) {
                throw problem;
            }
        }
        rowsTooLarge++;
    }

    /** Of all who handed it in. */
    void readAssignment(String id) {
        readRows("&assignment_ids[]=" + id);
    }

    /**
     * What is known to be hidden. Canvas answers for all these users and all these assignments.
     *
     * @param wasHidden of which user in which assignment something was: being posted is new of her
     */
    void readHidden(Collection<String> users, Collection<String> ids, BiPredicate<String, String> wasHidden) {
        String which = ids.stream().map(id -> "&assignment_ids[]=" + id).collect(Collectors.joining());
        ofPeople(users, PEOPLE_AT_ONCE, some -> which + "&per_page=" + ROWS + asked, each -> {
            boolean mayBeNews =
                    wasHidden.test(String.valueOf(user(each)), String.valueOf(CanvasIds.of(each.get("assignment_id"))));
            take(each, mayBeNews && Said.time(each.get("posted_at")) != null);
        });
    }

    /** The attempts before the last one, where they are wanted. @return whether Canvas told them */
    boolean readEarlier() {
        boolean[] told = {true};
        for (EarlierAttempts.Question question : earlier.questions()) {
            assignments.values().stream()
                    .filter(assignment -> assignment.columnId().equals(question.column()))
                    .forEach(assignment -> ofPeople(
                            question.users(),
                            PEOPLE_AT_ONCE,
                            some -> "&assignment_ids[]=" + assignment.id() + "&per_page=" + ROWS + "&include[]="
                                    + SubmissionFacts.HISTORY + asked,
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

    private void student(JsonNode student) {
        String user = user(student);
        if (user == null) {
            return;
        }
        listed.add(user);
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
            JsonNode said = assessed.path(row).get("points");
            if (Said.isNoNumber(said)) {
                gathered.sayUnreadable(assignment.rowId(row), user);
                return;
            }
            BigDecimal points = Said.number(said);
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
}
