package dev.laurel.platform.registration;

import dev.laurel.platform.FrameAncestors;
import dev.laurel.platform.Platforms;
import dev.laurel.platform.Registration;
import dev.laurel.platform.road.Reference;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.net.URI;
import java.net.URISyntaxException;
import java.time.Clock;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.http.CacheControl;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpStatus;
import org.springframework.stereotype.Controller;
import org.springframework.web.bind.annotation.ExceptionHandler;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.ModelAttribute;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.servlet.ModelAndView;

/**
 * The initiation request of Dynamic Registration: the LMS opens the operator's link in a frame of its administrator's
 * browser and adds where its configuration is.
 *
 * @see <a href="https://www.imsglobal.org/spec/lti-dr/v1p0#step-1-registration-initiation-request">Dynamic Registration
 *     1.0, step 1</a>
 */
@Controller
class RegistrationController {

    private static final Logger LOG = LoggerFactory.getLogger(RegistrationController.class);

    private static final String CONFIGURATION = "openid_configuration";

    private static final int LONGEST_ADDRESS = 1_000;

    private final RegistrationLinks links;

    private final DynamicRegistration registrations;

    private final Platforms platforms;

    private final Clock clock;

    RegistrationController(
            RegistrationLinks links, DynamicRegistration registrations, Platforms platforms, Clock clock) {
        this.links = links;
        this.registrations = registrations;
        this.platforms = platforms;
        this.clock = clock;
    }

    /** The link opens doors: it must not be kept by caches or told to other sites. */
    @ModelAttribute
    void keepToYourself(HttpServletResponse response) {
        response.setHeader(HttpHeaders.CACHE_CONTROL, CacheControl.noStore().getHeaderValue());
        response.setHeader("Referrer-Policy", "no-referrer");
    }

    @GetMapping(RegistrationLinks.PATH)
    ModelAndView withoutLink(HttpServletRequest request) {
        address(request);
        throw RegistrationRefusal.LINK_UNKNOWN.because("no link");
    }

    @GetMapping(RegistrationLinks.PATH + "/{token}")
    ModelAndView register(@PathVariable String token, HttpServletRequest request) {
        URI configuration = address(request);
        RegistrationLink link =
                links.find(token).orElseThrow(() -> RegistrationRefusal.LINK_UNKNOWN.because("the link is not ours"));
        if (link.isUsed()) {
            return used(link);
        }
        if (!link.isOpen(clock.instant())) {
            throw RegistrationRefusal.LINK_ENDED.because("link " + link.id() + " ended");
        }
        if (configuration == null) {
            if (request.getParameter(CONFIGURATION) != null) {
                throw RegistrationRefusal.CONFIGURATION_ADDRESS.because("openid_configuration is no web address");
            }
            return new ModelAndView("registration/waiting", Map.of("institution", platforms.tenantName(link.tenant())));
        }
        String given = request.getParameter("registration_token");
        RegistrationToken bearer = given == null || given.isBlank() ? null : new RegistrationToken(given.strip());
        FrameAncestors.allow(request, DynamicRegistration.frameOrigins(configuration, null, bearer));
        DynamicRegistration.Outcome outcome = registrations.register(link, configuration, bearer);
        LOG.info(
                "Platform registered: registration {} tenant {} link {} family {} issuer {} client {}",
                outcome.registration().id(),
                link.tenant(),
                link.id(),
                outcome.family(),
                RegistrationRefusedException.oneLine(outcome.registration().issuer()),
                RegistrationRefusedException.oneLine(outcome.registration().clientId()));
        return new ModelAndView("registration/done", Map.of("outcome", outcome));
    }

    /** Somebody opened it again, or a reload did: what it made, and nothing new. */
    private ModelAndView used(RegistrationLink link) {
        Registration made = platforms
                .registration(link.registrationId() == null ? 0 : link.registrationId())
                .orElseThrow(() -> RegistrationRefusal.LINK_USED.because("link " + link.id() + " was used"));
        return new ModelAndView(
                "registration/used",
                Map.of("registration", made, "institution", platforms.tenantName(link.tenant())),
                HttpStatus.OK);
    }

    /**
     * Where the platform's configuration is; {@code null} where none, two or no plain web address is named. Its origin may
     * frame the answer, also one that says no: the page has nothing to click that changes anything, and a blank frame
     * would tell the administrator nothing.
     */
    private static @Nullable URI address(HttpServletRequest request) {
        String[] given = request.getParameterValues(CONFIGURATION);
        if (given == null || given.length != 1 || given[0].length() > LONGEST_ADDRESS) {
            return null;
        }
        try {
            URI uri = new URI(given[0].strip());
            boolean web = "https".equalsIgnoreCase(uri.getScheme()) || "http".equalsIgnoreCase(uri.getScheme());
            if (!web
                    || uri.getHost() == null
                    || uri.getUserInfo() != null
                    || !uri.getHost().matches("[A-Za-z0-9.-]+")) {
                return null;
            }
            FrameAncestors.allow(request, TrustedHosts.origin(uri));
            return uri;
        } catch (URISyntaxException e) {
            return null;
        }
    }

    @ExceptionHandler
    ModelAndView refused(RegistrationRefusedException e) {
        Reference reference = Reference.next();
        LOG.warn("Registration refused: reference {} reason {} ({})", reference, e.refusal(), e.getMessage());
        return new ModelAndView(
                "registration/refused",
                Map.of(
                        "reason", e.refusal().name().toLowerCase(Locale.ROOT),
                        "said", e.said(),
                        "reference", reference.value()),
                e.refusal().status());
    }
}
