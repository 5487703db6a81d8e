package dev.laurel.dashboard.shelf;

import dev.laurel.award.Award;
import dev.laurel.award.Awards;
import dev.laurel.dashboard.Allowed;
import dev.laurel.dashboard.shelf.OwnBadges.Own;
import dev.laurel.launch.session.SignedIn;
import dev.laurel.publication.Disclosure;
import dev.laurel.publication.Disclosures;
import org.jspecify.annotations.Nullable;
import org.springframework.context.MessageSource;
import org.springframework.context.i18n.LocaleContextHolder;
import org.springframework.security.core.annotation.AuthenticationPrincipal;
import org.springframework.stereotype.Controller;
import org.springframework.ui.Model;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.servlet.mvc.support.RedirectAttributes;

/** What others see of a badge that its holder keeps: chosen when she accepts it, and here at any time after. */
@Controller
@RequestMapping("/my/badges/{awardId}/disclosure")
class MyDisclosureController {

    private final OwnBadges badges;

    private final Awards awards;

    private final Disclosures disclosures;

    private final HandedInWork work;

    private final MessageSource messages;

    MyDisclosureController(
            OwnBadges badges, Awards awards, Disclosures disclosures, HandedInWork work, MessageSource messages) {
        this.badges = badges;
        this.awards = awards;
        this.disclosures = disclosures;
        this.work = work;
        this.messages = messages;
    }

    @GetMapping
    String ask(@AuthenticationPrincipal @Nullable SignedIn me, @PathVariable long awardId, Model model) {
        Own own = kept(me, awardId);
        badges.header(own, model);
        model.addAttribute("disclosure", badges.disclosure(own));
        model.addAttribute("works", work.of(own.me().tenant(), own.award()));
        return "dashboard/disclosure";
    }

    @PostMapping
    String choose(
            @AuthenticationPrincipal @Nullable SignedIn me,
            @PathVariable long awardId,
            @RequestParam(defaultValue = "NONE") Award.NameShown name,
            @RequestParam(defaultValue = "LEVEL") Disclosure.Detail detail,
            @RequestParam(defaultValue = "false") boolean work,
            RedirectAttributes redirect) {
        Own own = kept(me, awardId);
        Disclosure chosen = badges.permitted(own, new Disclosure(detail, work));
        disclosures.choose(own.me().tenant(), awardId, own.me().personId(), chosen);
        awards.claim(own.me().tenant(), awardId, own.me().personId(), name);
        redirect.addFlashAttribute(
                "flash", messages.getMessage("disclosure.saved", null, LocaleContextHolder.getLocale()));
        return "redirect:/my/badges/" + awardId;
    }

    private Own kept(@Nullable SignedIn me, long awardId) {
        Own own = badges.own(me, awardId);
        if (own.award().claimedAt() == null || own.award().revokedAt() != null) {
            throw Allowed.notFound();
        }
        return own;
    }
}
