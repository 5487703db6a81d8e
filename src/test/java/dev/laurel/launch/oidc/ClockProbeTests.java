package dev.laurel.launch.oidc;

import static org.assertj.core.api.Assertions.assertThat;

import dev.laurel.LaurelTest;
import dev.laurel.launch.TestPlatform;
import dev.laurel.platform.Platforms;
import dev.laurel.platform.http.OutboundHttp;
import dev.laurel.platform.selftest.Check;
import dev.laurel.platform.selftest.Finding;
import dev.laurel.platform.selftest.Outcome;
import dev.laurel.platform.selftest.Subject;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.springframework.beans.factory.annotation.Autowired;

@LaurelTest
class ClockProbeTests {

    @Autowired
    OutboundHttp http;

    @Autowired
    Platforms platforms;

    @ParameterizedTest
    @CsvSource({"0, OK, 0", "-15, OK, 15", "15, OK, 15", "-45, PROBLEM, 45", "45, PROBLEM, 45", "3600, PROBLEM, 3600"})
    void clocksAreComparedToTheSecond(int ourOffset, Outcome outcome, int apart) {
        try (TestPlatform platform = new TestPlatform()) {
            Subject subject = new Subject(
                    platforms.register(platform.registration(), false), List.of(), true, false, null, Instant.now());
            Clock ours = Clock.offset(Clock.systemUTC(), Duration.ofSeconds(ourOffset));

            Finding finding = new ClockProbe(http, new LaunchClocks(ours), ours).probe(Check.CLOCK, subject);

            assertThat(finding.outcome()).isEqualTo(outcome);
            assertThat(((Number) finding.facts().get(0)).intValue()).isBetween(apart - 1, apart + 1);
            if (outcome == Outcome.PROBLEM) {
                // The platform's is ahead where ours is behind.
                assertThat(finding.facts().get(1)).isEqualTo(ourOffset < 0 ? 1 : 0);
            }
        }
    }
}
