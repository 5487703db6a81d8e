package dev.laurel.dashboard.shelf;

import dev.laurel.context.Contexts;
import dev.laurel.context.CourseContext;
import dev.laurel.dashboard.Allowed;
import dev.laurel.dashboard.Courses;
import dev.laurel.gradebook.Gradebook;
import dev.laurel.gradebook.manual.ManualGradebook;
import dev.laurel.launch.session.SignedIn;
import dev.laurel.publication.AwardMessage;
import dev.laurel.publication.AwardMessages;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.springframework.security.core.annotation.AuthenticationPrincipal;
import org.springframework.stereotype.Controller;
import org.springframework.ui.Model;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestParam;

/** A learner's own badges: earned, and on the way. */
@Controller
class ShelfController {

    private final Courses courses;

    private final Contexts contexts;

    private final Shelf shelf;

    private final AwardMessages awardMessages;

    private final Gradebook gradebook;

    private final ManualGradebook manual;

    ShelfController(
            Courses courses,
            Contexts contexts,
            Shelf shelf,
            AwardMessages awardMessages,
            Gradebook gradebook,
            ManualGradebook manual) {
        this.courses = courses;
        this.contexts = contexts;
        this.shelf = shelf;
        this.awardMessages = awardMessages;
        this.gradebook = gradebook;
        this.manual = manual;
    }

    /** Something that happened to a badge of hers since she last looked. */
    record News(AwardMessage message, String badge) {}

    /** What is on the way in one course. */
    record Section(CourseContext course, List<Shelf.OnTheWay> badges) {}

    @GetMapping("/shelf")
    String shelf(
            @AuthenticationPrincipal @Nullable SignedIn me,
            @RequestParam(defaultValue = "false") boolean everywhere,
            Model model) {
        CourseContext course = courses.of(me);
        if (me == null || !me.isLearner()) {
            throw Allowed.notFound();
        }
        List<Shelf.Earned> earned = shelf.earned(me.tenant(), me.personId());
        List<CourseContext> shown = everywhere ? contexts.ofPerson(me.tenant(), me.personId()) : List.of(course);
        model.addAttribute("course", course);
        model.addAttribute("personId", me.personId());
        model.addAttribute("everywhere", everywhere);
        model.addAttribute(
                "arrived",
                earned.stream().filter(ShelfController::isNew).findFirst().orElse(null));
        model.addAttribute(
                "earned",
                earned.stream()
                        .filter(each -> everywhere || each.award().contextId() == course.id())
                        .toList());
        model.addAttribute(
                "elsewhere",
                earned.stream()
                        .filter(each -> each.award().contextId() != course.id())
                        .count());
        model.addAttribute(
                "sections",
                shown.stream()
                        .map(each -> new Section(each, shelf.toLearner(each, me.personId(), earned)))
                        .filter(section -> !section.badges().isEmpty())
                        .toList());
        model.addAttribute("hasWork", !manual.items(me.tenant(), course.id()).isEmpty());
        Map<Long, String> names = earned.stream()
                .collect(Collectors.toMap(
                        each -> each.award().id(), each -> each.version().name()));
        model.addAttribute(
                "news",
                awardMessages.unread(me.tenant(), me.personId()).stream()
                        // A new badge has its own place on the page.
                        .filter(message -> message.kind() != AwardMessage.Kind.RELEASED)
                        .filter(message -> names.containsKey(message.awardId()))
                        .map(message -> new News(message, names.getOrDefault(message.awardId(), "")))
                        .toList());
        model.addAttribute("sync", gradebook.status(me.tenant(), course.id()));
        return "dashboard/shelf";
    }

    /** She has read what is new. */
    @PostMapping("/shelf/news")
    String read(@AuthenticationPrincipal @Nullable SignedIn me) {
        courses.of(me);
        if (me == null || !me.isLearner()) {
            throw Allowed.notFound();
        }
        awardMessages.read(me.tenant(), me.personId());
        return "redirect:/shelf";
    }

    private static boolean isNew(Shelf.Earned earned) {
        return earned.award().claimedAt() == null
                && earned.award().declinedAt() == null
                && earned.award().revokedAt() == null;
    }
}
