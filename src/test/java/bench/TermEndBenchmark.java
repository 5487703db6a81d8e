package bench;

import static org.assertj.core.api.Assertions.assertThat;

import bench.ArrivalRate.Outcome;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import java.util.function.UnaryOperator;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import lms.CanvasKeys;
import lms.Course;
import lms.LmsUser;
import lms.ReferenceLms;
import lms.Service;
import lms.Tool;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;

/**
 * A small end of term: many courses of several institutions, of which each student gets one grade in the same minutes, while
 * some launch. Two nodes of Laurel as {@code java -jar} on one MariaDB; each institution has a Canvas of its own, with a
 * registration of its own, in this process.
 *
 * <p>The path that is measured: the grade is typed into a quiz that Canvas itself owns; Laurel reads it over Canvas's REST
 * interface with the institution's permission, at the pace that it has by itself (15 s per course while grades change), and
 * looks over LTI at its own column of each course beside that (5 s). No event is sent. <em>Seen</em> is when the result was
 * recorded, <em>decided</em> when the award was. Each Canvas refuses what does not fit its bucket: separately for reading,
 * by its token, and for the services of LTI, by the client; see {@code lms.CanvasBucket}.
 *
 * <p>Prints figures; asserts only that everything that was graded was decided as it should, that Laurel was not told to slow
 * down and that every launch worked.
 */
