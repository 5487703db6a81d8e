package dev.laurel.platform.road;

import static org.assertj.core.api.Assertions.assertThat;

import com.github.kagkarlsson.scheduler.task.Task;
import com.sun.net.httpserver.HttpServer;
import dev.laurel.LaurelTest;
import dev.laurel.platform.http.OutboundHttp;
import dev.laurel.platform.http.OutboundRequest;
import dev.laurel.platform.tenant.TenantId;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.context.TestConfiguration;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Import;
import org.springframework.test.context.TestPropertySource;
import org.springframework.transaction.PlatformTransactionManager;
import org.springframework.transaction.TransactionDefinition;
import org.springframework.transaction.support.TransactionTemplate;

/** Jobs that the real scheduler runs, of which two may compute at once. */
@Tag("once")
@LaurelTest
@TestPropertySource(properties = "laurel.jobs.at-once=2")
@Import(TurnsIntegrationTests.Kinds.class)
class TurnsIntegrationTests {

    private static final TenantId TENANT = new TenantId(876_543_210);

    private static final int MORE_THAN_THREADS = 15;

    @Autowired
    Jobs jobs;

    @Autowired
    Kinds kinds;

    @Autowired
    OutboundHttp http;

    @Autowired
    TransactionTemplate transaction;

    @Autowired
    PlatformTransactionManager transactions;

    @Test
    void jobsThatComputeAreNeverMoreThanMayBe() throws Exception {
        int all = 8;
        CountDownLatch began = new CountDownLatch(all);
        CountDownLatch done = new CountDownLatch(all);
        CyclicBarrier pair = new CyclicBarrier(2);
        AtomicInteger computing = new AtomicInteger();
        AtomicInteger most = new AtomicInteger();
        for (int i = 0; i < all; i++) {
            run(Kinds.USUAL, "computes " + i, () -> {
                began.countDown();
                transaction.executeWithoutResult(status -> {
                    most.accumulateAndGet(computing.incrementAndGet(), Math::max);
                    reach(began);
                    meet(pair);
                    computing.decrementAndGet();
                });
                done.countDown();
            });
        }

        reach(done);
        assertThat(most).hasValue(2);
    }

    @Test
    void whatWaitsForAPlatformKeepsNothingFromComputing() throws Exception {
        int waiting = 4;
        CountDownLatch asked = new CountDownLatch(waiting);
        CountDownLatch answer = new CountDownLatch(1);
        CountDownLatch answered = new CountDownLatch(waiting);
        HttpServer platform = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        ExecutorService threads = Executors.newCachedThreadPool();
        platform.setExecutor(threads);
        platform.createContext("/", exchange -> {
            asked.countDown();
            reach(answer);
            exchange.sendResponseHeaders(204, -1);
            exchange.close();
        });
        platform.start();
        URI slow = URI.create("http://127.0.0.1:" + platform.getAddress().getPort() + "/");
        try {
            for (int i = 0; i < waiting; i++) {
                run(Kinds.USUAL, "calls " + i, () -> {
                    transaction.executeWithoutResult(status -> {});
                    assertThat(http.send(OutboundRequest.get(slow, "*/*")).status())
                            .isEqualTo(204);
                    transaction.executeWithoutResult(status -> {});
                    answered.countDown();
                });
            }
            reach(asked);

            twoComputeAtOnce("beside calls");

            answer.countDown();
            reach(answered);
        } finally {
            answer.countDown();
            platform.stop(0);
            threads.shutdown();
        }
    }

    @Test
    void aJobThatFailsLeavesItsTurnToOthers() throws Exception {
        int failing = 4;
        CountDownLatch failed = new CountDownLatch(failing);
        for (int i = 0; i < failing; i++) {
            AtomicInteger attempts = new AtomicInteger();
            run(
                    Kinds.USUAL,
                    "fails " + i,
                    () -> transaction.executeWithoutResult(status -> {
                        failed.countDown();
                        if (attempts.getAndIncrement() == 0) {
                            throw new IllegalStateException("fails the first time");
                        }
                    }));
        }
        reach(failed);

        twoComputeAtOnce("after failures");
    }

    @Test
    void aTransactionWithinAnotherNeedsNoTurnOfItsOwn() throws Exception {
        TransactionTemplate ofItsOwn = new TransactionTemplate(transactions);
        ofItsOwn.setPropagationBehavior(TransactionDefinition.PROPAGATION_REQUIRES_NEW);
        CyclicBarrier pair = new CyclicBarrier(2);
        CountDownLatch done = new CountDownLatch(2);
        for (int i = 0; i < 2; i++) {
            run(Kinds.USUAL, "nests " + i, () -> {
                transaction.executeWithoutResult(status -> {
                    meet(pair);
                    ofItsOwn.executeWithoutResult(inner -> meet(pair));
                });
                done.countDown();
            });
        }

        reach(done);
        twoComputeAtOnce("after transactions in others");
    }

    @Test
    void ofWhatNobodyWaitsForTwoRunAtOnceTheOthersKeepNoThreadAndAllRunInTheEnd() throws Exception {
        CountDownLatch begun = new CountDownLatch(1);
        CountDownLatch goOn = new CountDownLatch(1);
        CountDownLatch done = new CountDownLatch(MORE_THAN_THREADS);
        AtomicInteger running = new AtomicInteger();
        AtomicInteger most = new AtomicInteger();
        for (int i = 0; i < MORE_THAN_THREADS; i++) {
            run(Kinds.PATIENT, "patient " + i, () -> {
                most.accumulateAndGet(running.incrementAndGet(), Math::max);
                begun.countDown();
                reach(goOn);
                running.decrementAndGet();
                done.countDown();
            });
        }
        reach(begun);
        CountDownLatch urgent = new CountDownLatch(1);
        run(Kinds.USUAL, "urgent", () -> transaction.executeWithoutResult(status -> urgent.countDown()));

        reach(urgent);
        goOn.countDown();
        reach(done);
        assertThat(most).hasValueLessThanOrEqualTo(2);
    }

    private void twoComputeAtOnce(String name) {
        CyclicBarrier pair = new CyclicBarrier(2);
        CountDownLatch done = new CountDownLatch(2);
        for (int i = 0; i < 2; i++) {
            run(Kinds.USUAL, "two " + name + i, () -> {
                transaction.executeWithoutResult(status -> meet(pair));
                done.countDown();
            });
        }
        reach(done);
    }

    private void run(String kind, String subject, Runnable work) {
        kinds.works.put(subject, work);
        jobs.schedule(kind, TENANT, subject, 0);
    }

    private static void reach(CountDownLatch latch) {
        try {
            assertThat(latch.await(60, TimeUnit.SECONDS)).isTrue();
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    private static void meet(CyclicBarrier pair) {
        try {
            pair.await(60, TimeUnit.SECONDS);
        } catch (Exception e) {
            throw new IllegalStateException(e);
        }
    }

    /** Jobs that do what a test says. */
    @TestConfiguration
    static class Kinds {

        static final String USUAL = "test-turns";

        static final String PATIENT = "test-turns-patient";

        final Map<String, Runnable> works = new ConcurrentHashMap<>();

        @Bean
        Task<?> usualTestTask(Jobs jobs) {
            return jobs.kind(USUAL, (tenant, subject) -> works.get(subject).run());
        }

        @Bean
        Task<?> patientTestTask(Jobs jobs) {
            return jobs.patientKind(
                    PATIENT, (tenant, subject) -> works.get(subject).run());
        }
    }
}
