package dev.laurel.platform.selftest.probe;

import dev.laurel.platform.road.SetAsideJobs;
import dev.laurel.platform.road.SetAsideWork;
import dev.laurel.platform.selftest.Check;
import dev.laurel.platform.selftest.Finding;
import dev.laurel.platform.selftest.Probe;
import dev.laurel.platform.selftest.Subject;
import dev.laurel.platform.sql.Utc;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Set;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/** How the queue does: the self-test stands in it itself. */
@Component
class JobsProbe implements Probe {

    private static final Duration SLOW = Duration.ofSeconds(30);

    private static final Duration STUCK = Duration.ofMinutes(2);

    private final JdbcClient jdbc;

    private final SetAsideJobs setAside;

    private final List<SetAsideWork> work;

    private final Clock clock;

    JobsProbe(JdbcClient jdbc, SetAsideJobs setAside, List<SetAsideWork> work, Clock clock) {
        this.jdbc = jdbc;
        this.setAside = setAside;
        this.work = work;
        this.clock = clock;
    }

    @Override
    public Set<Check> checks() {
        return Set.of(Check.JOBS);
    }

    @Override
    public Finding probe(Check check, Subject subject) {
        Instant now = clock.instant();
        long stuck = jdbc.sql("SELECT COUNT(*) FROM scheduled_tasks WHERE picked = false AND execution_time < ?")
                .param(Utc.of(now.minus(STUCK)))
                .query(Long.class)
                .single();
        if (stuck > 0) {
            return Finding.of(check, "stuck", stuck);
        }
        Duration waited = Duration.between(subject.askedAt(), now);
        if (waited.compareTo(SLOW) > 0) {
            return Finding.of(check, "slow", waited.toSeconds());
        }
        int given = setAside.all().size()
                + work.stream()
                        .flatMap(each -> each.waiting().stream())
                        .mapToInt(SetAsideWork.Waiting::count)
                        .sum();
        return given > 0 ? Finding.of(check, "set-aside", given) : Finding.of(check, "alive");
    }
}
