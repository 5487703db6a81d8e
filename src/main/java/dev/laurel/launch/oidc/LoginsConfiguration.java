package dev.laurel.launch.oidc;

import com.github.kagkarlsson.scheduler.task.Task;
import com.github.kagkarlsson.scheduler.task.helper.Tasks;
import com.github.kagkarlsson.scheduler.task.schedule.FixedDelay;
import dev.laurel.launch.DeepLinking;
import dev.laurel.launch.EndedLaunches;
import dev.laurel.launch.Launches;
import dev.laurel.launch.browser.HandOvers;
import dev.laurel.launch.browser.HeldLaunches;
import dev.laurel.launch.confirm.Confirmations;
import dev.laurel.launch.limits.Limits;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** Housekeeping: logins that never came back, and launches and deep linking requests long over. */
@Configuration(proxyBeanMethods = false)
class LoginsConfiguration {

    private static final int EVERY_MINUTES = 1;

    @Bean
    Task<?> forgetOldLoginsTask(
            PendingLogins logins,
            HeldLaunches held,
            HandOvers handOvers,
            Launches launches,
            DeepLinking deepLinking,
            Limits limits,
            EndedLaunches ended,
            Confirmations confirmations) {
        return Tasks.recurring("launch-forget-old", FixedDelay.ofMinutes(EVERY_MINUTES))
                .execute((instance, context) -> {
                    logins.forgetOld();
                    logins.keepNewest(limits.openLogins());
                    held.forgetOld();
                    handOvers.forgetOld();
                    launches.forgetOld();
                    deepLinking.forgetOld();
                    ended.forgetOld();
                    confirmations.forgetOld();
                });
    }
}
