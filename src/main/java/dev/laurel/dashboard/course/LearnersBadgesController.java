package dev.laurel.dashboard.course;

import dev.laurel.context.CourseContext;
import dev.laurel.credential.brought.Brought;
import dev.laurel.credential.brought.BroughtBadges;
import dev.laurel.dashboard.Allowed;
import dev.laurel.dashboard.Courses;
import dev.laurel.dashboard.Names;
import dev.laurel.launch.session.SignedIn;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
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

/** Badges of other organisations that learners of a course brought, for whoever can say whose they are. */
@Controller
@RequestMapping("/course/brought")
class LearnersBadgesController {

    private final Courses courses;

    private final BroughtBadges badges;

    private final Names names;

    private final MessageSource messages;

    LearnersBadgesController(Courses courses, BroughtBadges badges, Names names, MessageSource messages) {
        this.courses = courses;
        this.badges = badges;
        this.names = names;
        this.messages = messages;
    }

    @GetMapping
    String page(@AuthenticationPrincipal @Nullable SignedIn me, Model model) {
        CourseContext course = courses.forInstructor(me);
        List<Brought> all = badges.inCourse(course.tenant(), course.id());
        model.addAttribute("course", course);
        Map<Long, Brought.Refusal> refusals = badges.refusals(course.tenant(), all);
        model.addAttribute("badges", all);
        model.addAttribute("refusals", refusals);
        model.addAttribute(
                "names",
                names.of(
                        course.tenant(),
                        Stream.concat(
                                        all.stream().map(Brought::personId),
                                        refusals.values().stream().map(Brought.Refusal::byPerson))
                                .distinct()
                                .toList()));
        return "dashboard/brought";
    }

    @PostMapping("/{broughtId}/decision")
    String decide(
            @AuthenticationPrincipal @Nullable SignedIn me,
            @PathVariable long broughtId,
            @RequestParam boolean hers,
            RedirectAttributes redirect) {
        CourseContext course = courses.forInstructor(me);
        long byPerson = Allowed.instructor(me).personId();
        if (!badges.decide(course.tenant(), course.id(), broughtId, hers, byPerson)) {
            throw Allowed.notFound();
        }
        redirect.addFlashAttribute(
                "flash",
                messages.getMessage(
                        hers ? "brought.confirmed" : "brought.declined", null, LocaleContextHolder.getLocale()));
        return "redirect:/course/brought";
    }
}
