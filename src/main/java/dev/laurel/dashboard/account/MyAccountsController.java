package dev.laurel.dashboard.account;

import dev.laurel.achievement.AchievementVersion;
import dev.laurel.achievement.Achievements;
import dev.laurel.award.Award;
import dev.laurel.award.Awards;
import dev.laurel.context.CourseContext;
import dev.laurel.context.link.LinkOutcome;
import dev.laurel.context.link.PersonLinks;
import dev.laurel.dashboard.Allowed;
import dev.laurel.dashboard.Courses;
import dev.laurel.dashboard.Typed;
import dev.laurel.launch.session.SignedIn;
import dev.laurel.platform.tenant.TenantId;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.springframework.context.MessageSource;
import org.springframework.context.i18n.LocaleContextHolder;
import org.springframework.security.core.annotation.AuthenticationPrincipal;
import org.springframework.stereotype.Controller;
import org.springframework.ui.Model;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.servlet.mvc.support.RedirectAttributes;

/** Where a learner brings her accounts at several platforms of one institution together, and takes them apart again. */
@Controller
@RequestMapping("/my/accounts")
class MyAccountsController {

    /** Of more badges of one other account the newest are named. */
    private static final int NAMED = 24;

    private final Courses courses;

    private final PersonLinks links;

    private final Accounts accounts;

    private final Awards awards;

    private final Achievements achievements;

    private final MessageSource messages;

    MyAccountsController(
            Courses courses,
            PersonLinks links,
            Accounts accounts,
            Awards awards,
            Achievements achievements,
            MessageSource messages) {
        this.courses = courses;
        this.links = links;
        this.accounts = accounts;
        this.awards = awards;
        this.achievements = achievements;
        this.messages = messages;
    }

    /** Another account of hers, with the badges that she has there. */
    record Other(Accounts.Account account, List<String> badges) {}

    @GetMapping
    String page(@AuthenticationPrincipal @Nullable SignedIn me, Model model) {
        show(learner(me), model);
        return "dashboard/my-accounts";
    }

    @PostMapping("/code")
    String code(@AuthenticationPrincipal @Nullable SignedIn me, Model model) {
        SignedIn learner = learner(me);
        long registration = courses.of(me).registrationId();
        model.addAttribute("code", links.offer(learner.tenant(), learner.personId(), registration));
        show(learner, model);
        return "dashboard/my-accounts";
    }

    /** First with the code alone, to be asked whose account it is; then with {@code sure}. */
    @PostMapping("/link")
    String link(
            @AuthenticationPrincipal @Nullable SignedIn me,
            @RequestParam(defaultValue = "") String code,
            @RequestParam(defaultValue = "false") boolean sure,
            Model model,
            RedirectAttributes redirect) {
        SignedIn learner = learner(me);
        CourseContext course = courses.of(me);
        String typed = Typed.text(code);
        Long offeredBy = links.offeredBy(learner.tenant(), typed).orElse(null);
        if (offeredBy != null && !sure) {
            model.addAttribute("typed", typed);
            model.addAttribute(
                    "found", accounts.of(learner.tenant(), Set.of(offeredBy)).get(offeredBy));
            show(learner, model);
            return "dashboard/my-accounts";
        }
        LinkOutcome outcome = links.accept(learner.tenant(), learner.personId(), course.registrationId(), typed);
        boolean good = outcome == LinkOutcome.LINKED || outcome == LinkOutcome.WAITS_FOR_STAFF;
        redirect.addFlashAttribute(good ? "flash" : "flashProblem", say(outcome));
        return "redirect:/my/accounts";
    }

    @PostMapping("/unlink")
    String unlink(@AuthenticationPrincipal @Nullable SignedIn me, RedirectAttributes redirect) {
        SignedIn learner = learner(me);
        if (links.unlink(learner.tenant(), learner.personId())) {
            redirect.addFlashAttribute("flash", say("my-accounts.unlinked"));
        }
        return "redirect:/my/accounts";
    }

    private void show(SignedIn learner, Model model) {
        TenantId tenant = learner.tenant();
        Set<Long> others = links.others(tenant, List.of(learner.personId())).getOrDefault(learner.personId(), Set.of());
        Map<Long, Accounts.Account> known = accounts.of(tenant, others);
        List<Other> shown = new ArrayList<>();
        for (long other : others) {
            shown.add(new Other(Objects.requireNonNull(known.get(other)), badges(tenant, other)));
        }
        model.addAttribute("others", shown);
        model.addAttribute("canUnlink", links.canUnlink(tenant, learner.personId()));
    }

    private List<String> badges(TenantId tenant, long personId) {
        List<Award> released = awards.ofPerson(tenant, personId).stream()
                .filter(award -> award.revokedAt() == null && award.supersededBy() == null)
                .limit(NAMED)
                .toList();
        Map<AchievementVersion.Key, AchievementVersion> versions = achievements.versions(
                tenant, released.stream().map(Award::badge).toList());
        return released.stream()
                .map(award ->
                        Objects.requireNonNull(versions.get(award.badge())).name())
                .toList();
    }

    private static SignedIn learner(@Nullable SignedIn me) {
        if (me == null || !me.isLearner() || !me.isHerself()) {
            throw Allowed.notFound();
        }
        return me;
    }

    private String say(LinkOutcome outcome) {
        String key = outcome == LinkOutcome.LINKED
                ? "linked.flash"
                : outcome.name().toLowerCase(Locale.ROOT).replace('_', '-');
        return say("my-accounts." + key);
    }

    private String say(String key) {
        return messages.getMessage(key, null, LocaleContextHolder.getLocale());
    }
}
