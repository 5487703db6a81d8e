package dev.laurel.dashboard.institution;

import dev.laurel.award.Award;
import dev.laurel.credential.HolderCredentials;
import dev.laurel.credential.Named;
import dev.laurel.credential.Reissues;
import dev.laurel.credential.brought.BroughtBadges;
import dev.laurel.credential.endorsement.HolderEndorsement;
import dev.laurel.credential.endorsement.HolderEndorsements;
import dev.laurel.platform.tenant.TenantId;
import dev.laurel.publication.Backpacks;
import dev.laurel.publication.ForeignText;
import dev.laurel.publication.backpack.BackpackPermissions;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/** Where somebody took her badges, what they say of her because she asked for it, and what of others she brought. */
@Component
class BadgesElsewhere {

    private final HolderCredentials wallets;

    private final Reissues reissues;

    private final Backpacks older;

    private final BackpackPermissions backpacks;

    private final BroughtBadges brought;

    private final HolderEndorsements words;

    BadgesElsewhere(
            HolderCredentials wallets,
            Reissues reissues,
            Backpacks older,
            BackpackPermissions backpacks,
            BroughtBadges brought,
            HolderEndorsements words) {
        this.wallets = wallets;
        this.reissues = reissues;
        this.older = older;
        this.backpacks = backpacks;
        this.brought = brought;
        this.words = words;
    }

    /**
     * @param wallets the DIDs of wallets that have it
     * @param saysName the name that the signed badge says; {@code null}: none
     * @param saysEmail the e-mail address of which the signed badge holds a hash; {@code null}: none
     * @param olderBackpack the address at which it stands in the older form
     * @param words what she says of it to others
     */
    record Out(
            List<String> wallets,
            @Nullable String saysName,
            @Nullable String saysEmail,
            @Nullable String olderBackpack,
            @Nullable String words) {}

    /** A badge of another organisation. */
    record In(String name, String issuer, String state, Instant broughtAt) {}

    Out of(TenantId tenant, Award award) {
        Named named = reissues.now(tenant, award.id());
        return new Out(
                wallets.holders(tenant, award.id()),
                named.name(),
                named.email(),
                older.url(tenant, award.id()).orElse(null),
                words.find(tenant, award.id()).map(HolderEndorsement::remark).orElse(null));
    }

    /** The hosts of the backpacks that may read her badges. */
    List<String> backpacks(TenantId tenant, long personId) {
        return backpacks.hosts(tenant, personId);
    }

    List<In> brought(TenantId tenant, long personId) {
        return brought.ofPerson(tenant, personId).stream()
                .map(badge -> new In(
                        ForeignText.shown(badge.name()),
                        ForeignText.shown(badge.issuerName()),
                        badge.state().name(),
                        badge.broughtAt()))
                .toList();
    }
}
