package dev.laurel.platform.road;

import dev.laurel.platform.tenant.TenantId;
import java.util.List;

/** Single pieces of work that a module gave up on without giving up on the job; for the operator's page. */
public interface SetAsideWork {

    /** What they are pieces of, as it ends {@code operator.work.} in the message files. */
    String kind();

    /** @param count how many were given up on for that reason; never 0 */
    record Waiting(TenantId tenant, String reason, int count) {}

    /** The most at first; at most 500. */
    List<Waiting> waiting();

    /** Puts all of a tenant back into the queue; answers how many. */
    int tryAgain(TenantId tenant);
}
