package dev.laurel.dashboard.dryrun;

import dev.laurel.achievement.AchievementVersion;
import dev.laurel.achievement.Achievements;
import dev.laurel.achievement.Issuers;
import dev.laurel.context.CourseContext;
import dev.laurel.criteria.RuleSet;
import dev.laurel.criteria.RuleTexts;
import dev.laurel.criteria.WhatCounts;
import dev.laurel.criteria.rule.BadRuleException;
import dev.laurel.criteria.rule.Rule;
import dev.laurel.dashboard.Allowed;
import dev.laurel.dashboard.Courses;
import dev.laurel.dashboard.IrreversibleActs;
import dev.laurel.dashboard.Typed;
import dev.laurel.dashboard.badge.BadgeDesk;
import dev.laurel.dashboard.badge.ChangedMeanwhileException;
import dev.laurel.dashboard.explain.RuleChanges;
import dev.laurel.launch.confirm.Act;
import dev.laurel.launch.session.SignedIn;
import dev.laurel.platform.wording.Wording;
import dev.laurel.publication.Passback;
import jakarta.servlet.http.HttpServletRequest;
import java.math.BigDecimal;
import java.util.List;
import java.util.Optional;
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

/** The last question before a badge is awarded: whom it reaches now, and whether those are to have it. */
@Controller
@RequestMapping("/badges/{ruleSetId}/activation")
class ActivationController {

    private final Courses courses;

    private final DryRuns dryRuns;

    private final Prospects prospects;

    private final Thresholds thresholds;

    private final Curves curves;

    private final RuleChanges changes;

    private final BadgeDesk desk;

    private final RuleTexts texts;

    private final Achievements achievements;

    private final Issuers issuers;

    private final Passback passback;

    private final IrreversibleActs acts;

    private final Wording wording;

    ActivationController(
            Courses courses,
            DryRuns dryRuns,
            Prospects prospects,
            Thresholds thresholds,
            Curves curves,
            RuleChanges changes,
            BadgeDesk desk,
            RuleTexts texts,
            Achievements achievements,
            Issuers issuers,
            Passback passback,
            IrreversibleActs acts,
            Wording wording) {
        this.courses = courses;
        this.dryRuns = dryRuns;
        this.prospects = prospects;
        this.thresholds = thresholds;
        this.curves = curves;
        this.changes = changes;
        this.desk = desk;
        this.texts = texts;
        this.achievements = achievements;
        this.issuers = issuers;
        this.passback = passback;
        this.acts = acts;
        this.wording = wording;
    }

    /**
     * @param number which threshold of the rule to look at
     * @param at another value for it, only to look at
     */
    @GetMapping
    String ask(
            @AuthenticationPrincipal @Nullable SignedIn me,
            @PathVariable long ruleSetId,
            @RequestParam(defaultValue = "0") int number,
            @RequestParam(defaultValue = "") String at,
            Model model) {
        CourseContext course = courses.forInstructor(me);
        RuleSet ruleSet = courses.badge(course, ruleSetId);
        if (ruleSet.status() == RuleSet.Status.ACTIVE) {
            return "redirect:/badges/" + ruleSetId;
        }
        AchievementVersion version = version(course, ruleSet);
        DryRun dryRun = dryRuns.of(course, ruleSet);
        model.addAttribute("knowsAssistants", courses.knowsAssistants(course));
        model.addAttribute("version", version);
        model.addAttribute(
                "issuer", issuers.find(course.tenant(), version.issuerId()).orElseThrow(Allowed::notFound));
        model.addAttribute("sentence", texts.sentence(course.tenant(), course.id(), ruleSet.rule()));
        model.addAttribute("attempts", WhatCounts.asksForAttempts(ruleSet.rule()));
        model.addAttribute("dry", dryRun);
        changes.since(course, ruleSet, ruleSet.rule()).ifPresent(change -> model.addAttribute("change", change));
        Prospect prospect = prospects.of(course, ruleSet, dryRun);
        model.addAttribute("prospect", prospect);
        model.addAttribute("act", withWhatIs(course, ruleSet, dryRun.heads(), prospect));
        model.addAttribute("fromNowOn", fromNowOn(course, ruleSet, dryRun.heads()));
        model.addAttribute("passback", passback.isEnabled(course.tenant(), ruleSetId));
        curve(course, ruleSet, number, at, model);
        return "dashboard/activation";
    }

