package dev.laurel.publication.mail;

import dev.laurel.launch.session.SignedIn;
import dev.laurel.publication.mail.MessageRepository.Addressee;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpStatus;
import org.springframework.security.core.annotation.AuthenticationPrincipal;
import org.springframework.stereotype.Controller;
import org.springframework.ui.Model;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.server.ResponseStatusException;

/** Whether somebody wants to be told by e-mail: her own choice, on a page or by the link in a message. */
@Controller
class MessagesController {

    private final Messages messages;

    private final StaffDigests digests;

    private final Silence silence;

    private final Mailboxes mailboxes;

    MessagesController(Messages messages, StaffDigests digests, Silence silence, Mailboxes mailboxes) {
        this.messages = messages;
        this.digests = digests;
        this.silence = silence;
        this.mailboxes = mailboxes;
    }

    @GetMapping("/my/messages")
    String page(@AuthenticationPrincipal @Nullable SignedIn me, Model model) {
        SignedIn who = learner(me);
        model.addAttribute("possible", messages.isPossible());
        model.addAttribute("address", mailboxes.shownTo(who));
        model.addAttribute("wanted", messages.isWanted(who.tenant(), who.personId()));
        return "publication/messages";
    }

    @PostMapping("/my/messages")
    String choose(
            @AuthenticationPrincipal @Nullable SignedIn me, @RequestParam(defaultValue = "false") boolean wanted) {
        SignedIn who = learner(me);
        messages.choose(who.tenant(), who.personId(), wanted);
        return "redirect:/my/messages";
    }

    /** Mail programs open links by themselves to look at them: it takes the button. */
    @GetMapping(Silence.PATH + "{token}")
    String ask(@PathVariable String token, Model model) {
        addressee(token);
        model.addAttribute("token", token);
        model.addAttribute("done", false);
        return "publication/silence";
    }

    @PostMapping(Silence.PATH + "{token}")
    String silence(@PathVariable String token, Model model) {
        Addressee addressee = addressee(token);
        messages.choose(addressee.tenant(), addressee.personId(), false);
        digests.silence(addressee.tenant(), addressee.personId());
        model.addAttribute("token", token);
        model.addAttribute("done", true);
        return "publication/silence";
    }

    private Addressee addressee(String token) {
        return silence.read(token).orElseThrow(MessagesController::notFound);
    }

    private static SignedIn learner(@Nullable SignedIn me) {
        if (me == null || !me.isLearner()) {
            throw notFound();
        }
        return me;
    }

    private static ResponseStatusException notFound() {
        return new ResponseStatusException(HttpStatus.NOT_FOUND);
    }
}
