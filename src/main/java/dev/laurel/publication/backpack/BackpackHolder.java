package dev.laurel.publication.backpack;

import dev.laurel.launch.session.SignedIn;
import dev.laurel.platform.tenant.TenantId;

/** Whose badges a permission is for; as text it is the name of the principal. */
record BackpackHolder(TenantId tenant, long personId) {

    static BackpackHolder of(SignedIn me) {
        return new BackpackHolder(me.tenant(), me.personId());
    }

    static BackpackHolder parse(String name) {
        String[] parts = name.split(":", 2);
        return new BackpackHolder(new TenantId(Long.parseLong(parts[0])), Long.parseLong(parts[1]));
    }

    String name() {
        return tenant.value() + ":" + personId;
    }
}
