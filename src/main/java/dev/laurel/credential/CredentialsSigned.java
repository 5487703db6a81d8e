package dev.laurel.credential;

import dev.laurel.platform.tenant.TenantId;
import java.util.List;

/** The embedded proofs of these awards are stored; published inside the storing transaction. */
public record CredentialsSigned(TenantId tenant, List<Long> awardIds) {}
