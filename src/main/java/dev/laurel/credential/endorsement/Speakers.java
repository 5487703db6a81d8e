package dev.laurel.credential.endorsement;

import dev.laurel.credential.proof.Signer;
import dev.laurel.platform.tenant.TenantId;
import jakarta.json.JsonObject;
import java.util.Optional;

/** The institution's own badges and issuers, as endorsements name them. */
public interface Speakers {

    /** What an endorsement of this institution can be about, by the id that credentials name it with; empty for all else. */
    Optional<String> nameOf(TenantId tenant, String subject);

    /** Whether our badges keep the one form that strict readers take, with this credential of somebody else inside. */
    boolean canCarry(JsonObject endorsement);

    /** The profile of an issuer of the institution, as credentials have it. */
    Optional<JsonObject> profile(TenantId tenant, long issuerId);

    /**
     * The issuer's key of now.
     *
     * @param did by which what is signed names the issuer: that of today, or one of before Laurel moved
     * @throws IllegalStateException where its key cannot be opened
     */
    Signer signer(TenantId tenant, long issuerId, String did);
}
