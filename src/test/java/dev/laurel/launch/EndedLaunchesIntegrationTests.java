package dev.laurel.launch;

import static org.assertj.core.api.Assertions.assertThat;

import dev.laurel.LaurelTest;
import dev.laurel.WoundClock;
import dev.laurel.context.TestLaunches;
import dev.laurel.launch.session.Role;
import dev.laurel.launch.session.SignedIn;
import dev.laurel.platform.tenant.TenantId;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.jdbc.core.simple.JdbcClient;

/** Staff who left, as two nodes on one database know of them. */
@LaurelTest
class EndedLaunchesIntegrationTests {

    @Autowired
    JdbcClient jdbc;

    @Autowired
    JdbcTemplate batch;

    @Autowired
    Launches launches;

    @Test
    void whatOneNodeEndsIsSeenAtOnceThereAndWithinTenSecondsOnTheOther() {
        Instant now = Instant.now();
        EndedLaunches here = new EndedLaunches(jdbc, batch, Clock.fixed(now, ZoneOffset.UTC));
        WoundClock later = new WoundClock(now);
        EndedLaunches elsewhere = new EndedLaunches(jdbc, batch, later);
        Launches.Stored before = launch(700_001, now.minusSeconds(60));
        Launches.Stored after = launch(700_001, now.plusSeconds(1));
        assertThat(elsewhere.hasEnded(before)).isFalse();

        here.end(new TenantId(700_001), 5, List.of(9L), now);

        assertThat(here.hasEnded(before)).isTrue();
        assertThat(here.hasEnded(after)).isFalse();
        later.advance(EndedLaunches.FRESH);
        assertThat(elsewhere.hasEnded(before)).isTrue();
        assertThat(EndedLaunches.FRESH).isLessThanOrEqualTo(Duration.ofSeconds(10));
    }

    @Test
    void onlyTheCourseThatSheLeftAndTheInstitutionOfThatCourseAreMeant() {
        Instant now = Instant.now();
        EndedLaunches ended = new EndedLaunches(jdbc, batch, Clock.fixed(now, ZoneOffset.UTC));

        ended.end(new TenantId(700_002), 6, List.of(9L), now);
        ended.end(new TenantId(700_003), 5, List.of(8L), now);

        assertThat(ended.hasEnded(launch(700_002, now.minusSeconds(60)))).isFalse();
        assertThat(ended.hasEnded(launch(700_003, now.minusSeconds(60)))).isFalse();
    }

    private Launches.Stored launch(long tenant, Instant at) {
        Launch launch = TestLaunches.learner(tenant, "teacher")
                .as(Role.INSTRUCTOR)
                .at(at)
                .build();
        SignedIn me = launches.add(launch, new Admission(9, 5L, null, Set.of(Role.INSTRUCTOR), null, Set.of()));
        return launches.find(me.tenant(), me.launchId()).orElseThrow();
    }
}
