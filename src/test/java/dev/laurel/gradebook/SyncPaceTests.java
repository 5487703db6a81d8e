package dev.laurel.gradebook;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** How often a gradebook is looked at. */
class SyncPaceTests {

    private static final Instant NOW = Instant.parse("2026-03-01T12:00:00Z");

    private static final Duration FLOOR = Duration.ofSeconds(5);

    @ParameterizedTest(name = "last launch {0} ago, staff until {1}, changed {2} ago: {3}")
    @CsvSource(
            nullValues = "-",
            value = {
                "PT0S, PT30M, -, PT5S",
                "PT1H, PT1S, -, PT5S",
                "PT1M, -, -, PT1M",
                "PT1H, PT-1S, -, PT1M",
                "PT3H, -, PT9M, PT5S",
                "PT3H, -, PT11M, PT1M",
                "PT3H, -, -, PT5M",
                "P2D, -, -, PT20M",
                "P20D, -, -, PT1H",
                "P170D, -, -, PT1H",
                "P400D, -, P20D, PT1H",
                "P200D, -, -, P30D",
            })
    void pause(String launchedAgo, String staffFor, String changedAgo, String pause) {
        SyncRepository.Row row = row(
                changedAgo == null ? null : NOW.minus(Duration.parse(changedAgo)),
                staffFor == null ? null : NOW.plus(Duration.parse(staffFor)));
        assertThat(SyncPace.next(row, 0, NOW.minus(Duration.parse(launchedAgo)), FLOOR, null, NOW))
                .isEqualTo(NOW.plus(Duration.parse(pause)));
    }

    @Test
    void thePlatformsFloorIsKept() {
        SyncRepository.Row watched = row(null, NOW.plusSeconds(60));
        assertThat(SyncPace.next(watched, 0, NOW, Duration.ofSeconds(2), null, NOW))
                .isEqualTo(NOW.plusSeconds(2));
        assertThat(SyncPace.next(row(null, null), 0, NOW, Duration.ofSeconds(300), null, NOW))
                .isEqualTo(NOW.plusSeconds(300));
    }

    @ParameterizedTest(name = "{0} failures: {1}")
    @CsvSource({"1, PT5S", "2, PT10S", "5, PT80S", "9, PT1280S", "12, PT30M", "2000000, PT30M"})
    void failuresSlowDown(int failures, String pause) {
        SyncRepository.Row row = row(null, NOW.plusSeconds(60));
        assertThat(SyncPace.next(row, failures, NOW, FLOOR, null, NOW)).isEqualTo(NOW.plus(Duration.parse(pause)));
    }

    @Test
    void whatThePlatformAsksForIsHeeded() {
        SyncRepository.Row row = row(null, NOW.plusSeconds(60));
        assertThat(SyncPace.next(row, 1, NOW, FLOOR, Duration.ofMinutes(40), NOW))
                .isEqualTo(NOW.plusSeconds(2400));
        assertThat(SyncPace.next(row, 1, NOW, FLOOR, Duration.ZERO, NOW)).isEqualTo(NOW.plusSeconds(5));
    }

    private static SyncRepository.Row row(Instant changedAt, Instant watchedUntil) {
        return new SyncRepository.Row(0, null, changedAt, null, watchedUntil, null, null, 0, 0, null, null);
    }
}
