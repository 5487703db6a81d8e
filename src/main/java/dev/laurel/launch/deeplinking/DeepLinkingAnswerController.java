package dev.laurel.launch.deeplinking;

import dev.laurel.launch.DeepLinking;
import dev.laurel.launch.DeepLinking.Exchange;
import dev.laurel.launch.Launches;
import dev.laurel.launch.session.SignedIn;
import dev.laurel.launch.web.ContentSecurityPolicy;
import jakarta.servlet.http.HttpServletRequest;
import java.net.URI;
import java.time.Clock;
import java.time.Instant;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpStatus;
import org.springframework.security.core.annotation.AuthenticationPrincipal;
import org.springframework.stereotype.Controller;
import org.springframework.ui.Model;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.server.ResponseStatusException;

/**
 * Takes an answer back to the platform by a form that the browser posts: by itself the first time, by a button where scripts
 * are off or the page is opened again.
 *
 * @see <a href="https://www.imsglobal.org/spec/lti-dl/v2p0#deep-linking-response-example">LTI Deep Linking 2.0, 4.5</a>
 */
@Controller
class DeepLinkingAnswerController {

    private final DeepLinking deepLinking;

    private final Launches launches;

    private final DeepLinkingResponses responses;

    private final Clock clock;

    DeepLinkingAnswerController(
            DeepLinking deepLinking, Launches launches, DeepLinkingResponses responses, Clock clock) {
        this.deepLinking = deepLinking;
        this.launches = launches;
        this.responses = responses;
        this.clock = clock;
    }

    @GetMapping(DeepLinking.ANSWER_PATH)
    String answer(@AuthenticationPrincipal @Nullable SignedIn me, HttpServletRequest request, Model model) {
        if (me == null) {
            throw notFound();
        }
        Exchange exchange = deepLinking.of(me).orElseThrow(DeepLinkingAnswerController::notFound);
        Instant answeredAt = exchange.answeredAt();
        if (answeredAt == null) {
            return "redirect:/home";
        }
        if (!clock.instant().isBefore(answeredAt.plus(DeepLinkingResponses.LIFE))) {
            return "launch/deep-linking-over";
        }
        URI returnUrl = exchange.request().returnUrl();
        ContentSecurityPolicy.letFormsGoTo(request, returnUrl.getScheme() + "://" + returnUrl.getRawAuthority());
        boolean first = !"HEAD".equals(request.getMethod()) && deepLinking.send(me);
        model.addAttribute("returnUrl", returnUrl.toString());
        model.addAttribute(
                "jwt",
                responses.sign(
                        launches.find(me.tenant(), me.launchId()).orElseThrow(DeepLinkingAnswerController::notFound),
                        exchange));
        model.addAttribute("first", first);
        return "launch/deep-linking-answer";
    }

    private static ResponseStatusException notFound() {
        return new ResponseStatusException(HttpStatus.NOT_FOUND);
    }
}