    /** Only how the number changes with the threshold, while it moves. */
    @GetMapping("/threshold")
    String threshold(
            @AuthenticationPrincipal @Nullable SignedIn me,
            @PathVariable long ruleSetId,
            @RequestParam(defaultValue = "0") int number,
            @RequestParam(defaultValue = "") String at,
            Model model) {
        CourseContext course = courses.forInstructor(me);
        curve(course, courses.badge(course, ruleSetId), number, at, model);
        return "dashboard/activation :: curve";
    }

    /** Takes another threshold into the rule; still nobody is awarded. */
    @PostMapping("/threshold")
    String take(
            @AuthenticationPrincipal @Nullable SignedIn me,
            @PathVariable long ruleSetId,
            @RequestParam(defaultValue = "0") int number,
            @RequestParam(defaultValue = "") String at,
            RedirectAttributes redirect) {
        CourseContext course = courses.forInstructor(me);
        RuleSet ruleSet = courses.badge(course, ruleSetId);
        if (ruleSet.status() == RuleSet.Status.ACTIVE) {
            return "redirect:/badges/" + ruleSetId;
        }
        Optional<Threshold> threshold = threshold(course, ruleSet, number);
        @Nullable BigDecimal asked = Typed.number(at);
        String back = "redirect:/badges/" + ruleSetId + "/activation?number=" + number;
        if (threshold.isEmpty() || asked == null) {
            redirect.addFlashAttribute("flashProblem", wording.say("rule.bad.number"));
            return back;
        }
        try {
            Rule rule = thresholds.with(ruleSet.rule(), threshold.get(), asked);
            desk.changeRule(course, ruleSet, rule, Allowed.instructor(me).personId());
            redirect.addFlashAttribute("flash", wording.say("dryrun.taken"));
        } catch (ChangedMeanwhileException e) {
            redirect.addFlashAttribute("flashProblem", wording.say("badge.meanwhile.nothing"));
        } catch (BadRuleException e) {
            redirect.addFlashAttribute("flashProblem", wording.say(String.valueOf(e.getMessage())));
        }
        return back;
    }

    /**
     * @param version of the rule that she was shown
     * @param heads how many people she was told of
     */
    @PostMapping("/{version}/{heads}")
    String activate(
            @AuthenticationPrincipal @Nullable SignedIn me,
            @PathVariable long ruleSetId,
            @PathVariable int version,
            @PathVariable int heads,
            HttpServletRequest request,
            RedirectAttributes redirect) {
        return activate(me, ruleSetId, new Shown(version, heads, true), request, redirect);
    }

    @PostMapping("/from-now-on/{version}/{heads}")
    String activateFromNowOn(
            @AuthenticationPrincipal @Nullable SignedIn me,
            @PathVariable long ruleSetId,
            @PathVariable int version,
            @PathVariable int heads,
            HttpServletRequest request,
            RedirectAttributes redirect) {
        return activate(me, ruleSetId, new Shown(version, heads, false), request, redirect);
    }

    /** What a page said that was pressed: nothing else is done, and to nobody more. */
    private record Shown(int version, int heads, boolean alsoBefore) {}

