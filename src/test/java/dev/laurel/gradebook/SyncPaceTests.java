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
                staffFor == null ? null : NOW.plus(Duration.parse(staffFor)),
                0);
        assertThat(SyncPace.next(row, NOW.minus(Duration.parse(launchedAgo)), null, null, NOW))
                .isEqualTo(NOW.plus(Duration.parse(pause)));
    }

    @Test
    void thePlatformsFloorIsKept() {
        SyncRepository.Row watched = row(null, NOW.plusSeconds(60), 0);
        assertThat(SyncPace.next(watched, NOW, 2, null, NOW)).isEqualTo(NOW.plusSeconds(2));
        assertThat(SyncPace.next(watched, NOW, 0, null, NOW)).isEqualTo(NOW.plusSeconds(1));
        assertThat(SyncPace.next(row(null, null, 0), NOW, 300, null, NOW)).isEqualTo(NOW.plusSeconds(300));
    }

    @ParameterizedTest(name = "{0} failures: {1}")
    @CsvSource({"1, PT5S", "2, PT10S", "5, PT80S", "9, PT1280S", "12, PT30M", "2000000, PT30M"})
    void failuresSlowDown(int failures, String pause) {
        SyncRepository.Row row = row(null, NOW.plusSeconds(60), failures);
        assertThat(SyncPace.next(row, NOW, null, null, NOW)).isEqualTo(NOW.plus(Duration.parse(pause)));
    }

    @Test
    void whatThePlatformAsksForIsHeeded() {
        SyncRepository.Row row = row(null, NOW.plusSeconds(60), 1);
        assertThat(SyncPace.next(row, NOW, null, Duration.ofMinutes(40), NOW)).isEqualTo(NOW.plusSeconds(2400));
        assertThat(SyncPace.next(row, NOW, null, Duration.ZERO, NOW)).isEqualTo(NOW.plusSeconds(5));
    }

    private static SyncRepository.Row row(Instant changedAt, Instant watchedUntil, int failures) {
        return new SyncRepository.Row(0, null, changedAt, null, watchedUntil, null, failures, 0, null, null);
    }
}
