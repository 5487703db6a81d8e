package dev.laurel.launch.confirm;

import dev.laurel.launch.session.SignedIn;
import jakarta.servlet.http.HttpServletRequest;
import org.springframework.security.core.Authentication;
import org.springframework.security.core.context.SecurityContextHolder;
import org.springframework.stereotype.Component;

/** The form of an act that cannot be undone, for templates: {@code fragments/act}. */
@Component("acts")
class ActForms {

    private final Confirmations confirmations;

    private final HttpServletRequest request;

    /** @param request of whatever page is being written */
    ActForms(Confirmations confirmations, HttpServletRequest request) {
        this.confirmations = confirmations;
        this.request = request;
    }

    public Confirmations.Offer offer(String path, String title, String detail, String button, String after) {
        Authentication authentication = SecurityContextHolder.getContext().getAuthentication();
        if (authentication == null || !(authentication.getPrincipal() instanceof SignedIn me)) {
            throw new IllegalStateException("Nobody is signed in");
        }
        return confirmations.offer(request, me, new Act(path, title, detail, button, after));
    }
}
