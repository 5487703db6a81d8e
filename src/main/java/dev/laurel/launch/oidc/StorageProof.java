package dev.laurel.launch.oidc;

import dev.laurel.launch.browser.HandOvers;
import dev.laurel.launch.browser.HeldLaunches;
import dev.laurel.launch.browser.LoginStart;
import dev.laurel.launch.browser.NewTab;
import dev.laurel.launch.browser.Origin;
import dev.laurel.launch.browser.Secret;
import dev.laurel.launch.session.SignedIn;
import dev.laurel.platform.Registration;
import dev.laurel.platform.secrets.MasterKey;
import jakarta.servlet.http.HttpServletRequest;
import java.util.function.Supplier;
import org.springframework.stereotype.Component;
import org.springframework.web.servlet.ModelAndView;

/**
 * How a browser without our cookie is known all the same: by the secret of its login, which the platform's frame kept for a
 * page of ours. The claims of the id_token stay here meanwhile.
 */
@Component
class StorageProof {

    private final BindingPages pages;

    private final HeldLaunches held;

    private final HandOvers handOvers;

    private final Origin origin;

    private final MasterKey masterKey;

    StorageProof(BindingPages pages, HeldLaunches held, HandOvers handOvers, Origin origin, MasterKey masterKey) {
        this.pages = pages;
        this.held = held;
        this.handOvers = handOvers;
        this.origin = origin;
        this.masterKey = masterKey;
    }

    /** A launch from a browser that did not bring the cookie of its login. */
    record Unproven(Secret state, PendingLogin login, Registration registration) {}

    /**
     * The page that asks the platform's frame.
     *
     * @param validated the claims of the id_token, looked at only where there is somebody to ask
     * @throws UnprovenBrowserException where the platform keeps nothing for us
     */
    ModelAndView ask(Unproven launch, Supplier<Claims> validated, HttpServletRequest request) {
        byte[] sealed = launch.login().start();
        if (sealed == null) {
            throw new UnprovenBrowserException(null);
        }
        LoginStart start = LoginStart.open(masterKey, sealed);
        if (start.storageTarget() == null) {
            // A tab of its own would change nothing where this is one.
            throw new UnprovenBrowserException(
                    Origin.isTopLevel(request)
                            ? null
                            : NewTab.of(launch.registration().authUri(), start, true)
                                    .orElse(null));
        }
        if (!held.hold(launch.login().stateHash(), validated.get().toJson())) {
            throw Refusal.STATE_UNKNOWN.because("an id_token came for this state before");
        }
        return pages.afterLogin(request, launch.registration(), start, launch.state());
    }

    /** Whoever attacks began the login and knows its secret: only what our own page read in this browser proves anything. */
    void refuseOtherSites(HttpServletRequest request) {
        if (!origin.isOurs(request)) {
            throw Refusal.OTHER_SITE.because("the proof was not sent by a page of ours: " + Origin.said(request));
        }
    }

    /** The claims that were kept for this login. */
    Claims claims(String proof, PendingLogin login) {
        if (!new Secret(proof).matches(login.browserHash())) {
            throw Refusal.OTHER_BROWSER.because("the platform's frame keeps another proof");
        }
        return held.find(login.stateHash())
                .map(Claims::ofJson)
                .orElseThrow(() -> Refusal.STATE_UNKNOWN.because("no launch is held for this state, or for too long"));
    }

    /** The page that opens Laurel in a tab of its own: no cookie of this login came back, so a session's would not either. */
    ModelAndView handOver(PendingLogin login, SignedIn me) {
        held.forget(login.stateHash());
        return new ModelAndView("launch/hand-over")
                .addObject("code", handOvers.create(me.tenant(), me.launchId()).value())
                .addObject("reference", me.reference().value());
    }
}
