package dev.laurel.dashboard.selftest;

import dev.laurel.platform.selftest.FrameCookies;
import jakarta.servlet.http.Cookie;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.time.Duration;
import java.util.Arrays;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpHeaders;
import org.springframework.http.ResponseCookie;

/**
 * Two cookies that the page of the self-test sets and its form should bring back: one that is kept per site (CHIPS), and
 * one that a browser drops which blocks cookies of other sites. They mean nothing but that.
 */
final class TryCookies {

    static final String PARTITIONED = "__Host-laurel-try";

    static final String PLAIN = "__Host-laurel-try-plain";

    private static final Duration LIFE = Duration.ofHours(1);

    private static final Set<String> FRAMES = Set.of("iframe", "frame");

    private TryCookies() {}

    static void set(HttpServletResponse response) {
        response.addHeader(HttpHeaders.SET_COOKIE, cookie(PARTITIONED, true).toString());
        response.addHeader(HttpHeaders.SET_COOKIE, cookie(PLAIN, false).toString());
    }

    /**
     * What came back; {@code null} from a browser that does not say whether it asks from a frame.
     *
     * @see <a href="https://www.w3.org/TR/fetch-metadata/#sec-fetch-dest-header">Fetch Metadata, Sec-Fetch-Dest</a>
     */
    static @Nullable FrameCookies back(HttpServletRequest request) {
        String destination = request.getHeader("Sec-Fetch-Dest");
        if (destination == null) {
            return null;
        }
        if (!FRAMES.contains(destination)) {
            return FrameCookies.UNFRAMED;
        }
        if (!came(request, PARTITIONED)) {
            return FrameCookies.NONE;
        }
        return came(request, PLAIN) ? FrameCookies.BOTH : FrameCookies.PARTITIONED;
    }

    private static boolean came(HttpServletRequest request, String name) {
        Cookie[] cookies = request.getCookies();
        return cookies != null
                && Arrays.stream(cookies).anyMatch(cookie -> cookie.getName().equals(name));
    }

    private static ResponseCookie cookie(String name, boolean partitioned) {
        return ResponseCookie.from(name, "1")
                .path("/")
                .secure(true)
                .httpOnly(true)
                .sameSite("None")
                .partitioned(partitioned)
                .maxAge(LIFE)
                .build();
    }
}
