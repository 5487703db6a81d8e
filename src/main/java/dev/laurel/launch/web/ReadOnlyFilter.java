package dev.laurel.launch.web;

import dev.laurel.launch.session.Acting;
import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.Locale;
import java.util.Set;
import org.springframework.security.core.context.SecurityContextHolder;
import org.springframework.web.filter.OncePerRequestFilter;

/** Lets a launch that may only look send nothing but requests that read, whatever the page behind them. */
class ReadOnlyFilter extends OncePerRequestFilter {

    private static final Set<String> READING = Set.of("GET", "HEAD", "OPTIONS", "TRACE");

    @Override
    protected void doFilterInternal(HttpServletRequest request, HttpServletResponse response, FilterChain chain)
            throws ServletException, IOException {
        if (!READING.contains(request.getMethod())
                && SecurityContextHolder.getContext().getAuthentication() instanceof LaunchAuthentication launch) {
            Acting.ReadOnly readOnly = launch.getPrincipal().acting().readOnly();
            if (readOnly != null) {
                ErrorPages.refuse(request, response, readOnly.name().toLowerCase(Locale.ROOT));
                return;
            }
        }
        chain.doFilter(request, response);
    }
}
