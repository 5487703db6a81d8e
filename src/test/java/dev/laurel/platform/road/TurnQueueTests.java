package dev.laurel.platform.road;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.Test;

class TurnQueueTests {

    private final TurnQueue turns = new TurnQueue(1);

    private final List<String> order = Collections.synchronizedList(new ArrayList<>());

    private final List<Thread> threads = new ArrayList<>();

    @Test
    void whatIsUrgentComesBeforeWhatMayWait() throws Exception {
        turns.take(Duration.ZERO);
        asks("JWTs", Duration.ofMinutes(2));
        asks("a look", Duration.ofMinutes(1));
        asks("a decision", Duration.ZERO);

        turns.giveBack();
        end();
        assertThat(order).containsExactly("a decision", "a look", "JWTs");
    }

    @Test
    void whoAsksAlikeGetsTurnsInTheOrderOfAsking() throws Exception {
        turns.take(Duration.ZERO);
        List<String> all = List.of("first", "second", "third", "fourth");
        for (String name : all) {
            asks(name, Duration.ofSeconds(2));
        }

        turns.giveBack();
        end();
        assertThat(order).containsExactlyElementsOf(all);
    }

    @Test
    void whatMayWaitDoesNotDoSoForEver() throws Exception {
        turns.take(Duration.ZERO);
        asks("waited long", Duration.ofMillis(1));
        Thread.sleep(20);
        asks("comes later", Duration.ZERO);

        turns.giveBack();
        end();
        assertThat(order).containsExactly("waited long", "comes later");
    }

    @Test
    void whoIsInterruptedWhileWaitingKeepsNoTurn() throws Exception {
        turns.take(Duration.ZERO);
        AtomicBoolean interrupted = new AtomicBoolean();
        Thread leaving = new Thread(() -> {
            try {
                turns.take(Duration.ZERO);
            } catch (InterruptedException e) {
                interrupted.set(true);
            }
        });
        leaving.start();
        untilWaiting(1);
        leaving.interrupt();
        leaving.join();
        assertThat(interrupted).isTrue();

        turns.giveBack();
        asks("the next", Duration.ZERO, 0);
        end();
        assertThat(order).containsExactly("the next");
    }

    @Test
    void whoIsInterruptedBeforeBeginsNothing() throws Exception {
        Thread.currentThread().interrupt();
        assertThatExceptionOfType(InterruptedException.class).isThrownBy(() -> turns.take(Duration.ZERO));

        turns.take(Duration.ZERO);
        assertThat(turns.length()).isZero();
    }

    private void asks(String name, Duration patience) throws InterruptedException {
        asks(name, patience, threads.size() + 1);
    }

    private void asks(String name, Duration patience, int waiting) throws InterruptedException {
        Thread thread = new Thread(() -> {
            try {
                turns.take(patience);
                order.add(name);
                turns.giveBack();
            } catch (InterruptedException e) {
                order.add(name + " was interrupted");
            }
        });
        threads.add(thread);
        thread.start();
        untilWaiting(waiting);
    }

    private void untilWaiting(int length) throws InterruptedException {
        while (turns.length() < length) {
            Thread.sleep(1);
        }
    }

    private void end() throws InterruptedException {
        for (Thread thread : threads) {
            thread.join();
        }
    }
}
