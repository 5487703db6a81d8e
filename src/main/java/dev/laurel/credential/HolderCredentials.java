package dev.laurel.credential;

import dev.laurel.award.Award;
import dev.laurel.context.PersonErased;
import dev.laurel.credential.document.UnsignedCredential;
import dev.laurel.credential.holder.HolderKey;
import dev.laurel.credential.proof.JsonBytes;
import dev.laurel.credential.signing.CredentialRepository;
import dev.laurel.credential.signing.CredentialSafe;
import dev.laurel.credential.signing.FurtherForms;
import dev.laurel.credential.signing.SupersedingRepository;
import dev.laurel.platform.tenant.TenantId;
import jakarta.json.JsonObject;
import java.util.List;
import java.util.Optional;
import org.springframework.context.event.EventListener;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Transactional;

/**
 * Credentials whose subject is the DID of a wallet, for holders who proved that it is theirs. Like every further form of a
 * credential one has the id and the place in the status list of the first: it is the same award, and is revoked with it.
 */
@Component
public class HolderCredentials {

    private final HolderCredentialRepository holdings;

    private final CredentialRepository credentials;

    private final SupersedingRepository superseding;

    private final FurtherForms forms;

    private final CredentialSafe safe;

    HolderCredentials(
            HolderCredentialRepository holdings,
            CredentialRepository credentials,
            SupersedingRepository superseding,
            FurtherForms forms,
            CredentialSafe safe) {
        this.holdings = holdings;
        this.credentials = credentials;
        this.superseding = superseding;
        this.forms = forms;
        this.safe = safe;
    }

    /**
     * The credential of an award for the holder of this key. Twice for the same one signs nothing.
     *
     * @param holder whoever asks has proved that she has it
     * @return empty where it cannot be signed now, as where the issuer's key cannot be opened
     */
    @Transactional
    public Optional<StoredCredential> issue(TenantId tenant, Award award, HolderKey holder) {
        // Where it is made anew at this moment, a wallet waits for the new one.
        superseding.lockIssue(tenant, award.id());
        if (holdings.find(tenant, award.id(), holder.did()).isEmpty()) {
            credentials.row(tenant, award.id()).ifPresent(row -> sign(tenant, award, row, holder.did()));
        }
        return holdings.find(tenant, award.id(), holder.did()).flatMap(kept -> safe.open(tenant, kept));
    }

    /** For whoever has one in a wallet, once the credential of the award was made anew. Inside a transaction. */
    void signAgain(TenantId tenant, Award award) {
        holdings.clear(tenant, award.id())
                .forEach(did -> credentials.row(tenant, award.id()).ifPresent(row -> sign(tenant, award, row, did)));
    }

    /** The DIDs for which a credential of this award was issued. */
    public List<String> holders(TenantId tenant, long awardId) {
        return holdings.dids(tenant, awardId);
    }

    /** Those that were issued of this award, for whichever keys. */
    public List<StoredCredential> all(TenantId tenant, long awardId) {
        return holders(tenant, awardId).stream()
                .flatMap(did -> holdings.find(tenant, awardId, did).stream())
                .flatMap(kept -> safe.open(tenant, kept).stream())
                .toList();
    }

    /** Whether a credential of this award was issued for the holder of this key. */
    public boolean isHolder(TenantId tenant, long awardId, HolderKey holder) {
        return holdings.find(tenant, awardId, holder.did()).isPresent();
    }

    private void sign(TenantId tenant, Award award, UnsignedCredential row, String did) {
        forms.sign(
                tenant,
                row,
                "for a wallet",
                // What a refresh answers with has the subject of the shared page: a verifier goes on with that, and
                // finds that it is not the wallet's (Open Badges 3.0, 8.1).
                ready -> Optional.of(heldBy(ready.credential().withoutRefresh().toJson(), did)),
                (embedded, jwt, now) -> holdings.store(tenant, award, did, embedded, jwt, now));
    }

    /** The same with this subject, each member in its place. */
    private static JsonObject heldBy(JsonObject credential, String did) {
        JsonObject subject = credential.getJsonObject("credentialSubject");
        return JsonBytes.JSON
                .createObjectBuilder(credential)
                .add(
                        "credentialSubject",
                        JsonBytes.JSON.createObjectBuilder(subject).add("id", did))
                .build();
    }

    /** A DID can tell who somebody is. */
    @EventListener
    void on(PersonErased erased) {
        holdings.forget(erased.tenant(), erased.personId());
    }
}
