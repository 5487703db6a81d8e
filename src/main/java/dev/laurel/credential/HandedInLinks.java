package dev.laurel.credential;

import dev.laurel.award.Award;
import dev.laurel.platform.tenant.TenantId;
import java.net.URI;
import java.util.List;

/** The addresses that holders handed in for their badges, told by whoever keeps what was handed in. */
public interface HandedInLinks {

    /** As they were when the badge was decided; each once. */
    List<URI> links(TenantId tenant, Award award);
}
