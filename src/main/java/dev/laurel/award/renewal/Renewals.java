package dev.laurel.award.renewal;

import dev.laurel.award.Award;
import dev.laurel.award.AwardsEnding;
import dev.laurel.award.ledger.AwardRepository;
import dev.laurel.platform.tenant.TenantId;
import java.time.Clock;
import java.time.Instant;
import java.util.List;
import org.springframework.context.ApplicationEventPublisher;
import org.springframework.stereotype.Component;
import org.springframework.transaction.support.TransactionTemplate;

/**
 * Tells of awards that end, once each: rows are locked and marked in the transaction that hands them on, on whatever node.
 * It costs what is due, not what is stored.
 */
@Component
public class Renewals {

    static final String KIND = "award-ending";

    private static final int BATCH = 500;

    private final RenewalRepository renewals;

    private final AwardRepository awards;

    private final TransactionTemplate transaction;

    private final ApplicationEventPublisher events;

    private final Clock clock;

    Renewals(
            RenewalRepository renewals,
            AwardRepository awards,
            TransactionTemplate transaction,
            ApplicationEventPublisher events,
            Clock clock) {
        this.renewals = renewals;
        this.awards = awards;
        this.transaction = transaction;
        this.events = events;
        this.clock = clock;
    }

    /** The job: whatever is due. Twice does nothing. */
    public void run(TenantId tenant, String subject) {
        boolean more = true;
        while (more) {
            more = Boolean.TRUE.equals(transaction.execute(status -> tell(tenant)));
        }
    }

    private boolean tell(TenantId tenant) {
        Instant now = clock.instant();
        List<Long> due = renewals.lockDue(tenant, now, BATCH);
        if (due.isEmpty()) {
            return false;
        }
        renewals.told(tenant, due);
        // After a long pause some are over by now: to say that they will end would be wrong.
        List<Award> ending = awards.find(tenant, due).stream()
                .filter(award -> award.isValid() && !award.isOver(now))
                .toList();
        if (!ending.isEmpty()) {
            events.publishEvent(new AwardsEnding(tenant, ending));
        }
        return due.size() == BATCH;
    }
}
