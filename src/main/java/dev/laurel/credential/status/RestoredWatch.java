package dev.laurel.credential.status;

import dev.laurel.platform.ended.SomethingEnded;
import dev.laurel.platform.road.Jobs;
import jakarta.annotation.PreDestroy;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.Executors;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.context.SmartLifecycle;
import org.springframework.context.event.EventListener;
import org.springframework.scheduling.concurrent.CustomizableThreadFactory;
import org.springframework.stereotype.Component;
import org.springframework.transaction.support.TransactionSynchronization;
import org.springframework.transaction.support.TransactionSynchronizationManager;

/**
 * On each node, at its start and each minute: only it has what it published itself, so a job that runs on any node will not do. What ended
 * for good is ended again before the node answers anybody or runs a job.
 */
@Component
class RestoredWatch implements SmartLifecycle {

    private static final Duration EVERY = Duration.ofMinutes(1);

    private static final Logger LOG = LoggerFactory.getLogger(RestoredWatch.class);

    private final Restored restored;

    private final List<WatchedLists> others;

    private final EndedAgain ended;

    private final Jobs jobs;

    private final Clock clock;

    private final ScheduledExecutorService watch =
            Executors.newSingleThreadScheduledExecutor(new CustomizableThreadFactory("status-copies-"));

    private volatile boolean started;

    RestoredWatch(Restored restored, List<WatchedLists> others, EndedAgain ended, Jobs jobs, Clock clock) {
        this.restored = restored;
        this.others = others;
        this.ended = ended;
        this.jobs = jobs;
        this.clock = clock;
    }

    /** After the tables were brought up to date and the settings checked. */
    @Override
    public void start() {
        started = true;
        guarded(ended::bringForward);
        watch.scheduleWithFixedDelay(this::look, 0, EVERY.toSeconds(), TimeUnit.SECONDS);
    }

    private void look() {
        guarded(ended::bringForward);
        guarded(this::own);
        others.forEach(each -> guarded(each::bringForward));
    }

    private void own() {
        long now = clock.instant().getEpochSecond();
        restored.bringForward().forEach(tenant -> jobs.schedule(StatusListSigning.KIND, tenant, "restored", now));
    }

    /** Kept as soon as it is true: what is rolled back has not ended. */
    @EventListener
    void on(SomethingEnded something) {
        if (!TransactionSynchronizationManager.isSynchronizationActive()) {
            keepNow();
            return;
        }
        TransactionSynchronizationManager.registerSynchronization(new TransactionSynchronization() {
            @Override
            public void afterCommit() {
                keepNow();
            }
        });
    }

    private void keepNow() {
        try {
            watch.execute(() -> guarded(ended::keep));
        } catch (RejectedExecutionException stopping) {
            LOG.debug("Kept at the next start");
        }
    }

    private static void guarded(Runnable look) {
        try {
            look.run();
        } catch (RuntimeException e) {
            LOG.warn(
                    "Nobody knows now whether a restored backup set anything back that was published or ended: {}",
                    e.getClass().getName());
        }
    }

    @PreDestroy
    @Override
    public void stop() {
        watch.shutdownNow();
    }

    @Override
    public boolean isRunning() {
        return started && !watch.isShutdown();
    }

    /** Once stopped, it does not start again. */
    @Override
    public boolean isPauseable() {
        return false;
    }

    /** Before the web server, whose phase is one of the last, and the jobs, which wait for the whole context. */
    @Override
    public int getPhase() {
        return 0;
    }
}
