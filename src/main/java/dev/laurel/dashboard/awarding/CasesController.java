package dev.laurel.dashboard.awarding;

import dev.laurel.achievement.AchievementVersion;
import dev.laurel.award.Award;
import dev.laurel.award.AwardNotFoundException;
import dev.laurel.award.Reason;
import dev.laurel.award.decision.Reviews;
import dev.laurel.award.fall.FallDecisions;
import dev.laurel.award.fall.TooEarlyException;
import dev.laurel.award.question.Questions;
import dev.laurel.award.question.UnansweredException;
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
import dev.laurel.platform.tenant.TenantId;
import jakarta.servlet.http.HttpServletRequest;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
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

/** What an instructor decides case by case. Each word that she types is read by the student. */
@Controller
@RequestMapping("/badges/{ruleSetId}/cases")
class CasesController {

    private final Courses courses;

    private final CaseDesks desks;

    private final Cases cases;

    private final Reviews reviews;

    private final FallDecisions falls;

    private final Questions questions;

    private final Integrity integrity;

    private final IrreversibleActs acts;

    CasesController(
            Courses courses,
            CaseDesks desks,
            Cases cases,
            Reviews reviews,
            FallDecisions falls,
            Questions questions,
            Integrity integrity,
            IrreversibleActs acts) {
        this.courses = courses;
        this.desks = desks;
        this.cases = cases;
        this.reviews = reviews;
        this.falls = falls;
        this.questions = questions;
        this.integrity = integrity;
        this.acts = acts;
    }

    @GetMapping
    String cases(@AuthenticationPrincipal @Nullable SignedIn me, @PathVariable long ruleSetId, Model model) {
        CourseContext course = courses.forStaffWhoMay(me, Delegations.What.REVIEW_CASES);
        boolean instructor = me != null && me.isInstructor();
        RuleSet ruleSet = courses.badge(course, ruleSetId);
        model.addAttribute("course", course);
        model.addAttribute("ruleSet", ruleSet);
        AchievementVersion version = desks.version(course, ruleSet);
        model.addAttribute("version", version);
        Cases.View view = instructor
                ? cases.of(course, ruleSet)
                : cases.of(course, ruleSet).forReviewOnly();
        model.addAttribute("cases", view);
        model.addAttribute("me", Allowed.staff(me).personId());
        model.addAttribute(
                "acceptance",
                desks.acceptance(
                        version,
                        ruleSet,
                        view.reviews().stream().map(Cases.Review::award).toList()));
        Map<Long, Act> confirmations = new HashMap<>();
        view.seconds()
                .forEach(each -> confirmations.put(
                        each.decision().personId(), desks.confirmation(version, ruleSet, each.decision())));
        model.addAttribute("confirmations", confirmations);
        model.addAttribute("levels", Rules.levels(ruleSet.rule()));
        return "dashboard/cases";
    }

    /** Everything that waits for review, asked in a window of its own; some of it takes typed words. */
    @PostMapping("/review/acceptance/{shown}")
    String acceptAll(
            @AuthenticationPrincipal @Nullable SignedIn me,
            @PathVariable long ruleSetId,
            @PathVariable String shown,
            HttpServletRequest request,
            RedirectAttributes redirect) {
        CaseDesks.Desk desk = desks.reviewing(me, ruleSetId);
        Optional<List<Award>> meant =
                ShownAwards.among(reviews.waiting(desk.course().tenant(), ruleSetId), shown);
        if (meant.isEmpty()) {
            return desks.back(desk, redirect, "case.bad.others");
        }
        acts.requireWishAndRole(
                request,
                desk.instructor(),
                desks.acceptance(desks.version(desk.course(), desk.ruleSet()), desk.ruleSet(), meant.get()));
        List<Long> waiting = meant.get().stream().map(Award::id).toList();
        int accepted = reviews.accept(desk.course().tenant(), ruleSetId, others(desk, waiting), "", desk.person());
        if (accepted == 0 && stillWait(desk, waiting)) {
            return desks.back(desk, redirect, "case.bad.own-entry");
        }
        return desks.done(desk, redirect, "case.accepted", accepted);
    }

