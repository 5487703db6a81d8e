package dev.laurel.launch.limits;

import jakarta.servlet.http.HttpServletRequest;
import org.jspecify.annotations.Nullable;

/** Turns away an address that asks more than its share, before anything is looked up. */
public final class FloodFilter extends TurnAwayFilter {

    private final ClientLimit limit;

    private final @Nullable String path;

    /** For every request of its chain. */
    public FloodFilter(ClientLimit limit) {
        this(limit, null);
    }

    /** @param path the only one that it counts; {@code null}: every one */
    public FloodFilter(ClientLimit limit, @Nullable String path) {
        this.limit = limit;
        this.path = path;
    }

    @Override
    protected boolean shouldNotFilter(HttpServletRequest request) {
        return path != null && !path.equals(request.getServletPath());
    }

    /** One chain may have several. */
    @Override
    protected String getAlreadyFilteredAttributeName() {
        return FloodFilter.class.getName() + path;
    }

    @Override
    boolean allows(HttpServletRequest request) {
        return limit.allows(request.getRemoteAddr());
    }
}
