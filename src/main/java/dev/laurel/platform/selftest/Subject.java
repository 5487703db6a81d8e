package dev.laurel.platform.selftest;

import dev.laurel.platform.Registration;
import dev.laurel.platform.tenant.TenantId;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What one run looks at.
 *
 * @param tenants the institutions that use the registration; exactly one where an institution asked
 * @param forOperator whether the operator asked, for the whole registration
 * @param withColumn whether a column may be made in a course, to be deleted at once
 * @param cookies what came back from the browser that asked; {@code null} where it was not asked from a frame's page
 * @param askedAt when somebody asked for the run, UTC
 */
public record Subject(
        Registration registration,
        List<TenantId> tenants,
        boolean forOperator,
        boolean withColumn,
        @Nullable FrameCookies cookies,
        Instant askedAt) {}
