package dev.laurel.dashboard.shelf;

import dev.laurel.context.Contexts;
import dev.laurel.context.CourseContext;
import dev.laurel.context.Member;
import dev.laurel.dashboard.Allowed;
import dev.laurel.dashboard.Courses;
import dev.laurel.dashboard.Names;
import dev.laurel.dashboard.Pages;
import dev.laurel.launch.session.SignedIn;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.security.core.annotation.AuthenticationPrincipal;
import org.springframework.stereotype.Controller;
import org.springframework.ui.Model;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;

/** One student's badges in the course, at the place where the teacher grades: submission review and context card. */
@Controller
class LearnerController {

    private final Courses courses;

    private final Contexts contexts;

    private final Shelf shelf;

    private final Names names;

    LearnerController(Courses courses, Contexts contexts, Shelf shelf, Names names) {
        this.courses = courses;
        this.contexts = contexts;
        this.shelf = shelf;
        this.names = names;
    }

    @GetMapping(Pages.LEARNERS + "/{personId}")
    String learner(@AuthenticationPrincipal @Nullable SignedIn me, @PathVariable long personId, Model model) {
        CourseContext course = courses.forStaff(me);
        Member member = contexts.member(course.tenant(), course.id(), personId).orElseThrow(Allowed::notFound);
        List<Shelf.Earned> earned = shelf.earned(course.tenant(), personId);
        model.addAttribute("course", course);
        model.addAttribute("personId", personId);
        model.addAttribute("who", names.of(course.tenant(), personId));
        model.addAttribute("here", member.active());
        model.addAttribute(
                "earned",
                earned.stream()
                        .filter(each -> each.award().contextId() == course.id())
                        .toList());
        // Whoever cannot earn has nothing on the way.
        model.addAttribute(
                "onTheWay",
                member.earns() ? shelf.toOthers(course, personId, earned).badges() : List.of());
        return "dashboard/learner";
    }

    @GetMapping(Pages.UNKNOWN_LEARNER)
    String unknown(@AuthenticationPrincipal @Nullable SignedIn me) {
        if (me == null) {
            throw Allowed.notFound();
        }
        return "dashboard/learner-unknown";
    }
}
