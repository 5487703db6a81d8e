package dev.laurel.credential.signing;

import dev.laurel.achievement.Issuer;
import dev.laurel.achievement.Issuers;
import dev.laurel.credential.CredentialFormat;
import dev.laurel.credential.CredentialFormats;
import dev.laurel.credential.issuer.CredentialAddresses;
import dev.laurel.credential.issuer.IssuerKey;
import dev.laurel.credential.issuer.IssuerKeys;
import dev.laurel.credential.issuer.KeyAlgorithm;
import dev.laurel.credential.issuer.StaleKeyException;
import dev.laurel.credential.proof.BadCredentialException;
import dev.laurel.credential.proof.JsonBytes;
import dev.laurel.credential.proof.Signer;
import dev.laurel.credential.proof.VcJwt;
import dev.laurel.credential.signing.CredentialRepository.Outcome;
import dev.laurel.credential.signing.CredentialRepository.WithoutJwt;
import dev.laurel.platform.road.Jobs;
import dev.laurel.platform.tenant.TenantId;
import jakarta.json.JsonObject;
import java.time.Clock;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.stereotype.Component;
import org.springframework.transaction.support.TransactionTemplate;

/**
 * The job that makes the VC-JWT of each credential, from the stored bytes themselves: so the two formats cannot say different
 * things.
 */
@Component
public class JwtSigning {

    static final String KIND = "credential-jwt";

    private static final Logger LOG = LoggerFactory.getLogger(JwtSigning.class);

    /** A tenth of a second of a processor: others wait for a turn meanwhile, and for these nobody waits. */
    private static final int BATCH = 100;

    private static final String BESIDE = "beside";

    private final CredentialRepository credentials;

    private final Issuers issuers;

    private final IssuerKeys keys;

    private final CredentialAddresses addresses;

    private final CredentialFormats formats;

    private final TransactionTemplate transaction;

    private final Jobs jobs;

    private final Clock clock;

    JwtSigning(
            CredentialRepository credentials,
            Issuers issuers,
            IssuerKeys keys,
            CredentialAddresses addresses,
            CredentialFormats formats,
            TransactionTemplate transaction,
            Jobs jobs,
            Clock clock) {
        this.credentials = credentials;
        this.issuers = issuers;
        this.keys = keys;
        this.addresses = addresses;
        this.formats = formats;
        this.transaction = transaction;
        this.jobs = jobs;
        this.clock = clock;
    }

    /**
     * Where there is more than one batch, a second lane begins beside this one: one signs while the database stores for the
     * other, each batch in a transaction of its own. What one has locked, the other skips.
     */
    public void run(TenantId tenant, String subject) {
        Batch batch = signBatch(tenant, QueuePlace.HEAD);
        StaleKeyException stale = batch.stale();
        if (batch.isMore() && !subject.equals(BESIDE)) {
            // Always the same number: it is asked for in vain while it runs, so there is never a third.
            jobs.schedule(KIND, tenant, BESIDE, 0);
        }
        while (batch.isMore()) {
            batch = signBatch(tenant, batch.next());
            stale = stale == null ? batch.stale() : stale;
        }
        if (stale != null) {
            // What a stale key was to sign is left as it is: the job is tried again later.
            throw stale;
        }
    }

    private Batch signBatch(TenantId tenant, QueuePlace behind) {
        return Objects.requireNonNull(transaction.execute(status -> signLocked(tenant, behind)));
    }

    /** @param stale why some were left */
    private record Batch(
            int rows, QueuePlace next, @Nullable StaleKeyException stale) {

        boolean isMore() {
            return rows >= BATCH;
        }
    }

    /** A key of the issuer and the {@code kid} that names it. */
    private record Pen(Signer signer, String kid) {}

    /** A stored credential read back, or the reason why it cannot be. */
    private record Draft(
            WithoutJwt row,
            @Nullable JsonObject credential,
            @Nullable String problem) {

        String did() {
            return credential == null ? "" : credential.getJsonObject("issuer").getString("id");
        }
    }

