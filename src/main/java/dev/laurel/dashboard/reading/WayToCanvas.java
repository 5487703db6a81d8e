package dev.laurel.dashboard.reading;

import dev.laurel.dashboard.Allowed;
import dev.laurel.gradebook.canvas.CanvasAuthorization;
import dev.laurel.platform.tenant.PublicUrl;
import jakarta.servlet.http.Cookie;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.time.Duration;
import java.util.Arrays;
import java.util.Optional;
import java.util.stream.Stream;
import org.springframework.http.CacheControl;
import org.springframework.http.HttpHeaders;
import org.springframework.http.ResponseCookie;
import org.springframework.stereotype.Component;
import org.springframework.web.servlet.ModelAndView;

/**
 * The way of a browser's window to Canvas and back. Canvas's page fills a window of its own, which has no session of ours:
 * a cookie that only this window gets shows that the same browser returns.
 */
@Component
class WayToCanvas {

    private static final String COOKIE = "__Host-laurel-reading";

    private static final Duration LIFE = Duration.ofMinutes(10);

    private final CanvasAuthorization authorization;

    private final PublicUrl publicUrl;

    WayToCanvas(CanvasAuthorization authorization, PublicUrl publicUrl) {
        this.authorization = authorization;
        this.publicUrl = publicUrl;
    }

    /** A page that goes on to Canvas; empty where there is no key that allows anything. */
    Optional<ModelAndView> leave(
            HttpServletRequest request, HttpServletResponse response, CanvasAuthorization.Traveller traveller) {
        // Nobody sends another's browser on this way with a button of their own.
        if (!publicUrl.origin().equalsIgnoreCase(request.getHeader(HttpHeaders.ORIGIN))) {
            throw Allowed.notFound();
        }
        return authorization.depart(traveller).map(departure -> {
            response.addHeader(HttpHeaders.SET_COOKIE, cookie(departure.browser(), LIFE));
            notKept(response);
            // No redirect: browsers let the form of a page lead only where its policy says.
            response.setHeader("Refresh", "0; url=" + departure.to());
            return new ModelAndView("dashboard/reading-leave").addObject("to", departure.to());
        });
    }

    /** What the browser was given when it left; it is taken from it. */
    Optional<String> back(HttpServletRequest request, HttpServletResponse response) {
        response.addHeader(HttpHeaders.SET_COOKIE, cookie("", Duration.ZERO));
        notKept(response);
        return Optional.ofNullable(request.getCookies())
                .map(Arrays::stream)
                .orElseGet(Stream::empty)
                .filter(cookie -> cookie.getName().equals(COOKIE))
                .map(Cookie::getValue)
                .findFirst();
    }

    private static void notKept(HttpServletResponse response) {
        response.setHeader(HttpHeaders.CACHE_CONTROL, CacheControl.noStore().getHeaderValue());
        response.setHeader("Referrer-Policy", "no-referrer");
    }

    /** Lax, so that it comes along when Canvas's page leads back. */
    private static String cookie(String value, Duration life) {
        return ResponseCookie.from(COOKIE, value)
                .path("/")
                .secure(true)
                .httpOnly(true)
                .sameSite("Lax")
                .maxAge(life)
                .build()
                .toString();
    }
}
