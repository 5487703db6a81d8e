package dev.laurel.context;

import dev.laurel.platform.tenant.TenantId;
import java.util.Set;

/**
 * What is known of these people is about to be changed or destroyed in this transaction; published before, so that whoever
 * looks at all accounts of one human afterwards has them all in one order from the beginning.
 */
public record PeopleAboutToChange(TenantId tenant, Set<Long> personIds) {}
