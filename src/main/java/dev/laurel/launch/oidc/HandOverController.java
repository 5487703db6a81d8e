package dev.laurel.launch.oidc;

import dev.laurel.launch.Landing;
import dev.laurel.launch.Launches;
import dev.laurel.launch.browser.HandOvers;
import dev.laurel.launch.browser.Origin;
import dev.laurel.launch.browser.Secret;
import dev.laurel.launch.session.SignedIn;
import dev.laurel.launch.web.BrowserSession;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import org.springframework.http.HttpStatus;
import org.springframework.stereotype.Controller;
import org.springframework.web.bind.annotation.PostMapping;

/**
 * Goes on with a launch in a tab of its own. The code comes from a page whose browser was proven, and only a page of ours may
 * send it: nobody can make another's browser act as themselves.
 */
@Controller
class HandOverController {

    private final HandOvers handOvers;

    private final Launches launches;

    private final Landing landing;

    private final BrowserSession session;

    private final Origin origin;

    HandOverController(HandOvers handOvers, Launches launches, Landing landing, BrowserSession session, Origin origin) {
        this.handOvers = handOvers;
        this.launches = launches;
        this.landing = landing;
        this.session = session;
        this.origin = origin;
    }

    @PostMapping("/lti/hand-over")
    void takeOver(HttpServletRequest request, HttpServletResponse response) {
        if (!origin.isOurs(request)) {
            throw Refusal.OTHER_SITE.because("the hand-over was not sent by a page of ours: " + Origin.said(request));
        }
        Secret code = new Secret(new Parameters(request, Refusal.HAND_OVER).required("code"));
        SignedIn me = handOvers
                .use(code)
                .flatMap(launch -> launches.find(launch.tenant(), launch.launchId()))
                .map(Launches.Stored::signedIn)
                .orElseThrow(() -> Refusal.HAND_OVER.because("the code is unknown, used or older than a minute"));
        session.startFor(request, me.tenant(), me.launchId());
        Redirect.to(landing.pathFor(me), HttpStatus.SEE_OTHER, response);
    }
}
