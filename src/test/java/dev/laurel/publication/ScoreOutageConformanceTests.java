package dev.laurel.publication;

import static org.assertj.core.api.Assertions.assertThat;
import static org.mockito.Mockito.mock;

import dev.laurel.LaurelTest;
import dev.laurel.WoundClock;
import dev.laurel.achievement.Achievements;
import dev.laurel.award.Awards;
import dev.laurel.context.Contexts;
import dev.laurel.context.LmsCourse;
import dev.laurel.credential.TestAwards;
import dev.laurel.gradebook.Gradebook;
import dev.laurel.platform.road.Jobs;
import dev.laurel.platform.road.StepMetrics;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import lms.Column;
import lms.Fault;
import lms.Heard;
import lms.LmsUser;
import lms.Mode;
import lms.ReferenceLms;
import lms.Service;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.context.ApplicationContext;
import org.springframework.context.annotation.Import;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.transaction.support.TransactionTemplate;

/** The outbox and a platform that is away, over HTTP and with a clock that is wound forward. */
@LaurelTest
@Import(TestAwards.class)
class ScoreOutageConformanceTests {

    private static final int STUDENTS = 8;

    @Autowired
    ApplicationContext app;

    @Autowired
    TestAwards testAwards;

    @Autowired
    Passback passback;

    @Autowired
    Contexts contexts;

    @Autowired
    PassbackRepository repository;

    @Autowired
    Gradebook gradebook;

    @Autowired
    Awards awards;

    @Autowired
    Achievements achievements;

    @Autowired
    TransactionTemplate transaction;

    @Autowired
    StepMetrics metrics;

    @Autowired
    JdbcClient jdbc;

    private LmsCourse course;

    private long ruleSetId;

    /** The outage lies behind us, since no platform takes a score of the future. */
    private final WoundClock clock = new WoundClock(Instant.now().minus(Duration.ofHours(26)));

    @AfterEach
    void close() {
        course.close();
    }

    @ParameterizedTest(name = "A29 after a day of 503 each award has been taken exactly once, {0}")
    @EnumSource
    void a29(Mode mode) {
        start(mode);
        course.lms().setFault(Service.SCORES, Fault.status(503));
        Instant end = clock.instant().plus(Duration.ofHours(24));
        int runs = 0;
        while (clock.instant().isBefore(end)) {
            send();
            clock.windTo(nextDue());
            runs++;
        }
        assertThat(status().sent()).isZero();
        assertThat(status().givenUp()).isZero();
        assertThat(status().waiting()).isEqualTo(STUDENTS);
        assertThat(runs).as("looks in a day").isLessThan(500);
        long refused = course.lms().calls(Service.SCORES);

        course.lms().clearFaults();
        while (status().waiting() > 0) {
            send();
            repository.nextDue(course.tenant(), ruleSetId).ifPresent(clock::windTo);
        }

        assertThat(status().sent()).isEqualTo(STUDENTS);
        assertThat(course.lms().calls(Service.SCORES) - refused).isEqualTo(STUDENTS);
        Column column = course.course().columnCalled("Essayist");
        assertThat(course.course().students())
                .hasSize(STUDENTS)
                .allSatisfy(student ->
                        assertThat(column.grade(student).orElseThrow().score()).isEqualByComparingTo("1"));
        assertThat(sentTimes())
                .hasSize(STUDENTS)
                .allSatisfy((student, times) -> assertThat(times).isSorted().doesNotHaveDuplicates());
    }

    @ParameterizedTest(name = "A30 an answer that got lost is not a second grade, {0}")
    @EnumSource
    void a30(Mode mode) {
        start(mode);
        course.lms().setFault(Service.SCORES, Fault.cutOff().times(1));

        send();
        while (status().waiting() > 0) {
            clock.windTo(nextDue());
            send();
        }

        assertThat(status().sent()).isEqualTo(STUDENTS);
        Column column = course.course().columnCalled("Essayist");
        assertThat(course.course().students()).hasSize(STUDENTS).allSatisfy(student -> {
            assertThat(column.grade(student).orElseThrow().score()).isEqualByComparingTo("1");
            assertThat(column.attempts(student)).isZero();
        });
    }

    private void start(Mode mode) {
        course = LmsCourse.start(app, ReferenceLms.builder().students(STUDENTS).mode(mode));
        contexts.refreshRoster(course.tenant(), course.contextId());
        TestAwards.Course badge =
                testAwards.courseAt(course.tenant(), course.contextId(), TestAwards.draft("Essayist"), 1);
        ruleSetId = badge.ruleSetId();
        for (LmsUser student : course.course().students()) {
            testAwards.decide(badge, course.person(student));
        }
        // What waits since yesterday is what the real sweep looks for.
        jdbc.sql("""
                UPDATE scheduled_tasks SET execution_time = execution_time + INTERVAL 1 HOUR
                WHERE task_name = 'score-sweep' AND execution_time < UTC_TIMESTAMP() + INTERVAL 1 HOUR""").update();
        transaction.executeWithoutResult(status -> {
            passback.enable(course.tenant(), ruleSetId, true, 1);
            jdbc.sql("DELETE FROM scheduled_tasks WHERE task_name = ?")
                    .param(ScoreSending.KIND)
                    .update();
        });
        jdbc.sql("UPDATE score_outbox SET created_at = ?, due_at = ? WHERE tenant_id = ?")
                .params(utc(), utc(), course.tenant().value())
                .update();
    }

    private LocalDateTime utc() {
        return LocalDateTime.ofInstant(clock.instant(), ZoneOffset.UTC);
    }

    private void send() {
        new ScoreSending(repository, gradebook, awards, achievements, transaction, mock(Jobs.class), metrics, clock)
                .run(course.tenant(), Long.toString(ruleSetId));
    }

    private Instant nextDue() {
        return repository.nextDue(course.tenant(), ruleSetId).orElseThrow();
    }

    private Passback.Status status() {
        return passback.status(course.tenant(), ruleSetId).orElseThrow();
    }

    private Map<String, List<String>> sentTimes() {
        return course.lms().heard(Service.SCORES).stream()
                .map(Heard::body)
                .collect(Collectors.groupingBy(
                        body -> member(body, "userId"),
                        Collectors.mapping(body -> member(body, "timestamp"), Collectors.toList())));
    }

    private static String member(String body, String name) {
        return body.replaceAll(".*\"" + name + "\":\"([^\"]+)\".*", "$1");
    }
}
