package dev.laurel.launch.web;

import dev.laurel.launch.Launches;
import dev.laurel.platform.Platforms;
import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.Optional;
import org.springframework.security.core.Authentication;
import org.springframework.security.core.context.SecurityContext;
import org.springframework.security.core.context.SecurityContextHolder;
import org.springframework.security.web.util.matcher.RequestMatcher;
import org.springframework.web.filter.OncePerRequestFilter;

/**
 * Turns the launch number in the session into the authentication of this one request; none any more once the platform
 * or deployment that it came from is switched off.
 */
class SignInFilter extends OncePerRequestFilter {

    private final BrowserSession session;

    private final Launches launches;

    private final Platforms platforms;

    private final RequestMatcher open;

    /** @param open requests that need no session; for them none is looked up */
    SignInFilter(BrowserSession session, Launches launches, Platforms platforms, RequestMatcher open) {
        this.session = session;
        this.launches = launches;
        this.platforms = platforms;
        this.open = open;
    }

    @Override
    protected void doFilterInternal(HttpServletRequest request, HttpServletResponse response, FilterChain chain)
            throws ServletException, IOException {
        authentication(request).ifPresent(authentication -> {
            SecurityContext context = SecurityContextHolder.createEmptyContext();
            context.setAuthentication(authentication);
            SecurityContextHolder.setContext(context);
        });
        chain.doFilter(request, response);
    }

    @Override
    protected boolean shouldNotFilter(HttpServletRequest request) {
        return open.matches(request);
    }

    private Optional<Authentication> authentication(HttpServletRequest request) {
        if (session.isOperator(request)) {
            return Optional.of(new OperatorAuthentication());
        }
        return session.launch(request)
                .flatMap(key -> launches.find(key.tenant(), key.launchId()))
                .filter(launch -> platforms.isOpen(launch.registrationId(), launch.deploymentPk()))
                .map(LaunchAuthentication::new);
    }
}
