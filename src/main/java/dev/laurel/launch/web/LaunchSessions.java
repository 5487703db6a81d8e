package dev.laurel.launch.web;

import dev.laurel.launch.Launches;
import dev.laurel.launch.OpenLaunches;
import dev.laurel.launch.browser.Origin;
import dev.laurel.launch.session.Sessions;
import dev.laurel.launch.session.SignedIn;
import dev.laurel.platform.tenant.TenantId;
import jakarta.servlet.http.HttpServletRequest;
import java.util.Optional;
import org.springframework.stereotype.Component;

/** From what stands in the session of the browser. */
@Component
class LaunchSessions implements Sessions {

    private final BrowserSession session;

    private final OpenLaunches launches;

    private final Origin origin;

    LaunchSessions(BrowserSession session, OpenLaunches launches, Origin origin) {
        this.session = session;
        this.launches = launches;
        this.origin = origin;
    }

    @Override
    public Optional<SignedIn> signedIn(HttpServletRequest request) {
        return session.launch(request)
                .flatMap(key -> launches.find(key.tenant(), key.id()))
                .map(Launches.Stored::signedIn);
    }

    @Override
    public Optional<TenantId> institution(HttpServletRequest request) {
        return session.launch(request)
                .or(() -> session.mailed(request))
                .or(() -> session.mailedBefore(request))
                .map(BrowserSession.Key::tenant);
    }

    @Override
    public void beginByMail(HttpServletRequest request, TenantId tenant, long addressId) {
        session.startByMail(request, tenant, addressId);
    }

    @Override
    public void end(HttpServletRequest request) {
        session.end(request);
    }

    @Override
    public boolean isSentByUs(HttpServletRequest request) {
        return origin.isOurs(request);
    }
}
