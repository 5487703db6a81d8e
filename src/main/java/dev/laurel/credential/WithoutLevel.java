package dev.laurel.credential;

import dev.laurel.credential.CredentialRepository.Unsigned;
import dev.laurel.credential.SigningMaterial.Ready;
import dev.laurel.credential.proof.BadCredentialException;
import dev.laurel.credential.proof.EddsaRdfc2022;
import dev.laurel.credential.proof.JsonBytes;
import dev.laurel.platform.tenant.TenantId;
import jakarta.json.JsonObject;
import java.time.Clock;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.stereotype.Component;

/**
 * The second form of a credential, silent about the level (docs/decisions/011). It has the same id and the same place in the
 * status list as the first one, because it is the same award; it is signed when its holder asks for it, and never by a read.
 */
@Component
class WithoutLevel {

    private static final Logger LOG = LoggerFactory.getLogger(WithoutLevel.class);

    private final CredentialRepository credentials;

    private final SigningMaterial material;

    private final StatusListSigning lists;

    private final EddsaRdfc2022 suite;

    private final JwtSigning jwts;

    private final Clock clock;

    WithoutLevel(
            CredentialRepository credentials,
            SigningMaterial material,
            StatusListSigning lists,
            EddsaRdfc2022 suite,
            JwtSigning jwts,
            Clock clock) {
        this.credentials = credentials;
        this.material = material;
        this.lists = lists;
        this.suite = suite;
        this.jwts = jwts;
        this.clock = clock;
    }

    /** Signs it where it is not there yet; {@code false} where it cannot be signed. Inside a transaction. */
    boolean sign(TenantId tenant, long awardId) {
        if (credentials.withoutLevel(tenant, awardId).isPresent()) {
            return true;
        }
        Optional<Unsigned> row = credentials.row(tenant, awardId);
        row.ifPresent(found -> sign(tenant, found));
        return credentials.withoutLevel(tenant, awardId).isPresent();
    }

    private void sign(TenantId tenant, Unsigned row) {
        Instant now = clock.instant().truncatedTo(ChronoUnit.MICROS);
        try {
            Ready ready = material.load(tenant, List.of(row.awardId())).ready(row.awardId(), row.salt());
            // Whoever reads a credential must find the list that it names.
            lists.publish(tenant);
            JsonObject silent = ready.credential().withoutTier().toJson();
            byte[] embedded = JsonBytes.write(suite.sign(silent, ready.signer(), now));
            byte[] jwt = jwts.sign(tenant, JsonBytes.parse(embedded)).orElse(null);
            credentials.storeWithoutLevel(tenant, row.awardId(), embedded, jwt, now);
        } catch (BadCredentialException e) {
            LOG.warn(
                    "Credential of award {} not signed without its level, reference {}: {}",
                    row.awardId(),
                    row.reference(),
                    e.getMessage());
        }
    }
}
