package dev.laurel.publication.returning;

import dev.laurel.launch.session.Sessions;
import dev.laurel.platform.tenant.Tenants;
import dev.laurel.publication.returning.ShelfLinkRepository.Link;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.http.HttpStatus;
import org.springframework.stereotype.Controller;
import org.springframework.ui.Model;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestMapping;

/** The link in a message. Programs open links of mail by themselves to look at them, so it is the button that spends it. */
@Controller
@RequestMapping(ShelfLinks.PATH + "{token}")
class ShelfLinkController {

    private static final Logger LOG = LoggerFactory.getLogger(ShelfLinkController.class);

    private final ShelfLinks links;

    private final ShelfDoor door;

    private final Sessions sessions;

    private final Tenants tenants;

    ShelfLinkController(ShelfLinks links, ShelfDoor door, Sessions sessions, Tenants tenants) {
        this.links = links;
        this.door = door;
        this.sessions = sessions;
        this.tenants = tenants;
    }

    @GetMapping
    String ask(@PathVariable String token, HttpServletResponse response, Model model) {
        Optional<Link> link = links.find(token);
        if (link.filter(links::works).isEmpty()) {
            return over(link, response, model);
        }
        model.addAttribute("token", token);
        model.addAttribute("institution", tenants.name(link.get().tenant()));
        return "publication/shelf-link";
    }

    /** Another site must not sign somebody in to badges that are not hers. */
    @PostMapping
    String open(@PathVariable String token, HttpServletRequest request, HttpServletResponse response, Model model) {
        Optional<Link> link = links.find(token);
        if (!sessions.isSentByUs(request) || link.filter(links::spend).isEmpty()) {
            return over(link, response, model);
        }
        sessions.beginByMail(request, link.get().tenant(), link.get().addressId());
        LOG.info("Badges opened by a mailed link: tenant {}", link.get().tenant());
        return "redirect:/my/shelf";
    }

    /** Used, too old, of an address that was removed, or nothing that Laurel ever made: all the same to whoever has it. */
    private String over(Optional<Link> link, HttpServletResponse response, Model model) {
        response.setStatus(HttpStatus.NOT_FOUND.value());
        model.addAttribute(
                "again", link.flatMap(each -> door.path(each.tenant())).orElse(null));
        model.addAttribute("minutes", ShelfLinks.WORKS.toMinutes());
        return "publication/shelf-link-over";
    }
}
