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
        assertThat(SyncPace.next(row, 0, launched(Duration.parse(launchedAgo)), FLOOR, null, NOW))
                .isEqualTo(NOW.plus(Duration.parse(pause)));
    }

    @ParameterizedTest(name = "ended {0} ago, last launch {1} ago, changed {2} ago: {3}")
    @CsvSource(
            nullValues = "-",
            value = {
                "P-1D, P2D, -, PT20M",
                "PT1H, PT1H, -, PT1H",
                "P1D, P20D, PT1H, PT1H",
                "P1D, P20D, PT5M, PT5S",
                "P40D, P3D, -, PT1H",
                "P40D, P60D, P29D, PT1H",
                "P40D, P60D, P31D, P30D",
                "P20D, P60D, -, PT1H"
            })
    void aCourseThatHasEndedIsReadRarelyAndOnceItIsGradedHardlyAtAll(
            String endedAgo, String launchedAgo, String changedAgo, String pause) {
        SyncRepository.Row row = row(changedAgo == null ? null : NOW.minus(Duration.parse(changedAgo)), null);
        SyncPace.Life life = new SyncPace.Life(
                NOW.minus(Duration.parse(launchedAgo)), null, NOW.minus(Duration.parse(endedAgo)), () -> false);

        assertThat(SyncPace.next(row, 0, life, FLOOR, null, NOW)).isEqualTo(NOW.plus(Duration.parse(pause)));
    }

    @ParameterizedTest(name = "begins in {0}, last launch {1} ago, changed {2} ago: {3}")
    @CsvSource(
            nullValues = "-",
            value = {
                "P30D, PT1H, -, PT6H",
                "PT2H, PT1H, -, PT2H",
                "PT-1S, PT1H, -, PT1M",
                "P30D, P200D, -, PT6H",
                "P30D, PT1H, PT5M, PT5S"
            })
    void aCourseThatHasNotBegunIsReadRarelyAndWhenItBegins(
            String beginsIn, String launchedAgo, String changedAgo, String pause) {
        SyncRepository.Row row = row(changedAgo == null ? null : NOW.minus(Duration.parse(changedAgo)), null);
        SyncPace.Life life = new SyncPace.Life(
                NOW.minus(Duration.parse(launchedAgo)), NOW.plus(Duration.parse(beginsIn)), null, () -> false);

        assertThat(SyncPace.next(row, 0, life, FLOOR, null, NOW)).isEqualTo(NOW.plus(Duration.parse(pause)));
    }

    @ParameterizedTest(name = "ended {0} ago")
    @CsvSource(
            nullValues = "-",
            value = {"-", "P200D"})
    void whereBadgesAreGivenAQuietCourseIsLookedAtDaily(String endedAgo) {
        Instant endsAt = endedAgo == null ? null : NOW.minus(Duration.parse(endedAgo));
        SyncPace.Life life = new SyncPace.Life(NOW.minus(Duration.ofDays(400)), null, endsAt, () -> true);

        assertThat(SyncPace.next(row(null, null), 0, life, FLOOR, null, NOW)).isEqualTo(NOW.plus(Duration.ofDays(1)));
    }

    @Test
    void staffWhoComesAfterTheEndIsWatched() {
        SyncPace.Life life = new SyncPace.Life(NOW, null, NOW.minus(Duration.ofDays(90)), () -> false);

        assertThat(SyncPace.next(row(null, NOW.plusSeconds(60)), 0, life, FLOOR, null, NOW))
                .isEqualTo(NOW.plus(FLOOR));
    }

    private static SyncPace.Life launched(Duration ago) {
        return new SyncPace.Life(NOW.minus(ago), null, null, () -> false);
    }

    @ParameterizedTest(name = "a look of {0}: {1}")
    @CsvSource({"PT0.2S, PT5S", "PT1.25S, PT5S", "PT3S, PT12S", "PT55S, PT1M"})
    void afterALongLookTheNextIsNotSoon(String took, String pause) {
        assertThat(SyncPace.rested(FLOOR, Duration.parse(took))).isEqualTo(Duration.parse(pause));
    }

    @Test
    void thePlatformsFloorIsKept() {
        SyncRepository.Row watched = row(null, NOW.plusSeconds(60));
        assertThat(SyncPace.next(watched, 0, launched(Duration.ZERO), Duration.ofSeconds(2), null, NOW))
                .isEqualTo(NOW.plusSeconds(2));
        assertThat(SyncPace.next(row(null, null), 0, launched(Duration.ZERO), Duration.ofSeconds(300), null, NOW))
                .isEqualTo(NOW.plusSeconds(300));
    }

    @ParameterizedTest(name = "{0} failures: {1}")
    @CsvSource({"1, PT5S", "2, PT10S", "5, PT80S", "9, PT1280S", "12, PT30M", "2000000, PT30M"})
    void failuresSlowDown(int failures, String pause) {
        SyncRepository.Row row = row(null, NOW.plusSeconds(60));
        assertThat(SyncPace.next(row, failures, launched(Duration.ZERO), FLOOR, null, NOW))
                .isEqualTo(NOW.plus(Duration.parse(pause)));
    }

    @Test
    void whatThePlatformAsksForIsHeeded() {
        SyncRepository.Row row = row(null, NOW.plusSeconds(60));
        assertThat(SyncPace.next(row, 1, launched(Duration.ZERO), FLOOR, Duration.ofMinutes(40), NOW))
                .isEqualTo(NOW.plusSeconds(2400));
        assertThat(SyncPace.next(row, 1, launched(Duration.ZERO), FLOOR, Duration.ZERO, NOW))
                .isEqualTo(NOW.plusSeconds(5));
    }

    private static SyncRepository.Row row(Instant changedAt, Instant watchedUntil) {
        return new SyncRepository.Row(0, null, changedAt, null, watchedUntil, null, null, 0, 0, null, null);
    }
}
