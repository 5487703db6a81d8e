package dev.laurel.credential;

import dev.laurel.platform.tenant.TenantId;
import java.util.Optional;
import org.springframework.stereotype.Component;

/** Signed credentials: reading them never signs. */
@Component
public class Credentials {

    /** The credential of an award; empty until it is signed. */
    public Optional<StoredCredential> find(TenantId tenant, long awardId) {
        throw new UnsupportedOperationException();
    }

    /**
     * Verifies credential bytes (JSON with an embedded proof) like a stranger would: proof, key of the issuer, dates, shape.
     */
    public Verification verify(byte[] embedded) {
        throw new UnsupportedOperationException();
    }

    /** The image with the credential inside, as a PNG with one {@code openbadgecredential} iTXt chunk. */
    public byte[] bake(byte[] png, byte[] embedded) {
        throw new UnsupportedOperationException();
    }

    /** The DID of an issuer, e.g. {@code did:web:badges.example:issuers:…}. */
    public String did(java.util.UUID issuerPublicId) {
        throw new UnsupportedOperationException();
    }
}
