package dev.laurel.gradebook;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.laurel.LaurelTest;
import dev.laurel.TestCourse;
import dev.laurel.context.CourseContext;
import dev.laurel.gradebook.source.GradebookSource;
import dev.laurel.gradebook.source.Look;
import dev.laurel.gradebook.source.Reading;
import dev.laurel.platform.ServiceProblem;
import dev.laurel.platform.tenant.TenantId;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.context.TestConfiguration;
import org.springframework.context.annotation.Import;
import org.springframework.jdbc.core.JdbcTemplate;

/** An institution with hundreds of courses on a slow platform, and one with a single course beside it. */
@Tag("once")
@LaurelTest
@Import(FairnessIntegrationTests.SlowPlatforms.class)
class FairnessIntegrationTests {

    private static final int COURSES = 300;

    @Autowired
    SyncJob sync;

    @Autowired
    SlowPlatforms platforms;

    @Autowired
    JdbcTemplate jdbc;

    private TenantId large;

    @AfterEach
    void letGo() {
        platforms.letGo();
    }

    @Test
    void hundredsOfSlowCoursesOfOneInstitutionDoNotKeepAnotherWaiting() {
        largeInstitution(Duration.ofSeconds(2));
        TestCourse small = smallInstitution();

        Instant asked = Instant.now();
        sync.ask(small.tenant, small.id, asked, asked.plus(SyncPace.WATCH));

        await().atMost(Duration.ofSeconds(8)).until(() -> platforms.looksAt(small.tenant) > 0);
        await().atMost(Duration.ofSeconds(12)).until(() -> platforms.looksAt(small.tenant) >= 3);
    }

    @Test
    void aPlatformThatNeverAnswersLeavesThreadsForEverythingElse() {
        largeInstitution(Duration.ofMinutes(5));
        TestCourse small = smallInstitution();

        Instant asked = Instant.now();
        sync.ask(small.tenant, small.id, asked, null);

        await().atMost(Duration.ofSeconds(15)).until(() -> platforms.looksAt(small.tenant) > 0);
    }

    @Test
    void whoIsAloneMayUseWhatNobodyElseNeedsAndEveryCourseHasItsTurn() {
        largeInstitution(Duration.ofMillis(100));

        await().atMost(Duration.ofSeconds(60)).until(() -> platforms.coursesLookedAt(large) == COURSES);
        assertThat(platforms.mostAtOnce(large)).isGreaterThanOrEqualTo(5);
    }

    private void largeInstitution(Duration slowness) {
        TestCourse first = TestCourse.in(jdbc);
        large = first.tenant;
        platforms.open(large, slowness);
        Instant now = Instant.now();
        sync.ask(large, first.id, now, now.plus(SyncPace.WATCH));
        for (int i = 1; i < COURSES; i++) {
            sync.ask(large, TestCourse.another(jdbc, large).id, now, now.plus(SyncPace.WATCH));
        }
        int several = 4;
        await().atMost(Duration.ofSeconds(30)).until(() -> platforms.mostAtOnce(large) >= several);
    }

    private TestCourse smallInstitution() {
        TestCourse small = TestCourse.in(jdbc);
        platforms.open(small.tenant, Duration.ZERO);
        return small;
    }

    /** Takes as long as it is told for each look, and counts them. */
    @TestConfiguration
    static class SlowPlatforms implements GradebookSource {

        private final Map<TenantId, Duration> slowness = new ConcurrentHashMap<>();

        private final Map<TenantId, List<Long>> looks = new ConcurrentHashMap<>();

        private final Map<TenantId, AtomicInteger> running = new ConcurrentHashMap<>();

        private final Map<TenantId, Integer> most = new ConcurrentHashMap<>();

        private volatile CountDownLatch over = new CountDownLatch(1);

        void open(TenantId tenant, Duration slow) {
            slowness.put(tenant, slow);
        }

        void letGo() {
            slowness.clear();
            over.countDown();
            over = new CountDownLatch(1);
        }

        int looksAt(TenantId tenant) {
            return looks.getOrDefault(tenant, List.of()).size();
        }

        long coursesLookedAt(TenantId tenant) {
            return looks.getOrDefault(tenant, List.of()).stream().distinct().count();
        }

        int mostAtOnce(TenantId tenant) {
            return most.getOrDefault(tenant, 0);
        }

        @Override
        public Reading read(CourseContext course, Look look, Progress progress) {
            AtomicInteger now = running.computeIfAbsent(course.tenant(), tenant -> new AtomicInteger());
            most.merge(course.tenant(), now.incrementAndGet(), Math::max);
            try {
                Duration slow = slowness.getOrDefault(course.tenant(), Duration.ZERO);
                if (over.await(slow.toMillis(), TimeUnit.MILLISECONDS)) {
                    throw ServiceProblem.unreadable("The test is over.");
                }
                looks.computeIfAbsent(course.tenant(), tenant -> new CopyOnWriteArrayList<>())
                        .add(course.id());
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            } finally {
                now.decrementAndGet();
            }
            return new Reading(Reading.Naming.SUB, List.of(), List.of(), List.of(), null, null, null);
        }

        @Override
        public String name() {
            return "slow";
        }

        @Override
        public Optional<String> obstacle(CourseContext course) {
            return slowness.containsKey(course.tenant()) ? Optional.empty() : Optional.of("Another test's.");
        }

        @Override
        public Set<LineItem.Kind> tells(CourseContext course) {
            return Set.of();
        }

        @Override
        public Set<LineItem.Kind> couldTell(CourseContext course) {
            return Set.of();
        }

        @Override
        public Duration pace() {
            return Duration.ofSeconds(1);
        }
    }
}
