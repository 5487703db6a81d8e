package dev.laurel.platform.road;

import com.github.kagkarlsson.scheduler.Scheduler;
import com.github.kagkarlsson.scheduler.SchedulerClient;
import com.github.kagkarlsson.scheduler.exceptions.FailedToScheduleBatchException;
import com.github.kagkarlsson.scheduler.exceptions.TaskInstanceException;
import com.github.kagkarlsson.scheduler.task.CompletionHandler;
import com.github.kagkarlsson.scheduler.task.CompletionHandler.OnCompleteRemove;
import com.github.kagkarlsson.scheduler.task.Execution;
import com.github.kagkarlsson.scheduler.task.ExecutionComplete;
import com.github.kagkarlsson.scheduler.task.ExecutionOperations;
import com.github.kagkarlsson.scheduler.task.Task;
import com.github.kagkarlsson.scheduler.task.TaskInstance;
import com.github.kagkarlsson.scheduler.task.helper.Tasks;
import com.github.kagkarlsson.scheduler.task.schedule.FixedDelay;
import dev.laurel.platform.tenant.TenantId;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Objects;
import java.util.function.Function;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.stereotype.Component;
import org.springframework.transaction.support.TransactionSynchronization;
import org.springframework.transaction.support.TransactionSynchronizationManager;

/**
 * Persistent work. A step hands over by {@link #schedule} inside its own transaction. A job that throws is tried again
 * with growing pauses and after the last attempt set aside with its reason, where it blocks nothing, until a person tries
 * it again.
 */
@Component
public class Jobs {

    private static final Logger LOG = LoggerFactory.getLogger(Jobs.class);

    /** With pauses of 1, 2, 4 … seconds, at most five minutes: about a quarter of an hour in all. */
    private static final int ATTEMPTS = 10;

    private static final Duration LONGEST_PAUSE = Duration.ofMinutes(5);

    private static final int DEEPEST_CAUSE = 10;

    /** The class of SQLSTATE for a key that is taken. */
    private static final String CONSTRAINT_VIOLATED = "23";

    /** Threads that no work at platforms takes, so that what needs none goes on however slow they are. */
    private static final int KEPT_FREE = 3;

    /** What a look has found is worth more than the next look. */
    private static final Duration LOOK_WAITS = Duration.ofSeconds(2);

    /** Nobody waits for it, but it is done within a term's end, too. */
    private static final Duration PATIENCE = Duration.ofSeconds(10);

    private final ObjectProvider<Scheduler> scheduler;

    private final SetAsideJobs setAside;

    private final FairShare atPlatforms;

    private final JobSettings settings;

    private final Turns turns;

    private final Clock clock;

    Jobs(
            ObjectProvider<Scheduler> scheduler,
            SetAsideJobs setAside,
            @Value("${db-scheduler.threads}") int threads,
            JobSettings settings,
            Turns turns,
            Clock clock) {
        this.scheduler = scheduler;
        this.setAside = setAside;
        this.atPlatforms = new FairShare(threads - KEPT_FREE, clock);
        this.settings = settings;
        this.turns = turns;
        this.clock = clock;
    }

    /** What a job does once: idempotent, and never HTTP inside a transaction. */
    public interface Work {

        void run(TenantId tenant, String subject);
    }

    /** What a job does again and again; it answers when to run next. */
    public interface RepeatingWork {

        Instant run(TenantId tenant, String subject);
    }

    /**
     * Declares a kind of job; expose the result as a Spring bean so that db-scheduler knows it.
     *
     * @param name stable, it stands in the database
     */
    public Task<?> kind(String name, Work work) {
        return Tasks.oneTime(name).onFailure(this::retryOrSetAside).execute((instance, context) -> {
            JobId id = JobId.parse(instance.getId());
            work.run(id.tenant(), id.subject());
        });
    }

    /**
     * Declares a kind of job that takes long and for which nobody waits. Few of a kind run at once, shared fairly among
     * tenants; the others wait in the queue, where they keep no thread from what somebody waits for.
     *
     * @param name stable, it stands in the database
     */
    public Task<?> patientKind(String name, Work work) {
        FairShare share = new FairShare(settings.patient(), clock);
        turns.mayWait(name, PATIENCE);
        return Tasks.custom(name, Void.class).onFailure(this::retryOrSetAside).execute((instance, context) -> {
            JobId id = JobId.parse(instance.getId());
            Instant again = share.run(id.tenant(), instance.getId(), () -> {
                work.run(id.tenant(), id.subject());
                return null;
            });
            return again == null ? new OnCompleteRemove<>() : reschedule(again);
        });
    }

    /**
     * Declares a kind of job that looks at a platform again and again per subject. Tenants share the threads for that
     * fairly, so a run may come later than it is due.
     */
    public Task<?> repeatingKind(String name, RepeatingWork work) {
        turns.mayWait(name, LOOK_WAITS);
        return Tasks.custom(name, Void.class).onFailure(this::retryOrSetAside).execute((instance, context) -> {
            JobId id = JobId.parse(instance.getId());
            Instant next = atPlatforms.run(id.tenant(), name + id.subject(), () -> work.run(id.tenant(), id.subject()));
            return reschedule(Objects.requireNonNull(next));
        });
    }

    private static CompletionHandler<Void> reschedule(Instant at) {
        return (complete, operations) -> operations.reschedule(complete, at);
    }

