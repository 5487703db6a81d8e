package dev.laurel.dashboard.shelf;

import dev.laurel.dashboard.Allowed;
import dev.laurel.dashboard.IrreversibleActs;
import dev.laurel.dashboard.explain.Say;
import dev.laurel.dashboard.shelf.OwnBadges.Own;
import dev.laurel.launch.session.SignedIn;
import dev.laurel.platform.wording.Wording;
import dev.laurel.publication.Disclosures;
import dev.laurel.publication.Shares;
import jakarta.servlet.http.HttpServletRequest;
import java.time.Clock;
import java.time.LocalDate;
import org.jspecify.annotations.Nullable;
import org.springframework.format.annotation.DateTimeFormat;
import org.springframework.security.core.annotation.AuthenticationPrincipal;
import org.springframework.stereotype.Controller;
import org.springframework.ui.Model;
import org.springframework.validation.BindingResult;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.ModelAttribute;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.servlet.mvc.support.RedirectAttributes;

/** The page of a badge for others: its holder makes it, says until when its link works, and takes it away. */
@Controller
@RequestMapping("/my/badges/{awardId}/share")
class MyShareController {

    private final OwnBadges badges;

    private final Shares shares;

    private final Disclosures disclosures;

    private final IrreversibleActs acts;

    private final Say say;

    private final Wording wording;

    private final Clock clock;

    MyShareController(
            OwnBadges badges,
            Shares shares,
            Disclosures disclosures,
            IrreversibleActs acts,
            Say say,
            Wording wording,
            Clock clock) {
        this.badges = badges;
        this.shares = shares;
        this.disclosures = disclosures;
        this.acts = acts;
        this.say = say;
        this.wording = wording;
        this.clock = clock;
    }

    /** Until when it shall work, and then the last question before others can see it. */
    @GetMapping
    String ask(
            @AuthenticationPrincipal @Nullable SignedIn me,
            @PathVariable long awardId,
            @ModelAttribute("form") LinkEnd form,
            BindingResult errors,
            Model model,
            RedirectAttributes redirect) {
        Own own = badges.own(me, awardId);
        if (own.award().suspendedAt() != null) {
            return suspended(own, redirect);
        }
        if (form.end() == null) {
            return endPage(own, LinkEnd.none(), false, model);
        }
        LocalDate lastDay = form.lastDay(today(own), errors);
        if (errors.hasErrors()) {
            return endPage(own, form, false, model);
        }
        badges.header(own, model);
        model.addAttribute("act", badges.sharing(own, lastDay));
        model.addAttribute("lastDay", lastDay);
        return "dashboard/share";
    }

    @PostMapping
    String share(
            @AuthenticationPrincipal @Nullable SignedIn me,
            @PathVariable long awardId,
            HttpServletRequest request,
            RedirectAttributes redirect) {
        return share(badges.own(me, awardId), null, request, redirect);
    }

    /** The end stands in the address, because a confirmation is given for an address and for nothing beside it. */
    @PostMapping("/until/{lastDay}")
    String shareUntil(
            @AuthenticationPrincipal @Nullable SignedIn me,
            @PathVariable long awardId,
            @PathVariable @DateTimeFormat(iso = DateTimeFormat.ISO.DATE) LocalDate lastDay,
            HttpServletRequest request,
            RedirectAttributes redirect) {
        Own own = badges.own(me, awardId);
        if (!LinkEnd.isPossible(lastDay, today(own))) {
            // The page was open over midnight: it says so at the field.
            return "redirect:/my/badges/" + awardId + "/share?end=DAY&day=" + lastDay;
        }
        return share(own, lastDay, request, redirect);
    }

    private String share(
            Own own, @Nullable LocalDate lastDay, HttpServletRequest request, RedirectAttributes redirect) {
        if (own.award().revokedAt() != null) {
            throw Allowed.notFound();
        }
        if (own.award().suspendedAt() != null) {
            return suspended(own, redirect);
        }
        acts.requireWish(request, own.me(), badges.sharing(own, lastDay));
        if (own.me().isByMail()) {
            // Before there is a page: what she chose for an earlier one may show more than a mailed link is for.
            disclosures.choose(own.me().tenant(), own.award().id(), own.me().personId(), badges.disclosure(own));
        }
        shares.share(own.me().tenant(), own.award().id(), own.me().personId(), LinkEnd.endsAt(lastDay, own.zone()));
        return back(own, wording.say("my.shared"), redirect);
    }

    /** Nobody can be shown what does not hold now. */
    private String suspended(Own own, RedirectAttributes redirect) {
        redirect.addFlashAttribute("flashProblem", wording.say("my.share.suspended"));
        return "redirect:/my/badges/" + own.award().id();
    }

    @GetMapping("/end")
    String askEnd(@AuthenticationPrincipal @Nullable SignedIn me, @PathVariable long awardId, Model model) {
        Own own = badges.own(me, awardId);
        Shares.Link link = shares.link(own.me().tenant(), awardId).orElseThrow(Allowed::notFound);
        return endPage(own, LinkEnd.of(link.endsAt(), own.zone()), true, model);
    }

    /** Changes or lifts it; the address stays the same. */
    @PostMapping("/end")
    String end(
            @AuthenticationPrincipal @Nullable SignedIn me,
            @PathVariable long awardId,
            @ModelAttribute("form") LinkEnd form,
            BindingResult errors,
            Model model,
            RedirectAttributes redirect) {
        Own own = badges.own(me, awardId);
        LocalDate lastDay = form.lastDay(today(own), errors);
        if (errors.hasErrors()) {
            return endPage(own, form, true, model);
        }
        boolean changed =
                shares.end(own.me().tenant(), awardId, own.me().personId(), LinkEnd.endsAt(lastDay, own.zone()));
        String now = lastDay == null ? wording.say("link.lifted") : wording.say("link.ends", say.date(lastDay));
        return back(own, changed ? now : wording.say("link.over"), redirect);
    }

    @PostMapping("/withdrawal")
    String withdraw(
            @AuthenticationPrincipal @Nullable SignedIn me, @PathVariable long awardId, RedirectAttributes redirect) {
        Own own = badges.own(me, awardId);
        shares.withdraw(own.me().tenant(), awardId, own.me().personId());
        return back(own, wording.say("my.withdrawn"), redirect);
    }

    /** @param change of a link that works, or for one that shall be made */
    private String endPage(Own own, LinkEnd form, boolean change, Model model) {
        badges.header(own, model);
        model.addAttribute("form", form);
        model.addAttribute("change", change);
        model.addAttribute("today", today(own));
        return "dashboard/share-end";
    }

    private LocalDate today(Own own) {
        return LocalDate.ofInstant(clock.instant(), own.zone());
    }

    private static String back(Own own, String flash, RedirectAttributes redirect) {
        redirect.addFlashAttribute("flash", flash);
        return "redirect:/my/badges/" + own.award().id();
    }
}
