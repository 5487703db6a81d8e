package dev.laurel.launch.oidc;

import dev.laurel.launch.web.BrowserSession;
import dev.laurel.platform.road.Reference;
import dev.laurel.platform.road.Step;
import dev.laurel.platform.road.StepMetrics;
import dev.laurel.platform.tenant.PublicUrl;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.util.Locale;
import java.util.Map;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.http.HttpHeaders;
import org.springframework.web.bind.annotation.ControllerAdvice;
import org.springframework.web.bind.annotation.ExceptionHandler;
import org.springframework.web.servlet.ModelAndView;

/** Shows a refused login or launch to a person, and leaves one line in the log under the same reference. */
@ControllerAdvice(assignableTypes = {LoginController.class, LaunchController.class, HandOverController.class})
class LaunchRefusedAdvice {

    private static final Logger LOG = LoggerFactory.getLogger(LaunchRefusedAdvice.class);

    private final StepMetrics metrics;

    private final BrowserSession session;

    private final PublicUrl publicUrl;

    LaunchRefusedAdvice(StepMetrics metrics, BrowserSession session, PublicUrl publicUrl) {
        this.session = session;
        this.metrics = metrics;
        this.publicUrl = publicUrl;
    }

    /** Nothing is wrong; somebody only has to say yes, and this page says who and what to tell them. */
    @ExceptionHandler
    ModelAndView pending(DeploymentPendingException e, HttpServletRequest request, HttpServletResponse response) {
        ModelAndView page = refused(e, request, response);
        page.setViewName("launch/pending");
        page.addObject("platform", e.registration().name());
        page.addObject("clientId", e.registration().clientId());
        page.addObject("deploymentId", e.deploymentId());
        page.addObject("approval", publicUrl.at("/operator/deployments"));
        return page;
    }

    @ExceptionHandler
    ModelAndView unproven(UnprovenBrowserException e, HttpServletRequest request, HttpServletResponse response) {
        return refused(e, request, response).addObject("newTab", e.newTab());
    }

    @ExceptionHandler
    ModelAndView refused(LaunchRefusedException e, HttpServletRequest request, HttpServletResponse response) {
        Reference reference = Reference.next();
        Refusal refusal = e.refusal();
        LOG.warn(
                "Launch refused: reference {} registration {} reason {} ({})",
                reference,
                e.registrationId() == null ? "unknown" : e.registrationId(),
                refusal,
                e.getMessage());
        metrics.failed(Step.LAUNCH);
        if (refusal == Refusal.TOO_MANY) {
            response.setHeader(HttpHeaders.RETRY_AFTER, "60");
        }
        return new ModelAndView(
                "launch/refused",
                Map.of(
                        "advice", refusal.advice().name().toLowerCase(Locale.ROOT),
                        "reason", refusal.name().toLowerCase(Locale.ROOT),
                        "reference", reference.value(),
                        // Somebody who went back or reloaded need not start again.
                        "goOn", refusal == Refusal.STATE_UNKNOWN && session.isLaunched(request)),
                refusal.status());
    }
}
