package dev.laurel.platform;

import com.github.kagkarlsson.scheduler.task.Task;
import com.github.kagkarlsson.scheduler.task.helper.Tasks;
import com.github.kagkarlsson.scheduler.task.schedule.FixedDelay;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** Tool keys are renewed and retired on one node at a time, within the hour in which it is due. */
@Configuration(proxyBeanMethods = false)
class ToolKeyJobs {

    private static final int EVERY_HOURS = 1;

    @Bean("toolKeyTask")
    Task<?> toolKeyTask(ToolKeys keys) {
        return Tasks.recurring("tool-key-care", FixedDelay.ofHours(EVERY_HOURS))
                .execute((instance, context) -> keys.care());
    }
}
