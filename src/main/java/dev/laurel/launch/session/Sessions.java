package dev.laurel.launch.session;

import jakarta.servlet.http.HttpServletRequest;
import java.util.Optional;

/** Tells a chain of filters that is not that of the pages who is signed in. */
public interface Sessions {

    /** Who came by the launch of this browser's session, where that still counts. */
    Optional<SignedIn> signedIn(HttpServletRequest request);
}
