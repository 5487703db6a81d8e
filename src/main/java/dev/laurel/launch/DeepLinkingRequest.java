package dev.laurel.launch;

import java.net.URI;
import org.jspecify.annotations.Nullable;

/**
 * What a platform asks for in a deep linking request.
 *
 * @param returnUrl where the answer is posted by the browser; on the platform's own origin
 * @param acceptsLinks whether resource links of a tool are wanted at all
 * @param acceptsMultiple whether more than one may come back
 * @param acceptsLineItems whether a link may bring a column of the gradebook along
 * @param title what the platform would call the link
 * @param data JSON of the {@code data} claim, which goes back unchanged
 * @see <a href="https://www.imsglobal.org/spec/lti-dl/v2p0#deep-linking-settings">LTI Deep Linking 2.0, settings</a>
 */
public record DeepLinkingRequest(
        URI returnUrl,
        boolean acceptsLinks,
        boolean acceptsMultiple,
        boolean acceptsLineItems,
        @Nullable String title,
        @Nullable String data) {}
