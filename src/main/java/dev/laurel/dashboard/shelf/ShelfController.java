package dev.laurel.dashboard.shelf;

import dev.laurel.award.Awards;
import dev.laurel.award.decision.Samples;
import dev.laurel.award.fall.Falls;
import dev.laurel.context.Contexts;
import dev.laurel.context.CourseContext;
import dev.laurel.context.ObserverPolicy;
import dev.laurel.dashboard.Allowed;
import dev.laurel.dashboard.Courses;
import dev.laurel.gradebook.Gradebook;
import dev.laurel.gradebook.manual.ManualGradebook;
import dev.laurel.launch.session.SignedIn;
import dev.laurel.platform.tenant.TenantId;
import dev.laurel.publication.AwardMessage;
import dev.laurel.publication.AwardMessages;
import java.time.Instant;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.springframework.security.core.annotation.AuthenticationPrincipal;
import org.springframework.stereotype.Controller;
import org.springframework.ui.Model;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestParam;

/** A learner's own badges: earned, and on the way; of this course, or of every course of hers. */
@Controller
class ShelfController {

    static final int BADGES = 24;

    static final int COURSES = 6;

    private final Courses courses;

    private final Contexts contexts;

    private final Shelf shelf;

    private final Awards awards;

    private final AwardMessages awardMessages;

    private final Falls falls;

    private final Gradebook gradebook;

    private final ManualGradebook manual;

    private final ObserverPolicy observers;

    private final Samples samples;

    ShelfController(
            Courses courses,
            Contexts contexts,
            Shelf shelf,
            Awards awards,
            AwardMessages awardMessages,
            Falls falls,
            Gradebook gradebook,
            ManualGradebook manual,
            ObserverPolicy observers,
            Samples samples) {
        this.courses = courses;
        this.contexts = contexts;
        this.shelf = shelf;
        this.awards = awards;
        this.awardMessages = awardMessages;
        this.falls = falls;
        this.gradebook = gradebook;
        this.manual = manual;
        this.observers = observers;
        this.samples = samples;
    }

    /** Something that happened to a badge of hers since she last looked. */
    record News(AwardMessage message, Shelf.Earned earned) {

        public String badge() {
            return earned.version().name();
        }
    }

    @GetMapping("/shelf")
    String shelf(
            @AuthenticationPrincipal @Nullable SignedIn me,
            @RequestParam(defaultValue = "false") boolean everywhere,
            @RequestParam(defaultValue = "0") int badges,
            @RequestParam(name = "courses", defaultValue = "0") int fromCourse,
            Model model) {
        if (me != null && me.isByMail()) {
            return "redirect:" + MailedShelfController.PATH;
        }
        CourseContext course = courses.of(me);
        if (me == null || !me.isLearner()) {
            throw Allowed.notFound();
        }
        List<Shelf.Earned> earned = shelf.earned(me.tenant(), me.personId());
        List<AwardMessage> unread = awardMessages.unread(me.tenant(), me.personId());
        model.addAttribute("course", course);
        model.addAttribute("personId", me.personId());
        model.addAttribute("everywhere", everywhere);
        model.addAttribute("sync", gradebook.status(me.tenant(), course.id()));
        model.addAttribute("observed", observers.isAllowed(me.tenant()));
        model.addAttribute("hasWork", !manual.items(me.tenant(), course.id()).isEmpty());
        Set<Long> open =
                samples.openTo(me, earned.stream().map(Shelf.Earned::award).toList());
        Shelf.Earned arrived = arrivals(earned, unread, open, model);
        List<News> news = news(earned, unread, open);
        model.addAttribute("open", open);
        model.addAttribute("news", news);
        told(me, news);
        List<Shelf.Answered> answers = shelf.answers(course, me.personId());
        model.addAttribute("answers", answers);
        model.addAttribute("newest", newest(news, answers));
        // What a newer one took the place of is shown with that one.
        List<Shelf.Earned> current = earned.stream()
                .filter(each -> each.award().supersededBy() == null)
                .toList();
        Slice<Shelf.Earned> shown = Slice.of(
                current.stream()
                        .filter(each -> everywhere || each.award().contextId() == course.id())
                        // It stands above, until it has been seen.
                        .filter(each -> each != arrived)
                        .toList(),
                badges,
                BADGES);
        model.addAttribute("earned", shown);
        model.addAttribute("homes", homes(me.tenant(), course, shown.shown()));
        model.addAttribute(
                "elsewhere",
                current.stream()
                        .filter(each -> each.award().contextId() != course.id())
                        .count());
        if (everywhere) {
            everywhere(me, course, earned, fromCourse, model);
        } else {
            sections(List.of(shelf.toLearner(course, me.personId(), earned)), model);
        }
        return "dashboard/shelf";
    }

