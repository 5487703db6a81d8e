package dev.laurel.launch.browser;

import dev.laurel.launch.web.BrowserSession;
import jakarta.servlet.http.Cookie;
import jakarta.servlet.http.HttpServletRequest;
import java.time.Duration;
import java.util.Arrays;
import java.util.Optional;
import java.util.stream.Stream;
import org.springframework.http.ResponseCookie;

/**
 * Binds a login to the browser that began it. Each login has a cookie of its own, so that two that are under way in one
 * browser do not disturb each other; partitioned, because the frame of another site gets no other cookie back.
 */
public final class BrowserCookie {

    private static final String PREFIX = "__Host-lti_";

    private BrowserCookie() {}

    public static ResponseCookie set(Secret state, Secret browser, Duration life) {
        return cookie(state, browser.value(), life);
    }

    public static ResponseCookie clear(Secret state) {
        return cookie(state, "", Duration.ZERO);
    }

    /** Whether the request comes from the browser that the cookie of this login was given to. */
    public static boolean proves(Secret state, byte[] browserHash, HttpServletRequest request) {
        return cookies(request)
                .filter(cookie -> cookie.getName().equals(PREFIX + tag(state)))
                .map(cookie -> new Secret(cookie.getValue()))
                .findFirst()
                .filter(browser -> browser.matches(browserHash))
                .isPresent();
    }

    /** Whether some cookie of ours came back: then the next one will, too. */
    public static boolean someCameBack(HttpServletRequest request) {
        return cookies(request)
                .map(Cookie::getName)
                .anyMatch(name -> name.startsWith(PREFIX) || name.equals(BrowserSession.COOKIE));
    }

    /** Whether the cookie of the login with this {@linkplain #tag(Secret) tag} came back. */
    public static boolean cameBack(String tag, HttpServletRequest request) {
        return cookies(request).anyMatch(cookie -> cookie.getName().equals(PREFIX + tag));
    }

    /** The first eight letters of the state tell logins apart; they prove nothing. */
    public static String tag(Secret state) {
        return state.value().substring(0, Math.min(8, state.value().length()));
    }

    private static Stream<Cookie> cookies(HttpServletRequest request) {
        return Optional.ofNullable(request.getCookies()).stream().flatMap(Arrays::stream);
    }

    private static ResponseCookie cookie(Secret state, String value, Duration life) {
        return ResponseCookie.from(PREFIX + tag(state), value)
                .path("/")
                .secure(true)
                .httpOnly(true)
                .sameSite("None")
                .partitioned(true)
                .maxAge(life)
                .build();
    }
}
