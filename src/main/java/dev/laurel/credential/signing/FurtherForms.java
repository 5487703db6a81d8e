package dev.laurel.credential.signing;

import dev.laurel.credential.StoredCredential;
import dev.laurel.credential.document.LaterForm;
import dev.laurel.credential.document.SigningMaterial;
import dev.laurel.credential.document.SigningMaterial.Ready;
import dev.laurel.credential.document.UnsignedCredential;
import dev.laurel.credential.issuer.StaleKeyException;
import dev.laurel.credential.proof.BadCredentialException;
import dev.laurel.credential.proof.EddsaRdfc2022;
import dev.laurel.credential.proof.JsonBytes;
import dev.laurel.credential.signing.CredentialSafe.Seal;
import dev.laurel.credential.status.StatusListSigning;
import dev.laurel.platform.tenant.TenantId;
import jakarta.json.JsonObject;
import java.time.Clock;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.stereotype.Component;

/** Signs a credential once more in another form: with the id, the place in the status list and the words of the first, for the same award. */
@Component
public class FurtherForms {

    private static final Logger LOG = LoggerFactory.getLogger(FurtherForms.class);

    private final CredentialRepository credentials;

    private final SigningMaterial material;

    private final StatusListSigning lists;

    private final EddsaRdfc2022 suite;

    private final JwtSigning jwts;

    private final CredentialSafe safe;

    private final Clock clock;

    FurtherForms(
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

    /** Where a form is kept, sealed where it names its holder. */
    public interface Shelf {

        void store(byte[] embedded, byte @Nullable [] jwt, Instant now);
    }

    /**
     * What cannot be signed is logged and not kept. Inside a transaction.
     *
     * @param purpose for the log
     * @param form what is to be signed; empty where there is nothing that it would say
     */
    public void sign(
            TenantId tenant,
            UnsignedCredential row,
            String purpose,
            Function<Ready, Optional<JsonObject>> form,
            Shelf shelf) {
        Instant at = clock.instant();
        try {
            Seal seal = safe.seal(tenant, row.awardId());
            byte[] first = credentials.find(tenant, List.of(row.awardId())).stream()
                    .flatMap(kept -> safe.open(tenant, kept).stream())
                    .map(StoredCredential::embedded)
                    .findFirst()
                    .orElse(null);
            Ready ready = material.load(tenant, List.of(row.awardId())).ready(row, seal.named());
            Optional<JsonObject> said = form.apply(ready).map(now -> LaterForm.of(first, now));
            if (said.isEmpty()) {
                return;
            }
            // Whoever reads a credential must find the list that it names.
            lists.publish(tenant);
            byte[] embedded = JsonBytes.write(suite.sign(said.get(), ready.signer(), at));
            byte[] jwt = jwts.sign(tenant, JsonBytes.parse(embedded))
                    .map(seal::close)
                    .orElse(null);
            shelf.store(seal.close(embedded), jwt, at);
        } catch (BadCredentialException | StaleKeyException e) {
            LOG.warn(
                    "Credential of award {} not signed {}, reference {}: {}",
                    row.awardId(),
                    purpose,
                    row.reference(),
                    e.getMessage());
        }
    }
}
