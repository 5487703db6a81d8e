package dev.laurel.launch;

import dev.laurel.launch.session.Role;
import dev.laurel.platform.road.Reference;
import dev.laurel.platform.tenant.TenantId;
import java.net.URI;
import java.time.Instant;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * One validated LTI message: everything an id_token said that Laurel uses, immutable.
 *
 * @see <a href="https://www.imsglobal.org/spec/lti/v1p3/#required-message-claims">LTI 1.3, message claims</a>
 */
public record Launch(
        Reference reference,
        TenantId tenant,
        long registrationId,
        long deploymentPk,
        String messageType,
        User user,
        Set<Role> roles,
        @Nullable Course context,
        @Nullable Link resourceLink,
        @Nullable AgsEndpoint ags,
        @Nullable URI membershipsUrl,
        URI targetLinkUri,
        @Nullable String returnUrl,
        Map<String, String> custom,
        Instant at) {

    /** The person, as the platform names them. Only {@code sub} is identity. */
    public record User(
            String sub,
            @Nullable String name,
            @Nullable String givenName,
            @Nullable String familyName,
            @Nullable String email,
            @Nullable String locale) {}

    /** The {@code context} claim. */
    public record Course(
            String id,
            @Nullable String title,
            @Nullable String label,
            @Nullable String timeZone) {}

    /** The {@code resource_link} claim. */
    public record Link(String id, @Nullable String title) {}

    /** The AGS {@code endpoint} claim. */
    public record AgsEndpoint(
            @Nullable URI lineitems, @Nullable URI lineitem, Set<String> scopes) {}
}
