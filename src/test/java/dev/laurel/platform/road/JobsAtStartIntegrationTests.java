package dev.laurel.platform.road;

import static org.assertj.core.api.Assertions.assertThat;

import com.github.kagkarlsson.scheduler.Scheduler;
import dev.laurel.LaurelTest;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.SmartInitializingSingleton;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.context.TestConfiguration;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Import;

/** Whatever a job says before all who listen are there is heard by nobody, and a badge is never given. */
@LaurelTest
@Import(JobsAtStartIntegrationTests.WhileStarting.class)
class JobsAtStartIntegrationTests {

    @TestConfiguration
    static class WhileStarting {

        @Bean
        Seen seen(Scheduler scheduler) {
            return new Seen(scheduler);
        }
    }

    /** What it sees is from before the first listener was added: listeners are added where this is called, too. */
    static final class Seen implements SmartInitializingSingleton {

        private final Scheduler scheduler;

        private boolean working;

        Seen(Scheduler scheduler) {
            this.scheduler = scheduler;
        }

        @Override
        public void afterSingletonsInstantiated() {
            working = scheduler.getSchedulerState().isStarted();
        }
    }

    @Autowired
    Scheduler scheduler;

    @Autowired
    Seen seen;

    @Test
    void noJobRunsBeforeEverybodyListens() {
        assertThat(seen.working).isFalse();
        assertThat(scheduler.getSchedulerState().isStarted()).isTrue();
    }
}
