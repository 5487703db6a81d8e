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
 * What the session holds: the number of one launch, or of the address that a link was mailed to, or that an operator is
 * signed in; one of the three, and nothing else. A browser has one session, so its newest launch is the one that all its tabs
 * act as.
 */
@Component
public class BrowserSession {

    /** The name of the cookie that carries the session's id. */
    public static final String COOKIE = "__Host-laurel";

    private static final String LAUNCH = "launch";

    private static final String OPERATOR = "operator";

    private static final String MAILED = "mailed";

    /** Request attribute: whose badges were open until now, for the way back to them. */
    private static final String OVER = BrowserSession.class.getName() + ".over";

    /** However busy a session is, it ends. */
    private static final Duration LONGEST = Duration.ofHours(4);

    /** Mail can be read in places that somebody leaves behind, and another link is a minute away. */
    static final Duration LONGEST_BY_MAIL = Duration.ofHours(1);

    private final Clock clock;

    BrowserSession(Clock clock) {
        this.clock = clock;
    }

    /** What a session stands for: the number of a launch, or of the address that a link was mailed to. */
    record Key(TenantId tenant, long id) {

        static Key parse(String text) {
            String[] parts = text.split(":", 2);
            return new Key(new TenantId(Long.parseLong(parts[0])), Long.parseLong(parts[1]));
        }

        @Override
        public String toString() {
            return tenant + ":" + id;
        }
    }

    /** Begins a new session for a launch. Whatever session the browser had ends: nobody can plant one beforehand. */
    public void startFor(HttpServletRequest request, TenantId tenant, long launchId) {
        fresh(request).setAttribute(LAUNCH, new Key(tenant, launchId).toString());
    }

    /** Begins a new session for whoever opened a link that was mailed to this address. */
    void startByMail(HttpServletRequest request, TenantId tenant, long addressId) {
        fresh(request).setAttribute(MAILED, new Key(tenant, addressId).toString());
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

    Optional<Key> launch(HttpServletRequest request) {
        HttpSession session = current(request);
        return session != null && session.getAttribute(LAUNCH) instanceof String text
                ? Optional.of(Key.parse(text))
                : Optional.empty();
    }

    Optional<Key> mailed(HttpServletRequest request) {
        HttpSession session = current(request);
        return session != null && session.getAttribute(MAILED) instanceof String text
                ? Optional.of(Key.parse(text))
                : Optional.empty();
    }

    /** What the session by mail stood for that is over since this request. */
    Optional<Key> mailedBefore(HttpServletRequest request) {
        return request.getAttribute(OVER) instanceof Key key ? Optional.of(key) : Optional.empty();
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
        Object mailed = session.getAttribute(MAILED);
        Duration longest = mailed == null ? LONGEST : LONGEST_BY_MAIL;
        if (Instant.ofEpochMilli(session.getCreationTime()).plus(longest).isBefore(clock.instant())) {
            session.invalidate();
            if (mailed instanceof String text) {
                request.setAttribute(OVER, Key.parse(text));
            }
            return null;
        }
        return session;
    }

    private HttpSession fresh(HttpServletRequest request) {
        end(request);
        return request.getSession(true);
    }
}
