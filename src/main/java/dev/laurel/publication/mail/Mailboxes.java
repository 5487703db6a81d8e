package dev.laurel.publication.mail;

import dev.laurel.context.Contexts;
import dev.laurel.context.Profile;
import dev.laurel.context.address.MailAddress;
import dev.laurel.context.address.OwnAddress;
import dev.laurel.context.address.OwnAddresses;
import dev.laurel.launch.session.SignedIn;
import dev.laurel.platform.tenant.TenantId;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/** Where mail reaches somebody: at the address that her platform tells, or else at one that she confirmed herself. */
@Component
class Mailboxes {

    private final Contexts contexts;

    private final OwnAddresses own;

    Mailboxes(Contexts contexts, OwnAddresses own) {
        this.contexts = contexts;
        this.own = own;
    }

    /** @return {@code null} where Laurel knows no address of hers */
    @Nullable
    String of(TenantId tenant, long personId) {
        String told = told(tenant, personId);
        return told != null
                ? told
                : own.of(tenant, personId)
                        .map(OwnAddress::address)
                        .map(MailAddress::value)
                        .orElse(null);
    }

    /** As {@link #of}; whoever only acts as somebody is not told what she told nobody else. */
    @Nullable
    String shownTo(SignedIn who) {
        return who.isHerself() ? of(who.tenant(), who.personId()) : told(who.tenant(), who.personId());
    }

    private @Nullable String told(TenantId tenant, long personId) {
        Profile profile = contexts.profiles(tenant, List.of(personId)).get(personId);
        return profile == null ? null : profile.email();
    }
}
