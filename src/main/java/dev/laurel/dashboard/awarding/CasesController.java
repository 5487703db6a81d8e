package dev.laurel.dashboard.awarding;

import dev.laurel.achievement.AchievementVersion;
import dev.laurel.achievement.Achievements;
import dev.laurel.award.Award;
import dev.laurel.award.AwardNotFoundException;
import dev.laurel.award.Awards;
import dev.laurel.award.Reason;
import dev.laurel.award.decision.Reviews;
import dev.laurel.award.fall.Falls;
import dev.laurel.award.fall.TooEarlyException;
import dev.laurel.award.grant.Grant;
import dev.laurel.award.grant.Grants;
import dev.laurel.award.grant.SamePersonException;
import dev.laurel.award.grant.WithheldException;
import dev.laurel.award.question.Questions;
import dev.laurel.context.CourseContext;
import dev.laurel.context.Delegations;
import dev.laurel.criteria.RuleSet;
import dev.laurel.dashboard.Allowed;
import dev.laurel.dashboard.Courses;
import dev.laurel.dashboard.IrreversibleActs;
import dev.laurel.dashboard.explain.Rules;
import dev.laurel.dashboard.integrity.Integrity;
import dev.laurel.launch.confirm.Act;
import dev.laurel.launch.session.SignedIn;
import jakarta.servlet.http.HttpServletRequest;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
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

/** What an instructor decides case by case. Each word that she types is read by the student. */
@Controller
@RequestMapping("/badges/{ruleSetId}/cases")
class CasesController {

    private final Courses courses;

    private final Cases cases;

    private final Reviews reviews;

    private final Falls falls;

    private final Questions questions;

    private final Grants grants;

    private final Awards awards;

    private final Achievements achievements;

    private final Integrity integrity;

    private final IrreversibleActs acts;

    private final MessageSource messages;

    CasesController(
            Courses courses,
            Cases cases,
            Reviews reviews,
            Falls falls,
            Questions questions,
            Grants grants,
            Awards awards,
            Achievements achievements,
            Integrity integrity,
            IrreversibleActs acts,
            MessageSource messages) {
        this.courses = courses;
        this.cases = cases;
        this.reviews = reviews;
        this.falls = falls;
        this.questions = questions;
        this.grants = grants;
        this.awards = awards;
        this.achievements = achievements;
        this.integrity = integrity;
        this.acts = acts;
        this.messages = messages;
    }

    @GetMapping
    String cases(@AuthenticationPrincipal @Nullable SignedIn me, @PathVariable long ruleSetId, Model model) {
        CourseContext course = courses.forStaffWhoMay(me, Delegations.What.REVIEW_CASES);
        boolean instructor = me != null && me.isInstructor();
        RuleSet ruleSet = courses.badge(course, ruleSetId);
        model.addAttribute("course", course);
        model.addAttribute("ruleSet", ruleSet);
        AchievementVersion version = version(course, ruleSet);
        model.addAttribute("version", version);
        Cases.View view = instructor
                ? cases.of(course, ruleSet)
                : cases.of(course, ruleSet).forReviewOnly();
        model.addAttribute("cases", view);
        model.addAttribute("me", Allowed.staff(me).personId());
        model.addAttribute(
                "acceptance", acceptance(version, ruleSet, view.reviews().size()));
        Map<Long, Act> confirmations = new HashMap<>();
        view.seconds()
                .forEach(each -> confirmations.put(
                        each.decision().personId(),
                        confirmation(version, ruleSet, each.decision().personId())));
        model.addAttribute("confirmations", confirmations);
        model.addAttribute("levels", Rules.levels(ruleSet.rule()));
        return "dashboard/cases";
    }

    /** Everything that waits for review, asked in a window of its own; some of it takes typed words. */
    @PostMapping("/review/acceptance")
    String acceptAll(
            @AuthenticationPrincipal @Nullable SignedIn me,
            @PathVariable long ruleSetId,
            HttpServletRequest request,
            RedirectAttributes redirect) {
        Desk desk = reviewing(me, ruleSetId);
        List<Long> waiting = reviews.waiting(desk.course().tenant(), ruleSetId).stream()
                .map(Award::id)
                .toList();
        acts.requireWishAndRole(
                request,
                desk.instructor(),
                acceptance(version(desk.course(), desk.ruleSet()), desk.ruleSet(), waiting.size()));
        int accepted = reviews.accept(desk.course().tenant(), ruleSetId, others(desk, waiting), "", desk.person());
        if (accepted == 0 && stillWait(desk, waiting)) {
            return back(desk, redirect, "case.bad.own-entry");
        }
        return done(desk, redirect, "case.accepted", accepted);
    }

