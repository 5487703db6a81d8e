package dev.laurel.credential.leaving;

import com.github.kagkarlsson.scheduler.task.Task;
import dev.laurel.credential.leaving.ArchiveArrival.State;
import dev.laurel.credential.leaving.ArchiveRefusedException.Reason;
import dev.laurel.credential.proof.BadCredentialException;
import dev.laurel.credential.proof.EddsaRdfc2022;
import dev.laurel.platform.road.Jobs;
import dev.laurel.platform.secrets.MasterKey;
import dev.laurel.platform.tenant.TenantId;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.time.Clock;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.util.NoSuchElementException;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.dao.DataIntegrityViolationException;
import org.springframework.stereotype.Component;
import org.springframework.transaction.support.TransactionTemplate;

/**
 * Takes in an archive that was received. Nobody meets it half done, because it comes in this order:
 *
 * <ol>
 *   <li>All of it is checked, to the seal at its end. Until then nothing of it is written, so what is refused is refused as a
 *       whole.
 *   <li>Its issuers come with all their keys, what they publish and their status lists, in one transaction: from then on any
 *       badge of theirs can be verified and taken back.
 *   <li>Badges follow in parts of one transaction each, which also notes how far it is. A badge comes with all of its forms, and
 *       in force or not as its status list says. What is here at any moment is what an archive with fewer badges would
 *       have brought.
 * </ol>
 *
 * After a crash any node goes on: it reads the archive from its beginning, which takes seconds, and neither asks again for
 * signatures that it found good nor writes badges again that are here.
 */
@Component
class ArrivalJob {

    static final String KIND = "archive-arrival";

    static final String FORGET = "archive-arrival-forget";

    private static final Duration SWEEP = Duration.ofMinutes(30);

    /** What is not decided by then is given up: keys of issuers do not lie around. */
    static final Duration KEPT = Duration.ofDays(1);

    private static final Duration TOLD_EVERY = Duration.ofSeconds(1);

    private static final Logger LOG = LoggerFactory.getLogger(ArrivalJob.class);

    private final ArrivalRepository arrivals;

    private final ReceivedArchives received;

    private final ArchiveRepository archives;

    private final LeavingIssuers own;

    private final ArrivedRepository arrived;

    private final ArrivedLists lists;

    private final ArrivedListRepository listRows;

    private final EddsaRdfc2022 suite;

    private final MasterKey masterKey;

    private final TransactionTemplate transaction;

    private final Clock clock;

    ArrivalJob(
            ArrivalRepository arrivals,
            ReceivedArchives received,
            ArchiveRepository archives,
            LeavingIssuers own,
            ArrivedRepository arrived,
            ArrivedLists lists,
            ArrivedListRepository listRows,
            EddsaRdfc2022 suite,
            MasterKey masterKey,
            TransactionTemplate transaction,
            Clock clock) {
        this.arrivals = arrivals;
        this.received = received;
        this.archives = archives;
        this.own = own;
        this.arrived = arrived;
        this.lists = lists;
        this.listRows = listRows;
        this.suite = suite;
        this.masterKey = masterKey;
        this.transaction = transaction;
        this.clock = clock;
    }

    void run(TenantId tenant, String subject) {
        long id = Long.parseLong(subject);
        try {
            find(tenant, id, State.CHECKING).ifPresent(arrival -> checkAndSettle(tenant, arrival));
            find(tenant, id, State.ARRIVING).ifPresent(arrival -> takeBadges(tenant, arrival));
        } catch (ArrivalEndedException e) {
            LOG.info("Archive {} of tenant {} was given up while it came in", id, tenant);
        }
        if (arrivals.find(tenant, id).filter(ArchiveArrival::isUnderWay).isEmpty()) {
            arrivals.forgetParts(tenant, id);
        }
    }

    private Optional<ArchiveArrival> find(TenantId tenant, long id, State state) {
        return arrivals.find(tenant, id).filter(arrival -> arrival.state() == state);
    }

    private void checkAndSettle(TenantId tenant, ArchiveArrival arrival) {
        try {
            int badges = check(tenant, arrival);
            settle(tenant, arrival, badges);
        } catch (ArchiveRefusedException e) {
            refuse(tenant, arrival.id(), e);
        }
    }

    /** Read before the transaction, which others wait for, and only written in it. */
    private void settle(TenantId tenant, ArchiveArrival arrival, int badges) {
        WithoutBadges archive = new WithoutBadges();
        read(tenant, arrival, archive);
        try {
            transaction.executeWithoutResult(status -> {
                ArrivingIssuers issuers =
                        new ArrivingIssuers(tenant, arrived, lists, listRows, masterKey, clock.instant());
                archive.show(issuers);
                issuers.end();
                // Last, so that whoever gives it up meanwhile need not wait.
                requireThatItIs(tenant, arrival.id(), State.CHECKING);
                arrivals.settled(tenant, arrival.id(), issuers.settled(), badges);
            });
        } catch (DataIntegrityViolationException e) {
            // There is no room for what it says, and Laurel never wrote it.
            throw new ArchiveRefusedException(Reason.DAMAGED);
        }
    }

