package dev.laurel.criteria;

import dev.laurel.context.RosterChanged;
import dev.laurel.criteria.DueRepository.What;
import dev.laurel.gradebook.LongWork;
import dev.laurel.gradebook.ObservationsRecorded;
import dev.laurel.platform.road.Jobs;
import dev.laurel.platform.road.Step;
import dev.laurel.platform.road.StepMetrics;
import dev.laurel.platform.tenant.TenantId;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import org.springframework.context.event.EventListener;
import org.springframework.stereotype.Component;

/** Notes what has to be evaluated, in the transaction in which it happened, and asks for the job of that course. */
@Component
class EvaluationQueue {

    static final String JOB = "criteria-evaluate";

    static final String HELD_ENDS = "criteria-held-ends";

    /** A node whose clock is a little ahead takes nothing from anybody before its time is over elsewhere. */
    private static final Duration CLOCKS_APART = Duration.ofSeconds(5);

    private static final Duration LOST = Duration.ofMinutes(2);

    /** In one sweep: where everything is late, asking for all of it again makes it later. */
    private static final int MOST_LOST = 100;

    private static final Duration BUSY = Duration.ofMillis(200);

    private final DueRepository due;

    private final Jobs jobs;

    private final Clock clock;

    EvaluationQueue(DueRepository due, Jobs jobs, Clock clock, StepMetrics metrics) {
        this.due = due;
        this.jobs = jobs;
        this.clock = clock;
        metrics.backlog(Step.CRITERIA, due::oldest);
    }

    @EventListener
    void on(ObservationsRecorded recorded) {
        ask(recorded.tenant(), recorded.contextId(), What.LOG, List.of(recorded.lastSeq()));
    }

    @EventListener
    void on(RosterChanged changed) {
        if (!changed.personIds().isEmpty()) {
            ask(changed.tenant(), changed.contextId(), What.PERSON, changed.personIds());
        }
    }

    void everybodyUnder(TenantId tenant, RuleSet ruleSet) {
        ask(tenant, ruleSet.contextId(), What.RULE_SET, List.of(ruleSet.id()));
    }

    /** Something else than results changed for these people in this course: badges that rules ask for, or a person's word. */
    void everythingOf(TenantId tenant, long contextId, Collection<Long> people) {
        ask(tenant, contextId, What.PERSON, people);
    }

    void whenHeldEnds(TenantId tenant, HeldBadges.End end) {
        jobs.scheduleAt(HELD_ENDS, tenant, end.toString(), 0, end.at().plus(CLOCKS_APART));
    }

    Optional<LongWork> progress(TenantId tenant, long contextId) {
        return due.pass(tenant, contextId);
    }

    /**
     * Another job has this course right now: look again shortly. All who find that within one pause look again once and not
     * each, or they would take the course from the job that goes through it, which knows what comes next. That is at least
     * a pause from now, so however far the clocks of nodes are apart, short of that, it has not begun.
     */
    void again(TenantId tenant, long contextId) {
        long pause = BUSY.toMillis();
        long at = (clock.millis() / pause + 2) * pause;
        jobs.scheduleAt(JOB, tenant, Long.toString(contextId), at, Instant.ofEpochMilli(at));
    }

    /** What no job knows of any more, or the one that did is set aside, is asked for again: nobody's badge is released before. */
    void sweep() {
        // Always the same instance of a course: what fails again and again is tried by one job at a time.
        due.overdue(clock.instant().minus(LOST), MOST_LOST)
                .forEach(each -> jobs.schedule(JOB, each.tenant(), Long.toString(each.contextId()), 0));
    }

    private void ask(TenantId tenant, long contextId, What what, Collection<Long> subjects) {
        Instant now = clock.instant();
        due.ask(tenant, contextId, what, subjects, now);
        jobs.schedule(JOB, tenant, Long.toString(contextId), revision(what, subjects, now));
    }

    /** The log counts for itself; whatever else is asked for must not meet a job that is running already. */
    private static long revision(What what, Collection<Long> subjects, Instant now) {
        return what == What.LOG ? subjects.iterator().next() : -now.toEpochMilli() * 1000 - now.getNano() / 1000 % 1000;
    }
}
