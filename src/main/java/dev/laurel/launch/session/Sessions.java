package dev.laurel.launch.session;

import dev.laurel.platform.tenant.TenantId;
import jakarta.servlet.http.HttpServletRequest;
import java.util.Optional;

/** The sessions of browsers, for what is not a page behind a launch. */
public interface Sessions {

    /** Who came by the launch of this browser's session, where that still counts. */
    Optional<SignedIn> signedIn(HttpServletRequest request);

    /** The institution that the browser's session is of, also where what began it counts no longer. */
    Optional<TenantId> institution(HttpServletRequest request);

    /**
     * Begins a session of little power, for whoever opened a link that was sent to an address. Whatever session the browser had
     * ends.
     *
     * @param addressId the session counts as long as {@link MailedVisitors} knows it
     */
    void beginByMail(HttpServletRequest request, TenantId tenant, long addressId);

    /** Ends the session of the browser, where it has one. */
    void end(HttpServletRequest request);

    /** Whether a page of ours made the browser send this. Where the browser tells nothing, it did not. */
    boolean isSentByUs(HttpServletRequest request);
}
