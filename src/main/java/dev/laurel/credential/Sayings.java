package dev.laurel.credential;

import dev.laurel.credential.CredentialRepository.Kept;
import dev.laurel.credential.CredentialRepository.Unsigned;
import dev.laurel.credential.CredentialSafe.Seal;
import dev.laurel.credential.SigningMaterial.Ready;
import dev.laurel.credential.proof.BadCredentialException;
import dev.laurel.credential.proof.EddsaRdfc2022;
import dev.laurel.credential.proof.JsonBytes;
import dev.laurel.platform.tenant.TenantId;
import java.time.Clock;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.stereotype.Component;

/**
 * Further forms of a credential, that say less or more of what was reached (docs/decisions/011). They have the same id and the
 * same place in the status list as the first one, because they are the same award; one is signed when its holder asks for it,
 * and never by a read.
 */
@Component
class Sayings {

    private static final Logger LOG = LoggerFactory.getLogger(Sayings.class);

    private final CredentialRepository credentials;

    private final SigningMaterial material;

    private final StatusListSigning lists;

    private final EddsaRdfc2022 suite;

    private final JwtSigning jwts;

    private final CredentialSafe safe;

    private final Clock clock;

    Sayings(
            CredentialRepository credentials,
            SigningMaterial material,
            StatusListSigning lists,
            EddsaRdfc2022 suite,
            JwtSigning jwts,
            CredentialSafe safe,
            Clock clock) {
        this.credentials = credentials;
        this.material = material;
        this.lists = lists;
        this.suite = suite;
        this.jwts = jwts;
        this.safe = safe;
        this.clock = clock;
    }

    /**
     * Signs it where it is not there yet; {@code false} where it cannot be signed, or there is nothing that it would say.
     * Inside a transaction.
     */
    boolean sign(TenantId tenant, long awardId, Saying saying) {
        if (find(tenant, awardId, saying).isPresent()) {
            return true;
        }
        Optional<Unsigned> row = credentials.row(tenant, awardId);
        row.ifPresent(found -> sign(tenant, found, saying));
        return find(tenant, awardId, saying).isPresent();
    }

    Optional<StoredCredential> find(TenantId tenant, long awardId, Saying saying) {
        Optional<Kept> kept = saying == Saying.AS_ISSUED
                ? credentials.find(tenant, awardId)
                : credentials.saying(tenant, awardId, saying);
        return kept.flatMap(found -> safe.open(tenant, found));
    }

    /** As they were issued. */
    List<StoredCredential> find(TenantId tenant, Collection<Long> awardIds) {
        return credentials.find(tenant, awardIds).stream()
                .flatMap(kept -> safe.open(tenant, kept).stream())
                .toList();
    }

    private void sign(TenantId tenant, Unsigned row, Saying saying) {
        Instant now = clock.instant().truncatedTo(ChronoUnit.MICROS);
        try {
            Seal seal = safe.seal(tenant, row.awardId());
            Ready ready = material.load(tenant, List.of(row.awardId())).ready(row, seal.named());
            Optional<AchievementCredential> said = ready.saying(saying);
            if (said.isEmpty()) {
                return;
            }
            // Whoever reads a credential must find the list that it names.
            lists.publish(tenant);
            byte[] embedded = JsonBytes.write(suite.sign(said.get().toJson(), ready.signer(), now));
            byte[] jwt = jwts.sign(tenant, JsonBytes.parse(embedded))
                    .map(seal::close)
                    .orElse(null);
            credentials.storeSaying(tenant, row.awardId(), saying, seal.close(embedded), jwt, now);
        } catch (BadCredentialException e) {
            LOG.warn(
                    "Credential of award {} not signed as {}, reference {}: {}",
                    row.awardId(),
                    saying,
                    row.reference(),
                    e.getMessage());
        }
    }
}
