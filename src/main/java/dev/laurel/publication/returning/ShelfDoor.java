package dev.laurel.publication.returning;

import dev.laurel.achievement.Issuer;
import dev.laurel.achievement.Issuers;
import dev.laurel.launch.session.Sessions;
import dev.laurel.platform.tenant.TenantId;
import dev.laurel.platform.tenant.Tenants;
import dev.laurel.publication.mail.MailServer;
import jakarta.servlet.http.HttpServletRequest;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/**
 * Where somebody comes back who has no LMS account any more: a page beside that of an issuer, which is how public pages know
 * their institution. For templates: {@code ${@shelfDoor.here()}}.
 */
@Component("shelfDoor")
class ShelfDoor {

    private final Issuers issuers;

    private final Tenants tenants;

    private final Sessions sessions;

    private final MailServer server;

    private final HttpServletRequest request;

    /** @param request of whatever page is being written */
    ShelfDoor(Issuers issuers, Tenants tenants, Sessions sessions, MailServer server, HttpServletRequest request) {
        this.issuers = issuers;
        this.tenants = tenants;
        this.sessions = sessions;
        this.server = server;
        this.request = request;
    }

    /** Whether anything is mailed here at all. */
    public boolean isOpen() {
        return server.isThere();
    }

    /** The door of the institution that this browser was signed in to, or of the only one; {@code null} where none is known. */
    public @Nullable String here() {
        return isOpen()
                ? sessions.institution(request)
                        .or(tenants::only)
                        .flatMap(this::path)
                        .orElse(null)
                : null;
    }

    /** Of the issuer that speaks for the institution, else of the first of its courses; empty where nothing was ever made. */
    Optional<String> path(TenantId tenant) {
        return issuers.ofInstitution(tenant).stream()
                .findFirst()
                .or(() -> issuers.oldest(tenant))
                .map(ShelfDoor::path);
    }

    static String path(Issuer issuer) {
        return "/issuers/" + issuer.publicId() + "/my-badges";
    }
}
