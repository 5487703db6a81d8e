package dev.laurel.launch.oidc;

import dev.laurel.launch.browser.BrowserCookie;
import dev.laurel.launch.browser.LoginStart;
import dev.laurel.launch.browser.NewTab;
import dev.laurel.launch.browser.Secret;
import dev.laurel.launch.web.ContentSecurityPolicy;
import dev.laurel.platform.Registration;
import dev.laurel.platform.road.Reference;
import jakarta.servlet.http.HttpServletRequest;
import java.net.URI;
import java.util.Locale;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.stereotype.Component;
import org.springframework.web.servlet.ModelAndView;

/**
 * Pages whose script asks the platform's frame to keep a secret before the login, and for it after the login. Only the
 * platform that the login came from may frame them.
 *
 * @see <a href="https://www.imsglobal.org/spec/lti-pm-s/v0p1">LTI Platform Storage 0.1</a>
 * @see <a href="https://www.imsglobal.org/spec/lti-cs-oidc/v0p1">LTI OIDC Login with LTI Client Side postMessages 0.1</a>
 */
@Component
class BindingPages {

    private static final Logger LOG = LoggerFactory.getLogger(BindingPages.class);

    /** A login under way: what the platform's frame is to keep, and where it goes on. */
    record Login(Secret state, Secret browser, URI authentication) {}

    /** Asks the frame to keep the secret of this login; goes on as soon as it does, or our own cookie came back. */
    ModelAndView beforeLogin(HttpServletRequest request, Registration registration, LoginStart start, Login login) {
        return page("put", request, registration, start, login.state())
                .addObject("value", login.browser().value())
                .addObject("next", login.authentication().toString());
    }

    /** Asks the frame for the secret of this login, and brings it to us. */
    ModelAndView afterLogin(HttpServletRequest request, Registration registration, LoginStart start, Secret state) {
        return page("get", request, registration, start, state).addObject("state", state.value());
    }

    private static ModelAndView page(
            String step, HttpServletRequest request, Registration registration, LoginStart start, Secret state) {
        Reference reference = Reference.next();
        LOG.info(
                "Launch waits for the proof of its browser: reference {} registration {} step {}",
                reference,
                registration.id(),
                step);
        ContentSecurityPolicy.letFrame(request, registration.frameOrigin());
        return new ModelAndView("launch/binding")
                .addObject("step", step)
                .addObject("frame", start.storageTarget())
                .addObject("origin", origin(registration.authUri()))
                .addObject("key", "laurel_" + BrowserCookie.tag(state))
                .addObject("tag", BrowserCookie.tag(state))
                .addObject(
                        "newTab",
                        NewTab.of(registration.authUri(), start, step.equals("get"))
                                .orElse(null))
                .addObject("reference", reference.value());
    }

    /** As a browser writes it in {@code event.origin}: in lower case, without the port that goes without saying. */
    static String origin(URI uri) {
        String scheme = uri.getScheme().toLowerCase(Locale.ROOT);
        int usual = scheme.equals("https") ? 443 : 80;
        String port = uri.getPort() == -1 || uri.getPort() == usual ? "" : ":" + uri.getPort();
        return scheme + "://" + uri.getHost().toLowerCase(Locale.ROOT) + port;
    }
}
