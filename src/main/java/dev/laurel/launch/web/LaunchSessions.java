package dev.laurel.launch.web;

import dev.laurel.launch.Launches;
import dev.laurel.launch.OpenLaunches;
import dev.laurel.launch.session.Sessions;
import dev.laurel.launch.session.SignedIn;
import jakarta.servlet.http.HttpServletRequest;
import java.util.Optional;
import org.springframework.stereotype.Component;

/** From the launch number in the session. */
@Component
class LaunchSessions implements Sessions {

    private final BrowserSession session;

    private final OpenLaunches launches;

    LaunchSessions(BrowserSession session, OpenLaunches launches) {
        this.session = session;
        this.launches = launches;
    }

    @Override
    public Optional<SignedIn> signedIn(HttpServletRequest request) {
        return session.launch(request)
                .flatMap(key -> launches.find(key.tenant(), key.launchId()))
                .map(Launches.Stored::signedIn);
    }
}
