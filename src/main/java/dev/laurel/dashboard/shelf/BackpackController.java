package dev.laurel.dashboard.shelf;

import dev.laurel.award.Award;
import dev.laurel.dashboard.Allowed;
import dev.laurel.dashboard.shelf.OwnBadges.Own;
import dev.laurel.launch.session.SignedIn;
import dev.laurel.platform.wording.Wording;
import dev.laurel.publication.Backpacks;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.security.core.annotation.AuthenticationPrincipal;
import org.springframework.stereotype.Controller;
import org.springframework.ui.Model;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.servlet.mvc.support.RedirectAttributes;

/** A learner takes her badge to a backpack that reads only Open Badges 2.0, and out of it again. */
@Controller
@RequestMapping("/my/badges/{awardId}/backpack")
class BackpackController {

    private final OwnBadges badges;

    private final Backpacks backpacks;

    private final Wording wording;

    BackpackController(OwnBadges badges, Backpacks backpacks, Wording wording) {
        this.badges = badges;
        this.backpacks = backpacks;
        this.wording = wording;
    }

    @GetMapping
    String page(@AuthenticationPrincipal @Nullable SignedIn me, @PathVariable long awardId, Model model) {
        Own own = claimed(me, awardId);
        badges.header(own, model);
        model.addAttribute("address", backpacks.url(own.me().tenant(), awardId).orElse(null));
        List<String> known = badges.emails(own);
        model.addAttribute("known", known);
        model.addAttribute("open", backpacks.areOpenTo(own.me().tenant(), own.award()));
        if (!model.containsAttribute("email")) {
            model.addAttribute("email", known.isEmpty() ? "" : known.get(0));
        }
        return "dashboard/backpack";
    }

    /** For an address that her LMS tells or that she confirmed, and no other: or whoever has a badge could give it to anybody. */
    @PostMapping
    String put(
            @AuthenticationPrincipal @Nullable SignedIn me,
            @PathVariable long awardId,
            @RequestParam(defaultValue = "") String email,
            RedirectAttributes redirect) {
        Own own = claimed(me, awardId);
        if (!backpacks.areOpenTo(own.me().tenant(), own.award())) {
            // The page says what is missing and who can enter it.
            return "redirect:/my/badges/" + awardId + "/backpack";
        }
        if (badges.emails(own).stream().anyMatch(email.strip()::equalsIgnoreCase)) {
            backpacks.put(own.me().tenant(), awardId, own.me().personId(), email.strip());
            redirect.addFlashAttribute("flash", wording.say("older.made"));
        } else {
            redirect.addFlashAttribute("bad", true);
            redirect.addFlashAttribute("email", email);
        }
        return "redirect:/my/badges/" + awardId + "/backpack";
    }

    @PostMapping("/end")
    String end(
            @AuthenticationPrincipal @Nullable SignedIn me, @PathVariable long awardId, RedirectAttributes redirect) {
        Own own = badges.own(me, awardId);
        backpacks.remove(own.me().tenant(), awardId, own.me().personId());
        redirect.addFlashAttribute("flash", wording.say("older.ended"));
        return "redirect:/my/badges/" + awardId;
    }

    /** What does not stand, or was not kept, goes nowhere. */
    private Own claimed(@Nullable SignedIn me, long awardId) {
        Own own = badges.own(me, awardId);
        Award award = own.award();
        if (award.claimedAt() == null || !award.isValid()) {
            throw Allowed.notFound();
        }
        return own;
    }
}