    /**
     * Declares a look, again and again, for tenants with work that no job knows of any more; {@code kind} is asked for
     * each of them.
     *
     * @param name stable, it stands in the database
     * @param behind the tenants, at this moment (UTC)
     */
    public Task<?> sweep(String name, Duration every, String kind, Function<Instant, Collection<TenantId>> behind) {
        return Tasks.recurring(name, FixedDelay.of(every)).execute((instance, context) -> {
            Instant now = clock.instant();
            behind.apply(now).forEach(tenant -> schedule(kind, tenant, "sweep", now.getEpochSecond()));
        });
    }

    /**
     * Runs {@code kind} for {@code subject} as soon as the surrounding transaction commits. The instance is tenant,
     * subject and revision: asking twice for the same three before it ran runs it once, and because the revision differs
     * a request is never lost to a job that is already running.
     */
    public void schedule(String kind, TenantId tenant, String subject, long revision) {
        scheduleAt(kind, tenant, subject, revision, clock.instant());
    }

    /** Like {@link #schedule}, at a later time (UTC). */
    public void scheduleAt(String kind, TenantId tenant, String subject, long revision, Instant at) {
        SchedulerClient client = scheduler.getObject();
        add(client, new TaskInstance<Void>(kind, new JobId(tenant, subject, revision).toString()), at);
        wakeAfterCommit();
    }

    /**
     * Makes sure that the repeating job runs at {@code at} or earlier. Where it is running at this moment its own answer
     * decides when it runs next.
     */
    public void runAgainBy(String kind, TenantId tenant, String subject, Instant at) {
        TaskInstance<Void> instance = new TaskInstance<>(kind, new JobId(tenant, subject, 0).toString());
        SchedulerClient client = scheduler.getObject();
        if (!add(client, instance, at)) {
            client.getScheduledExecution(instance)
                    .filter(execution -> !execution.isPicked()
                            && execution.getExecutionTime().isAfter(at))
                    .ifPresent(execution -> hasten(client, instance, at));
        }
        wakeAfterCommit();
    }

    /**
     * Whether it was not there. db-scheduler's own way takes whatever goes wrong for a job that is there, also a deadlock
     * in which the database has undone the transaction so far: the rest of it would be committed alone.
     */
    private static boolean add(SchedulerClient client, TaskInstance<Void> instance, Instant at) {
        if (client.getScheduledExecution(instance).isPresent()) {
            return false;
        }
        try {
            client.scheduleBatch(List.of(instance), at);
            return true;
        } catch (FailedToScheduleBatchException e) {
            if (isThere(e)) {
                return false;
            }
            throw e;
        }
    }

    private static boolean isThere(Throwable thrown) {
        for (Throwable cause = thrown; cause != null; cause = cause.getCause()) {
            if (cause instanceof SQLException sql) {
                return String.valueOf(sql.getSQLState()).startsWith(CONSTRAINT_VIOLATED);
            }
        }
        return false;
    }

    /** Somebody else may pick it or bring it forward between our look and our change; then it is on its way already. */
    private static void hasten(SchedulerClient client, TaskInstance<Void> instance, Instant at) {
        try {
            client.reschedule(instance, at);
        } catch (TaskInstanceException raced) {
            LOG.debug("Job {} is on its way already", instance);
        }
    }

    /** db-scheduler looks at once, but before the commit it sees nothing: look again after it. */
    private void wakeAfterCommit() {
        if (TransactionSynchronizationManager.isSynchronizationActive()) {
            TransactionSynchronizationManager.registerSynchronization(new TransactionSynchronization() {
                @Override
                public void afterCommit() {
                    scheduler.getObject().triggerCheckForDueExecutions();
                }
            });
        } else {
            scheduler.getObject().triggerCheckForDueExecutions();
        }
    }

    private <T> void retryOrSetAside(ExecutionComplete complete, ExecutionOperations<T> operations) {
        Execution execution = complete.getExecution();
        int failures = execution.consecutiveFailures + 1;
        String reason = complete.getCause().map(Jobs::reason).orElse("no cause given");
        if (failures < ATTEMPTS) {
            Duration pause = Duration.ofSeconds(1L << Math.min(failures - 1, 20));
            operations.reschedule(
                    complete, clock.instant().plus(pause.compareTo(LONGEST_PAUSE) > 0 ? LONGEST_PAUSE : pause));
            LOG.warn("Job {} {} failed ({}), attempt {}", execution.getTaskName(), execution.getId(), reason, failures);
            return;
        }
        Reference reference = Reference.next();
        setAside.add(execution.getTaskName(), execution.getId(), reason, failures, reference);
        operations.remove();
        LOG.error(
                "Job {} {} set aside after {} attempts, reference {}",
                execution.getTaskName(),
                execution.getId(),
                failures,
                reference,
                complete.getCause().map(Jobs::withoutMessages).orElse(null));
    }

    /** What was thrown where, for the log; messages may hold personal data. */
    public static Throwable withoutMessages(Throwable thrown) {
        return withoutMessages(thrown, DEEPEST_CAUSE);
    }

    private static Throwable withoutMessages(Throwable thrown, int depth) {
        Throwable cause = depth == 0 ? null : thrown.getCause();
        Throwable silent =
                new Exception(thrown.getClass().getName(), cause == null ? null : withoutMessages(cause, depth - 1));
        silent.setStackTrace(thrown.getStackTrace());
        return silent;
    }

    /** The class of the exception and where it came from; messages may hold personal data, so they stay out. */
    private static String reason(Throwable cause) {
        StackTraceElement[] trace = cause.getStackTrace();
        String where = trace.length == 0 ? "" : " in " + trace[0].getClassName() + "." + trace[0].getMethodName();
        return cause.getClass().getSimpleName() + where;
    }
}
