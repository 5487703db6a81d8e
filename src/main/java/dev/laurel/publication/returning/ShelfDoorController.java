package dev.laurel.publication.returning;

import dev.laurel.achievement.Issuer;
import dev.laurel.achievement.Issuers;
import dev.laurel.achievement.Issuers.OwnedIssuer;
import dev.laurel.context.address.MailAddress;
import dev.laurel.launch.session.Sessions;
import dev.laurel.platform.tenant.Tenants;
import jakarta.servlet.http.HttpServletRequest;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpStatus;
import org.springframework.stereotype.Controller;
import org.springframework.ui.Model;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.server.ResponseStatusException;

/** Anybody types an address, and is told the same whatever it is. */
@Controller
@RequestMapping("/issuers/{publicId}/my-badges")
class ShelfDoorController {

    private final Issuers issuers;

    private final Tenants tenants;

    private final AddressMails mails;

    private final ShelfDoor door;

    private final Sessions sessions;

    ShelfDoorController(Issuers issuers, Tenants tenants, AddressMails mails, ShelfDoor door, Sessions sessions) {
        this.issuers = issuers;
        this.tenants = tenants;
        this.mails = mails;
        this.door = door;
        this.sessions = sessions;
    }

    /** @param done what was done just now, as the end of a message key: {@code asked}, {@code left} or {@code removed} */
    @GetMapping
    String page(@PathVariable UUID publicId, @RequestParam(required = false) @Nullable String done, Model model) {
        return page(find(publicId), done, null, model);
    }

    @PostMapping
    String ask(
            @PathVariable UUID publicId,
            @RequestParam(defaultValue = "") String email,
            HttpServletRequest request,
            Model model) {
        OwnedIssuer owned = find(publicId);
        if (!sessions.isSentByUs(request)) {
            // Or another site would have its visitors ask, each from a network of their own.
            throw new ResponseStatusException(HttpStatus.FORBIDDEN);
        }
        Optional<MailAddress> address = MailAddress.of(email);
        if (address.isEmpty() || !door.isOpen()) {
            return page(owned, null, email, model);
        }
        mails.askLink(owned.tenant(), address.get(), request.getRemoteAddr());
        return "redirect:" + ShelfDoor.path(owned.issuer()) + "?done=asked";
    }

    private String page(OwnedIssuer owned, @Nullable String done, @Nullable String typed, Model model) {
        model.addAttribute("possible", door.isOpen());
        model.addAttribute("issuer", owned.issuer());
        model.addAttribute("institution", tenants.name(owned.tenant()));
        model.addAttribute("asked", "asked".equals(done));
        model.addAttribute("ended", "left".equals(done) || "removed".equals(done) ? done : null);
        model.addAttribute("typed", typed);
        model.addAttribute("minutes", ShelfLinks.WORKS.toMinutes());
        model.addAttribute("mostInAnHour", AddressMails.IN_AN_HOUR);
        return "publication/shelf-door";
    }

    private OwnedIssuer find(UUID publicId) {
        return issuers.findByPublicId(publicId)
                .filter(owned -> owned.issuer().kind() != Issuer.Kind.SAMPLE)
                .orElseThrow(() -> new ResponseStatusException(HttpStatus.NOT_FOUND));
    }
}
