package dev.laurel.launch.oidc;

import dev.laurel.launch.Admission;
import dev.laurel.launch.DeepLinking;
import dev.laurel.launch.DeepLinkingRequest;
import dev.laurel.launch.Landing;
import dev.laurel.launch.Launch;
import dev.laurel.launch.Launches;
import dev.laurel.launch.browser.BrowserCookie;
import dev.laurel.launch.browser.Secret;
import dev.laurel.launch.limits.Limits;
import dev.laurel.launch.session.SignedIn;
import dev.laurel.launch.web.BrowserSession;
import dev.laurel.platform.Deployment;
import dev.laurel.platform.Platforms;
import dev.laurel.platform.Registration;
import dev.laurel.platform.road.Reference;
import dev.laurel.platform.road.Step;
import dev.laurel.platform.road.StepMetrics;
import dev.laurel.platform.tenant.TenantId;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Objects;
import java.util.function.Function;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpStatus;
import org.springframework.stereotype.Controller;
import org.springframework.transaction.support.TransactionTemplate;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.servlet.ModelAndView;

/**
 * The authentication response: a validated id_token becomes a session.
 *
 * @see <a href="https://www.imsglobal.org/spec/security/v1p0/#step-3-authentication-response">1EdTech Security Framework, 5.1.1.3</a>
 */
@Controller
class LaunchController {

    private static final Logger LOG = LoggerFactory.getLogger(LaunchController.class);

    private final PendingLogins logins;

    private final Platforms platforms;

    private final IdTokens idTokens;

    private final Admission.Desk desk;

    private final Launches launches;

    private final DeepLinking deepLinking;

    private final Landing landing;

    private final BrowserSession session;

    private final StorageProof proof;

    private final TransactionTemplate transaction;

    private final Limits limits;

    private final StepMetrics metrics;

    private final Clock clock;

    LaunchController(
            PendingLogins logins,
            Platforms platforms,
            IdTokens idTokens,
            Admission.Desk desk,
            Launches launches,
            DeepLinking deepLinking,
            Landing landing,
            BrowserSession session,
            StorageProof proof,
            TransactionTemplate transaction,
            Limits limits,
            StepMetrics metrics,
            Clock clock) {
        this.logins = logins;
        this.platforms = platforms;
        this.idTokens = idTokens;
        this.desk = desk;
        this.launches = launches;
        this.deepLinking = deepLinking;
        this.landing = landing;
        this.session = session;
        this.proof = proof;
        this.transaction = transaction;
        this.limits = limits;
        this.metrics = metrics;
        this.clock = clock;
    }

    @PostMapping(LoginController.LAUNCH_PATH)
    @Nullable
    ModelAndView launch(HttpServletRequest request, HttpServletResponse response) {
        Instant received = clock.instant();
        Parameters parameters = new Parameters(request, Refusal.RESPONSE_INCOMPLETE);
        Secret state = state(parameters);
        PendingLogin login = login(state);
        if (!BrowserCookie.proves(state, login.browserHash(), request)) {
            return askForProof(parameters, state, login, request);
        }
        refuseFlood(login, request);
        Launch launch = read(login, registration -> validate(parameters, registration, login), received);
        SignedIn me = accept(launch, login, received);
        limits.launched(login.registrationId(), request.getRemoteAddr());
        session.startFor(request, me.tenant(), me.launchId());
        response.addHeader(HttpHeaders.SET_COOKIE, BrowserCookie.clear(state).toString());
        Redirect.to(landing.pathFor(me), HttpStatus.SEE_OTHER, response);
        return null;
    }

    private ModelAndView askForProof(
            Parameters parameters, Secret state, PendingLogin login, HttpServletRequest request) {
        refuseError(parameters);
        refuseFlood(login, request);
        Registration registration = registration(login);
        return proof.ask(
                new StorageProof.Unproven(state, login, registration),
                () -> once(login, () -> validate(parameters, registration, login)),
                request);
    }

    /** What the platform's frame kept, brought by a page of ours. */
    @PostMapping("/lti/launch/finish")
    ModelAndView finish(HttpServletRequest request) {
        Instant received = clock.instant();
        proof.refuseOtherSites(request);
        Parameters parameters = new Parameters(request, Refusal.RESPONSE_INCOMPLETE);
        PendingLogin login = login(state(parameters));
        Launch launch = read(login, registration -> proof.claims(parameters.required("proof"), login), received);
        SignedIn me = accept(launch, login, received);
        limits.launched(login.registrationId(), request.getRemoteAddr());
        return proof.handOver(login, me);
    }

