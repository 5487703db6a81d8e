package dev.laurel.dashboard.course;

import dev.laurel.context.CourseContext;
import dev.laurel.dashboard.Allowed;
import dev.laurel.dashboard.Courses;
import dev.laurel.dashboard.IrreversibleActs;
import dev.laurel.dashboard.Typed;
import dev.laurel.gradebook.Gradebook;
import dev.laurel.gradebook.GradebookException;
import dev.laurel.gradebook.LineItem;
import dev.laurel.gradebook.csv.CsvRefusedException;
import dev.laurel.gradebook.csv.ImportedColumns;
import dev.laurel.gradebook.csv.Importing;
import dev.laurel.launch.confirm.Act;
import dev.laurel.launch.session.SignedIn;
import dev.laurel.platform.wording.Wording;
import jakarta.servlet.http.HttpServletRequest;
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

/** A column that Laurel added to the gradebook, or that a file brought: its name, and taking it away again. */
@Controller
@RequestMapping("/course/columns/{lineItemId}")
class ColumnController {

    private static final int LONGEST_NAME = 200;

    private final Courses courses;

    private final Gradebook gradebook;

    private final ImportedColumns imported;

    private final Resting resting;

    private final IrreversibleActs acts;

    private final Wording wording;

    ColumnController(
            Courses courses,
            Gradebook gradebook,
            ImportedColumns imported,
            Resting resting,
            IrreversibleActs acts,
            Wording wording) {
        this.courses = courses;
        this.gradebook = gradebook;
        this.imported = imported;
        this.resting = resting;
        this.acts = acts;
        this.wording = wording;
    }

    @GetMapping
    String column(@AuthenticationPrincipal @Nullable SignedIn me, @PathVariable long lineItemId, Model model) {
        CourseContext course = courses.forInstructor(me);
        model.addAttribute("course", course);
        LineItem item = ours(course, lineItemId);
        model.addAttribute("item", item);
        model.addAttribute("kind", kind(item));
        model.addAttribute("resting", resting.on(course, Set.of(item.id())));
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
                    "flashProblem", wording.say(wanted.isEmpty() ? "column.name.missing" : "column.name.long"));
            return page(lineItemId);
        }
        try {
            if (ImportedColumns.isImported(item)) {
                imported.rename(by(me, course), item.id(), wanted);
            } else {
                gradebook.rename(course.tenant(), item.id(), wanted);
            }
            redirect.addFlashAttribute("flash", wording.say("column.renamed", wanted));
        } catch (GradebookException e) {
            redirect.addFlashAttribute("flashProblem", e.getMessage());
        } catch (CsvRefusedException e) {
            redirect.addFlashAttribute("flashProblem", wording.say("column.busy"));
        }
        return page(lineItemId);
    }

    /** The last question before the column goes, and the grades in it. */
    @GetMapping("/removal")
    String askRemoval(@AuthenticationPrincipal @Nullable SignedIn me, @PathVariable long lineItemId, Model model) {
        CourseContext course = courses.forInstructor(me);
        model.addAttribute("act", removal(course, ours(course, lineItemId)));
        return "launch/confirm-first";
    }

    @PostMapping("/removal")
    String remove(
            @AuthenticationPrincipal @Nullable SignedIn me,
            @PathVariable long lineItemId,
            HttpServletRequest request,
            RedirectAttributes redirect) {
        CourseContext course = courses.forInstructor(me);
        SignedIn teacher = Allowed.instructor(me);
        LineItem item = ours(course, lineItemId);
        acts.requireWishAndRole(request, teacher, removal(course, item));
        try {
            if (ImportedColumns.isImported(item)) {
                imported.remove(by(me, course), item.id());
            } else {
                gradebook.remove(course.tenant(), item.id(), teacher.personId());
            }
        } catch (GradebookException e) {
            redirect.addFlashAttribute("flashProblem", e.getMessage());
            return page(lineItemId);
        } catch (CsvRefusedException e) {
            redirect.addFlashAttribute("flashProblem", wording.say("column.busy"));
            return page(lineItemId);
        }
        redirect.addFlashAttribute("flash", wording.say("column.removed", item.label()));
        return "redirect:/course";
    }

    private static Importing by(@Nullable SignedIn me, CourseContext course) {
        return new Importing(
                course.tenant(), course.id(), Allowed.instructor(me).personId());
    }

    /** As it stands in message keys. */
    private static String kind(LineItem item) {
        if (ImportedColumns.isImported(item)) {
            return "imported";
        }
        return item.output() ? "written" : "graded";
    }

    private Act removal(CourseContext course, LineItem item) {
        String what = wording.say("column.remove." + kind(item));
        String badges = resting.words(course, Set.of(item.id()));
        return new Act(
                "/course/columns/" + item.id() + "/removal",
                wording.say("column.remove.title", item.label()),
                badges.isEmpty() ? what : what + " " + badges,
                wording.say("column.remove.button"),
                "/course");
    }

    /** A column of this course that Laurel made or a file brought and that is there; nobody may change another here. */
    private LineItem ours(CourseContext course, long lineItemId) {
        return gradebook
                .lineItem(course.tenant(), lineItemId)
                .filter(item -> item.contextId() == course.id() && !item.deleted())
                .filter(item -> item.createdHere() || ImportedColumns.isImported(item))
                .orElseThrow(Allowed::notFound);
    }

    private static String page(long lineItemId) {
        return "redirect:/course/columns/" + lineItemId;
    }
}
