package dev.laurel.credential.signing;

import dev.laurel.credential.CredentialsSigned;
import dev.laurel.credential.Named;
import dev.laurel.credential.document.SigningMaterial;
import dev.laurel.credential.document.SigningMaterial.Ready;
import dev.laurel.credential.document.TemplateSigning;
import dev.laurel.credential.document.UnsignedCredential;
import dev.laurel.credential.issuer.StaleKeyException;
import dev.laurel.credential.proof.BadCredentialException;
import dev.laurel.credential.signing.CredentialRepository.Outcome;
import dev.laurel.credential.status.StatusListSigning;
import dev.laurel.credential.status.StatusLists;
import dev.laurel.platform.road.Jobs;
import dev.laurel.platform.road.Step;
import dev.laurel.platform.road.StepMetrics;
import dev.laurel.platform.tenant.TenantId;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicReference;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.context.ApplicationEventPublisher;
import org.springframework.stereotype.Component;
import org.springframework.transaction.support.TransactionTemplate;

/**
 * The job that gives credentials their embedded proofs, a batch per transaction. Rows are locked and stored in it, so a crash
 * leaves them unsigned and nothing is ever signed twice; whatever is wrong with one award sets aside that award alone. What a stale key
 * was to sign is left as it is, however much, and the job fails once the rest is signed: it is tried again later.
 */
@Component
class EmbeddedSigning {

    static final String KIND = "credential-sign";

    private static final Logger LOG = LoggerFactory.getLogger(EmbeddedSigning.class);

    private static final int BATCH = 500;

    private static final String BESIDE = "beside";

    /** Batches of one lane for which places are dealt ahead. */
    private static final int LANE_AHEAD = 5;

    private final CredentialRepository credentials;

    private final SigningMaterial material;

    private final StatusLists places;

    private final StatusListSigning lists;

    private final TemplateSigning templates;

    private final TransactionTemplate transaction;

    private final ApplicationEventPublisher events;

    private final Jobs jobs;

    private final StepMetrics metrics;

    private final Clock clock;

    EmbeddedSigning(
            CredentialRepository credentials,
            SigningMaterial material,
            StatusLists places,
            StatusListSigning lists,
            TemplateSigning templates,
            TransactionTemplate transaction,
            ApplicationEventPublisher events,
            Jobs jobs,
            StepMetrics metrics,
            Clock clock) {
        this.credentials = credentials;
        this.material = material;
        this.places = places;
        this.lists = lists;
        this.templates = templates;
        this.transaction = transaction;
        this.events = events;
        this.jobs = jobs;
        this.metrics = metrics;
        this.clock = clock;
    }

    /**
     * Where there is more than one batch, a second lane begins beside this one: one signs while the database stores for the
     * other. What one has locked, the other skips.
     */
    void run(TenantId tenant, String subject) {
        Batch signed = signBatch(tenant, QueuePlace.HEAD);
        StaleKeyException stale = signed.stale();
        for (int batch = 0; signed.isMore(); batch++) {
            if (!subject.equals(BESIDE) && batch % LANE_AHEAD == 0) {
                dealAhead(tenant, signed.next());
                // Always the same number: it is asked for in vain while it runs, so there is never a third.
                jobs.schedule(KIND, tenant, BESIDE, 0);
            }
            signed = signBatch(tenant, signed.next());
            stale = stale == null ? signed.stale() : stale;
        }
        if (stale != null) {
            throw stale;
        }
    }

    /**
     * Places in the status lists for as many as both lanes sign until this is done again. Whoever deals them locks the list to
     * the end of the transaction, so lanes that dealt only what they sign would wait for each other.
     *
     * @param behind nothing that is left before it takes the room of what is signed next
     */
    void dealAhead(TenantId tenant, QueuePlace behind) {
        List<Long> waiting = credentials.unsigned(tenant, behind, 2 * LANE_AHEAD * BATCH);
        for (int from = 0; from < waiting.size(); from += BATCH) {
            List<Long> portion = waiting.subList(from, Math.min(from + BATCH, waiting.size()));
            transaction.executeWithoutResult(status -> material.deal(tenant, portion));
        }
    }

    private Batch signBatch(TenantId tenant, QueuePlace behind) {
        Batch batch = transaction.execute(status -> signLocked(tenant, behind));
        count(batch);
        return batch;
    }

    /** @param stale why some were left */
    private record Batch(
            int rows,
            List<Outcome> outcomes,
            Instant now,
            QueuePlace next,
            @Nullable StaleKeyException stale) {

        boolean isMore() {
            return rows >= BATCH;
        }
    }

    private Batch signLocked(TenantId tenant, QueuePlace behind) {
        List<UnsignedCredential> rows = credentials.lockUnsigned(tenant, behind, BATCH);
        Instant now = clock.instant();
        if (rows.size() < BATCH) {
            // JWTs wait until a lane finds no more proofs to make: a student waits for the proof, nobody for the JWT.
            jobs.schedule(JwtSigning.KIND, tenant, "all", now.toEpochMilli());
        }
        if (rows.isEmpty()) {
            return new Batch(0, List.of(), now, behind, null);
        }
        List<Long> awards = rows.stream().map(UnsignedCredential::awardId).toList();
        places.forgetPlacesBeforeMove(tenant, awards);
        SigningMaterial.Batch facts = material.load(tenant, awards);
        // Whoever reads a credential must find the list that it names.
        lists.publish(tenant);
        AtomicReference<@Nullable StaleKeyException> stale = new AtomicReference<>();
        List<Outcome> outcomes = rows.parallelStream()
                .flatMap(row -> sign(facts, row, now, stale).stream())
                .toList();
        credentials.storeEmbedded(tenant, outcomes, now);
        List<Long> signed = outcomes.stream()
                .filter(outcome -> outcome.bytes() != null)
                .map(outcome -> outcome.row().awardId())
                .toList();
        if (!signed.isEmpty()) {
            events.publishEvent(new CredentialsSigned(tenant, signed));
        }
        return new Batch(rows.size(), outcomes, now, next(behind, rows, outcomes), stale.get());
    }

    private static QueuePlace next(QueuePlace behind, List<UnsignedCredential> rows, List<Outcome> outcomes) {
        Map<Long, Instant> left =
                rows.stream().collect(Collectors.toMap(UnsignedCredential::awardId, UnsignedCredential::createdAt));
        outcomes.forEach(outcome -> left.remove(outcome.row().awardId()));
        return behind.after(rows.get(rows.size() - 1).createdAt(), left);
    }

    /** Empty where it is left as it is. */
    private Optional<Outcome> sign(
            SigningMaterial.Batch facts,
            UnsignedCredential row,
            Instant now,
            AtomicReference<@Nullable StaleKeyException> stale) {
        try {
            Ready ready = facts.ready(row, Named.NOTHING);
            return Optional.of(new Outcome(row, templates.sign(ready.credential(), ready.signer(), now), null));
        } catch (StaleKeyException e) {
            stale.set(e);
            return Optional.empty();
        } catch (BadCredentialException e) {
            LOG.warn(
                    "Credential of award {} set aside, reference {}: {}",
                    row.awardId(),
                    row.reference(),
                    e.getMessage());
            return Optional.of(new Outcome(row, null, String.valueOf(e.getMessage())));
        }
    }

    private void count(Batch batch) {
        for (Outcome outcome : batch.outcomes()) {
            if (outcome.setAside() == null) {
                metrics.passed(Step.CREDENTIAL, Duration.between(outcome.row().createdAt(), batch.now()));
            } else {
                metrics.failed(Step.CREDENTIAL);
            }
        }
    }
}
