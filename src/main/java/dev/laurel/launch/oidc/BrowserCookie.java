package dev.laurel.launch.oidc;

import jakarta.servlet.http.Cookie;
import jakarta.servlet.http.HttpServletRequest;
import java.time.Duration;
import java.util.Optional;
import org.springframework.http.ResponseCookie;

/**
 * Binds a login to the browser that began it. Each login has a cookie of its own, so that two that are under way in one
 * browser do not disturb each other; partitioned, because the frame of another site gets no other cookie back.
 */
final class BrowserCookie {

    private static final String PREFIX = "__Host-lti_";

    private BrowserCookie() {}

    static ResponseCookie set(Secret state, Secret browser) {
        return cookie(state, browser.value(), PendingLogins.LIFE);
    }

    static ResponseCookie clear(Secret state) {
        return cookie(state, "", Duration.ZERO);
    }

    static Optional<Secret> read(Secret state, HttpServletRequest request) {
        Cookie[] cookies = request.getCookies();
        if (cookies == null) {
            return Optional.empty();
        }
        String name = name(state);
        for (Cookie cookie : cookies) {
            if (cookie.getName().equals(name)) {
                return Optional.of(new Secret(cookie.getValue()));
            }
        }
        return Optional.empty();
    }

    private static ResponseCookie cookie(Secret state, String value, Duration life) {
        return ResponseCookie.from(name(state), value)
                .path("/")
                .secure(true)
                .httpOnly(true)
                .sameSite("None")
                .partitioned(true)
                .maxAge(life)
                .build();
    }

    /** The first eight letters of the state tell logins apart; they prove nothing. */
    private static String name(Secret state) {
        return PREFIX + state.value().substring(0, Math.min(8, state.value().length()));
    }
}