    @PostMapping("/review")
    String review(
            @AuthenticationPrincipal @Nullable SignedIn me,
            @PathVariable long ruleSetId,
            @RequestParam(defaultValue = "") List<Long> award,
            @RequestParam(defaultValue = "") String decision,
            @RequestParam(defaultValue = "") String reason,
            RedirectAttributes redirect) {
        Desk desk = reviewing(me, ruleSetId);
        acts.requireRole(desk.instructor());
        if (award.isEmpty()) {
            return back(desk, redirect, "case.bad.nobody");
        }
        if (!Reason.isOne(reason)) {
            return back(desk, redirect, "case.bad.reason");
        }
        List<Long> reviewed = others(desk, award);
        if (reviewed.isEmpty()) {
            return back(desk, redirect, "case.bad.own-entry");
        }
        if ("accept".equals(decision)) {
            int accepted = reviews.accept(desk.course().tenant(), ruleSetId, reviewed, reason, desk.person());
            if (accepted == 0 && stillWait(desk, reviewed)) {
                return back(desk, redirect, "case.bad.own-entry");
            }
            return done(desk, redirect, "case.accepted", accepted);
        }
        int declined = reviews.decline(desk.course().tenant(), ruleSetId, reviewed, reason, desk.person());
        return done(desk, redirect, "case.declined", declined);
    }

    @PostMapping("/falls/{fallId}")
    String fall(
            @AuthenticationPrincipal @Nullable SignedIn me,
            @PathVariable long ruleSetId,
            @PathVariable long fallId,
            @RequestParam(defaultValue = "") String decision,
            @RequestParam(defaultValue = "") String reason,
            RedirectAttributes redirect) {
        Desk desk = deskInRole(me, ruleSetId);
        if (!Reason.isOne(reason)) {
            return back(desk, redirect, "case.bad.reason");
        }
        try {
            if ("revoke".equals(decision)) {
                falls.revoke(desk.course().tenant(), ruleSetId, fallId, reason, desk.person());
                return done(desk, redirect, "case.taken-back");
            }
            falls.keep(desk.course().tenant(), ruleSetId, fallId, reason, desk.person());
            return done(desk, redirect, "case.kept");
        } catch (TooEarlyException e) {
            return back(desk, redirect, "case.bad.early");
        } catch (AwardNotFoundException e) {
            return back(desk, redirect, "case.bad.over");
        }
    }

    @PostMapping("/questions/{questionId}")
    String answer(
            @AuthenticationPrincipal @Nullable SignedIn me,
            @PathVariable long ruleSetId,
            @PathVariable long questionId,
            @RequestParam(defaultValue = "") String answer,
            RedirectAttributes redirect) {
        Desk desk = deskInRole(me, ruleSetId);
        if (!Reason.isOne(answer)) {
            return back(desk, redirect, "case.bad.answer");
        }
        return questions.answer(desk.course().tenant(), ruleSetId, questionId, answer, desk.person())
                ? done(desk, redirect, "case.answered")
                : back(desk, redirect, "case.bad.over");
    }

    /** Gives the badge by hand, or makes an exception of somebody who has it. */
    @PostMapping("/people/{personId}/grant")
    String give(
            @AuthenticationPrincipal @Nullable SignedIn me,
            @PathVariable long ruleSetId,
            @PathVariable long personId,
            @RequestParam(defaultValue = "") String reason,
            @RequestParam(defaultValue = "") String evidence,
            @RequestParam(defaultValue = "") String address,
            @RequestParam(defaultValue = "1") String level,
            RedirectAttributes redirect) {
        Desk desk = deskInRole(me, ruleSetId);
        if (!Reason.isOne(reason)) {
            return back(desk, redirect, "case.bad.reason");
        }
        if (!address.isBlank() && !Grant.isWebAddress(address)) {
            return back(desk, redirect, "case.bad.address");
        }
        if (!level.matches("[1-9]\\d?")
                || Integer.parseInt(level)
                        > Math.max(1, Rules.levels(desk.ruleSet().rule()).size())) {
            return back(desk, redirect, "case.bad.level");
        }
        if (evidence.length() > Grant.LONGEST_TEXT) {
            return back(desk, redirect, "case.bad.evidence");
        }
        try {
            grants.give(
                    desk.course().tenant(),
                    desk.ruleSet(),
                    personId,
                    new Grant(reason, evidence, address, Integer.parseInt(level)),
                    desk.person());
        } catch (AwardNotFoundException e) {
            throw Allowed.notFound();
        } catch (WithheldException e) {
            return back(desk, redirect, "case.bad.withheld");
        }
        return done(
                desk,
                redirect,
                grants.takesTwo(desk.course().tenant(), desk.ruleSet()) ? "case.given.first" : "case.given");
    }

    @PostMapping("/people/{personId}/confirmation")
    String confirm(
            @AuthenticationPrincipal @Nullable SignedIn me,
            @PathVariable long ruleSetId,
            @PathVariable long personId,
            HttpServletRequest request,
            RedirectAttributes redirect) {
        Desk desk = desk(me, ruleSetId);
        acts.requireWishAndRole(
                request,
                desk.instructor(),
                confirmation(version(desk.course(), desk.ruleSet()), desk.ruleSet(), personId));
        try {
            grants.confirm(desk.course().tenant(), desk.ruleSet(), personId, desk.person());
            return done(desk, redirect, "case.given");
        } catch (SamePersonException e) {
            return back(desk, redirect, "case.bad.same");
        } catch (AwardNotFoundException e) {
            return back(desk, redirect, "case.bad.over");
        }
    }

