package dev.laurel.dashboard.shelf;

import dev.laurel.award.Award;
import dev.laurel.award.Awards;
import dev.laurel.award.decision.Samples;
import dev.laurel.credential.Credentials;
import dev.laurel.dashboard.Allowed;
import dev.laurel.dashboard.awarding.MyCase;
import dev.laurel.dashboard.explain.DecisionFacts;
import dev.laurel.dashboard.shelf.OwnBadges.Own;
import dev.laurel.launch.session.SignedIn;
import dev.laurel.platform.tenant.TenantId;
import dev.laurel.platform.wording.Wording;
import dev.laurel.publication.AwardMessages;
import dev.laurel.publication.Disclosure;
import dev.laurel.publication.Disclosures;
import dev.laurel.publication.ShareCounts;
import dev.laurel.publication.Shares;
import dev.laurel.publication.owner.OwnerQuestions;
import java.time.Clock;
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

/** One badge that a learner has: what it says, why, and what she lets others see of it. Nobody else can open it. */
@Controller
@RequestMapping("/my/badges/{awardId}")
class MyBadgeController {

    private final OwnBadges badges;

    private final Awards awards;

    private final Credentials credentials;

    private final Shares shares;

    private final ShareCounts counts;

    private final Disclosures disclosures;

    private final OwnerQuestions questions;

    private final HandedInWork work;

    private final DecisionFacts facts;

    private final Shelf shelf;

    private final AwardMessages awardMessages;

    private final MyCase cases;

    private final Samples samples;

    private final Wording wording;

    private final Clock clock;

    MyBadgeController(
            OwnBadges badges,
            Awards awards,
            Credentials credentials,
            Shares shares,
            ShareCounts counts,
            Disclosures disclosures,
            OwnerQuestions questions,
            HandedInWork work,
            DecisionFacts facts,
            Shelf shelf,
            AwardMessages awardMessages,
            MyCase cases,
            Samples samples,
            Wording wording,
            Clock clock) {
        this.badges = badges;
        this.awards = awards;
        this.credentials = credentials;
        this.shares = shares;
        this.counts = counts;
        this.disclosures = disclosures;
        this.questions = questions;
        this.work = work;
        this.facts = facts;
        this.shelf = shelf;
        this.awardMessages = awardMessages;
        this.cases = cases;
        this.samples = samples;
        this.wording = wording;
        this.clock = clock;
    }

    @GetMapping
    String badge(@AuthenticationPrincipal @Nullable SignedIn me, @PathVariable long awardId, Model model) {
        Own own = badges.own(me, awardId);
        TenantId tenant = own.me().tenant();
        Award award = own.award();
        badges.header(own, model);
        model.addAttribute("act", badges.sharing(own, null));
        model.addAttribute("link", shares.link(tenant, awardId).orElse(null));
        model.addAttribute("counts", counts.of(tenant, awardId));
        model.addAttribute("linkEnded", shares.endedAt(tenant, awardId).orElse(null));
        model.addAttribute("disclosure", badges.disclosure(own));
        model.addAttribute("signed", credentials.find(tenant, awardId).isPresent());
        boolean byMail = own.me().isByMail();
        boolean here = samples.isOpenTo(own.me(), award);
        model.addAttribute("here", here);
        // Only her LMS, or her wallet, says that it is she who answers.
        model.addAttribute("asked", award.isValid() && !byMail && here ? questions.open(tenant, awardId) : List.of());
        model.addAttribute("mine", cases.shown(own.me(), award));
        model.addAttribute("chain", awards.chain(tenant, award));
        model.addAttribute("over", award.isOver(clock.instant()));
        model.addAttribute("why", byMail ? List.of() : facts.lines(tenant, awardId));
        model.addAttribute(
                "nextTier",
                own.course() == null || byMail
                        ? null
                        : shelf.nextTier(own.course(), award).orElse(null));
        return "dashboard/my-badge";
    }

    @GetMapping("/claim")
    String askClaim(@AuthenticationPrincipal @Nullable SignedIn me, @PathVariable long awardId, Model model) {
        Own own = badges.own(me, awardId);
        badges.header(own, model);
        model.addAttribute("disclosure", badges.disclosure(own));
        model.addAttribute("works", work.of(own.me().tenant(), own.award()));
        return "dashboard/claim";
    }

    /** @param end until when its page shall work, as {@link LinkEnd} has it; asked for next where it takes a day */
    @PostMapping("/claim")
    String claim(
            @AuthenticationPrincipal @Nullable SignedIn me,
            @PathVariable long awardId,
            @RequestParam(defaultValue = "NONE") Award.NameShown name,
            @RequestParam(defaultValue = "LEVEL") Disclosure.Detail detail,
            @RequestParam(defaultValue = "false") boolean work,
            @RequestParam(defaultValue = "me") String audience,
            @RequestParam(defaultValue = "NONE") String end,
            RedirectAttributes redirect) {
        Own own = badges.own(me, awardId);
        if (own.award().revokedAt() != null) {
            throw Allowed.notFound();
        }
        Disclosure chosen = badges.permitted(own, new Disclosure(detail, work));
        disclosures.choose(own.me().tenant(), awardId, own.me().personId(), chosen);
        awards.claim(own.me().tenant(), awardId, own.me().personId(), name);
        redirect.addFlashAttribute("flash", wording.say("my.claimed"));
        if (!"link".equals(audience)) {
            return "redirect:/my/badges/" + awardId;
        }
        redirect.addAttribute("end", end);
        return "redirect:/my/badges/" + awardId + "/share";
    }

    /** She has seen that it arrived. It stays on her shelf, to be kept whenever she likes. */
    @PostMapping("/arrival")
    String seen(@AuthenticationPrincipal @Nullable SignedIn me, @PathVariable long awardId) {
        Own own = badges.own(me, awardId);
        awardMessages.seen(own.me().tenant(), own.me().personId(), awardId);
        return "redirect:/shelf";
    }

    @PostMapping("/refusal")
    String decline(
            @AuthenticationPrincipal @Nullable SignedIn me, @PathVariable long awardId, RedirectAttributes redirect) {
        Own own = badges.own(me, awardId);
        if (own.award().revokedAt() != null || own.award().claimedAt() != null) {
            throw Allowed.notFound();
        }
        awards.decline(own.me().tenant(), awardId, own.me().personId());
        redirect.addFlashAttribute("flash", wording.say("my.declined"));
        return "redirect:/my/badges/" + awardId;
    }
}
