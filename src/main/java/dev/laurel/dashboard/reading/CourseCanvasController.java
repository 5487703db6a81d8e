package dev.laurel.dashboard.reading;

import dev.laurel.context.Contexts;
import dev.laurel.context.CourseContext;
import dev.laurel.dashboard.Allowed;
import dev.laurel.dashboard.Courses;
import dev.laurel.dashboard.IrreversibleActs;
import dev.laurel.gradebook.canvas.CanvasApiKeys;
import dev.laurel.gradebook.canvas.CanvasAuthorization;
import dev.laurel.gradebook.canvas.CanvasCapability;
import dev.laurel.gradebook.canvas.CanvasPermissions;
import dev.laurel.launch.confirm.Act;
import dev.laurel.launch.session.SignedIn;
import dev.laurel.platform.wording.Wording;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import org.jspecify.annotations.Nullable;
import org.springframework.security.core.annotation.AuthenticationPrincipal;
import org.springframework.stereotype.Controller;
import org.springframework.ui.Model;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.servlet.ModelAndView;
import org.springframework.web.servlet.mvc.support.RedirectAttributes;

/** A teacher lets Laurel read her course in Canvas. */
@Controller
@RequestMapping("/course/canvas")
class CourseCanvasController {

    private static final String PAGE = "/course/canvas";

    private final Courses courses;

    private final CanvasApiKeys apiKeys;

    private final CanvasPermissions permissions;

    private final WayToCanvas way;

    private final IrreversibleActs acts;

    private final Contexts contexts;

    private final Wording wording;

    CourseCanvasController(
            Courses courses,
            CanvasApiKeys apiKeys,
            CanvasPermissions permissions,
            WayToCanvas way,
            IrreversibleActs acts,
            Contexts contexts,
            Wording wording) {
        this.courses = courses;
        this.apiKeys = apiKeys;
        this.permissions = permissions;
        this.way = way;
        this.acts = acts;
        this.contexts = contexts;
        this.wording = wording;
    }

    @GetMapping
    String page(@AuthenticationPrincipal @Nullable SignedIn me, Model model) {
        CourseContext course = courses.forInstructor(me);
        CanvasPermissions.Permission own = permissions.ofCourse(course).orElse(null);
        model.addAttribute("course", course);
        model.addAttribute("canvas", CanvasPermissions.isCanvas(course));
        model.addAttribute(
                "key", apiKeys.key(course.tenant(), course.registrationId()).orElse(null));
        model.addAttribute(
                "everywhere",
                permissions
                        .ofInstitution(course.tenant(), course.registrationId())
                        .orElse(null));
        model.addAttribute("permission", own);
        model.addAttribute("owner", own == null ? null : Owners.name(contexts, course.tenant(), own.ownerPerson()));
        model.addAttribute("obstacle", permissions.obstacle(course).orElse(null));
        model.addAttribute("capabilities", CanvasCapability.values());
        model.addAttribute("act", allowing());
        return "dashboard/reading-course";
    }

    @PostMapping("/permission")
    ModelAndView allow(
            @AuthenticationPrincipal @Nullable SignedIn me,
            HttpServletRequest request,
            HttpServletResponse response,
            RedirectAttributes redirect) {
        CourseContext course = courses.forInstructor(me);
        SignedIn teacher = Allowed.instructor(me);
        acts.requireWishAndRole(request, teacher, allowing());
        return way.leave(
                        request,
                        response,
                        new CanvasAuthorization.Traveller(
                                course.tenant(), teacher.launchId(), course.registrationId(), course.id()))
                .orElseGet(() -> {
                    redirect.addFlashAttribute("flashProblem", wording.say("reading.no-key"));
                    return new ModelAndView("redirect:" + PAGE);
                });
    }

    /** Nothing is lost by it: it can be given again. */
    @PostMapping("/withdrawal")
    String withdraw(@AuthenticationPrincipal @Nullable SignedIn me, RedirectAttributes redirect) {
        CourseContext course = courses.forInstructor(me);
        permissions.withdraw(course.tenant(), course.registrationId(), course.id());
        redirect.addFlashAttribute("flash", wording.say("reading.withdrawn"));
        return "redirect:" + PAGE;
    }

    private Act allowing() {
        return new Act(
                PAGE + "/permission",
                wording.say("reading.course.allow.title"),
                wording.say("reading.course.allow.what"),
                wording.say("reading.allow"),
                PAGE);
    }
}
