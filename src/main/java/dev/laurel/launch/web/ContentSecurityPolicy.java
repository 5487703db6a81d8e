package dev.laurel.launch.web;

import dev.laurel.platform.FrameAncestors;
import dev.laurel.platform.Platforms;
import dev.laurel.platform.Registration;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.util.Optional;
import java.util.stream.Collectors;
import org.springframework.security.core.Authentication;
import org.springframework.security.core.context.SecurityContextHolder;
import org.springframework.security.web.header.HeaderWriter;
import org.springframework.security.web.util.matcher.RequestMatcher;

/**
 * Everything from ourselves, nothing inline, and frames only where they belong: a page behind a launch in the platform
 * that launched it, a page before there is a session in any active platform, everything else nowhere. Forms of pages with
 * a session are sent to ourselves, or to the one other origin that the page was made for.
 */
public class ContentSecurityPolicy implements HeaderWriter {

    private static final String HEADER = "Content-Security-Policy";

    private static final String POLICY =
            "default-src 'self'; img-src 'self' data:; object-src 'none'; base-uri 'none'; ";

    /**
     * Hundreds of platforms do not fit into a header. A page before there is a session knows nobody and does nothing, so it
     * may then be shown by any site.
     */
    private static final int LONGEST_LIST = 2_000;

    private static final String FORM_ACTION = ContentSecurityPolicy.class.getName() + ".form-action";

    private static final String FRAME = ContentSecurityPolicy.class.getName() + ".frame";

    private final Platforms platforms;

    private final RequestMatcher unframed;

    ContentSecurityPolicy(Platforms platforms, RequestMatcher unframed) {
        this.platforms = platforms;
        this.unframed = unframed;
    }

    /** The page of this request sends its form to this origin, and nowhere else. */
    public static void letFormsGoTo(HttpServletRequest request, String origin) {
        request.setAttribute(FORM_ACTION, origin);
    }

    /** The page of this request, before there is a session, is for the frame of this origin only. */
    public static void letFrame(HttpServletRequest request, String origin) {
        request.setAttribute(FRAME, origin);
    }

    @Override
    public void writeHeaders(HttpServletRequest request, HttpServletResponse response) {
        if (!response.containsHeader(HEADER)) {
            response.setHeader(HEADER, POLICY + formAction(request) + "frame-ancestors " + frameAncestors(request));
        }
    }

    private static String formAction(HttpServletRequest request) {
        Object other = request.getAttribute(FORM_ACTION);
        if (other != null) {
            return "form-action " + other + "; ";
        }
        Authentication authentication = SecurityContextHolder.getContext().getAuthentication();
        return authentication instanceof LaunchAuthentication
                        || authentication instanceof MailedAuthentication
                        || authentication instanceof OperatorAuthentication
                ? "form-action 'self'; "
                : "";
    }

    private String frameAncestors(HttpServletRequest request) {
        if (request.getAttribute(FRAME) instanceof String origin) {
            return origin;
        }
        Optional<String> said = FrameAncestors.of(request);
        if (said.isPresent()) {
            return said.get();
        }
        Authentication authentication = SecurityContextHolder.getContext().getAuthentication();
        if (authentication instanceof OperatorAuthentication
                || authentication instanceof MailedAuthentication
                || unframed.matches(request)) {
            return "'none'";
        }
        if (authentication instanceof LaunchAuthentication launch) {
            return platforms
                    .registration(launch.registrationId())
                    .map(Registration::frameOrigin)
                    .orElse("'none'");
        }
        String origins = platforms.registrations().stream()
                .filter(Registration::active)
                .map(Registration::frameOrigin)
                .distinct()
                .collect(Collectors.joining(" "));
        if (origins.length() > LONGEST_LIST) {
            return "https:";
        }
        return origins.isEmpty() ? "'none'" : origins;
    }
}
