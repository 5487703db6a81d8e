package dev.laurel.dashboard.course;

import dev.laurel.context.Contexts;
import dev.laurel.context.CourseContext;
import dev.laurel.context.Delegations;
import dev.laurel.dashboard.Courses;
import dev.laurel.dashboard.Typed;
import dev.laurel.dashboard.explain.Say;
import dev.laurel.gradebook.Gradebook;
import dev.laurel.gradebook.GradebookException;
import dev.laurel.launch.session.SignedIn;
import dev.laurel.platform.wording.Wording;
import jakarta.validation.Valid;
import jakarta.validation.constraints.NotBlank;
import jakarta.validation.constraints.Size;
import java.math.BigDecimal;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.security.core.annotation.AuthenticationPrincipal;
import org.springframework.stereotype.Controller;
import org.springframework.ui.Model;
import org.springframework.validation.BindingResult;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.ModelAttribute;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.servlet.mvc.support.RedirectAttributes;

/** The course as its teachers see it: its badges, what Laurel reads, and when it looked last. */
@Controller
@RequestMapping("/course")
class CourseController {

    private static final int SUGGESTED = 3;

    private final Courses courses;

    private final Gradebook gradebook;

    private final CourseOverview overview;

    private final Suggestions suggestions;

    private final Contexts contexts;

    private final Say say;

    private final Wording wording;

    CourseController(
            Courses courses,
            Gradebook gradebook,
            CourseOverview overview,
            Suggestions suggestions,
            Contexts contexts,
            Say say,
            Wording wording) {
        this.courses = courses;
        this.gradebook = gradebook;
        this.overview = overview;
        this.suggestions = suggestions;
        this.contexts = contexts;
        this.say = say;
        this.wording = wording;
    }

    /** A column that the teacher grades in the LMS. Typed text stays as it was typed. */
    record ColumnForm(
            @NotBlank(message = "{column.name.missing}") @Size(max = 200, message = "{column.name.long}")
            String name,

            String maximum) {}

    @GetMapping
    String course(@AuthenticationPrincipal @Nullable SignedIn me, Model model) {
        return page(me, model, new ColumnForm("", "100"));
    }

    /** Only the line about checking, for a page that stays open. */
    @GetMapping("/checks")
    String checks(@AuthenticationPrincipal @Nullable SignedIn me, Model model) {
        CourseContext course = courses.forStaff(me);
        model.addAttribute("course", course);
        model.addAttribute("sync", gradebook.status(course.tenant(), course.id()));
        model.addAttribute("evaluating", overview.evaluating(course));
        model.addAttribute("usually", overview.usualSeconds());
        return "dashboard/course :: checks";
    }

    @PostMapping("/checks")
    String check(@AuthenticationPrincipal @Nullable SignedIn me, RedirectAttributes redirect) {
        CourseContext course = courses.forStaff(me);
        gradebook.checkSoon(course.tenant(), course.id());
        String flash = gradebook
                .heldOffUntil(course.tenant(), course.id())
                .map(until -> wording.say("course.checking.later", say.ahead(until, course.zone())))
                .orElseGet(() -> wording.say("course.checking"));
        redirect.addFlashAttribute("flash", flash);
        return "redirect:/course";
    }

    @PostMapping("/columns")
    String addColumn(
            @AuthenticationPrincipal @Nullable SignedIn me,
            @Valid @ModelAttribute("column") ColumnForm form,
            BindingResult errors,
            Model model,
            RedirectAttributes redirect) {
        CourseContext course = courses.forInstructor(me);
        @Nullable BigDecimal maximum = Typed.number(form.maximum());
        if (maximum == null || maximum.signum() <= 0 || maximum.compareTo(BigDecimal.valueOf(100_000)) > 0) {
            errors.rejectValue("maximum", "column.maximum.bad", wording.say("column.maximum.bad"));
        }
        if (!errors.hasErrors() && maximum != null) {
            try {
                gradebook.createColumn(
                        course.tenant(),
                        course.id(),
                        form.name().strip(),
                        maximum,
                        false,
                        "laurel-graded-" + UUID.randomUUID());
                redirect.addFlashAttribute(
                        "flash", wording.say("column.added", form.name().strip()));
                return "redirect:/course#columns";
            } catch (GradebookException e) {
                errors.reject("column.refused", String.valueOf(e.getMessage()));
            }
        }
        model.addAttribute("columnProblem", true);
        return page(me, model, form);
    }

    private String page(@Nullable SignedIn me, Model model, ColumnForm form) {
        CourseContext course = courses.forStaff(me);
        model.addAttribute("course", course);
        model.addAttribute("mayEdit", me != null && me.isInstructor());
        model.addAttribute("mayReview", courses.may(me, Delegations.What.REVIEW_CASES));
        model.addAttribute("sync", gradebook.status(course.tenant(), course.id()));
        model.addAttribute("evaluating", overview.evaluating(course));
        model.addAttribute("usually", overview.usualSeconds());
        model.addAttribute("badges", overview.badges(course));
        int learners = contexts.countEarners(course.tenant(), course.id());
        model.addAttribute(
                "suggestions",
                suggestions.of(course, learners).stream().limit(SUGGESTED).toList());
        model.addAttribute("columns", overview.columns(course));
        model.addAttribute("ownColumnsOnly", overview.readsOwnColumnsOnly(course));
        model.addAttribute("lacks", overview.lacks(course));
        model.addAttribute("mayAddColumns", gradebook.canAddColumns(course.tenant(), course.id()));
        if (!model.containsAttribute("column")) {
            model.addAttribute("column", form);
        }
        return "dashboard/course";
    }
}
