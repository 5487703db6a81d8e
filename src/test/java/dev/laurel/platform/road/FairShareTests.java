package dev.laurel.platform.road;

import static org.assertj.core.api.Assertions.assertThat;

import dev.laurel.platform.tenant.TenantId;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class FairShareTests {

    private static final int SHARED = 7;

    private static final TenantId LARGE = new TenantId(1);

    private static final TenantId SMALL = new TenantId(2);

    private static final TenantId THIRD = new TenantId(3);

    private Instant now = Instant.parse("2026-11-26T08:00:00Z");

    private final FairShare share = new FairShare(SHARED, () -> now);

    @Test
    void oneTenantAloneUsesAllThatIsSharedAndNeverMore() {
        for (int i = 0; i < SHARED; i++) {
            assertThat(begins(LARGE, "course " + i)).isTrue();
        }
        assertThat(begins(LARGE, "one more")).isFalse();
        share.end(LARGE, Duration.ofSeconds(1));
        assertThat(begins(LARGE, "one more")).isTrue();
    }

    @Test
    void whoHasFewerComesFirst() {
        fill(LARGE);
        assertThat(begins(SMALL, "only course")).isFalse();
        share.end(LARGE, Duration.ofSeconds(5));
        assertThat(begins(LARGE, "one more"))
                .as("the free one is kept for the other")
                .isFalse();
        assertThat(begins(SMALL, "only course")).isTrue();
    }

    @Test
    void threadsAreSharedAlikeAmongThoseWhoWantThem() {
        fill(LARGE);
        Map<TenantId, Integer> running = new HashMap<>(Map.of(LARGE, SHARED, SMALL, 0, THIRD, 0));
        for (int round = 0; round < 50; round++) {
            for (TenantId tenant : new TenantId[] {LARGE, SMALL, THIRD}) {
                int more = round;
                if (running.get(tenant) > 0 && round % 2 == 0) {
                    share.end(tenant, Duration.ofSeconds(1));
                    running.merge(tenant, -1, Integer::sum);
                }
                running.computeIfPresent(
                        tenant, (id, count) -> begins(tenant, "course " + more % 5) ? count + 1 : count);
            }
        }
        assertThat(running.values()).allMatch(count -> count >= 1 && count <= 4);
    }

    @Test
    void whoWasPutOffAndDoesNotComeBackKeepsNothingFree() {
        fill(LARGE);
        assertThat(begins(SMALL, "only course")).isFalse();
        share.end(LARGE, Duration.ofSeconds(1));
        assertThat(begins(LARGE, "one more")).isFalse();
        now = now.plusSeconds(10);
        assertThat(begins(LARGE, "one more")).isTrue();
    }

    @Test
    void aThreadIsKeptFreeOnlyForWhoIsAboutToComeBack() {
        for (int i = 0; i < 3; i++) {
            assertThat(begins(SMALL, "course " + i)).isTrue();
        }
        share.end(SMALL, Duration.ofMinutes(1));
        assertThat(begins(THIRD, "only course")).isTrue();
        for (int i = 3; i < SHARED; i++) {
            assertThat(begins(LARGE, "course " + i)).isTrue();
        }
        Duration pause = share.begin(SMALL, "large course");
        assertThat(pause).isGreaterThan(Duration.ofSeconds(3));
        share.end(LARGE, Duration.ofSeconds(1));
        assertThat(begins(LARGE, "one more")).isTrue();

        now = now.plus(pause).minusMillis(500);
        share.end(LARGE, Duration.ofSeconds(1));
        assertThat(begins(LARGE, "another")).isFalse();
        assertThat(begins(SMALL, "large course")).isTrue();
    }

    @Test
    void whoHasLessThanItsShareIsNotPutOffForLongHoweverLongItsWorkTakes() {
        assertThat(begins(SMALL, "large course")).isTrue();
        assertThat(begins(SMALL, "another")).isTrue();
        share.end(SMALL, Duration.ofMinutes(1));
        for (int i = 1; i < SHARED; i++) {
            assertThat(begins(LARGE, "course " + i)).isTrue();
        }

        assertThat(share.begin(SMALL, "large course")).isEqualTo(Duration.ofSeconds(1));
        share.end(LARGE, Duration.ofSeconds(1));
        assertThat(begins(LARGE, "one more")).isFalse();
        assertThat(begins(SMALL, "large course")).isTrue();
    }

    @Test
    void ofOneTenantWhoIsAboutToComeBackComesBeforeWhoIsNew() {
        fill(LARGE);
        assertThat(begins(LARGE, "waits")).isFalse();
        share.end(LARGE, Duration.ofSeconds(1));

        assertThat(begins(LARGE, "is new")).isFalse();
        assertThat(begins(LARGE, "waits")).isTrue();
        share.end(LARGE, Duration.ofSeconds(1));
        assertThat(begins(LARGE, "is new")).isTrue();
    }

    @Test
    void manyThatWaitComeBackOneAfterTheOtherAndNotAllEachSecond() {
        fill(LARGE);
        Duration first = share.begin(LARGE, "course 0 that waits");
        for (int i = 1; i < 100; i++) {
            share.begin(LARGE, "course " + i + " that waits");
        }
        Duration last = share.begin(LARGE, "the last");
        assertThat(first).isEqualTo(Duration.ofSeconds(1));
        assertThat(last).isBetween(Duration.ofSeconds(10), Duration.ofSeconds(30));
        assertThat(share.begin(LARGE, "the last")).as("keeps its place").isEqualTo(last);
    }

    /** However they come and go: never too many at once, and whoever asks often enough gets a thread. */
    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 4, 5})
    void nobodyStarves(long seed) {
        Random random = new Random(seed);
        Map<TenantId, Integer> running = new HashMap<>();
        Map<TenantId, Integer> began = new HashMap<>();
        for (int step = 0; step < 20_000; step++) {
            now = now.plusMillis(50);
            // The first knocks a hundred times as often as the last.
            TenantId tenant = new TenantId(random.nextInt(100) < 90 ? 1 : 2 + random.nextInt(10));
            if (random.nextInt(10) == 0) {
                TenantId ending = new TenantId(1 + random.nextInt(11));
                if (running.getOrDefault(ending, 0) > 0) {
                    share.end(ending, Duration.ofMillis(500));
                    running.merge(ending, -1, Integer::sum);
                }
            }
            if (begins(tenant, "course " + random.nextInt(50))) {
                running.merge(tenant, 1, Integer::sum);
                began.merge(tenant, 1, Integer::sum);
            }
            int all = running.values().stream().mapToInt(Integer::intValue).sum();
            assertThat(all).as("seed %d, step %d", seed, step).isLessThanOrEqualTo(SHARED);
        }
        for (int tenant = 1; tenant <= 11; tenant++) {
            assertThat(began.getOrDefault(new TenantId(tenant), 0))
                    .as("seed %d, tenant %d", seed, tenant)
                    .isGreaterThan(20);
        }
    }

    private void fill(TenantId tenant) {
        for (int i = 0; i < SHARED; i++) {
            assertThat(begins(tenant, "course " + i)).isTrue();
        }
    }

    private boolean begins(TenantId tenant, String name) {
        return share.begin(tenant, name).isZero();
    }
}
