package dev.laurel.launch.limits;

import jakarta.servlet.http.HttpServletRequest;
import org.springframework.security.web.util.matcher.AnyRequestMatcher;
import org.springframework.security.web.util.matcher.RequestMatcher;

/** Turns away an address that asks more than its share, before anything is looked up. */
public final class FloodFilter extends TurnAwayFilter {

    private final ClientLimit limit;

    private final RequestMatcher counted;

    /** For every request of its chain. */
    public FloodFilter(ClientLimit limit) {
        this(limit, AnyRequestMatcher.INSTANCE);
    }

    /** @param counted the only ones that it counts */
    public FloodFilter(ClientLimit limit, RequestMatcher counted) {
        this.limit = limit;
        this.counted = counted;
    }

    @Override
    protected boolean shouldNotFilter(HttpServletRequest request) {
        return !counted.matches(request);
    }

    /** One chain may have several. */
    @Override
    protected String getAlreadyFilteredAttributeName() {
        return FloodFilter.class.getName() + counted;
    }

    @Override
    boolean allows(HttpServletRequest request) {
        return limit.allows(request.getRemoteAddr());
    }
}
