package dev.laurel.platform.road;

import com.github.kagkarlsson.scheduler.event.ExecutionChain;
import com.github.kagkarlsson.scheduler.event.ExecutionInterceptor;
import com.github.kagkarlsson.scheduler.task.CompletionHandler;
import com.github.kagkarlsson.scheduler.task.ExecutionContext;
import com.github.kagkarlsson.scheduler.task.TaskInstance;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;
import org.springframework.transaction.CannotCreateTransactionException;
import org.springframework.transaction.TransactionExecution;
import org.springframework.transaction.TransactionExecutionListener;

/**
 * Lets few jobs of this node work at once, so that whoever waits for a page finds a processor and a connection. A job has
 * its turn while it has a transaction: that is where it computes, and there it never waits for a platform. Jobs get their
 * turns in the order in which they ask, where none may wait longer than others, and hold no lock meanwhile that another
 * could wait for.
 */
@Component
class Turns implements ExecutionInterceptor, TransactionExecutionListener {

    private final TurnQueue turns;

    /** By the name of the kind; others are in a hurry. */
    private final Map<String, Duration> patience = new ConcurrentHashMap<>();

    private final ThreadLocal<@Nullable Job> jobs = new ThreadLocal<>();

    Turns(JobSettings settings) {
        this.turns = new TurnQueue(settings.atOnce());
    }

    /** Jobs of this kind let others through for so long. */
    void mayWait(String kind, Duration time) {
        patience.put(kind, time);
    }

    /** What runs in one thread. */
    private static final class Job {

        private final Duration patience;

        /** More than one where a transaction has another within it. */
        private int transactions;

        private Job(Duration patience) {
            this.patience = patience;
        }
    }

    @Override
    public CompletionHandler<?> execute(TaskInstance<?> instance, ExecutionContext context, ExecutionChain chain) {
        Job job = new Job(patience.getOrDefault(instance.getTaskName(), Duration.ZERO));
        jobs.set(job);
        try {
            return chain.proceed(instance, context);
        } finally {
            jobs.remove();
            if (job.transactions > 0) {
                turns.giveBack();
            }
        }
    }

    @Override
    public void beforeBegin(TransactionExecution transaction) {
        Job job = jobs.get();
        if (job == null) {
            return;
        }
        if (job.transactions == 0) {
            await(job.patience);
        }
        job.transactions++;
    }

    @Override
    public void afterBegin(TransactionExecution transaction, @Nullable Throwable failure) {
        if (failure != null) {
            ended();
        }
    }

    @Override
    public void afterCommit(TransactionExecution transaction, @Nullable Throwable failure) {
        ended();
    }

    @Override
    public void afterRollback(TransactionExecution transaction, @Nullable Throwable failure) {
        ended();
    }

    /** A node that stops interrupts its jobs: those that wait end at once and run again elsewhere. */
    private void await(Duration patience) {
        try {
            turns.take(patience);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new CannotCreateTransactionException("This node stops", e);
        }
    }

    private void ended() {
        Job job = jobs.get();
        if (job != null && job.transactions > 0 && --job.transactions == 0) {
            turns.giveBack();
        }
    }
}
