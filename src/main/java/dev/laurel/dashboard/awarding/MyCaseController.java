package dev.laurel.dashboard.awarding;

import dev.laurel.award.Award;
import dev.laurel.award.Awards;
import dev.laurel.award.Reason;
import dev.laurel.award.question.Questions;
import dev.laurel.context.CourseContext;
import dev.laurel.criteria.RuleSet;
import dev.laurel.criteria.RuleSets;
import dev.laurel.dashboard.Allowed;
import dev.laurel.dashboard.Courses;
import dev.laurel.launch.session.SignedIn;
import dev.laurel.platform.sql.Varchar;
import dev.laurel.platform.wording.Wording;
import org.jspecify.annotations.Nullable;
import org.springframework.security.core.annotation.AuthenticationPrincipal;
import org.springframework.stereotype.Controller;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.servlet.mvc.support.RedirectAttributes;

/** A student says that she thinks something is wrong: of a badge that she has, or of what is worked out about her. */
@Controller
class MyCaseController {

    /** So much of what was too long stands in the field again, to be shortened. */
    private static final int LONGEST_KEPT = 5_000;

    private final Courses courses;

    private final Awards awards;

    private final RuleSets ruleSets;

    private final Questions questions;

    private final Wording wording;

    MyCaseController(Courses courses, Awards awards, RuleSets ruleSets, Questions questions, Wording wording) {
        this.courses = courses;
        this.awards = awards;
        this.ruleSets = ruleSets;
        this.questions = questions;
        this.wording = wording;
    }

    @PostMapping("/my/badges/{awardId}/questions")
    String askAboutMine(
            @AuthenticationPrincipal @Nullable SignedIn me,
            @PathVariable long awardId,
            @RequestParam(defaultValue = "") String words,
            RedirectAttributes redirect) {
        if (me == null) {
            throw Allowed.notFound();
        }
        Award award = awards.find(me.tenant(), awardId)
                .filter(each -> each.personId() == me.personId() && each.releasedAt() != null)
                .orElseThrow(Allowed::notFound);
        RuleSet ruleSet = ruleSets.find(me.tenant(), award.ruleSetId()).orElseThrow(Allowed::notFound);
        ask(me, ruleSet, words, redirect);
        return "redirect:/my/badges/" + awardId;
    }

    @PostMapping("/badges/{ruleSetId}/questions")
    String ask(
            @AuthenticationPrincipal @Nullable SignedIn me,
            @PathVariable long ruleSetId,
            @RequestParam(defaultValue = "") String words,
            RedirectAttributes redirect) {
        CourseContext course = courses.of(me);
        if (me == null || !me.isLearner()) {
            throw Allowed.notFound();
        }
        RuleSet ruleSet = courses.badge(course, ruleSetId);
        if (ruleSet.status() == RuleSet.Status.DRAFT) {
            throw Allowed.notFound();
        }
        ask(me, ruleSet, words, redirect);
        return "redirect:/badges/" + ruleSetId + "/learners/" + me.personId();
    }

    private void ask(SignedIn me, RuleSet ruleSet, String words, RedirectAttributes redirect) {
        if (!Reason.isOne(words)) {
            String problem = wording.say("question.bad", Reason.LONGEST);
            redirect.addFlashAttribute("flashProblem", problem);
            redirect.addFlashAttribute("wordsProblem", problem);
            redirect.addFlashAttribute("words", Varchar.fit(words, LONGEST_KEPT));
            return;
        }
        questions.ask(me.tenant(), ruleSet, me.personId(), words);
        redirect.addFlashAttribute("flash", wording.say("question.asked"));
    }
}
