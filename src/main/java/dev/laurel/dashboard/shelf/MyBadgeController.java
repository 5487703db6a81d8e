package dev.laurel.dashboard.shelf;

import dev.laurel.achievement.AchievementVersion;
import dev.laurel.achievement.Achievements;
import dev.laurel.award.Award;
import dev.laurel.award.Awards;
import dev.laurel.context.Contexts;
import dev.laurel.context.CourseContext;
import dev.laurel.context.Profile;
import dev.laurel.credential.Credentials;
import dev.laurel.dashboard.Allowed;
import dev.laurel.dashboard.IrreversibleActs;
import dev.laurel.dashboard.awarding.MyCase;
import dev.laurel.dashboard.explain.DecisionFacts;
import dev.laurel.launch.confirm.Act;
import dev.laurel.launch.session.SignedIn;
import dev.laurel.publication.AwardMessages;
import dev.laurel.publication.Shares;
import jakarta.servlet.http.HttpServletRequest;
import java.time.Clock;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.List;
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

/** One badge that a learner has: what it says, why, and what she lets others see of it. Nobody else can open it. */
@Controller
@RequestMapping("/my/badges/{awardId}")
class MyBadgeController {

    private final Awards awards;

    private final Achievements achievements;

    private final Contexts contexts;

    private final Credentials credentials;

    private final Shares shares;

    private final DecisionFacts facts;

    private final Shelf shelf;

    private final AwardMessages awardMessages;

    private final MyCase cases;

    private final IrreversibleActs acts;

    private final MessageSource messages;

    private final Clock clock;

    MyBadgeController(
            Awards awards,
            Achievements achievements,
            Contexts contexts,
            Credentials credentials,
            Shares shares,
            DecisionFacts facts,
            Shelf shelf,
            AwardMessages awardMessages,
            MyCase cases,
            IrreversibleActs acts,
            MessageSource messages,
            Clock clock) {
        this.awards = awards;
        this.achievements = achievements;
        this.contexts = contexts;
        this.credentials = credentials;
        this.shares = shares;
        this.facts = facts;
        this.shelf = shelf;
        this.awardMessages = awardMessages;
        this.cases = cases;
        this.acts = acts;
        this.messages = messages;
        this.clock = clock;
    }

    @GetMapping
    String badge(@AuthenticationPrincipal @Nullable SignedIn me, @PathVariable long awardId, Model model) {
        Award award = own(me, awardId);
        header(me, award, model);
        model.addAttribute(
                "shared", me == null ? null : shares.url(me.tenant(), awardId).orElse(null));
        model.addAttribute(
                "signed", me != null && credentials.find(me.tenant(), awardId).isPresent());
        model.addAttribute("mine", me == null ? null : cases.of(me.tenant(), award));
        model.addAttribute("chain", me == null ? List.of() : awards.chain(me.tenant(), award));
        model.addAttribute("over", award.isOver(clock.instant()));
        model.addAttribute("why", me == null ? List.of() : facts.lines(me.tenant(), awardId));
        model.addAttribute(
                "tier",
                me == null
                        ? null
                        : contexts.find(me.tenant(), award.contextId())
                                .flatMap(course -> shelf.tier(course, award))
                                .orElse(null));
        return "dashboard/my-badge";
    }

    @GetMapping("/claim")
    String askClaim(@AuthenticationPrincipal @Nullable SignedIn me, @PathVariable long awardId, Model model) {
        Award award = own(me, awardId);
        header(me, award, model);
        return "dashboard/claim";
    }

    @PostMapping("/claim")
    String claim(
            @AuthenticationPrincipal @Nullable SignedIn me,
            @PathVariable long awardId,
            @RequestParam(defaultValue = "NONE") Award.NameShown name,
            @RequestParam(defaultValue = "me") String audience,
            RedirectAttributes redirect) {
        Award award = own(me, awardId);
        if (me == null || award.revokedAt() != null) {
            throw Allowed.notFound();
        }
        awards.claim(me.tenant(), awardId, me.personId(), name);
        redirect.addFlashAttribute("flash", say("my.claimed"));
        return "redirect:/my/badges/" + awardId + ("link".equals(audience) ? "/share" : "");
    }

