package dev.laurel.publication;

import com.github.kagkarlsson.scheduler.task.Task;
import com.github.kagkarlsson.scheduler.task.helper.Tasks;
import com.github.kagkarlsson.scheduler.task.schedule.FixedDelay;
import dev.laurel.platform.road.Jobs;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

@Configuration(proxyBeanMethods = false)
class PublicationJobs {

    private static final Duration SWEEP = Duration.ofMinutes(1);

    @Bean("scoreSendTask")
    Task<?> scoreSendTask(Jobs jobs, ScoreSending sending) {
        return jobs.kind(ScoreSending.KIND, sending::run);
    }

    /** Scores that no job knows of any more are asked for again. */
    @Bean("scoreSweepTask")
    Task<?> scoreSweepTask(Jobs jobs, PassbackRepository passback, Clock clock) {
        return Tasks.recurring("score-sweep", FixedDelay.of(SWEEP)).execute((instance, context) -> {
            Instant now = clock.instant();
            passback.overdue(now.minus(SWEEP))
                    .forEach(overdue -> jobs.schedule(
                            ScoreSending.KIND,
                            overdue.tenant(),
                            Long.toString(overdue.ruleSetId()),
                            now.toEpochMilli()));
        });
    }
}
