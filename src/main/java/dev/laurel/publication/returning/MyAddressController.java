package dev.laurel.publication.returning;

import dev.laurel.context.address.MailAddress;
import dev.laurel.context.address.OwnAddress;
import dev.laurel.context.address.OwnAddresses;
import dev.laurel.launch.session.Sessions;
import dev.laurel.launch.session.SignedIn;
import dev.laurel.platform.tenant.PublicUrl;
import dev.laurel.platform.wording.Wording;
import dev.laurel.publication.mail.MailServer;
import jakarta.servlet.http.HttpServletRequest;
import java.util.Locale;
import java.util.Optional;
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
import org.springframework.web.servlet.mvc.support.RedirectAttributes;

/** A learner, signed in by her LMS, says at which address she wants to reach her badges without it. */
@Controller
@RequestMapping(MyAddressController.PATH)
class MyAddressController {

    static final String PATH = "/my/address";

    private final OwnAddresses addresses;

    private final AddressMails mails;

    private final ShelfDoor door;

    private final MailServer server;

    private final Sessions sessions;

    private final PublicUrl publicUrl;

    private final Wording wording;

    MyAddressController(
            OwnAddresses addresses,
            AddressMails mails,
            ShelfDoor door,
            MailServer server,
            Sessions sessions,
            PublicUrl publicUrl,
            Wording wording) {
        this.addresses = addresses;
        this.mails = mails;
        this.door = door;
        this.server = server;
        this.sessions = sessions;
        this.publicUrl = publicUrl;
        this.wording = wording;
    }

    @GetMapping
    String page(@AuthenticationPrincipal @Nullable SignedIn me, Model model) {
        return show(herself(me), model);
    }

    private String show(SignedIn who, Model model) {
        Optional<OwnAddress> own = addresses.of(who.tenant(), who.personId());
        boolean hidden = !who.isHerself();
        model.addAttribute("learner", who.isLearner());
        model.addAttribute("possible", server.isThere());
        model.addAttribute("there", own.isPresent());
        // Whoever only acts as her is not told what she told nobody else.
        model.addAttribute(
                "address",
                hidden ? null : own.map(each -> each.address().value()).orElse(null));
        MailAddress wish = hidden || !who.isLearner()
                ? null
                : addresses.wish(who.tenant(), who.personId()).orElse(null);
        model.addAttribute("wish", wish == null ? null : wish.value());
        model.addAttribute("door", door.path(who.tenant()).map(publicUrl::at).orElse(null));
        model.addAttribute("minutes", OwnAddresses.CODE_COUNTS.toMinutes());
        return "publication/my-address";
    }

    @PostMapping
    String add(
            @AuthenticationPrincipal @Nullable SignedIn me,
            @RequestParam(defaultValue = "") String email,
            @RequestParam(defaultValue = "false") boolean keeps,
            Model model,
            RedirectAttributes redirect) {
        SignedIn who = learner(me);
        if (!server.isThere() || door.path(who.tenant()).isEmpty()) {
            // The page says why.
            return "redirect:" + PATH;
        }
        Optional<MailAddress> address = MailAddress.of(email);
        if (address.isEmpty()) {
            return again(who, email, "bad", model);
        }
        AddressMails.Asked asked = mails.askCode(who.tenant(), who.personId(), address.get(), keeps);
        if (asked == AddressMails.Asked.OF_THE_PLATFORM) {
            return again(who, email, "platform", model);
        }
        if (asked == AddressMails.Asked.SENT) {
            redirect.addFlashAttribute("flash", wording.say("returning.sent"));
        } else {
            redirect.addFlashAttribute("flashProblem", wording.say("returning.often"));
        }
        return "redirect:" + PATH;
    }

    /** At once, not by a redirect: what she typed shall lie in no session. */
    private String again(SignedIn who, String email, String problem, Model model) {
        model.addAttribute("problem", problem);
        model.addAttribute("typed", email);
        return show(who, model);
    }

    @PostMapping("/confirmation")
    String confirm(
            @AuthenticationPrincipal @Nullable SignedIn me,
            @RequestParam(defaultValue = "") String code,
            RedirectAttributes redirect) {
        SignedIn who = learner(me);
        OwnAddresses.Answer answer = mails.confirm(who.tenant(), who.personId(), code);
        if (answer == OwnAddresses.Answer.CONFIRMED) {
            redirect.addFlashAttribute("flash", wording.say("returning.confirmed"));
        } else {
            redirect.addFlashAttribute("badCode", answer.name().toLowerCase(Locale.ROOT));
        }
        return "redirect:" + PATH;
    }

    /**
     * Whatever she is by now: an address outlives the course in which she gave it. Also by a mailed link, where there is no other
     * way any more: that ends the session at hand, too.
     */
    @PostMapping("/removal")
    String remove(
            @AuthenticationPrincipal @Nullable SignedIn me, HttpServletRequest request, RedirectAttributes redirect) {
        SignedIn who = herself(me);
        mails.remove(who.tenant(), who.personId());
        if (who.isByMail()) {
            sessions.end(request);
            return "redirect:" + door.path(who.tenant()).orElseThrow(MyAddressController::notFound) + "?done=removed";
        }
        redirect.addFlashAttribute("flash", wording.say("returning.removed"));
        return "redirect:" + PATH;
    }

    private static SignedIn learner(@Nullable SignedIn me) {
        SignedIn who = herself(me);
        if (!who.isLearner()) {
            throw notFound();
        }
        return who;
    }

    /** Whoever only acts as her may look, and is told nothing. */
    private static SignedIn herself(@Nullable SignedIn me) {
        if (me == null || !me.isHerself() && !me.acting().isReadOnly()) {
            throw notFound();
        }
        return me;
    }

    private static ResponseStatusException notFound() {
        return new ResponseStatusException(HttpStatus.NOT_FOUND);
    }
}