    /** She has seen that it arrived. It stays on her shelf, to be kept whenever she likes. */
    @PostMapping("/arrival")
    String seen(@AuthenticationPrincipal @Nullable SignedIn me, @PathVariable long awardId) {
        Award award = own(me, awardId);
        if (me != null) {
            awardMessages.seen(me.tenant(), me.personId(), award.id());
        }
        return "redirect:/shelf";
    }

    @PostMapping("/refusal")
    String decline(
            @AuthenticationPrincipal @Nullable SignedIn me, @PathVariable long awardId, RedirectAttributes redirect) {
        Award award = own(me, awardId);
        if (me == null || award.revokedAt() != null || award.claimedAt() != null) {
            throw Allowed.notFound();
        }
        awards.decline(me.tenant(), awardId, me.personId());
        redirect.addFlashAttribute("flash", say("my.declined"));
        return "redirect:/my/badges/" + awardId;
    }

    /** The last question before others can see it. */
    @GetMapping("/share")
    String askShare(@AuthenticationPrincipal @Nullable SignedIn me, @PathVariable long awardId, Model model) {
        Award award = own(me, awardId);
        header(me, award, model);
        return "dashboard/share";
    }

    @PostMapping("/share")
    String share(
            @AuthenticationPrincipal @Nullable SignedIn me,
            @PathVariable long awardId,
            HttpServletRequest request,
            RedirectAttributes redirect) {
        Award award = own(me, awardId);
        if (me == null || award.revokedAt() != null) {
            throw Allowed.notFound();
        }
        acts.requireWish(request, me, sharing(me, award));
        shares.share(me.tenant(), award.id(), me.personId());
        redirect.addFlashAttribute("flash", say("my.shared"));
        return "redirect:/my/badges/" + awardId;
    }

    @PostMapping("/share/withdrawal")
    String withdraw(
            @AuthenticationPrincipal @Nullable SignedIn me, @PathVariable long awardId, RedirectAttributes redirect) {
        Award award = own(me, awardId);
        if (me != null) {
            shares.withdraw(me.tenant(), award.id(), me.personId());
        }
        redirect.addFlashAttribute("flash", say("my.withdrawn"));
        return "redirect:/my/badges/" + awardId;
    }

    private Act sharing(SignedIn me, Award award) {
        String path = "/my/badges/" + award.id();
        String name = achievements
                .version(me.tenant(), award.achievementId(), award.achievementVersion())
                .map(AchievementVersion::name)
                .orElse("");
        return new Act(
                path + "/share", say("my.share.title", name), say("my.share.what"), say("my.share.button"), path);
    }

    private Award own(@Nullable SignedIn me, long awardId) {
        if (me == null) {
            throw Allowed.notFound();
        }
        return awards.find(me.tenant(), awardId)
                .filter(award -> award.personId() == me.personId() && award.releasedAt() != null)
                .orElseThrow(Allowed::notFound);
    }

    private void header(@Nullable SignedIn me, Award award, Model model) {
        if (me == null) {
            throw Allowed.notFound();
        }
        AchievementVersion version = achievements
                .version(me.tenant(), award.achievementId(), award.achievementVersion())
                .orElseThrow(Allowed::notFound);
        ZoneId zone = contexts.find(me.tenant(), award.contextId())
                .map(CourseContext::zone)
                .orElse(ZoneOffset.UTC);
        Profile profile = contexts.profiles(me.tenant(), List.of(me.personId())).get(me.personId());
        model.addAttribute("award", award);
        model.addAttribute("version", version);
        model.addAttribute("zone", zone);
        model.addAttribute(
                "courseTitle",
                contexts.find(me.tenant(), award.contextId())
                        .map(CourseContext::title)
                        .orElse(""));
        model.addAttribute(
                "issuer", achievements.issuer(me.tenant(), version.issuerId()).orElseThrow(Allowed::notFound));
        model.addAttribute("act", sharing(me, award));
        model.addAttribute("myName", profile == null ? null : profile.fullName().orElse(null));
        model.addAttribute(
                "myInitials", profile == null ? null : profile.initials().orElse(null));
        model.addAttribute(
                "shownName",
                profile == null || award.nameShown() == Award.NameShown.NONE
                        ? null
                        : (award.nameShown() == Award.NameShown.NAME ? profile.fullName() : profile.initials())
                                .orElse(null));
    }

    private String say(String key, Object... words) {
        return messages.getMessage(key, words, LocaleContextHolder.getLocale());
    }
}
