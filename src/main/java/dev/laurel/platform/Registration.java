package dev.laurel.platform;

import java.net.URI;
import org.jspecify.annotations.Nullable;

/**
 * A platform that may launch us: issuer and client_id with its endpoints.
 *
 * @param tokenAudience {@code aud} of the client assertion where it is not the token endpoint
 * @param frameOrigin the origin that may frame our pages
 * @param tellsAssistants false where roles do not tell teaching assistants apart (Moodle)
 * @param pollSeconds shortest time between two looks at a gradebook; {@code null}: the default
 * @param fromFile it came from the registrations file and cannot be edited elsewhere
 */
public record Registration(
        long id,
        String issuer,
        String clientId,
        String name,
        URI authUri,
        URI tokenUri,
        @Nullable String tokenAudience,
        URI jwksUri,
        String frameOrigin,
        boolean tellsAssistants,
        @Nullable Integer pollSeconds,
        boolean fromFile,
        boolean active) {}
