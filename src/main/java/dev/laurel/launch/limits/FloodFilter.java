package dev.laurel.launch.limits;

import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpStatus;
import org.springframework.web.filter.OncePerRequestFilter;

/** Turns away an address that asks more than its share, before anything is looked up. */
public final class FloodFilter extends OncePerRequestFilter {

    private static final String SECONDS = "60";

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
    protected void doFilterInternal(HttpServletRequest request, HttpServletResponse response, FilterChain chain)
            throws ServletException, IOException {
        if (limit.allows(request.getRemoteAddr())) {
            chain.doFilter(request, response);
        } else {
            response.setHeader(HttpHeaders.RETRY_AFTER, SECONDS);
            response.sendError(HttpStatus.TOO_MANY_REQUESTS.value());
        }
    }
}
