package dev.laurel.publication.returning;

import dev.laurel.launch.session.Sessions;
import dev.laurel.launch.session.SignedIn;
import jakarta.servlet.http.HttpServletRequest;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpStatus;
import org.springframework.security.core.annotation.AuthenticationPrincipal;
import org.springframework.stereotype.Controller;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.server.ResponseStatusException;

/** Whoever came by a mailed link, perhaps at a computer of others, goes again. An LMS ends the sessions that it began. */
@Controller
class LeavingController {

    private final Sessions sessions;

    private final ShelfDoor door;

    LeavingController(Sessions sessions, ShelfDoor door) {
        this.sessions = sessions;
        this.door = door;
    }

    @PostMapping("/my/shelf/leaving")
    String leave(@AuthenticationPrincipal @Nullable SignedIn me, HttpServletRequest request) {
        if (me == null || !me.isByMail()) {
            throw new ResponseStatusException(HttpStatus.NOT_FOUND);
        }
        sessions.end(request);
        return "redirect:"
                + door.path(me.tenant()).orElseThrow(() -> new ResponseStatusException(HttpStatus.NOT_FOUND))
                + "?done=left";
    }
}
