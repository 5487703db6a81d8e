package dev.laurel.publication.mail;

import dev.laurel.launch.session.SignedIn;
import dev.laurel.publication.mail.StaffDigestRepository.Reader;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpStatus;
import org.springframework.security.core.annotation.AuthenticationPrincipal;
import org.springframework.stereotype.Controller;
import org.springframework.ui.Model;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.server.ResponseStatusException;

/** Whether an instructor wants to be told once a week what waits in her course: her own choice, for this course. */
@Controller
@RequestMapping("/course/messages")
class StaffMessagesController {

    private final StaffDigests digests;

    private final Messages messages;

    private final Mailboxes mailboxes;

    StaffMessagesController(StaffDigests digests, Messages messages, Mailboxes mailboxes) {
        this.digests = digests;
        this.messages = messages;
        this.mailboxes = mailboxes;
    }

    @GetMapping
    String page(@AuthenticationPrincipal @Nullable SignedIn me, Model model) {
        SignedIn who = instructor(me);
        model.addAttribute("possible", messages.isPossible());
        model.addAttribute("address", mailboxes.shownTo(who));
        model.addAttribute("wanted", digests.isWanted(reader(who)));
        return "publication/staff-messages";
    }

    @PostMapping
    String choose(
            @AuthenticationPrincipal @Nullable SignedIn me, @RequestParam(defaultValue = "false") boolean wanted) {
        digests.choose(reader(instructor(me)), wanted);
        return "redirect:/course/messages";
    }

    private static SignedIn instructor(@Nullable SignedIn me) {
        if (me == null || !me.isInstructor()) {
            throw new ResponseStatusException(HttpStatus.NOT_FOUND);
        }
        return me;
    }

    private static Reader reader(SignedIn me) {
        return new Reader(me.tenant(), me.requireContextId(), me.personId());
    }
}
