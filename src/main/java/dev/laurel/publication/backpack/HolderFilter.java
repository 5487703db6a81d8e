package dev.laurel.publication.backpack;

import dev.laurel.launch.session.Sessions;
import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.List;
import org.springframework.security.authentication.UsernamePasswordAuthenticationToken;
import org.springframework.security.core.context.SecurityContext;
import org.springframework.security.core.context.SecurityContextHolder;
import org.springframework.web.filter.OncePerRequestFilter;

/**
 * The learner of the launch that this browser has a session of, as the authorization server knows her: by a number. Nobody but
 * herself lets others have her badges.
 */
final class HolderFilter extends OncePerRequestFilter {

    private final Sessions sessions;

    HolderFilter(Sessions sessions) {
        this.sessions = sessions;
    }

    @Override
    protected void doFilterInternal(HttpServletRequest request, HttpServletResponse response, FilterChain chain)
            throws ServletException, IOException {
        sessions.signedIn(request)
                .filter(me -> me.isLearner() && me.isHerself())
                .ifPresent(me -> {
                    SecurityContext context = SecurityContextHolder.createEmptyContext();
                    context.setAuthentication(UsernamePasswordAuthenticationToken.authenticated(
                            BackpackHolder.of(me).name(), null, List.of()));
                    SecurityContextHolder.setContext(context);
                });
        chain.doFilter(request, response);
    }

    @Override
    protected boolean shouldNotFilter(HttpServletRequest request) {
        return !BackpackSecurity.AUTHORIZE.equals(request.getServletPath());
    }
}
