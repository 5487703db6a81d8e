package dev.laurel.credential;

import dev.laurel.platform.road.Jobs;
import dev.laurel.platform.tenant.TenantId;
import java.time.Clock;
import java.util.Optional;
import java.util.UUID;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Transactional;

/** Signed credentials: reading them never signs. */
@Component
public class Credentials {

    private final CredentialRepository credentials;

    private final WithoutLevel withoutLevel;

    private final Verifier verifier;

    private final CredentialAddresses addresses;

    private final Jobs jobs;

    private final Clock clock;

    Credentials(
            CredentialRepository credentials,
            WithoutLevel withoutLevel,
            Verifier verifier,
            CredentialAddresses addresses,
            Jobs jobs,
            Clock clock) {
        this.credentials = credentials;
        this.withoutLevel = withoutLevel;
        this.verifier = verifier;
        this.addresses = addresses;
        this.jobs = jobs;
        this.clock = clock;
    }

    /** The credential of an award; empty until it is signed. */
    public Optional<StoredCredential> find(TenantId tenant, long awardId) {
        return credentials.find(tenant, awardId);
    }

    /** The form of it that is silent about the level; empty until {@link #signWithoutLevel} was asked for it. */
    public Optional<StoredCredential> findWithoutLevel(TenantId tenant, long awardId) {
        return credentials.withoutLevel(tenant, awardId);
    }

    /**
     * Signs the form of a credential that is silent about the level. Twice does nothing.
     *
     * @return {@code false} where it cannot be signed now, as where the issuer's key cannot be opened
     */
    @Transactional
    public boolean signWithoutLevel(TenantId tenant, long awardId) {
        return withoutLevel.sign(tenant, awardId);
    }

    /**
     * Verifies credential bytes (JSON with an embedded proof, or a VC-JWT) like a stranger would: shape, contexts, key of
     * the issuer, signature, dates. The checks end with the first that fails.
     */
    public Verification verify(byte[] bytes) {
        return verifier.verify(bytes);
    }

    /** The image with the credential inside, as a PNG with one {@code openbadgecredential} iTXt chunk. */
    public byte[] bake(byte[] png, byte[] embedded) {
        return Baking.bake(png, embedded);
    }

    /** The DID of an issuer, e.g. {@code did:web:badges.example:issuers:…}. */
    public String did(UUID issuerPublicId) {
        return addresses.did(issuerPublicId);
    }

    /** Puts every credential that was set aside back into the queue; for the operator, once the reason is gone. */
    @Transactional
    public int tryAgain(TenantId tenant) {
        int cleared = credentials.clearSetAside(tenant);
        if (cleared > 0) {
            jobs.schedule(EmbeddedSigning.KIND, tenant, "again", clock.millis());
        }
        return cleared;
    }
}
