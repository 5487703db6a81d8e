package dev.laurel.criteria;

import com.github.kagkarlsson.scheduler.task.Task;
import com.github.kagkarlsson.scheduler.task.helper.Tasks;
import com.github.kagkarlsson.scheduler.task.schedule.FixedDelay;
import dev.laurel.gradebook.Gradebook;
import dev.laurel.platform.road.Jobs;
import dev.laurel.platform.road.Trail;
import java.time.Duration;
import java.util.List;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** The jobs of this step, and what it says to whoever follows one grade. */
@Configuration(value = "criteriaJobs", proxyBeanMethods = false)
class JobsConfiguration {

    private static final Duration SWEEP = Duration.ofMinutes(1);

    @Bean
    Task<?> evaluateTask(Jobs jobs, Evaluations evaluations) {
        return jobs.kind(EvaluationQueue.JOB, evaluations::run);
    }

    @Bean
    Task<?> evaluateSweepTask(EvaluationQueue queue) {
        return Tasks.recurring("criteria-evaluate-sweep", FixedDelay.of(SWEEP))
                .execute((instance, context) -> queue.sweep());
    }

    @Bean
    Task<?> heldEndsTask(Jobs jobs, HeldBadges held) {
        return jobs.kind(EvaluationQueue.HELD_ENDS, held::ended);
    }

    @Bean
    Task<?> followWordsTask(Jobs jobs, FollowingWords words) {
        return jobs.kind(FollowingWords.JOB, words::run);
    }

    @Bean
    Trail criteriaTrail(Gradebook gradebook, EvaluationRepository evaluations) {
        return (tenant, reference) -> gradebook
                .observation(tenant, reference)
                .map(seen -> evaluations.follow(tenant, seen.contextId(), seen.personId(), reference))
                .orElse(List.of());
    }
}