    @PostMapping("/review")
    String review(
            @AuthenticationPrincipal @Nullable SignedIn me,
            @PathVariable long ruleSetId,
            @RequestParam(defaultValue = "") List<Long> award,
            @RequestParam(defaultValue = "") String decision,
            @RequestParam(defaultValue = "") String reason,
            RedirectAttributes redirect) {
        CaseDesks.Desk desk = desks.reviewing(me, ruleSetId);
        acts.requireRole(desk.instructor());
        Map<String, String> typed = new HashMap<>(Map.of("review-reason", reason));
        award.forEach(each -> typed.put("award-" + each, "on"));
        if (award.isEmpty()) {
            return desks.back(desk, redirect, "case.bad.nobody", typed);
        }
        if (!Reason.isOne(reason)) {
            return desks.back(desk, redirect, "case.bad.reason", typed);
        }
        List<Long> reviewed = others(desk, award);
        if (reviewed.isEmpty()) {
            return desks.back(desk, redirect, "case.bad.own-entry", typed);
        }
        if ("accept".equals(decision)) {
            int accepted = reviews.accept(desk.course().tenant(), ruleSetId, reviewed, reason, desk.person());
            if (accepted == 0 && stillWait(desk, reviewed)) {
                return desks.back(desk, redirect, "case.bad.own-entry", typed);
            }
            return desks.done(desk, redirect, "case.accepted", accepted);
        }
        if (!"decline".equals(decision)) {
            return desks.back(desk, redirect, "case.bad.decision", typed);
        }
        int declined = reviews.decline(desk.course().tenant(), ruleSetId, reviewed, reason, desk.person());
        return desks.done(desk, redirect, "case.declined", declined);
    }

    /** @param read the page said that the student asks, and what: the reason is the answer */
    @PostMapping("/falls/{fallId}")
    String fall(
            @AuthenticationPrincipal @Nullable SignedIn me,
            @PathVariable long ruleSetId,
            @PathVariable long fallId,
            @RequestParam(defaultValue = "") String decision,
            @RequestParam(defaultValue = "") String reason,
            @RequestParam(defaultValue = "false") boolean read,
            RedirectAttributes redirect) {
        CaseDesks.Desk desk = desks.deskInRole(me, ruleSetId);
        Map<String, String> typed = Map.of("fall-reason-" + fallId, reason);
        if (!Reason.isOne(reason)) {
            return desks.back(desk, redirect, "case.bad.reason", typed);
        }
        try {
            if ("revoke".equals(decision)) {
                falls.revoke(desk.course().tenant(), ruleSetId, fallId, reason, desk.person(), read);
                return desks.done(desk, redirect, "case.taken-back.fell");
            }
            if ("keep".equals(decision)) {
                falls.keep(desk.course().tenant(), ruleSetId, fallId, reason, desk.person(), read);
                return desks.done(desk, redirect, "case.kept");
            }
            return desks.back(desk, redirect, "case.bad.decision", typed);
        } catch (UnansweredException e) {
            return desks.back(desk, redirect, "case.bad.unanswered", typed);
        } catch (TooEarlyException e) {
            return desks.back(desk, redirect, "case.bad.early", typed);
        } catch (AwardNotFoundException e) {
            return desks.back(desk, redirect, "case.bad.over");
        }
    }

    /** @param asked when the words were asked that she read */
    @PostMapping("/questions/{questionId}")
    String answer(
            @AuthenticationPrincipal @Nullable SignedIn me,
            @PathVariable long ruleSetId,
            @PathVariable long questionId,
            @RequestParam Instant asked,
            @RequestParam(defaultValue = "") String answer,
            RedirectAttributes redirect) {
        CaseDesks.Desk desk = desks.deskInRole(me, ruleSetId);
        TenantId tenant = desk.course().tenant();
        Map<String, String> typed = Map.of("answer-" + questionId, answer);
        if (!Reason.isOne(answer)) {
            return desks.back(desk, redirect, "case.bad.answer", typed);
        }
        if (questions.answer(tenant, ruleSetId, questionId, asked, answer, desk.person())) {
            return desks.done(desk, redirect, "case.answered");
        }
        if (questions.open(tenant, ruleSetId).stream().anyMatch(each -> each.id() == questionId)) {
            return desks.back(desk, redirect, "case.bad.otherwise", typed);
        }
        return desks.back(desk, redirect, "case.bad.over");
    }

    private boolean stillWait(CaseDesks.Desk desk, List<Long> awardIds) {
        return reviews.waiting(desk.course().tenant(), desk.ruleSet().id()).stream()
                .anyMatch(award -> awardIds.contains(award.id()));
    }

    /** Two see what one of them let somebody else do: an assistant does not review what rests on an entry of her own. */
    private List<Long> others(CaseDesks.Desk desk, List<Long> awardIds) {
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
}
