package dev.laurel.publication.mail;

import dev.laurel.platform.tenant.TenantId;
import java.util.List;

/** What instructors of a course are told of once a week. The pages of several modules know it. */
public interface StaffNews {

    /** One line for each thing that waits or should be mended, in plain words and without the name of any student. */
    List<String> of(TenantId tenant, long contextId);
}
