package dev.laurel.launch.web;

import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import org.springframework.security.access.AccessDeniedException;
import org.springframework.security.web.access.AccessDeniedHandler;
import org.springframework.security.web.csrf.CsrfException;

/**
 * A page that is not for this person does not exist for them. A form whose token does not count says why: whoever is
 * signed in by a launch has opened Laurel again since, and might act in the wrong course; anybody else was away too long.
 */
class DeniedRequests implements AccessDeniedHandler {

    private final BrowserSession session;

    DeniedRequests(BrowserSession session) {
        this.session = session;
    }

    @Override
    public void handle(HttpServletRequest request, HttpServletResponse response, AccessDeniedException e)
            throws IOException {
        if (!(e instanceof CsrfException)) {
            response.sendError(HttpServletResponse.SC_NOT_FOUND);
            return;
        }
        if (session.launch(request).isPresent()) {
            request.setAttribute(ErrorPages.KIND, "other-launch");
        }
        response.sendError(HttpServletResponse.SC_FORBIDDEN);
    }
}