    /** @return how many badges there are in it */
    private int check(TenantId tenant, ArchiveArrival arrival) {
        ArchiveCheck check = new ArchiveCheck(tenant, own, arrived, suite, arrival.entriesRead()) {

            private Instant told = clock.instant();

            @Override
            public void isRead(long entries, long bytes) {
                super.isRead(entries, bytes);
                Instant now = clock.instant();
                if (!now.isBefore(told.plus(TOLD_EVERY))) {
                    tell(tenant, arrival, entries, bytes);
                    told = now;
                }
            }
        };
        try {
            read(tenant, arrival, check);
            check.end();
        } catch (BadCredentialException
                | DateTimeException
                | ClassCastException
                | IllegalArgumentException
                | IndexOutOfBoundsException
                | NoSuchElementException
                | NullPointerException e) {
            // JSON that is not what Laurel writes; what is missing in it is nowhere else told apart.
            LOG.warn(
                    "Archive {} of tenant {} is damaged: {} after {} entries",
                    arrival.id(),
                    tenant,
                    e.getClass().getName(),
                    check.entries());
            throw new ArchiveRefusedException(Reason.DAMAGED);
        }
        tell(tenant, arrival, check.entries(), arrival.bytes());
        return check.badges();
    }

    /** For whoever looks at it, and for the node that goes on after a crash. */
    private void tell(TenantId tenant, ArchiveArrival arrival, long entries, long bytes) {
        if (!arrivals.checked(tenant, arrival.id(), entries, bytes)) {
            throw new ArrivalEndedException(arrival.id());
        }
    }

    private void takeBadges(TenantId tenant, ArchiveArrival arrival) {
        ArrivingCredentials badges = new ArrivingCredentials(
                tenant, arrived, arrival.badgesDone(), part -> take(tenant, arrival.id(), part));
        try {
            read(tenant, arrival, badges);
            badges.flush();
        } catch (DataIntegrityViolationException e) {
            LOG.warn("Archive {} of tenant {} is lost: the database has no room for a badge", arrival.id(), tenant);
            lose(tenant, arrival.id());
            return;
        }
        finish(tenant, arrival.id());
    }

    private void take(TenantId tenant, long id, ArrivingCredentials.Part part) {
        transaction.executeWithoutResult(status -> {
            ArchiveArrival before = requireThatItIs(tenant, id, State.ARRIVING);
            if (before.badgesDone() != part.after()) {
                throw new IllegalStateException("Another node goes on with archive " + id);
            }
            arrivals.arrived(tenant, id, part.badges(), part.write(tenant, arrived, listRows));
        });
    }

    private void finish(TenantId tenant, long id) {
        Instant now = clock.instant();
        transaction.executeWithoutResult(status -> {
            ArchiveArrival arrival = requireThatItIs(tenant, id, State.ARRIVING);
            arrivals.finish(tenant, id, State.DONE, now);
            long passage = archives.begin(tenant, Passage.Way.IN, arrival.byPerson(), now);
            archives.finish(tenant, passage, arrival.issuers(), arrival.badgesNew(), now);
            LOG.info(
                    "Archive {} of tenant {} was brought in: {} issuers, {} new credentials",
                    passage,
                    tenant,
                    arrival.issuers(),
                    arrival.badgesNew());
        });
    }

    private void refuse(TenantId tenant, long id, ArchiveRefusedException why) {
        transaction.executeWithoutResult(status -> arrivals.lock(tenant, id)
                .filter(arrival -> arrival.state() == State.CHECKING)
                .ifPresent(arrival -> arrivals.refuse(tenant, id, why, clock.instant())));
    }

    /** Locked, so that no two nodes write of one archive at once; it may have been given up meanwhile. */
    private ArchiveArrival requireThatItIs(TenantId tenant, long id, State state) {
        return arrivals.lock(tenant, id)
                .filter(arrival -> arrival.state() == state)
                .orElseThrow(() -> new ArrivalEndedException(id));
    }

    private void read(TenantId tenant, ArchiveArrival arrival, ArchiveReading.Visitor visitor) {
        try (InputStream in = received.read(tenant, arrival)) {
            ArchiveReading.read(in, received.key(tenant, arrival.id()), visitor);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    void forget(TenantId tenant) {
        for (ArchiveArrival each : arrivals.forgettable(tenant, clock.instant().minus(KEPT))) {
            lose(tenant, each.id());
            arrivals.forgetParts(tenant, each.id());
        }
    }

    private void lose(TenantId tenant, long id) {
        transaction.executeWithoutResult(status -> arrivals.lock(tenant, id)
                .filter(arrival -> arrival.finishedAt() == null)
                .ifPresent(arrival -> arrivals.finish(tenant, id, State.LOST, clock.instant())));
    }

    /** Declares the jobs. */
    @Configuration(proxyBeanMethods = false)
    static class Declaration {

        @Bean
        Task<?> archiveArrival(Jobs jobs, ArrivalJob job) {
            return jobs.patientKind(KIND, job::run);
        }

        @Bean
        Task<?> archiveArrivalForget(Jobs jobs, ArrivalJob job) {
            return jobs.kind(FORGET, (tenant, subject) -> job.forget(tenant));
        }

        @Bean
        Task<?> archiveArrivalSweep(Jobs jobs, ArrivalRepository arrivals) {
            return jobs.sweep("archive-arrival-sweep", SWEEP, FORGET, now -> arrivals.withForgettable(now.minus(KEPT)));
        }
    }
}