    private void everywhere(SignedIn me, CourseContext here, List<Shelf.Earned> earned, int fromCourse, Model model) {
        Slice<CourseContext> shown = Slice.of(
                contexts.ofPerson(me.tenant(), me.personId()).stream()
                        .sorted(Comparator.comparing((CourseContext each) -> each.id() != here.id())
                                .thenComparing(CourseContext::title, String.CASE_INSENSITIVE_ORDER)
                                .thenComparing(CourseContext::id))
                        .toList(),
                fromCourse,
                COURSES);
        model.addAttribute("courses", shown);
        sections(shelf.toLearner(me.tenant(), shown.shown(), me.personId(), earned), model);
    }

    private static void sections(List<InCourse> sections, Model model) {
        Map<Long, String> nextTiers = new HashMap<>();
        sections.forEach(section -> nextTiers.putAll(section.nextTiers()));
        model.addAttribute("nextTiers", nextTiers);
        model.addAttribute(
                "sections",
                sections.stream().filter(section -> !section.badges().isEmpty()).toList());
    }

    /** A badge just earned opens once, and where its holder can do something with it. */
    private Shelf.@Nullable Earned arrivals(
            List<Shelf.Earned> earned, List<AwardMessage> unread, Set<Long> open, Model model) {
        Set<Long> untold = unread.stream()
                .filter(message -> message.kind() == AwardMessage.Kind.RELEASED)
                .map(AwardMessage::awardId)
                .collect(Collectors.toSet());
        List<Shelf.Earned> arrived = earned.stream()
                .filter(each -> each.isNew() && open.contains(each.award().id()))
                .filter(each -> untold.contains(each.award().id()))
                .toList();
        Shelf.Earned first = arrived.isEmpty() ? null : arrived.get(0);
        model.addAttribute("arrived", first);
        model.addAttribute("alsoArrived", Math.max(0, arrived.size() - 1));
        return first;
    }

    /** @param open of what is only looked at nothing is told, or whoever is signed in there would have read it */
    private static List<News> news(List<Shelf.Earned> earned, List<AwardMessage> unread, Set<Long> open) {
        Map<Long, Shelf.Earned> known = earned.stream()
                .filter(each -> open.contains(each.award().id()))
                .collect(Collectors.toMap(each -> each.award().id(), Function.identity()));
        return unread.stream()
                // A new badge has its own place on the page.
                .filter(message -> message.kind() != AwardMessage.Kind.RELEASED)
                .filter(message -> known.containsKey(message.awardId()))
                .map(message -> new News(message, Objects.requireNonNull(known.get(message.awardId()))))
                .toList();
    }

    private static @Nullable Instant newest(List<News> news, List<Shelf.Answered> answers) {
        return Stream.concat(
                        news.stream().map(each -> each.message().createdAt()),
                        answers.stream().map(each -> each.question().answeredAt()))
                .filter(Objects::nonNull)
                .max(Comparator.naturalOrder())
                .orElse(null);
    }

    /** What fell stands on the page, so the time in which she can object runs; unless somebody else looks. */
    private void told(SignedIn me, List<News> news) {
        if (!me.acting().isReadOnly()) {
            falls.told(
                    me.tenant(),
                    news.stream()
                            .map(News::message)
                            .filter(message -> message.kind() == AwardMessage.Kind.FELL)
                            .map(AwardMessage::awardId)
                            .toList());
        }
    }

    /** The courses in which these were earned. */
    private Map<Long, CourseContext> homes(TenantId tenant, CourseContext here, List<Shelf.Earned> earned) {
        Set<Long> elsewhere = earned.stream()
                .map(each -> each.award().contextId())
                .filter(id -> id != here.id())
                .collect(Collectors.toSet());
        Map<Long, CourseContext> homes = contexts.find(tenant, elsewhere).stream()
                .collect(Collectors.toMap(CourseContext::id, Function.identity()));
        homes.put(here.id(), here);
        return homes;
    }

    /**
     * She has read what is new.
     *
     * @param until the newest that stood there: what came since the page was opened, she has not read
     */
    @PostMapping("/shelf/news")
    String read(@AuthenticationPrincipal @Nullable SignedIn me, @RequestParam Instant until) {
        CourseContext course = courses.of(me);
        if (me == null || !me.isLearner()) {
            throw Allowed.notFound();
        }
        Set<Long> told = awardMessages.unread(me.tenant(), me.personId()).stream()
                .map(AwardMessage::awardId)
                .collect(Collectors.toSet());
        Set<Long> open = samples.openTo(me, awards.find(me.tenant(), told));
        awardMessages.read(me.tenant(), me.personId(), open, until);
        shelf.readAnswers(course, me.personId(), until);
        return "redirect:/shelf";
    }
}
