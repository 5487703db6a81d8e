package dev.laurel.dashboard;

import dev.laurel.context.CourseContext;
import dev.laurel.gradebook.Gradebook;
import dev.laurel.gradebook.GradebookException;
import dev.laurel.gradebook.LineItem;
import dev.laurel.launch.session.SignedIn;
import dev.laurel.publication.Passback;
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

/** A column that Laurel added to the gradebook: its name, and taking it away again. */
@Controller
@RequestMapping("/course/columns/{lineItemId}")
class ColumnController {

    private static final int LONGEST_NAME = 200;

    private final Courses courses;

    private final Gradebook gradebook;

    private final Passback passback;

    private final MessageSource messages;

    ColumnController(Courses courses, Gradebook gradebook, Passback passback, MessageSource messages) {
        this.courses = courses;
        this.gradebook = gradebook;
        this.passback = passback;
        this.messages = messages;
    }

    @GetMapping
    String column(@AuthenticationPrincipal @Nullable SignedIn me, @PathVariable long lineItemId, Model model) {
        CourseContext course = courses.forInstructor(me);
        model.addAttribute("course", course);
        model.addAttribute("item", ours(course, lineItemId));
        return "dashboard/column";
    }

    @PostMapping("/name")
    String rename(
            @AuthenticationPrincipal @Nullable SignedIn me,
            @PathVariable long lineItemId,
            @RequestParam(defaultValue = "") String name,
            RedirectAttributes redirect) {
        CourseContext course = courses.forInstructor(me);
        LineItem item = ours(course, lineItemId);
        String wanted = Typed.text(name);
        if (wanted.isEmpty() || wanted.length() > LONGEST_NAME) {
            redirect.addFlashAttribute(
                    "flashProblem", say(wanted.isEmpty() ? "column.name.missing" : "column.name.long"));
            return page(lineItemId);
        }
        try {
            gradebook.rename(course.tenant(), item.id(), wanted);
            redirect.addFlashAttribute("flash", say("column.renamed", wanted));
        } catch (GradebookException e) {
            redirect.addFlashAttribute("flashProblem", e.getMessage());
        }
        return page(lineItemId);
    }

    /** Takes it away; with {@code sure} only, since the grades in it go too. */
    @PostMapping("/removal")
    String remove(
            @AuthenticationPrincipal @Nullable SignedIn me,
            @PathVariable long lineItemId,
            @RequestParam(defaultValue = "false") boolean sure,
            RedirectAttributes redirect) {
        CourseContext course = courses.forInstructor(me);
        LineItem item = ours(course, lineItemId);
        if (!sure) {
            redirect.addFlashAttribute("flashProblem", say("column.remove.unsure"));
            return page(lineItemId);
        }
        try {
            passback.stopWriting(
                    course.tenant(), item.id(), Allowed.instructor(me).personId());
            gradebook.remove(course.tenant(), item.id());
        } catch (GradebookException e) {
            redirect.addFlashAttribute("flashProblem", e.getMessage());
            return page(lineItemId);
        }
        redirect.addFlashAttribute("flash", say("column.removed", item.label()));
        return "redirect:/course";
    }

    /** A column of this course that Laurel made and that is there; nobody may change another here. */
    private LineItem ours(CourseContext course, long lineItemId) {
        return gradebook
                .lineItem(course.tenant(), lineItemId)
                .filter(item -> item.contextId() == course.id() && item.createdHere() && !item.deleted())
                .orElseThrow(Allowed::notFound);
    }

    private static String page(long lineItemId) {
        return "redirect:/course/columns/" + lineItemId;
    }

    private String say(String key, Object... words) {
        return messages.getMessage(key, words, LocaleContextHolder.getLocale());
    }
}