    private Batch signLocked(TenantId tenant, QueuePlace behind) {
        List<WithoutJwt> rows = credentials.lockWithoutJwt(tenant, behind, BATCH);
        List<Draft> drafts = rows.stream().map(JwtSigning::read).toList();
        Map<String, Optional<Pen>> pens = new HashMap<>();
        StaleKeyException stale = null;
        // In one order everywhere: two lanes may both make first keys of several issuers.
        for (String did : drafts.stream().map(Draft::did).distinct().sorted().toList()) {
            try {
                pens.put(did, pen(tenant, did));
            } catch (StaleKeyException e) {
                stale = e;
            }
        }
        List<Outcome> outcomes = drafts.stream()
                .filter(draft -> pens.containsKey(draft.did()))
                .map(draft -> sign(draft, pens.getOrDefault(draft.did(), Optional.empty())))
                .toList();
        if (!outcomes.isEmpty()) {
            credentials.storeJwts(tenant, outcomes, clock.instant());
        }
        return new Batch(rows.size(), rows.isEmpty() ? behind : next(behind, rows, outcomes), stale);
    }

    private static QueuePlace next(QueuePlace behind, List<WithoutJwt> rows, List<Outcome> outcomes) {
        Map<Long, Instant> left =
                rows.stream().collect(Collectors.toMap(each -> each.row().awardId(), WithoutJwt::signedAt));
        outcomes.forEach(outcome -> left.remove(outcome.row().awardId()));
        return behind.after(rows.get(rows.size() - 1).signedAt(), left);
    }

    /** A credential with an embedded proof as JWT; empty where the issuer's key cannot be opened. */
    public Optional<byte[]> sign(TenantId tenant, JsonObject credential) {
        return pen(tenant, credential.getJsonObject("issuer").getString("id"))
                .map(pen -> VcJwt.sign(credential, pen.signer(), pen.kid()));
    }

    private static Draft read(WithoutJwt row) {
        try {
            return new Draft(row, JsonBytes.parse(row.embedded()), null);
        } catch (BadCredentialException e) {
            return new Draft(row, null, e.getMessage());
        }
    }

    private Optional<Pen> pen(TenantId tenant, String did) {
        return addresses
                .issuerOf(did)
                .flatMap(issuers::findByPublicId)
                .filter(owned -> owned.tenant().equals(tenant))
                .flatMap(owned ->
                        pen(tenant, owned.issuer(), addresses.naming(did).orElseThrow()));
    }

    private Optional<Pen> pen(TenantId tenant, Issuer issuer, CredentialAddresses names) {
        try {
            IssuerKey key = keys.active(tenant, issuer, algorithm(tenant));
            return Optional.of(new Pen(keys.signer(issuer, key, names), names.key(issuer.publicId(), key.fragment())));
        } catch (IllegalStateException e) {
            return Optional.empty();
        }
    }

    private KeyAlgorithm algorithm(TenantId tenant) {
        return formats.of(tenant).jwt() == CredentialFormat.Jwt.ES256 ? KeyAlgorithm.ES256 : KeyAlgorithm.RS256;
    }

    private static Outcome sign(Draft draft, Optional<Pen> pen) {
        if (draft.credential() == null || pen.isEmpty()) {
            String reason = draft.problem() == null ? "The issuer's key cannot be opened" : draft.problem();
            LOG.warn("JWT of award {} set aside: {}", draft.row().row().awardId(), reason);
            return new Outcome(draft.row().row(), null, reason);
        }
        try {
            return new Outcome(
                    draft.row().row(),
                    VcJwt.sign(draft.credential(), pen.get().signer(), pen.get().kid()),
                    null);
        } catch (BadCredentialException e) {
            return new Outcome(draft.row().row(), null, e.getMessage());
        }
    }
}
