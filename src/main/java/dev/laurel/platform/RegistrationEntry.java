package dev.laurel.platform;

import dev.laurel.platform.tool.LtiMessage;
import java.net.URI;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * What an operator says about a platform: one entry of the registrations file, or a form.
 *
 * @param tokenAudience {@code aud} of the client assertion where it is not the token endpoint
 * @param frameOrigin the origins that may frame our pages, separated by blanks; {@code null}: the authorization endpoint's
 * @param tellsAssistants false where roles do not tell teaching assistants apart; {@code null}: true
 * @param pollSeconds shortest time between two looks at a gradebook
 * @param messages the optional messages that it may send; {@code null}: {@link #USUAL_MESSAGES}
 * @param testCopy a copy of an LMS, in which nothing is real; {@code null}: not said here
 */
public record RegistrationEntry(
        String name,
        String issuer,
        String clientId,
        URI authorizationEndpoint,
        URI tokenEndpoint,
        @Nullable String tokenAudience,
        URI jwksUri,
        @Nullable String frameOrigin,
        @Nullable Boolean tellsAssistants,
        @Nullable Integer pollSeconds,
        List<DeploymentEntry> deployments,
        @Nullable Set<LtiMessage> messages,
        @Nullable Boolean testCopy) {

    /** Moodle sends it for every column without asking; the others are for platforms that were set up for them. */
    static final Set<LtiMessage> USUAL_MESSAGES = Set.of(LtiMessage.SUBMISSION_REVIEW);

    /** A platform of which nobody says that it is a test copy. */
    public RegistrationEntry(
            String name,
            String issuer,
            String clientId,
            URI authorizationEndpoint,
            URI tokenEndpoint,
            @Nullable String tokenAudience,
            URI jwksUri,
            @Nullable String frameOrigin,
            @Nullable Boolean tellsAssistants,
            @Nullable Integer pollSeconds,
            List<DeploymentEntry> deployments,
            @Nullable Set<LtiMessage> messages) {
        this(
                name,
                issuer,
                clientId,
                authorizationEndpoint,
                tokenEndpoint,
                tokenAudience,
                jwksUri,
                frameOrigin,
                tellsAssistants,
                pollSeconds,
                deployments,
                messages,
                null);
    }

    /** … that sends the usual messages. */
    public RegistrationEntry(
            String name,
            String issuer,
            String clientId,
            URI authorizationEndpoint,
            URI tokenEndpoint,
            @Nullable String tokenAudience,
            URI jwksUri,
            @Nullable String frameOrigin,
            @Nullable Boolean tellsAssistants,
            @Nullable Integer pollSeconds,
            List<DeploymentEntry> deployments) {
        this(
                name,
                issuer,
                clientId,
                authorizationEndpoint,
                tokenEndpoint,
                tokenAudience,
                jwksUri,
                frameOrigin,
                tellsAssistants,
                pollSeconds,
                deployments,
                null);
    }

    /** A deployment and the institution that it belongs to, by name. */
    public record DeploymentEntry(String id, String tenant) {}

    /** The origins of {@link #frameOrigin}, or the one where its users sign in. */
    String frameOrigins() {
        return frameOrigin == null
                ? authorizationEndpoint.getScheme() + "://" + authorizationEndpoint.getRawAuthority()
                : frameOrigin.strip();
    }
}
