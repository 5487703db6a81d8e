package dev.laurel.launch.web;

import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.springframework.session.Session;
import org.springframework.session.SessionRepository;
import org.springframework.web.filter.OncePerRequestFilter;

/**
 * The stored sessions, spared most of what Spring Session would do with them. It reads a session again after the answer has
 * gone out, and writes the time of each request; here a request reads its session once, and a time that is less than
 * {@link #TOUCHED_EVERY} old is left as it is.
 */
final class SparingSessions implements SessionRepository<SparingSessions.Sparing> {

    /** Far less than the time after which a session that nobody uses ends. */
    private static final Duration TOUCHED_EVERY = Duration.ofMinutes(1);

    private static final ThreadLocal<Map<String, Sparing>> OF_THIS_REQUEST = new ThreadLocal<>();

    private final SessionRepository<Session> sessions;

    /** @param sessions one that is given back only the sessions that it made or found itself */
    @SuppressWarnings("unchecked")
    SparingSessions(SessionRepository<? extends Session> sessions) {
        this.sessions = (SessionRepository<Session>) sessions;
    }

    /** Remembers sessions from the beginning of a request to its end; goes before Spring Session's own filter. */
    static final class OneRequest extends OncePerRequestFilter {

        @Override
        protected void doFilterInternal(HttpServletRequest request, HttpServletResponse response, FilterChain chain)
                throws ServletException, IOException {
            OF_THIS_REQUEST.set(new HashMap<>());
            try {
                chain.doFilter(request, response);
            } finally {
                OF_THIS_REQUEST.remove();
            }
        }
    }

    @Override
    public Sparing createSession() {
        return new Sparing(sessions.createSession());
    }

    @Override
    public void save(Sparing session) {
        sessions.save(session.stored);
    }

    @Override
    public @Nullable Sparing findById(String id) {
        Map<String, Sparing> known = OF_THIS_REQUEST.get();
        Sparing before = known == null ? null : known.get(id);
        if (before != null) {
            return before;
        }
        Session stored = sessions.findById(id);
        if (stored == null) {
            return null;
        }
        Sparing session = new Sparing(stored);
        if (known != null) {
            known.put(id, session);
        }
        return session;
    }

    @Override
    public void deleteById(String id) {
        Map<String, Sparing> known = OF_THIS_REQUEST.get();
        if (known != null) {
            known.remove(id);
        }
        sessions.deleteById(id);
    }

    /** A session whose time of last use is written now and then. */
    static final class Sparing implements Session {

        private final Session stored;

        private Sparing(Session stored) {
            this.stored = stored;
        }

        @Override
        public void setLastAccessedTime(Instant time) {
            if (!stored.getLastAccessedTime().plus(TOUCHED_EVERY).isAfter(time)) {
                stored.setLastAccessedTime(time);
            }
        }

        @Override
        public String getId() {
            return stored.getId();
        }

        @Override
        public String changeSessionId() {
            return stored.changeSessionId();
        }

        @Override
        public <T> @Nullable T getAttribute(String name) {
            return stored.getAttribute(name);
        }

        @Override
        public Set<String> getAttributeNames() {
            return stored.getAttributeNames();
        }

        @Override
        public void setAttribute(String name, Object value) {
            stored.setAttribute(name, value);
        }

        @Override
        public void removeAttribute(String name) {
            stored.removeAttribute(name);
        }

        @Override
        public Instant getCreationTime() {
            return stored.getCreationTime();
        }

        @Override
        public Instant getLastAccessedTime() {
            return stored.getLastAccessedTime();
        }

        @Override
        public void setMaxInactiveInterval(Duration interval) {
            stored.setMaxInactiveInterval(interval);
        }

        @Override
        public Duration getMaxInactiveInterval() {
            return stored.getMaxInactiveInterval();
        }

        @Override
        public boolean isExpired() {
            return stored.isExpired();
        }
    }
}
