package dev.laurel.credential.status;

import static org.assertj.core.api.Assertions.assertThat;
import static org.mockito.ArgumentMatchers.any;
import static org.mockito.BDDMockito.given;
import static org.mockito.Mockito.mock;

import dev.laurel.LaurelTest;
import dev.laurel.platform.ended.EndedForGood;
import dev.laurel.platform.road.Jobs;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Instant;
import java.time.InstantSource;
import java.time.ZoneOffset;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.web.server.context.WebServerApplicationContext;
import org.springframework.test.util.ReflectionTestUtils;

@LaurelTest
class RestoredWatchTests {

    @Autowired
    Restored restored;

    @Autowired
    EndedAgain ended;

    @Autowired
    Jobs jobs;

    @Test
    void whatEndedIsEndedAgainBeforeTheNodeAnswersAnybody(@TempDir Path disk) {
        List<Thread> asking = new CopyOnWriteArrayList<>();
        EndedForGood kind = mock();
        given(kind.kind()).willReturn("door");
        given(kind.after(any())).will(call -> {
            asking.add(Thread.currentThread());
            return List.of();
        });
        Clock clock = Clock.systemUTC();
        EndedAgain again = new EndedAgain(new EndedRecord(disk), List.of(kind), clock);
        RestoredWatch watch = new RestoredWatch(mock(), List.of(), again, jobs, clock);
        try {
            watch.start();
        } finally {
            watch.stop();
        }

        assertThat(asking).startsWith(Thread.currentThread());
        assertThat(watch.getPhase()).isLessThan(WebServerApplicationContext.START_STOP_LIFECYCLE_PHASE);
    }

    /** An executor repeats nothing that threw. */
    @Test
    void aLookThatFailsIsNotTheLast() {
        AtomicInteger looks = new AtomicInteger();
        InstantSource failing = () -> {
            if (looks.incrementAndGet() == 1) {
                throw new IllegalStateException("Not now");
            }
            return Instant.now();
        };
        RestoredWatch watch = new RestoredWatch(restored, List.of(), ended, jobs, failing.withZone(ZoneOffset.UTC));
        try {
            ReflectionTestUtils.invokeMethod(watch, "look");
            ReflectionTestUtils.invokeMethod(watch, "look");
        } finally {
            watch.stop();
        }

        assertThat(looks).hasValue(2);
    }
}
