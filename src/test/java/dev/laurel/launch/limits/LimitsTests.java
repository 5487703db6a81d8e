package dev.laurel.launch.limits;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class LimitsTests {

    private static final long PLATFORM = 7;

    private final Limits limits = new Limits(new LimitSettings(100, 200, 50, 60, 1_000));

    @Test
    void manyNetworksOfOneSiteSpendTheLimitOfTheSite() {
        long allowed = IntStream.range(0, 3_000)
                .mapToObj(i -> ClientNetwork.of("2001:db8:1:%x::1".formatted(i)))
                .filter(limits::allowsLoginFrom)
                .count();

        assertThat(allowed).isBetween(1_000L, 1_100L);
        assertThat(limits.allowsLoginFrom(ClientNetwork.of("2001:db8:2:1::1"))).isTrue();
        assertThat(limits.allowsLoginFrom(ClientNetwork.of("203.0.113.7"))).isTrue();
    }

    @Test
    void neighboursInIPv4AreNotOneSite() {
        long allowed = IntStream.range(0, 3_000)
                .mapToObj(i -> ClientNetwork.of("203.0.%d.%d".formatted(i / 250, i % 250)))
                .filter(limits::allowsLoginFrom)
                .count();

        assertThat(allowed).isEqualTo(3_000);
    }

    @Test
    void aFloodUnderThePlatformsNameDoesNotKeepOutWhereItsPeopleAre() {
        limits.launched(PLATFORM, "203.0.113.7");
        limits.launched(PLATFORM, "2001:db8:1:2::1");
        for (int i = 0; i < 500; i++) {
            limits.allowsLogin(PLATFORM, "198.51.100." + i % 250);
            limits.allowsLaunch(PLATFORM, "198.51.100." + i % 250);
        }

        assertThat(limits.allowsLogin(PLATFORM, "198.51.100.1")).isFalse();
        assertThat(limits.allowsLaunch(PLATFORM, "198.51.100.1")).isFalse();
        assertThat(limits.allowsLogin(PLATFORM, "203.0.113.7")).isTrue();
        assertThat(limits.allowsLaunch(PLATFORM, "2001:db8:1:2:ffff::9")).isTrue();
    }

    @Test
    void wherePeopleOfOnePlatformAreSaysNothingOfAnother() {
        limits.launched(8, "203.0.113.7");
        for (int i = 0; i < 500; i++) {
            limits.allowsLogin(PLATFORM, "198.51.100.1");
        }

        assertThat(limits.allowsLogin(PLATFORM, "203.0.113.7")).isFalse();
    }
}
