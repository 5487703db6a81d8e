package dev.laurel.context;

import dev.laurel.platform.tenant.TenantId;

/** The days of a course begin and end at other moments than before; published inside the transaction that changes it. */
public record CourseZoneChanged(TenantId tenant, long contextId) {}
