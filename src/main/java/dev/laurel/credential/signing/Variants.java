package dev.laurel.credential.signing;

import dev.laurel.award.Award;
import dev.laurel.award.Awards;
import dev.laurel.context.PersonErased;
import dev.laurel.credential.HandedInLinks;
import dev.laurel.credential.StoredCredential;
import dev.laurel.credential.Variant;
import dev.laurel.credential.document.AchievementCredential;
import dev.laurel.credential.document.UnsignedCredential;
import dev.laurel.platform.tenant.TenantId;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import org.springframework.context.event.EventListener;
import org.springframework.stereotype.Component;

/**
 * The variants of a credential, that say less or more of what was reached (docs/decisions/011). They have the same id and the
 * same place in the status list as the first one, because they are the same award; one is signed when its holder asks for it,
 * and never by a read.
 */
@Component
public class Variants {

    private final CredentialRepository credentials;

    private final FurtherForms forms;

    private final CredentialSafe safe;

    private final SupersedingRepository superseding;

    private final Awards awards;

    private final HandedInLinks works;

    Variants(
            CredentialRepository credentials,
            FurtherForms forms,
            CredentialSafe safe,
            SupersedingRepository superseding,
            Awards awards,
            HandedInLinks works) {
        this.credentials = credentials;
        this.forms = forms;
        this.safe = safe;
        this.superseding = superseding;
        this.awards = awards;
        this.works = works;
    }

    /**
     * Signs it where it is not there yet; {@code false} where it cannot be signed, or there is nothing that it would say.
     * Inside a transaction.
     */
    public boolean sign(TenantId tenant, long awardId, Variant variant) {
        if (find(tenant, awardId, variant).isPresent()) {
            return true;
        }
        // Not while it is made anew: the variant would have the id, and the key, of the one that leaves.
        superseding.lockIssue(tenant, awardId);
        Optional<UnsignedCredential> row = credentials.row(tenant, awardId);
        row.ifPresent(found -> sign(tenant, found, variant));
        return find(tenant, awardId, variant).isPresent();
    }

    public Optional<StoredCredential> find(TenantId tenant, long awardId, Variant variant) {
        return find(tenant, List.of(awardId), variant).stream().findFirst();
    }

    /** Those of these awards that there are. */
    public List<StoredCredential> find(TenantId tenant, Collection<Long> awardIds, Variant variant) {
        return credentials.find(tenant, awardIds, variant).stream()
                .flatMap(kept -> safe.open(tenant, kept).stream())
                .toList();
    }

    /** What she handed in, or was given a badge for, can tell who she is. */
    @EventListener
    void on(PersonErased erased) {
        credentials.forgetTelling(
                erased.tenant(),
                awards.ofPerson(erased.tenant(), erased.personId()).stream()
                        .map(Award::id)
                        .toList());
    }

    private void sign(TenantId tenant, UnsignedCredential row, Variant variant) {
        forms.sign(
                tenant,
                row,
                "as " + variant,
                ready -> ready.variant(variant, variant.saysWork() ? works.links(tenant, ready.award()) : List.of())
                        .map(AchievementCredential::toJson),
                (embedded, jwt, now) -> credentials.storeVariant(tenant, row.awardId(), variant, embedded, jwt, now));
    }
}
