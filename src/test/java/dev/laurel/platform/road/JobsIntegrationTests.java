package dev.laurel.platform.road;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;

import com.github.kagkarlsson.scheduler.Scheduler;
import com.github.kagkarlsson.scheduler.task.TaskInstanceId;
import com.zaxxer.hikari.HikariDataSource;
import dev.laurel.LaurelTest;
import dev.laurel.platform.tenant.TenantId;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.BrokenBarrierException;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.transaction.support.TransactionTemplate;

@LaurelTest
class JobsIntegrationTests {

    private static final String KIND = "gradebook-sync";

    @Autowired
    Jobs jobs;

    @Autowired
    Scheduler scheduler;

    @Autowired
    TransactionTemplate transaction;

    @Autowired
    HikariDataSource hikari;

    @Test
    void manyWhoHurryTheSameJobDoNotGetInEachOthersWay() throws Exception {
        TenantId nobody = new TenantId(987_654_321);
        Instant later = Instant.now().plus(Duration.ofDays(1));
        ExecutorService pool = Executors.newFixedThreadPool(8);
        List<Future<?>> calls = new ArrayList<>();
        for (int i = 0; i < 400; i++) {
            Instant at = later.minusSeconds(i);
            calls.add(pool.submit(() -> jobs.runAgainBy(KIND, nobody, "1", at)));
        }

        for (Future<?> call : calls) {
            assertThatCode(call::get).doesNotThrowAnyException();
        }
        pool.shutdown();
    }

    @Test
    void aTransactionThatTheDatabaseGivesUpIsDoneOnceMoreAndNeverCommittedInPart() throws Exception {
        TenantId nobody = new TenantId(987_654_322);
        Instant later = Instant.now().plus(Duration.ofDays(1));
        ExecutorService pool = Executors.newFixedThreadPool(2);
        int halves = 0;
        int givenUp = 0;
        for (int i = 0; i < 40; i++) {
            String before = "before-" + i;
            String ours = "ours-" + i;
            String theirs = "theirs-" + i;
            CyclicBarrier bothHold = new CyclicBarrier(2);
            AtomicInteger tries = new AtomicInteger();
            Future<?> other = pool.submit(() -> {
                addInTheOtherOrder(nobody, theirs, ours, bothHold);
                return null;
            });
            Future<?> one = pool.submit(() -> transaction.executeWithoutResult(status -> {
                jobs.scheduleAt(KIND, nobody, before, 0, later);
                jobs.scheduleAt(KIND, nobody, ours, 0, later);
                if (tries.incrementAndGet() == 1) {
                    await(bothHold);
                }
                jobs.scheduleAt(KIND, nobody, theirs, 0, later);
            }));
            boolean committed = succeeded(one);
            succeeded(other);
            givenUp += tries.get() > 1 ? 1 : 0;
            halves += committed && isThere(nobody, before) && isThere(nobody, theirs) ? 0 : 1;
        }
        pool.shutdown();

        assertThat(halves).isZero();
        assertThat(givenUp).isPositive();
    }

    /** As another node would, which has done so much already that not it is given up, and commits at once. */
    private void addInTheOtherOrder(TenantId tenant, String first, String second, CyclicBarrier bothHold)
            throws SQLException {
        try (Connection connection =
                        DriverManager.getConnection(hikari.getJdbcUrl() + "&allowMultiQueries=true", "root", "");
                Statement statement = connection.createStatement()) {
            statement.execute("START TRANSACTION");
            for (int i = 0; i < 50; i++) {
                statement.execute(insert(tenant, first + "-and-" + i));
            }
            statement.execute(insert(tenant, first));
            await(bothHold);
            statement.execute(insert(tenant, second) + "; COMMIT");
        }
    }

    private static String insert(TenantId tenant, String subject) {
        return """
                INSERT INTO scheduled_tasks (task_name, task_instance, execution_time, picked, version)
                VALUES ('%s', '%s', UTC_TIMESTAMP(6) + INTERVAL 1 DAY, FALSE, 1)""".formatted(KIND, new JobId(tenant, subject, 0));
    }

    private static boolean succeeded(Future<?> call) throws InterruptedException {
        try {
            call.get();
            return true;
        } catch (ExecutionException givenUp) {
            return false;
        }
    }

    private static void await(CyclicBarrier barrier) {
        try {
            barrier.await(1, TimeUnit.MINUTES);
        } catch (InterruptedException | BrokenBarrierException | TimeoutException e) {
            throw new IllegalStateException(e);
        }
    }

    private boolean isThere(TenantId tenant, String subject) {
        return scheduler
                .getScheduledExecution(TaskInstanceId.of(KIND, new JobId(tenant, subject, 0).toString()))
                .isPresent();
    }
}