    @PostMapping("/people/{personId}/end")
    String letTheRuleDecide(
            @AuthenticationPrincipal @Nullable SignedIn me,
            @PathVariable long ruleSetId,
            @PathVariable long personId,
            @RequestParam(defaultValue = "") String reason,
            RedirectAttributes redirect) {
        Desk desk = deskInRole(me, ruleSetId);
        if (!Reason.isOne(reason)) {
            return back(desk, redirect, "case.bad.reason");
        }
        grants.letTheRuleDecide(desk.course().tenant(), desk.ruleSet(), personId, reason, desk.person());
        return done(desk, redirect, "case.rule-again");
    }

    @PostMapping("/people/{personId}/withdrawal")
    String takeBack(
            @AuthenticationPrincipal @Nullable SignedIn me,
            @PathVariable long ruleSetId,
            @PathVariable long personId,
            @RequestParam(defaultValue = "") String reason,
            RedirectAttributes redirect) {
        Desk desk = deskInRole(me, ruleSetId);
        if (!Reason.isOne(reason)) {
            return back(desk, redirect, "case.bad.reason");
        }
        long awardId = awards.ofRuleSet(desk.course().tenant(), ruleSetId, personId).stream()
                .filter(award -> award.revokedAt() == null)
                .map(Award::id)
                .findFirst()
                .orElseThrow(Allowed::notFound);
        grants.takeBack(desk.course().tenant(), ruleSetId, awardId, reason, desk.person());
        return done(desk, redirect, "case.taken-back");
    }

    private Act acceptance(AchievementVersion version, RuleSet ruleSet, int waiting) {
        return new Act(
                at(ruleSet) + "/review/acceptance",
                say("case.accept.all.title", version.name()),
                say("case.accept.all.what", waiting),
                say("case.accept.all", waiting),
                at(ruleSet));
    }

    private Act confirmation(AchievementVersion version, RuleSet ruleSet, long personId) {
        return new Act(
                at(ruleSet) + "/people/" + personId + "/confirmation",
                say("case.confirm.title", version.name()),
                say("case.confirm.what"),
                say("case.confirm"),
                at(ruleSet));
    }

    private static String at(RuleSet ruleSet) {
        return "/badges/" + ruleSet.id() + "/cases";
    }

    private AchievementVersion version(CourseContext course, RuleSet ruleSet) {
        return achievements
                .version(course.tenant(), ruleSet.achievementId(), ruleSet.achievementVersion())
                .orElseThrow(Allowed::notFound);
    }

    private record Desk(CourseContext course, RuleSet ruleSet, SignedIn instructor) {

        long person() {
            return instructor.personId();
        }
    }

    private Desk desk(@Nullable SignedIn me, long ruleSetId) {
        SignedIn instructor = Allowed.instructor(me);
        CourseContext course = courses.forInstructor(instructor);
        return new Desk(course, courses.badge(course, ruleSetId), instructor);
    }

    /** The one desk at which a teaching assistant may sit, where an instructor let her. */
    private Desk reviewing(@Nullable SignedIn me, long ruleSetId) {
        CourseContext course = courses.forStaffWhoMay(me, Delegations.What.REVIEW_CASES);
        return new Desk(course, courses.badge(course, ruleSetId), Allowed.staff(me));
    }

    private boolean stillWait(Desk desk, List<Long> awardIds) {
        return reviews.waiting(desk.course().tenant(), desk.ruleSet().id()).stream()
                .anyMatch(award -> awardIds.contains(award.id()));
    }

    /** Two see what one of them let somebody else do: an assistant does not review what rests on an entry of her own. */
    private List<Long> others(Desk desk, List<Long> awardIds) {
        if (desk.instructor().isInstructor()) {
            return awardIds;
        }
        List<Award> waiting = reviews
                .waiting(desk.course().tenant(), desk.ruleSet().id())
                .stream()
                .filter(award -> awardIds.contains(award.id()))
                .toList();
        Set<Long> own = integrity.enteredFor(
                desk.course(),
                desk.ruleSet(),
                waiting.stream().map(Award::personId).toList(),
                desk.person());
        return waiting.stream()
                .filter(award -> !own.contains(award.personId()))
                .map(Award::id)
                .toList();
    }

    /** For forms with typed words, which no window of its own asks about. */
    private Desk deskInRole(@Nullable SignedIn me, long ruleSetId) {
        Desk desk = desk(me, ruleSetId);
        acts.requireRole(desk.instructor());
        return desk;
    }

    private String done(Desk desk, RedirectAttributes redirect, String key, Object... words) {
        redirect.addFlashAttribute("flash", say(key, words));
        return "redirect:" + at(desk.ruleSet());
    }

    private String back(Desk desk, RedirectAttributes redirect, String key) {
        redirect.addFlashAttribute("flashProblem", say(key, Reason.LONGEST));
        return "redirect:" + at(desk.ruleSet());
    }

    private String say(String key, Object... words) {
        return messages.getMessage(key, words, LocaleContextHolder.getLocale());
    }
}
