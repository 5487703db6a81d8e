package dev.laurel.context;

import dev.laurel.platform.tenant.TenantId;
import java.util.Map;

/**
 * Sections or groups of a course are called otherwise now; published inside the transaction that notes it.
 *
 * @param before what they were called, by number
 */
public record SectionsRenamed(TenantId tenant, long contextId, Map<String, String> before) {

    public SectionsRenamed {
        before = Map.copyOf(before);
    }
}
