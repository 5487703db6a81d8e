package bench;

import static org.assertj.core.api.Assertions.assertThat;

import bench.ArrivalRate.Outcome;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import lms.Course;
import lms.Fault;
import lms.Service;
import lms.Tool;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Whether a launch costs the same however many platforms Laurel knows, and while their key sets cannot be read. Launches
 * are spread over all registrations; each has a course of its own without services, so that nothing but launches happens.
 */
@Tag("bench")
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class ManyPlatformsBenchmark {

    private static final int PER_SECOND = Integer.getInteger("bench.many.rate", 100);

    private static final Duration MEASURED = Duration.ofSeconds(Integer.getInteger("bench.many.seconds", 15));

    private static final Duration WARM = Duration.ofSeconds(25);

    private TestBed bed;

    @BeforeAll
    void start() throws IOException, InterruptedException {
        bed = TestBed.start(lms -> lms.students(1), url -> List.of(tool(Tool.laurel(url), 0)));
        bed.startLaurel().close();
    }

    @AfterAll
    void stop() {
        bed.close();
    }

    private static Tool tool(Tool like, int number) {
        return new Tool(
                        "laurel-" + number,
                        like.name(),
                        like.loginUrl(),
                        like.redirectUris(),
                        like.targetLinkUri(),
                        like.jwksUrl(),
                        like.deployments(),
                        like.scopes(),
                        like.getsNames(),
                        like.mode(),
                        like.custom())
                .withScopes(Set.of());
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 100, 1_000})
    void launchesOf(int registrations) throws Exception {
        List<Course> known = bed.lms().courses();
        Tool first = bed.lms().tools().get(0);
        for (int number = known.size(); number < registrations; number++) {
            Tool tool = tool(first, number);
            bed.lms().register(tool);
            bed.lms().addCourse("Course " + number, "C-" + number, 1, tool);
        }
        List<Course> courses = bed.lms().courses();
        try (ToolProcess laurel = bed.startLaurel()) {
            run(courses, WARM);
            measure(laurel, courses, "%d registrations".formatted(registrations));
            bed.lms().setFault(Service.JWKS, Fault.status(503));
            measure(laurel, courses, "%d registrations, key sets down".formatted(registrations));
            bed.lms().clearFaults();
        }
    }

    private void measure(ToolProcess laurel, List<Course> courses, String what) throws InterruptedException {
        ProcessorTime before = ProcessorTime.now(laurel.pid());
        Outcome outcome = run(courses, MEASURED);
        ProcessorTime spent = ProcessorTime.now(laurel.pid()).minus(before);
        bed.say(
                "%s: launches at %d per second, %s, %d failed; one launch: %s",
                what,
                PER_SECOND,
                outcome.latencies().describe(),
                outcome.failures(),
                spent.describePer(outcome.latencies().count()));
        assertThat(outcome.failures()).as(outcome.firstFailure()).isZero();
    }

    private Outcome run(List<Course> courses, Duration time) throws InterruptedException {
        return ArrivalRate.run(PER_SECOND, time, 64, number -> {
            Course course = courses.get(number % courses.size());
            bed.launch(course, course.student(0));
        });
    }
}
