package dev.laurel.launch.web;

import dev.laurel.platform.Platforms;
import dev.laurel.platform.Registration;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.util.stream.Collectors;
import org.springframework.security.core.Authentication;
import org.springframework.security.core.context.SecurityContextHolder;
import org.springframework.security.web.header.HeaderWriter;
import org.springframework.security.web.util.matcher.RequestMatcher;

/**
 * Everything from ourselves, nothing inline, and frames only where they belong: a page behind a launch in the platform
 * that launched it, a page before there is a session in any active platform, everything else nowhere.
 */
class ContentSecurityPolicy implements HeaderWriter {

    private static final String HEADER = "Content-Security-Policy";

    private static final String POLICY =
            "default-src 'self'; img-src 'self' data:; object-src 'none'; base-uri 'none'; frame-ancestors ";

    private final Platforms platforms;

    private final RequestMatcher unframed;

    ContentSecurityPolicy(Platforms platforms, RequestMatcher unframed) {
        this.platforms = platforms;
        this.unframed = unframed;
    }

    @Override
    public void writeHeaders(HttpServletRequest request, HttpServletResponse response) {
        if (!response.containsHeader(HEADER)) {
            response.setHeader(HEADER, POLICY + frameAncestors(request));
        }
    }

    private String frameAncestors(HttpServletRequest request) {
        Authentication authentication = SecurityContextHolder.getContext().getAuthentication();
        if (authentication instanceof LaunchAuthentication launch) {
            return platforms
                    .registration(launch.registrationId())
                    .map(Registration::frameOrigin)
                    .orElse("'none'");
        }
        if (authentication instanceof OperatorAuthentication || unframed.matches(request)) {
            return "'none'";
        }
        String origins = platforms.registrations().stream()
                .filter(Registration::active)
                .map(Registration::frameOrigin)
                .distinct()
                .collect(Collectors.joining(" "));
        return origins.isEmpty() ? "'none'" : origins;
    }
}
