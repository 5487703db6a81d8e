package dev.laurel.gradebook;

import dev.laurel.platform.tenant.TenantId;

/** The change log of this course grew up to {@code lastSeq}; published inside the writing transaction. */
public record ObservationsRecorded(TenantId tenant, long contextId, long lastSeq) {}
