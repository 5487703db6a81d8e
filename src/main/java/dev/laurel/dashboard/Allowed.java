package dev.laurel.dashboard;

import dev.laurel.launch.session.SignedIn;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpStatus;
import org.springframework.web.server.ResponseStatusException;

/** Who may open a page. Whoever may not learns nothing of it: 404. */
public final class Allowed {

    private Allowed() {}

    /** Somebody who may change badges of the course. */
    public static SignedIn instructor(@Nullable SignedIn me) {
        if (me == null || !me.isInstructor()) {
            throw notFound();
        }
        return me;
    }

    /** Somebody who may see the results of others in the course. */
    public static SignedIn staff(@Nullable SignedIn me) {
        if (me == null || !me.isStaff()) {
            throw notFound();
        }
        return me;
    }

    public static SignedIn institutionAdmin(@Nullable SignedIn me) {
        if (me == null || !me.isInstitutionAdmin()) {
            throw notFound();
        }
        return me;
    }

    public static ResponseStatusException notFound() {
        return new ResponseStatusException(HttpStatus.NOT_FOUND);
    }
}
