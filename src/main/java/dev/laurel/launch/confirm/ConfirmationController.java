package dev.laurel.launch.confirm;

import dev.laurel.launch.session.SignedIn;
import jakarta.servlet.http.HttpServletRequest;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.http.HttpStatus;
import org.springframework.http.MediaType;
import org.springframework.security.core.annotation.AuthenticationPrincipal;
import org.springframework.stereotype.Controller;
import org.springframework.ui.Model;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.ResponseBody;
import org.springframework.web.server.ResponseStatusException;
import org.springframework.web.servlet.ModelAndView;

/** The window that asks, and what the page behind it needs to know. */
@Controller
class ConfirmationController {

    private static final Logger LOG = LoggerFactory.getLogger(ConfirmationController.class);

    private final Confirmations confirmations;

    ConfirmationController(Confirmations confirmations) {
        this.confirmations = confirmations;
    }

    /** Comes without any session: the ticket is the proof, once and for a minute. */
    @PostMapping("/acts/confirmation")
    ModelAndView ask(HttpServletRequest request, @RequestParam(defaultValue = "") String ticket) {
        return confirmations
                .ask(request, ticket)
                .map(question -> new ModelAndView("launch/confirm", Map.of("question", question)))
                .orElseGet(() -> {
                    LOG.info("Confirmation not opened: the ticket is used, too old, or its launch counts no longer");
                    return new ModelAndView("launch/confirm-late", Map.of(), HttpStatus.FORBIDDEN);
                });
    }

    /** A fresh ticket for a page that has been open for a while. */
    @PostMapping("/acts/ticket")
    String ticket(
            @AuthenticationPrincipal @Nullable SignedIn me,
            HttpServletRequest request,
            @RequestParam(defaultValue = "") String ticket,
            Model model) {
        SignedIn who = require(me);
        Act act =
                confirmations.offered(who, ticket).orElseThrow(() -> new ResponseStatusException(HttpStatus.NOT_FOUND));
        model.addAttribute("offer", confirmations.offer(request, who, act));
        return "fragments/act :: ticket";
    }

    /** Whether what was asked in the other window is done. */
    @GetMapping(path = "/acts/{number}", produces = MediaType.TEXT_PLAIN_VALUE)
    @ResponseBody
    String state(@AuthenticationPrincipal @Nullable SignedIn me, @PathVariable String number) {
        return confirmations.isDone(require(me), number) ? "done" : "waiting";
    }

    private static SignedIn require(@Nullable SignedIn me) {
        if (me == null) {
            throw new ResponseStatusException(HttpStatus.NOT_FOUND);
        }
        return me;
    }
}
