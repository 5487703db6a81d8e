package dev.laurel.launch.web;

import dev.laurel.platform.tenant.TenantId;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpSession;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/**
 * What the session holds: the number of one launch, or that an operator is signed in; never both, and nothing else. A
 * browser has one session, so its newest launch is the one that all its tabs act as.
 */
@Component
public class BrowserSession {

    /** The name of the cookie that carries the session's id. */
    public static final String COOKIE = "__Host-laurel";

    private static final String LAUNCH = "launch";

    private static final String OPERATOR = "operator";

    /** However busy a session is, it ends. */
    private static final Duration LONGEST = Duration.ofHours(4);

    private final Clock clock;

    BrowserSession(Clock clock) {
        this.clock = clock;
    }

    /** The launch that a session stands for. */
    record LaunchKey(TenantId tenant, long launchId) {

        static LaunchKey parse(String text) {
            String[] parts = text.split(":", 2);
            return new LaunchKey(new TenantId(Long.parseLong(parts[0])), Long.parseLong(parts[1]));
        }

        @Override
        public String toString() {
            return tenant + ":" + launchId;
        }
    }

    /** Begins a new session for a launch. Whatever session the browser had ends: nobody can plant one beforehand. */
    public void startFor(HttpServletRequest request, TenantId tenant, long launchId) {
        fresh(request).setAttribute(LAUNCH, new LaunchKey(tenant, launchId).toString());
    }

    /** Begins a new session for an operator. */
    public void startForOperator(HttpServletRequest request) {
        fresh(request).setAttribute(OPERATOR, true);
    }

    /** Ends the session of the browser, where it has one. */
    public void end(HttpServletRequest request) {
        HttpSession session = request.getSession(false);
        if (session != null) {
            session.invalidate();
        }
    }

    /** Whether the browser has a session of a launch. */
    public boolean isLaunched(HttpServletRequest request) {
        return launch(request).isPresent();
    }

    Optional<LaunchKey> launch(HttpServletRequest request) {
        HttpSession session = current(request);
        return session != null && session.getAttribute(LAUNCH) instanceof String text
                ? Optional.of(LaunchKey.parse(text))
                : Optional.empty();
    }

    boolean isOperator(HttpServletRequest request) {
        HttpSession session = current(request);
        return session != null && Boolean.TRUE.equals(session.getAttribute(OPERATOR));
    }

    private @Nullable HttpSession current(HttpServletRequest request) {
        HttpSession session = request.getSession(false);
        if (session == null) {
            return null;
        }
        if (Instant.ofEpochMilli(session.getCreationTime()).plus(LONGEST).isBefore(clock.instant())) {
            session.invalidate();
            return null;
        }
        return session;
    }

    private HttpSession fresh(HttpServletRequest request) {
        end(request);
        return request.getSession(true);
    }
}
