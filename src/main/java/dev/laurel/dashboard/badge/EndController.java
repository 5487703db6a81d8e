package dev.laurel.dashboard.badge;

import dev.laurel.context.CourseContext;
import dev.laurel.criteria.BadgeEndings;
import dev.laurel.criteria.RuleSet;
import dev.laurel.dashboard.Allowed;
import dev.laurel.dashboard.Courses;
import dev.laurel.dashboard.IrreversibleActs;
import dev.laurel.launch.confirm.Act;
import dev.laurel.launch.session.SignedIn;
import dev.laurel.platform.wording.Wording;
import jakarta.servlet.http.HttpServletRequest;
import org.jspecify.annotations.Nullable;
import org.springframework.security.core.annotation.AuthenticationPrincipal;
import org.springframework.stereotype.Controller;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.servlet.mvc.support.RedirectAttributes;

/** Ends a badge of a course: a draft that was never active is deleted, any other is given no longer. */
@Controller
@RequestMapping("/badges/{ruleSetId}")
class EndController {

    private final Courses courses;

    private final BadgeEnd end;

    private final BadgeEndings endings;

    private final IrreversibleActs acts;

    private final Wording wording;

    EndController(Courses courses, BadgeEnd end, BadgeEndings endings, IrreversibleActs acts, Wording wording) {
        this.courses = courses;
        this.end = end;
        this.endings = endings;
        this.acts = acts;
        this.wording = wording;
    }

    /** @param version of the rule that she saw */
    @PostMapping("/deletion/{version}")
    String delete(
            @AuthenticationPrincipal @Nullable SignedIn me,
            @PathVariable long ruleSetId,
            @PathVariable int version,
            HttpServletRequest request,
            RedirectAttributes redirect) {
        SignedIn instructor = Allowed.instructor(me);
        CourseContext course = courses.forInstructor(instructor);
        RuleSet draft = courses.badge(course, ruleSetId);
        Act deletion = end.of(course, draft).deletion();
        if (deletion == null || draft.version() != version) {
            return refused(ruleSetId, redirect);
        }
        acts.requireWishAndRole(request, instructor, deletion);
        if (!end.delete(course, draft)) {
            return refused(ruleSetId, redirect);
        }
        redirect.addFlashAttribute("flash", wording.say("end.deleted"));
        return "redirect:/course";
    }

    private String refused(long ruleSetId, RedirectAttributes redirect) {
        redirect.addFlashAttribute("flashProblem", wording.say("end.not-deleted"));
        return "redirect:/badges/" + ruleSetId;
    }

    @PostMapping("/retirement")
    String retire(
            @AuthenticationPrincipal @Nullable SignedIn me, @PathVariable long ruleSetId, RedirectAttributes redirect) {
        CourseContext course = courses.forInstructor(me);
        SignedIn instructor = Allowed.instructor(me);
        RuleSet ruleSet = courses.badge(course, ruleSetId);
        acts.requireRole(instructor);
        if (endings.retire(course.tenant(), ruleSet.id(), instructor.personId())) {
            redirect.addFlashAttribute("flash", wording.say("end.retired"));
        }
        return "redirect:/badges/" + ruleSetId;
    }

    /** Only that it is retired ends: whoever wants it given activates it. */
    @PostMapping("/retirement/end")
    String takeBack(
            @AuthenticationPrincipal @Nullable SignedIn me, @PathVariable long ruleSetId, RedirectAttributes redirect) {
        CourseContext course = courses.forInstructor(me);
        RuleSet ruleSet = courses.badge(course, ruleSetId);
        acts.requireRole(Allowed.instructor(me));
        endings.takeBack(course.tenant(), ruleSet.id());
        redirect.addFlashAttribute("flash", wording.say("end.taken-back"));
        return "redirect:/badges/" + ruleSetId;
    }
}
