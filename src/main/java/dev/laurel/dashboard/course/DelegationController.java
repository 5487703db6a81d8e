package dev.laurel.dashboard.course;

import dev.laurel.context.Contexts;
import dev.laurel.context.CourseContext;
import dev.laurel.context.Delegations;
import dev.laurel.context.Delegations.Delegation;
import dev.laurel.context.Member;
import dev.laurel.context.Profile;
import dev.laurel.dashboard.Allowed;
import dev.laurel.dashboard.Courses;
import dev.laurel.dashboard.Names;
import dev.laurel.launch.session.Role;
import dev.laurel.launch.session.SignedIn;
import dev.laurel.platform.wording.Wording;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.springframework.security.core.annotation.AuthenticationPrincipal;
import org.springframework.stereotype.Controller;
import org.springframework.ui.Model;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.servlet.mvc.support.RedirectAttributes;

/** What teaching assistants may do in this course, who said so, and what they no longer may. */
@Controller
@RequestMapping("/course/assistants")
class DelegationController {

    private final Courses courses;

    private final Contexts contexts;

    private final Delegations delegations;

    private final Names names;

    private final Wording wording;

    DelegationController(Courses courses, Contexts contexts, Delegations delegations, Names names, Wording wording) {
        this.courses = courses;
        this.contexts = contexts;
        this.delegations = delegations;
        this.names = names;
        this.wording = wording;
    }

    record Assistant(long personId, String name) {}

    /** @param who {@code null}: every teaching assistant */
    record Entry(
            Delegation delegation,
            @Nullable String who,
            String by,
            @Nullable String endedBy) {}

    @GetMapping
    String page(@AuthenticationPrincipal @Nullable SignedIn me, Model model) {
        CourseContext course = courses.forInstructor(me);
        List<Delegation> all = delegations.ofContext(course.tenant(), course.id());
        Set<Long> assistants = assistants(course);
        Set<Long> people = new TreeSet<>(assistants);
        all.forEach(each -> {
            people.add(each.personId());
            people.add(each.grantedBy());
            if (each.endedBy() != null) {
                people.add(each.endedBy());
            }
        });
        people.remove(Delegations.EVERYBODY);
        Map<Long, Profile> profiles = contexts.profiles(course.tenant(), people);
        model.addAttribute("course", course);
        model.addAttribute("knowsAssistants", courses.knowsAssistants(course));
        model.addAttribute("whats", Delegations.What.values());
        model.addAttribute(
                "assistants",
                assistants.stream()
                        .map(person -> new Assistant(person, names.of(profiles.get(person))))
                        .sorted(Comparator.comparing(Assistant::name, String.CASE_INSENSITIVE_ORDER))
                        .toList());
        model.addAttribute(
                "entries",
                all.stream()
                        .map(each -> new Entry(
                                each,
                                each.personId() == Delegations.EVERYBODY
                                        ? null
                                        : names.of(profiles.get(each.personId())),
                                names.of(profiles.get(each.grantedBy())),
                                each.endedBy() == null ? null : names.of(profiles.get(each.endedBy()))))
                        .toList());
        return "dashboard/assistants";
    }

    /** @param person a teaching assistant of the course, or 0: all of them */
    @PostMapping
    String give(
            @AuthenticationPrincipal @Nullable SignedIn me,
            @RequestParam Delegations.What what,
            @RequestParam long person,
            RedirectAttributes redirect) {
        CourseContext course = courses.forInstructor(me);
        if (person != Delegations.EVERYBODY && !assistants(course).contains(person)) {
            redirect.addFlashAttribute("flashProblem", wording.say("assistants.unknown"));
            return "redirect:/course/assistants";
        }
        delegations.give(
                course.tenant(),
                course.id(),
                person,
                what,
                Allowed.instructor(me).personId());
        redirect.addFlashAttribute("flash", wording.say("assistants.given"));
        return "redirect:/course/assistants";
    }

    @PostMapping("/end")
    String end(
            @AuthenticationPrincipal @Nullable SignedIn me,
            @RequestParam long delegation,
            RedirectAttributes redirect) {
        CourseContext course = courses.forInstructor(me);
        delegations.end(
                course.tenant(), course.id(), delegation, Allowed.instructor(me).personId());
        redirect.addFlashAttribute("flash", wording.say("assistants.ended"));
        return "redirect:/course/assistants";
    }

    private Set<Long> assistants(CourseContext course) {
        return contexts.members(course.tenant(), course.id()).stream()
                .filter(member -> member.active()
                        && member.roles().contains(Role.TEACHING_ASSISTANT)
                        && !member.roles().contains(Role.INSTRUCTOR))
                .map(Member::personId)
                .collect(Collectors.toCollection(TreeSet::new));
    }
}
