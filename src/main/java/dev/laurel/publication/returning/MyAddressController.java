package dev.laurel.publication.returning;

import dev.laurel.context.address.AddressWish;
import dev.laurel.context.address.MailAddress;
import dev.laurel.context.address.OwnAddress;
import dev.laurel.context.address.OwnAddresses;
import dev.laurel.launch.session.Role;
import dev.laurel.launch.session.Sessions;
import dev.laurel.launch.session.SignedIn;
import dev.laurel.platform.tenant.PublicUrl;
import dev.laurel.publication.mail.MailServer;
import jakarta.servlet.http.HttpServletRequest;
import java.util.Locale;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.springframework.context.MessageSource;
import org.springframework.context.i18n.LocaleContextHolder;
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

    private final MessageSource messages;

    MyAddressController(
            OwnAddresses addresses,
            AddressMails mails,
            ShelfDoor door,
            MailServer server,
            Sessions sessions,
            PublicUrl publicUrl,
            MessageSource messages) {
        this.addresses = addresses;
        this.mails = mails;
        this.door = door;
        this.server = server;
        this.sessions = sessions;
        this.publicUrl = publicUrl;
        this.messages = messages;
    }

    @GetMapping
    String page(@AuthenticationPrincipal @Nullable SignedIn me, Model model) {
        SignedIn who = learner(me);
        Optional<OwnAddress> own = addresses.of(who.tenant(), who.personId());
        boolean hidden = who.acting().isReadOnly();
        model.addAttribute("possible", server.isThere());
        model.addAttribute("there", own.isPresent());
        // Whoever only acts as her is not told what she told nobody else.
        model.addAttribute(
                "address",
                hidden ? null : own.map(each -> each.address().value()).orElse(null));
        AddressWish wish =
                hidden ? null : addresses.wish(who.tenant(), who.personId()).orElse(null);
        model.addAttribute("wish", wish == null ? null : wish.address().value());
        model.addAttribute("door", door.path(who.tenant()).map(publicUrl::at).orElse(null));
        model.addAttribute("minutes", OwnAddresses.CODE_COUNTS.toMinutes());
        return "publication/my-address";
    }

    @PostMapping
    String add(
            @AuthenticationPrincipal @Nullable SignedIn me,
            @RequestParam(defaultValue = "") String email,
            RedirectAttributes redirect) {
        SignedIn who = learner(me);
        if (!server.isThere() || door.path(who.tenant()).isEmpty()) {
            // The page says why.
            return "redirect:" + PATH;
        }
        Optional<MailAddress> address = MailAddress.of(email);
        if (address.isEmpty()) {
            redirect.addFlashAttribute("bad", true);
            redirect.addFlashAttribute("typed", email);
        } else if (mails.askCode(who.tenant(), who.personId(), address.get())) {
            redirect.addFlashAttribute("flash", say("returning.sent"));
        } else {
            redirect.addFlashAttribute("flashProblem", say("returning.often"));
        }
        return "redirect:" + PATH;
    }

    @PostMapping("/confirmation")
    String confirm(
            @AuthenticationPrincipal @Nullable SignedIn me,
            @RequestParam(defaultValue = "") String code,
            RedirectAttributes redirect) {
        SignedIn who = learner(me);
        OwnAddresses.Answer answer = mails.confirm(who.tenant(), who.personId(), code);
        if (answer == OwnAddresses.Answer.CONFIRMED) {
            redirect.addFlashAttribute("flash", say("returning.confirmed"));
        } else {
            redirect.addFlashAttribute("badCode", answer.name().toLowerCase(Locale.ROOT));
        }
        return "redirect:" + PATH;
    }

    /** Also by a mailed link, where there is no other way any more: that ends the session at hand, too. */
    @PostMapping("/removal")
    String remove(
            @AuthenticationPrincipal @Nullable SignedIn me, HttpServletRequest request, RedirectAttributes redirect) {
        SignedIn who = me != null && me.isByMail() ? me : learner(me);
        addresses.remove(who.tenant(), who.personId());
        if (who.isByMail()) {
            sessions.end(request);
            return "redirect:" + door.path(who.tenant()).orElseThrow(MyAddressController::notFound) + "?done=removed";
        }
        redirect.addFlashAttribute("flash", say("returning.removed"));
        return "redirect:" + PATH;
    }

    /** In the LMS that people learn with: in a copy of it others may sign in as her. */
    private static SignedIn learner(@Nullable SignedIn me) {
        if (me == null
                || !me.isLearner()
                || me.roles().contains(Role.TEST_STUDENT)
                || me.acting().testCopy()) {
            throw notFound();
        }
        return me;
    }

    private String say(String key) {
        return messages.getMessage(key, null, LocaleContextHolder.getLocale());
    }

    private static ResponseStatusException notFound() {
        return new ResponseStatusException(HttpStatus.NOT_FOUND);
    }
}
