package dev.laurel.platform;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.laurel.platform.http.OutboundResponse;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

class SecondTriesTests {

    private final SecondTries tries = new SecondTries();

    private final AtomicInteger calls = new AtomicInteger();

    @Test
    void onceTheSecondTriesOfALookAreUsedUpEveryFurtherCallIsMadeOnce() {
        failsAfter(4);
        failsAfter(1);
        failsAfter(1);
    }

    private void failsAfter(int expected) {
        calls.set(0);
        assertThatExceptionOfType(ServiceProblem.class).isThrownBy(() -> tries.of(this::broken));
        assertThat(calls).hasValue(expected);
    }

    /** Ends by another error where it is called without end. */
    private OutboundResponse broken() {
        if (calls.incrementAndGet() > 10) {
            throw new IllegalStateException("Called again and again");
        }
        throw ServiceProblem.unreadable("The LMS is away.");
    }
}