    private String activate(
            @Nullable SignedIn me,
            long ruleSetId,
            Shown shown,
            HttpServletRequest request,
            RedirectAttributes redirect) {
        SignedIn instructor = Allowed.instructor(me);
        CourseContext course = courses.forInstructor(instructor);
        RuleSet ruleSet = courses.badge(course, ruleSetId);
        String badge = "/badges/" + ruleSetId;
        if (ruleSet.status() == RuleSet.Status.ACTIVE) {
            return nothingDone(redirect, badge, wording.say("activation.meanwhile"));
        }
        if (ruleSet.version() != shown.version()) {
            return nothingDone(redirect, badge + "/activation", wording.say("activation.other-rule"));
        }
        DryRun dryRun = dryRuns.of(course, ruleSet);
        if (dryRun.heads() > shown.heads()) {
            return nothingDone(
                    redirect, badge + "/activation", wording.say("activation.more", shown.heads(), dryRun.heads()));
        }
        Prospect prospect = prospects.of(course, ruleSet, dryRun);
        acts.requireWishAndRole(
                request,
                instructor,
                shown.alsoBefore()
                        ? withWhatIs(course, ruleSet, dryRun.heads(), prospect)
                        : fromNowOn(course, ruleSet, dryRun.heads()));
        try {
            if (!desk.activate(course, ruleSet, shown.alsoBefore(), shown.heads(), instructor.personId())) {
                return nothingDone(redirect, badge, wording.say("activation.meanwhile"));
            }
        } catch (BadRuleException e) {
            return nothingDone(redirect, badge, wording.say(String.valueOf(e.getMessage())));
        }
        String done = ruleSet.status() == RuleSet.Status.PAUSED ? wording.say("badge.resumed") : prospect.done();
        if (shown.alsoBefore()) {
            redirect.addFlashAttribute("onTheWay", shown.heads());
        }
        redirect.addFlashAttribute("flash", shown.alsoBefore() ? done : wording.say("badge.activated.from-now-on"));
        return "redirect:" + badge;
    }

    private static String nothingDone(RedirectAttributes redirect, String page, String why) {
        redirect.addFlashAttribute("flashProblem", why);
        return "redirect:" + page;
    }

    private Act withWhatIs(CourseContext course, RuleSet ruleSet, int heads, Prospect prospect) {
        String path = "/badges/" + ruleSet.id();
        return new Act(
                path + "/activation/" + ruleSet.version() + "/" + heads,
                wording.say("activation.title", version(course, ruleSet).name()),
                prospect.heads() + " " + prospect.told(),
                prospect.button(),
                path);
    }

    private Act fromNowOn(CourseContext course, RuleSet ruleSet, int heads) {
        String path = "/badges/" + ruleSet.id();
        return new Act(
                path + "/activation/from-now-on/" + ruleSet.version() + "/" + heads,
                wording.say("activation.title", version(course, ruleSet).name()),
                wording.say("activation.from-now-on.detail", heads),
                wording.say("activation.from-now-on", heads),
                path);
    }

    private void curve(CourseContext course, RuleSet ruleSet, int number, String at, Model model) {
        List<Threshold> all = thresholds.of(course, ruleSet.rule());
        model.addAttribute("course", course);
        model.addAttribute("ruleSet", ruleSet);
        model.addAttribute("thresholds", all);
        Optional<Threshold> threshold = threshold(course, ruleSet, number);
        if (threshold.isEmpty()) {
            return;
        }
        @Nullable BigDecimal typed = Typed.number(at);
        boolean sound = typed != null
                && typed.signum() > 0
                && typed.compareTo(threshold.get().most()) <= 0;
        BigDecimal asked = typed != null && sound ? typed : threshold.get().at();
        model.addAttribute("curveProblem", !at.isBlank() && !sound);
        model.addAttribute("typed", at.isBlank() ? null : at);
        model.addAttribute("curve", curves.of(course, ruleSet, threshold.get(), asked));
    }

    private Optional<Threshold> threshold(CourseContext course, RuleSet ruleSet, int number) {
        return thresholds.of(course, ruleSet.rule()).stream()
                .filter(each -> each.number() == number)
                .findFirst();
    }

    private AchievementVersion version(CourseContext course, RuleSet ruleSet) {
        return achievements
                .version(course.tenant(), ruleSet.achievementId(), ruleSet.achievementVersion())
                .orElseThrow(Allowed::notFound);
    }
}
