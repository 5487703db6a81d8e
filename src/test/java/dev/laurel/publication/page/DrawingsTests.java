package dev.laurel.publication.page;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.springframework.http.HttpHeaders;
import org.springframework.web.ErrorResponseException;

class DrawingsTests {

    private final ExecutorService threads = Executors.newCachedThreadPool();

    private final CountDownLatch drawn = new CountDownLatch(1);

    @AfterEach
    void stop() {
        drawn.countDown();
        threads.shutdownNow();
    }

    @Test
    void onlySoManyAreDrawnAtATimeAndTheOthersWait() throws Exception {
        Drawings drawings = new Drawings(2, Duration.ofMinutes(1));
        AtomicInteger now = new AtomicInteger();
        AtomicInteger most = new AtomicInteger();
        List<Future<Integer>> all = new ArrayList<>();
        for (int i = 0; i < 12; i++) {
            all.add(threads.submit(() -> drawings.draw(() -> {
                most.accumulateAndGet(now.incrementAndGet(), Math::max);
                Thread.yield();
                return now.decrementAndGet();
            })));
        }

        for (Future<Integer> each : all) {
            assertThat(each.get(30, TimeUnit.SECONDS)).isBetween(0, 1);
        }
        assertThat(most).hasValueBetween(1, 2);
    }

    @Test
    void whoFindsNoPlaceInTimeIsToldWhenToComeAgainAndAPlaceIsFreeOnceADrawingFailed() throws Exception {
        Drawings drawings = new Drawings(1, Duration.ZERO);
        CountDownLatch drawing = new CountDownLatch(1);
        Future<String> first = threads.submit(() -> drawings.draw(() -> {
            drawing.countDown();
            await(drawn);
            throw new IllegalStateException("It cannot be drawn");
        }));
        assertThat(drawing.await(30, TimeUnit.SECONDS)).isTrue();

        assertThatExceptionOfType(ErrorResponseException.class)
                .isThrownBy(() -> drawings.draw(() -> "second"))
                .satisfies(busy -> {
                    assertThat(busy.getStatusCode().value()).isEqualTo(503);
                    assertThat(busy.getHeaders().getFirst(HttpHeaders.RETRY_AFTER))
                            .isNotBlank();
                });

        drawn.countDown();
        assertThat(first).failsWithin(Duration.ofSeconds(30));
        assertThat(drawings.draw(() -> "third")).isEqualTo("third");
    }

    private static void await(CountDownLatch latch) {
        try {
            latch.await();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
