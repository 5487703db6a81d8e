package dev.laurel.platform;

import dev.laurel.platform.tool.LtiMessage;
import java.net.URI;
import java.net.URISyntaxException;
import java.util.Locale;
import java.util.Objects;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * A platform that may launch us: issuer and client_id with its endpoints.
 *
 * @param tokenAudience {@code aud} of the client assertion where it is not the token endpoint
 * @param frameOrigin the origin that may frame our pages
 * @param tellsAssistants false where roles do not tell teaching assistants apart (Moodle)
 * @param pollSeconds shortest time between two looks at a gradebook; {@code null}: the default
 * @param messages those of the optional messages that it may send
 * @param markedTestCopy an operator or the file says that nothing there is real; see {@link #isTestCopy}
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
        Set<LtiMessage> messages,
        boolean markedTestCopy,
        boolean fromFile,
        boolean active) {

    /** Copies of every hosted Canvas, made anew from production each week or month. */
    private static final Set<String> TEST_ISSUERS =
            Set.of("https://canvas.beta.instructure.com", "https://canvas.test.instructure.com");

    /** Issuers that every customer of a vendor has in common. */
    private static final Pattern VENDORS = Pattern.compile(
            "(.+\\.)?(instructure\\.com|canvaslms\\.com|blackboard\\.com|schoology\\.com|brightspace\\.com|d2l\\.com)");

    /** Whether this platform may send this message. */
    public boolean sends(LtiMessage message) {
        return !message.isOptional() || messages.contains(message);
    }

    /** Whether an address is this platform's: at its issuer or authorization endpoint, or where its pages are. */
    public boolean owns(URI address) {
        String origin = origin(address);
        return origin.equals(origin(authUri))
                || (issuer + "/").toLowerCase(Locale.ROOT).startsWith(origin + "/")
                || Stream.of(frameOrigin.split(" "))
                        .map(pattern -> pattern.toLowerCase(Locale.ROOT))
                        .anyMatch(pattern -> matches(pattern, origin));
    }

    /** {@code https://*.example.edu} stands for any host below, as it does in a content security policy. */
    private static boolean matches(String pattern, String origin) {
        int star = pattern.indexOf("*.");
        return star < 0
                ? pattern.equals(origin)
                : origin.matches(Pattern.quote(pattern.substring(0, star))
                        + "[a-z0-9.-]+"
                        + Pattern.quote(pattern.substring(star + 1)));
    }

    private static String origin(URI address) {
        return (address.getScheme() + "://" + address.getRawAuthority()).toLowerCase(Locale.ROOT);
    }

    /**
     * Whether other institutions may launch under the same issuer, or even the same client id. False only where the
     * issuer is plainly a server of one institution: there every deployment is of that institution.
     */
    public boolean isShared() {
        try {
            URI server = new URI(issuer);
            String host = server.getHost();
            return host == null
                    || VENDORS.matcher(host.toLowerCase(Locale.ROOT)).matches()
                    || !Objects.equals(server.getRawAuthority(), authUri.getRawAuthority());
        } catch (URISyntaxException e) {
            return true;
        }
    }

    /** Whether this platform is a copy to try things on. */
    public boolean isTestCopy() {
        return markedTestCopy || TEST_ISSUERS.contains(issuer);
    }
}
