package dev.laurel.launch.web;

import dev.laurel.launch.session.SignedIn;
import dev.laurel.launch.session.UploadWatch;
import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.List;
import org.springframework.security.core.Authentication;
import org.springframework.security.core.context.SecurityContextHolder;
import org.springframework.security.web.servlet.util.matcher.PathPatternRequestMatcher;
import org.springframework.security.web.util.matcher.RequestMatcher;
import org.springframework.web.filter.OncePerRequestFilter;
import org.springframework.web.multipart.MultipartResolver;
import org.springframework.web.multipart.support.StandardServletMultipartResolver;

/**
 * Whoever is nobody, or has no part in what a page is for, uploads nothing. It is said before the token of the form is looked
 * for, which would have all of the upload written to the disk first. Pages go on asking for more than this.
 */
class UploadGate extends OncePerRequestFilter {

    private static final MultipartResolver FORMS = new StandardServletMultipartResolver();

    private static final RequestMatcher OF_THE_INSTITUTION =
            PathPatternRequestMatcher.withDefaults().matcher("/institution/**");

    private static final RequestMatcher OF_ONESELF =
            PathPatternRequestMatcher.withDefaults().matcher("/my/**");

    private final RequestMatcher open;

    private final List<UploadWatch> watches;

    /** @param open requests that need no session */
    UploadGate(RequestMatcher open, List<UploadWatch> watches) {
        this.open = open;
        this.watches = watches;
    }

    @Override
    protected void doFilterInternal(HttpServletRequest request, HttpServletResponse response, FilterChain chain)
            throws ServletException, IOException {
        Authentication who = SecurityContextHolder.getContext().getAuthentication();
        if (!FORMS.isMultipart(request)) {
            chain.doFilter(request, response);
        } else if (who == null) {
            response.sendError(HttpServletResponse.SC_UNAUTHORIZED);
        } else if (who instanceof LaunchAuthentication launch && hasPartIn(request, launch.getPrincipal())) {
            receive(launch.getPrincipal(), request, response, chain);
        } else {
            response.sendError(HttpServletResponse.SC_NOT_FOUND);
        }
    }

    private void receive(SignedIn me, HttpServletRequest request, HttpServletResponse response, FilterChain chain)
            throws ServletException, IOException {
        for (UploadWatch watch : watches) {
            if (watch.path().equals(request.getServletPath())) {
                watch.receive(me, request, response, chain);
                return;
            }
        }
        chain.doFilter(request, response);
    }

    /** Everything else that takes files is a page of a course, for its staff. */
    private static boolean hasPartIn(HttpServletRequest request, SignedIn me) {
        if (OF_THE_INSTITUTION.matches(request)) {
            return me.isInstitutionAdmin();
        }
        return OF_ONESELF.matches(request) || me.isStaff();
    }

    @Override
    protected boolean shouldNotFilter(HttpServletRequest request) {
        return open.matches(request);
    }
}