    /** Somebody who opened the address by hand, or a platform that answers with an error in the query. */
    @GetMapping(LoginController.LAUNCH_PATH)
    void notALaunch(HttpServletRequest request) {
        refuseError(new Parameters(request, Refusal.RESPONSE_INCOMPLETE));
        throw Refusal.NO_LAUNCH.because("GET instead of the POST that a launch is");
    }

    private static Secret state(Parameters parameters) {
        String state = parameters.optional("state");
        if (state == null) {
            refuseError(parameters);
            throw Refusal.STATE_MISSING.because("state is missing");
        }
        return new Secret(state);
    }

    /** The login that this answers. */
    private PendingLogin login(Secret state) {
        return logins.find(state)
                .orElseThrow(() -> Refusal.STATE_UNKNOWN.because("state is unknown, used or older than 10 minutes"));
    }

    private void refuseFlood(PendingLogin login, HttpServletRequest request) {
        if (!limits.allowsLaunch(login.registrationId(), request.getRemoteAddr())) {
            throw Refusal.TOO_MANY.because("too many launches of this platform").from(login.registrationId());
        }
    }

    private Registration registration(PendingLogin login) {
        return platforms
                .registration(login.registrationId())
                .filter(Registration::active)
                .orElseThrow(() -> Refusal.REGISTRATION_UNKNOWN.because(
                        "registration " + login.registrationId() + " is not active"));
    }

    private Claims validate(Parameters parameters, Registration registration, PendingLogin login) {
        refuseError(parameters);
        return idTokens.validate(parameters.required("id_token"), registration, login);
    }

    private Launch read(PendingLogin login, Function<Registration, Claims> claimed, Instant received) {
        return once(login, () -> {
            Registration registration = registration(login);
            Claims claims = claimed.apply(registration);
            Deployment deployment = deployment(claims, registration);
            TenantId tenant = Objects.requireNonNull(deployment.tenant(), "an active deployment has a tenant");
            LaunchReader.Tells tells =
                    new LaunchReader.Tells(registration.isTestCopy(), login.testCopy(), () -> platforms.isReal(tenant));
            return LaunchReader.read(claims, deployment, tenant, Reference.next(), received, tells);
        });
    }

    /** One state, one attempt: a token that does not hold uses it up as well. */
    private <T> T once(PendingLogin login, Supplier<T> attempt) {
        try {
            return attempt.get();
        } catch (LaunchRefusedException e) {
            logins.consume(login);
            throw e.from(login.registrationId());
        }
    }

    /** OpenID Connect, 3.1.2.6. The description is left out: nobody signed it, and it may name somebody. */
    private static void refuseError(Parameters parameters) {
        String error = parameters.optional("error");
        if (error != null) {
            throw Refusal.ofPlatform(error).because("the platform answers " + error);
        }
    }

    /** LTI 1.3, 5.3.3: a deployment that an operator let in; an unknown one is noted down for them to decide. */
    private Deployment deployment(Claims claims, Registration registration) {
        String id = claims.text(ClaimNames.DEPLOYMENT_ID).orElseThrow();
        Deployment deployment = platforms.deployment(
                registration, id, claims.text(ClaimNames.TOOL_PLATFORM, "guid").orElse(null));
        String detail = "registration " + registration.id() + ", deployment " + id;
        if (deployment.status() == Deployment.Status.PENDING) {
            platforms.knocked(deployment, LaunchReader.seen(claims, clock.instant()));
            throw new DeploymentPendingException(registration, id, detail + " waits for approval");
        }
        if (deployment.status() != Deployment.Status.ACTIVE) {
            throw Refusal.DEPLOYMENT_DISABLED.because(detail + " is disabled");
        }
        return deployment;
    }

    private SignedIn accept(Launch launch, PendingLogin login, Instant received) {
        SignedIn me = Objects.requireNonNull(transaction.execute(status -> admit(launch, login)));
        LOG.info(
                "Launch accepted: reference {} tenant {} registration {} type {} context {} roles {}{}{}",
                me.reference(),
                me.tenant(),
                launch.registrationId(),
                launch.messageType(),
                me.contextId(),
                me.roles(),
                me.acting().isReadOnly() ? ", read-only: " + me.acting().readOnly() : "",
                me.acting().testCopy() ? ", test copy" : "");
        metrics.passed(Step.LAUNCH, Duration.between(received, clock.instant()));
        return me;
    }

    private SignedIn admit(Launch launch, PendingLogin login) {
        if (!logins.consume(login)) {
            throw Refusal.STATE_UNKNOWN.because("state was used a moment ago");
        }
        Admission admission = desk.admit(launch);
        SignedIn me = launches.add(launch, admission);
        DeepLinkingRequest request = launch.deepLinking();
        if (request != null) {
            deepLinking.keep(launch.tenant(), me.launchId(), request);
        }
        return me;
    }
}