@Tag("bench")
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class TermEndBenchmark {

    private static final int COURSES = Integer.getInteger("bench.term.courses", 200);

    private static final int INSTITUTIONS = Integer.getInteger("bench.term.tenants", 8);

    private static final int ENROLMENTS = Integer.getInteger("bench.term.enrolments", 100_000);

    /** Seconds go before minutes. */
    private static final Duration GRADING = Duration.ofSeconds(
            Integer.getInteger("bench.term.seconds", 60 * Integer.getInteger("bench.term.minutes", 5)));

    private static final int LAUNCHES_PER_SECOND = Integer.getInteger("bench.term.launches", 5);

    private static final int NODES = 2;

    /** So many times as often the launches come that warm the first node. */
    private static final int WARMING = 4;

    private static final Duration QUIET = Duration.ofSeconds(Integer.getInteger("bench.term.quiet", 20));

    private static final int PER_COURSE = ENROLMENTS / COURSES;

    private final List<TermInstitution> institutions = new ArrayList<>();

    private final List<ToolProcess> nodes = new ArrayList<>();

    private TestBed bed;

    private DatabaseProbe database;

    private List<Seat> seats = List.of();

    private record Seat(TermInstitution institution, Course course, List<LmsUser> students) {}

    @BeforeAll
    void prepareTheTerm() throws IOException, InterruptedException {
        assertThat(PER_COURSE).as("students of a course").isBetween(1, GradedTerm.MOST_PER_COURSE);
        assertThat(COURSES).as("courses").isGreaterThanOrEqualTo(INSTITUTIONS);
        List<UnaryOperator<ReferenceLms.Builder>> settings = IntStream.range(0, INSTITUTIONS)
                .mapToObj(number -> TermInstitution.settings(number, PER_COURSE))
                .toList();
        bed = TestBed.ofInstitutions(settings, url -> List.of(Tool.laurelInCanvas(url)));
        database = bed.database();
        database.setAsRecommended();
        bed.shareAmong(NODES);
        for (int number = 0; number < INSTITUTIONS; number++) {
            int courses = COURSES / INSTITUTIONS + (number < COURSES % INSTITUTIONS ? 1 : 0);
            institutions.add(TermInstitution.with(bed, number, courses, PER_COURSE));
        }
        seats = institutions.stream()
                .flatMap(each ->
                        each.courses().stream().map(course -> new Seat(each, course, List.copyOf(course.students()))))
                .toList();
        // The first start runs the migrations and writes the archive of classes that the others use.
        bed.startLaurel().close();
        nodes.add(bed.startLaurel());
        nodes.add(bed.startAnother());
        Instant began = Instant.now();
        institutions.forEach(TermInstitution::teachersLaunch);
        await("the rosters", () -> database.number("SELECT COUNT(*) FROM membership WHERE earns") == enrolments());
        institutions.forEach(TermInstitution::administratorLetsLaurelRead);
        await(
                "the quizzes",
                () -> institutions.stream()
                                .mapToLong(TermInstitution::quizzesSeen)
                                .sum()
                        == COURSES);
        institutions.forEach(TermInstitution::teachersActivateBadges);
        bed.say(
                "Term of %d courses at %d institutions, %d enrolments, two nodes, set up in %d s",
                COURSES,
                INSTITUTIONS,
                enrolments(),
                Duration.between(began, Instant.now()).toSeconds());
    }

    @AfterAll
    void stopEverything() throws InterruptedException {
        for (ToolProcess node : nodes) {
            node.close();
        }
        if (bed != null) {
            bed.close();
        }
    }

    @Test
    void everythingThatIsGradedIsDecidedAndNoPlatformHasToAskForPatience() throws Exception {
        launch(WARMING * LAUNCHES_PER_SECOND, QUIET);
        Outcome before = launch(LAUNCHES_PER_SECOND, QUIET);
        bed.say("Launches at %d per second before: %s", LAUNCHES_PER_SECOND, describe(before));

        List<Integer> throttled = throttled();
        ProcessorTime spent = processorTime();
        Duration second = ofSecondNode();
        List<Long> reading = calls(Service.CANVAS_API);
        List<Long> services = calls(Service.LINE_ITEMS, Service.RESULTS, Service.ROSTER);
        GradedTerm term = new GradedTerm(database);
        CompletableFuture<Void> grading = CompletableFuture.runAsync(() -> term.give(institutions, GRADING));
        Outcome during = launch(LAUNCHES_PER_SECOND, GRADING);
        grading.get(GRADING.toSeconds(), TimeUnit.SECONDS);
        spent = processorTime().minus(spent);
        second = ofSecondNode().minus(second);
        sayRequests("reading", reading, calls(Service.CANVAS_API));
        sayRequests("services", services, calls(Service.LINE_ITEMS, Service.RESULTS, Service.ROSTER));

        await("the awards", () -> database.number("SELECT COUNT(*) FROM award") >= term.passing());
        long signed = database.number("SELECT COUNT(jwt_signed_at) FROM credential");
        await("all decisions", () -> term.undecided().isEmpty());
        bed.say("Launches meanwhile: %s", describe(during));
        say(term, signed);
        bed.say(
                "Processor time of the %d s: %s, %d s of Laurel's on the second node; load of the machine at the end %.1f",
                GRADING.toSeconds(),
                spent.describe(),
                second.toSeconds(),
                ManagementFactory.getOperatingSystemMXBean().getSystemLoadAverage());

        assertThat(term.undecided()).isEmpty();
        assertThat(database.number("SELECT COUNT(*) FROM award")).isEqualTo(term.passing());
        assertThat(throttled())
                .as("how often each Canvas had said to slow down")
                .isEqualTo(throttled);
        assertThat(before.failures()).as(before.firstFailure()).isZero();
        assertThat(during.failures()).as(during.firstFailure()).isZero();
    }

    private void say(GradedTerm term, long signed) {
        GradedTerm.Figures figures = term.figures();
        bed.say(
                "%d grades over %d s, %d of them for a badge: from set to seen %s",
                term.size(),
                GRADING.toSeconds(),
                term.passing(),
                figures.setToSeen().describe());
        bed.say("From seen to decided: %s", figures.seenToDecided().describe());
        bed.say(
                "From set to decided: %s; medians of courses: fastest %d ms, median %d ms, slowest %d ms, %.2f times the median",
                figures.setToDecided().describe(),
                figures.fastestCourse().toMillis(),
                figures.medianCourse().toMillis(),
                figures.slowestCourse().toMillis(),
                figures.slowestToMedian());
        bed.say("Credentials stored when the last was decided: %d of %d", signed, term.passing());
        bed.say(
                "Most in a bucket of 700, set-up included: reading %.0f, services %.0f; told to slow down %d times",
                institutions.stream()
                        .map(TermEndBenchmark::canvas)
                        .mapToDouble(CanvasKeys::mostInBucket)
                        .max()
                        .orElse(0),
                institutions.stream()
                        .map(TermEndBenchmark::canvas)
                        .mapToDouble(CanvasKeys::mostInBucketOfServices)
                        .max()
                        .orElse(0),
                throttled().stream().mapToInt(Integer::intValue).sum());
    }

    private static CanvasKeys canvas(TermInstitution institution) {
        return institution.lms().canvas();
    }

    private Outcome launch(int perSecond, Duration time) throws InterruptedException {
        return ArrivalRate.run(perSecond, time, 32, number -> {
            Seat seat = seats.get(number % seats.size());
            LmsUser student = seat.students().get(number / seats.size() % PER_COURSE);
            bed.launch(seat.institution().lms(), seat.course(), student);
        });
    }

    private static String describe(Outcome outcome) {
        return "%s, %d failed".formatted(outcome.latencies().describe(), outcome.failures());
    }

    private ProcessorTime processorTime() {
        return ProcessorTime.now(nodes.get(0).pid()).plus(ofSecondNode());
    }

    private Duration ofSecondNode() {
        return ProcessorTime.ofProcess(nodes.get(1).pid());
    }

    private List<Integer> throttled() {
        return institutions.stream()
                .map(TermEndBenchmark::canvas)
                .map(CanvasKeys::throttled)
                .toList();
    }

    /** How often each institution's Canvas was called. */
    private List<Long> calls(Service... services) {
        return institutions.stream()
                .map(each -> Stream.of(services)
                        .mapToLong(service -> each.lms().calls(service))
                        .sum())
                .toList();
    }

    private void sayRequests(String what, List<Long> before, List<Long> after) {
        double[] perSecond = IntStream.range(0, before.size())
                .mapToDouble(i -> (after.get(i) - before.get(i)) / (double) GRADING.toSeconds())
                .sorted()
                .toArray();
        bed.say(
                "Requests of %s per second and registration: %.1f to %.1f",
                what, perSecond[0], perSecond[perSecond.length - 1]);
    }

    private static long enrolments() {
        return (long) PER_COURSE * COURSES;
    }

    /** As long as a term of this size may take, on a machine that has other things to do. */
    private static void await(String what, BooleanSupplier reached) throws InterruptedException {
        Instant end = Instant.now().plus(Duration.ofMinutes(3)).plusMillis(20L * ENROLMENTS);
        while (!reached.getAsBoolean()) {
            if (Instant.now().isAfter(end)) {
                throw new IllegalStateException("Not in time: " + what);
            }
            Thread.sleep(500);
        }
    }
}
