package dev.laurel.platform.road;

import dev.laurel.platform.tenant.TenantId;
import java.util.List;

/** Each module answers for its own steps: what happened to the grade with this reference number. */
public interface Trail {

    /** The footprints of this module, in order; empty where the reference never came here. */
    List<Footprint> follow(TenantId tenant, Reference reference);
}
