package dev.laurel.launch;

import dev.laurel.launch.session.Acting;
import dev.laurel.launch.session.Role;
import dev.laurel.platform.road.Reference;
import dev.laurel.platform.tenant.TenantId;
import dev.laurel.platform.tool.ProductFamily;
import java.net.URI;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * One validated LTI message: everything an id_token said that Laurel uses, immutable.
 *
 * @param targetLinkUri {@code null} only in a deep linking request that names none
 * @param deepLinking {@code null} in every other message
 * @param platformFamily the product as {@code tool_platform} names it, such as {@code canvas} or {@code moodle}
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
        @Nullable NoticeService notices,
        @Nullable URI targetLinkUri,
        @Nullable String returnUrl,
        Map<String, String> custom,
        About about,
        @Nullable DeepLinkingRequest deepLinking,
        @Nullable String platformFamily,
        Instant at,
        Acting acting) {

    /** A launch of somebody who acts for herself, in no test copy. */
    public Launch(
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
            @Nullable NoticeService notices,
            @Nullable URI targetLinkUri,
            @Nullable String returnUrl,
            Map<String, String> custom,
            About about,
            @Nullable DeepLinkingRequest deepLinking,
            @Nullable String platformFamily,
            Instant at) {
        this(
                reference,
                tenant,
                registrationId,
                deploymentPk,
                messageType,
                user,
                roles,
                context,
                resourceLink,
                ags,
                membershipsUrl,
                notices,
                targetLinkUri,
                returnUrl,
                custom,
                about,
                deepLinking,
                platformFamily,
                at,
                Acting.ONESELF);
    }

    /**
     * Whether no link stands behind this message, so that all of its custom parameters are those of the registration. What
     * a link has of its own its teacher may have typed, and in Canvas it takes the place of the registration's.
     *
     * @see <a href="https://developerdocs.instructure.com/services/canvas/external-tools/lti/file.resource_link_request">Canvas:
     *     an entry in a menu bears the id of its course</a>
     */
    public boolean isOfNoLink() {
        return resourceLink == null
                || (family() == ProductFamily.CANVAS
                        && (context == null || resourceLink.id().equals(context.id())));
    }

    public ProductFamily family() {
        return ProductFamily.of(platformFamily);
    }

    /** Our custom parameter in the links that deep linking makes: the public id of the badge that a link is for. */
    public static final String BADGE_ID = "badge_id";

    /** The custom parameter that holds {@code $Context.id.history}; empty where the course is no copy. */
    public static final String CONTEXT_HISTORY = "context_history";

    /**
     * The person, as the platform names them. Only {@code sub} is identity.
     *
     * @param sisId {@code person_sourcedid} of the {@code lis} claim
     */
    public record User(
            String sub,
            @Nullable String name,
            @Nullable String givenName,
            @Nullable String familyName,
            @Nullable String email,
            @Nullable String sisId,
            @Nullable String locale) {}

    /** The {@code context} claim. */
    public record Course(
            String id,
            @Nullable String title,
            @Nullable String label,
            @Nullable String timeZone) {}

    /** The {@code resource_link} claim. */
    public record Link(String id, @Nullable String title) {}

    /**
     * Whom a launch is about besides whoever launched, as the platform names them.
     *
     * @param forUser the person of a submission review, data privacy or student context card launch
     * @param observed {@code role_scope_mentor}: whose progress an observer follows
     */
    public record About(@Nullable String forUser, List<String> observed) {

        public static final About NOBODY = new About(null, List.of());
    }

    /**
     * The {@code platformnotificationservice} claim of a platform that lets Laurel use it.
     *
     * @param types notices that it can send
     * @see <a href="https://www.imsglobal.org/spec/lti-pns/v1p0">LTI Platform Notification Service 1.0</a>
     */
    public record NoticeService(URI url, Set<String> types) {

        /** The path at which Laurel takes notices. */
        public static final String HANDLER_PATH = "/lti/notices";

        public static final String CONTEXT_COPY = "LtiContextCopyNotice";
    }

    /** The AGS {@code endpoint} claim. */
    public record AgsEndpoint(
            @Nullable URI lineitems, @Nullable URI lineitem, Set<String> scopes) {}
}
