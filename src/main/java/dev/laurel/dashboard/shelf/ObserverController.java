package dev.laurel.dashboard.shelf;

import dev.laurel.context.Contexts;
import dev.laurel.context.CourseContext;
import dev.laurel.context.Member;
import dev.laurel.context.ObserverPolicy;
import dev.laurel.context.Profile;
import dev.laurel.dashboard.Allowed;
import dev.laurel.dashboard.Courses;
import dev.laurel.dashboard.Names;
import dev.laurel.dashboard.Pages;
import dev.laurel.launch.Launches;
import dev.laurel.launch.session.Role;
import dev.laurel.launch.session.SignedIn;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.springframework.security.core.annotation.AuthenticationPrincipal;
import org.springframework.stereotype.Controller;
import org.springframework.ui.Model;
import org.springframework.web.bind.annotation.GetMapping;

/** What an observer sees where the institution allows it: the badges of the students they observe, to read and no more. */
@Controller
class ObserverController {

    private final Courses courses;

    private final Contexts contexts;

    private final ObserverPolicy policy;

    private final Launches launches;

    private final Shelf shelf;

    private final Names names;

    ObserverController(
            Courses courses, Contexts contexts, ObserverPolicy policy, Launches launches, Shelf shelf, Names names) {
        this.courses = courses;
        this.contexts = contexts;
        this.policy = policy;
        this.launches = launches;
        this.shelf = shelf;
        this.names = names;
    }

    /** One student with what she has and can earn in this course. */
    record Observed(String name, List<Shelf.Earned> earned, List<OnTheWay> onTheWay) {}

    @GetMapping(Pages.OBSERVED)
    String observed(@AuthenticationPrincipal @Nullable SignedIn me, Model model) {
        CourseContext course = courses.of(me);
        if (me == null || !me.roles().contains(Role.OBSERVER) || !policy.isAllowed(me.tenant())) {
            throw Allowed.notFound();
        }
        Set<Long> named = launches.find(me.tenant(), me.launchId())
                .orElseThrow(Allowed::notFound)
                .observes();
        Map<Long, Profile> profiles = contexts.profiles(course.tenant(), named);
        model.addAttribute("course", course);
        model.addAttribute(
                "students",
                named.stream()
                        .map(personId -> contexts.member(course.tenant(), course.id(), personId))
                        .flatMap(Optional::stream)
                        .filter(Member::earns)
                        .map(member -> observed(course, member.personId(), profiles.get(member.personId())))
                        .sorted(Comparator.comparing(Observed::name, String.CASE_INSENSITIVE_ORDER))
                        .toList());
        return "dashboard/observed";
    }

    private Observed observed(CourseContext course, long personId, @Nullable Profile profile) {
        List<Shelf.Earned> earned = shelf.earned(course.tenant(), personId);
        return new Observed(
                names.of(profile),
                earned.stream()
                        .filter(each -> each.award().contextId() == course.id())
                        .filter(each -> each.award().revokedAt() == null)
                        .toList(),
                shelf.toOthers(course, personId, earned).badges());
    }
}
