package dev.laurel.launch.oidc;

import dev.laurel.launch.browser.BrowserCookie;
import dev.laurel.launch.browser.LoginStart;
import dev.laurel.launch.browser.Origin;
import dev.laurel.launch.browser.Secret;
import dev.laurel.launch.limits.Limits;
import dev.laurel.platform.Platforms;
import dev.laurel.platform.Registration;
import dev.laurel.platform.secrets.MasterKey;
import dev.laurel.platform.tenant.PublicUrl;
import dev.laurel.platform.tool.ToolConfiguration;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.springframework.http.CacheControl;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpStatus;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.stereotype.Controller;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestMethod;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.servlet.ModelAndView;
import org.springframework.web.util.UriUtils;

/**
 * Third-party initiated login: a platform says who wants in, and we send the browser back to it with a state and a nonce.
 *
 * @see <a href="https://www.imsglobal.org/spec/security/v1p0/#platform-originating-messages">1EdTech Security Framework, 5.1.1</a>
 */
@Controller
class LoginController {

    static final String LAUNCH_PATH = ToolConfiguration.LAUNCH_PATH;

    static final String COOKIE_PATH = "/lti/login/cookie";

    /** What fits into the header of an answer. */
    private static final int LONGEST_ADDRESS = 7_000;

    private final Platforms platforms;

    private final PendingLogins logins;

    private final BindingPages pages;

    private final MasterKey masterKey;

    private final PublicUrl publicUrl;

    private final Limits limits;

    LoginController(
            Platforms platforms,
            PendingLogins logins,
            BindingPages pages,
            MasterKey masterKey,
            PublicUrl publicUrl,
            Limits limits) {
        this.platforms = platforms;
        this.logins = logins;
        this.pages = pages;
        this.masterKey = masterKey;
        this.publicUrl = publicUrl;
        this.limits = limits;
    }

    @RequestMapping(
            path = ToolConfiguration.LOGIN_PATH,
            method = {RequestMethod.GET, RequestMethod.POST})
    @Nullable
    ModelAndView login(HttpServletRequest request, HttpServletResponse response) {
        Parameters parameters = new Parameters(request, Refusal.LOGIN_INCOMPLETE);
        String issuer = parameters.required("iss");
        String loginHint = parameters.required("login_hint");
        // Only the signed target of the launch itself counts; here it must merely be there.
        parameters.required("target_link_uri");
        Registration registration = registration(issuer, parameters.optional("client_id"));

        if (!limits.allowsLogin(registration.id(), request.getRemoteAddr())) {
            throw Refusal.TOO_MANY.because("too many logins of this platform").from(registration.id());
        }
        LoginStart start = start(parameters);

        Secret state = Secret.next();
        Secret nonce = Secret.next();
        Secret browser = Secret.next();
        Map<String, String> query = new LinkedHashMap<>();
        query.put("scope", "openid");
        query.put("response_type", "id_token");
        query.put("response_mode", "form_post");
        query.put("prompt", "none");
        query.put("client_id", registration.clientId());
        query.put("redirect_uri", publicUrl.at(LAUNCH_PATH));
        query.put("state", state.value());
        query.put("nonce", nonce.value());
        query.put("login_hint", loginHint);
        String messageHint = parameters.optional("lti_message_hint");
        if (messageHint != null) {
            query.put("lti_message_hint", messageHint);
        }
        URI authentication = withQuery(registration.authUri(), query);
        if (authentication.toString().length() > LONGEST_ADDRESS) {
            throw Refusal.LOGIN_INCOMPLETE
                    .because("the hints are too long to be sent back")
                    .from(registration.id());
        }
        logins.add(new PendingLogin(
                state.hash(),
                nonce.hash(),
                browser.hash(),
                registration.id(),
                deploymentHash(parameters),
                saysTestCopy(parameters),
                start.seal(masterKey)));
        response.addHeader(
                HttpHeaders.SET_COOKIE,
                BrowserCookie.set(state, browser, PendingLogins.LIFE).toString());
        if (mustProveItself(start, request)) {
            return pages.beforeLogin(
                    request, registration, start, new BindingPages.Login(state, browser, authentication));
        }
        Redirect.to(authentication.toString(), HttpStatus.FOUND, response);
        return null;
    }

    /** What a page that was answered instead of a redirect asks: whether its login's cookie came back. */
    @GetMapping(COOKIE_PATH)
    ResponseEntity<String> cookie(@RequestParam String login, HttpServletRequest request) {
        return ResponseEntity.ok()
                .contentType(MediaType.TEXT_PLAIN)
                .cacheControl(CacheControl.noStore())
                .body(BrowserCookie.cameBack(login, request) ? "yes" : "no");
    }

    /**
     * A platform that keeps data for us is asked to, unless our cookies are known to come back: then, and on platforms that
     * do not, a login costs one redirect.
     */
    private static boolean mustProveItself(LoginStart start, HttpServletRequest request) {
        return start.storageTarget() != null && !Origin.isTopLevel(request) && !BrowserCookie.someCameBack(request);
    }

    private static LoginStart start(Parameters parameters) {
        Map<String, String> start = new LinkedHashMap<>();
        for (String name : LoginStart.NAMES) {
            String value = parameters.optional(name);
            if (value != null) {
                start.put(name, value);
            }
        }
        return new LoginStart(start);
    }

    /** LTI 1.3, 4.1.2; some Canvas releases call the parameter {@code deployment_id}. */
    private static byte @Nullable [] deploymentHash(Parameters parameters) {
        String named = parameters.optional("lti_deployment_id");
        String deployment = named == null ? parameters.optional("deployment_id") : named;
        return deployment == null ? null : new Secret(deployment).hash();
    }

    /** Canvas says where it runs; unsigned, so it may only make a launch worth less. */
    private static boolean saysTestCopy(Parameters parameters) {
        String environment = parameters.optional("canvas_environment");
        return "beta".equals(environment) || "test".equals(environment);
    }

    private Registration registration(String issuer, @Nullable String clientId) {
        return platforms
                .registration(issuer, clientId)
                .orElseThrow(() -> Refusal.REGISTRATION_UNKNOWN.because(
                        "issuer " + issuer + ", client " + (clientId == null ? "not named" : clientId)));
    }

    private static URI withQuery(URI endpoint, Map<String, String> query) {
        String encoded = query.entrySet().stream()
                .map(e -> e.getKey() + "=" + UriUtils.encode(e.getValue(), StandardCharsets.UTF_8))
                .collect(Collectors.joining("&"));
        return URI.create(endpoint + (endpoint.getRawQuery() == null ? "?" : "&") + encoded);
    }
}
