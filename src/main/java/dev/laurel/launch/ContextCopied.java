package dev.laurel.launch;

import dev.laurel.platform.tenant.TenantId;
import java.time.Instant;
import java.util.List;

/**
 * A platform said that a course was copied from others; published inside the transaction that settles its notice.
 *
 * @param contextId of the copy, as the platform names it
 * @param origins as the platform names them, the nearest first
 */
public record ContextCopied(TenantId tenant, long registrationId, String contextId, List<String> origins, Instant at) {}
