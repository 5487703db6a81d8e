package dev.laurel.platform.road;

import com.github.kagkarlsson.scheduler.task.Task;
import com.github.kagkarlsson.scheduler.task.helper.Tasks;
import com.github.kagkarlsson.scheduler.task.schedule.FixedDelay;
import java.util.List;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** Keeps the promises about what is forgotten after a while. */
@Configuration(proxyBeanMethods = false)
class Housekeeping {

    private static final Logger LOG = LoggerFactory.getLogger(Housekeeping.class);

    private static final int EVERY_MINUTES = 30;

    @Bean("forgetOldTask")
    Task<?> forgetOldTask(List<Fleeting> fleeting) {
        return Tasks.recurring("forget-old", FixedDelay.ofMinutes(EVERY_MINUTES))
                .execute((instance, context) -> fleeting.forEach(Housekeeping::forgetOld));
    }

    private static void forgetOld(Fleeting each) {
        try {
            each.forgetOld();
        } catch (RuntimeException e) {
            LOG.warn(
                    "{} could not forget what is old and is asked again: {}",
                    each.getClass().getSimpleName(),
                    e.getClass().getName());
        }
    }
}
