package dev.laurel.dashboard.manual;

import dev.laurel.context.CourseContext;
import dev.laurel.context.Delegations;
import dev.laurel.dashboard.Courses;
import dev.laurel.gradebook.Gradebook;
import dev.laurel.gradebook.LineItem;
import dev.laurel.gradebook.manual.Entering;
import dev.laurel.gradebook.manual.EntryRefusedException;
import dev.laurel.gradebook.manual.ManualGradebook;
import dev.laurel.gradebook.manual.ManualItem;
import dev.laurel.launch.session.SignedIn;
import java.time.Clock;
import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.springframework.security.core.annotation.AuthenticationPrincipal;
import org.springframework.stereotype.Controller;
import org.springframework.ui.Model;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.ModelAttribute;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.servlet.mvc.support.RedirectAttributes;

/** What is entered in Laurel in a course: the list, and adding to it. Assistants see it; instructors enter. */
@Controller
@RequestMapping("/course/entries")
class EntriesController {

    private final Courses courses;

    private final ManualGradebook manual;

    private final Gradebook gradebook;

    private final Words words;

    private final Clock clock;

    EntriesController(Courses courses, ManualGradebook manual, Gradebook gradebook, Words words, Clock clock) {
        this.courses = courses;
        this.manual = manual;
        this.gradebook = gradebook;
        this.words = words;
        this.clock = clock;
    }

    /** @param waiting how many have handed in what nobody has assessed */
    record Row(ManualItem entry, int done, long waiting) {}

    @GetMapping
    String entries(@AuthenticationPrincipal @Nullable SignedIn me, Model model) {
        CourseContext course = courses.forStaff(me);
        return page(me, course, model, NewEntry.empty(today(course), words.say("entries.levels.usual")), null, null);
    }

    @PostMapping("/confirmations")
    String addConfirmation(
            @AuthenticationPrincipal @Nullable SignedIn me,
            @ModelAttribute NewEntry form,
            Model model,
            RedirectAttributes redirect) {
        return add(
                me, form, "confirmation", model, redirect, by -> manual.addConfirmation(by, form.uuid(), name(form)));
    }

    @PostMapping("/sessions")
    String addSession(
            @AuthenticationPrincipal @Nullable SignedIn me,
            @ModelAttribute NewEntry form,
            Model model,
            RedirectAttributes redirect) {
        CourseContext course = courses.forInstructor(me);
        if (form.date().isEmpty()) {
            return page(me, course, model, form, "session", words.say("entries.day.bad"));
        }
        LocalDate day = form.date().orElseThrow();
        return add(
                me,
                form,
                "session",
                model,
                redirect,
                by -> manual.addSession(by, form.uuid(), name(form), form.group(), day));
    }

    @PostMapping("/evidence")
    String addEvidence(
            @AuthenticationPrincipal @Nullable SignedIn me,
            @ModelAttribute NewEntry form,
            Model model,
            RedirectAttributes redirect) {
        return add(
                me,
                form,
                "evidence",
                model,
                redirect,
                by -> manual.addEvidence(
                        by, form.uuid(), name(form), NewEntry.text(form.instructions()), form.rubric()));
    }

    private interface Adding {

        ManualItem by(Entering by);
    }

    private String add(
            @Nullable SignedIn me,
            NewEntry form,
            String which,
            Model model,
            RedirectAttributes redirect,
            Adding adding) {
        CourseContext course = courses.forInstructor(me);
        try {
            ManualItem added = adding.by(entering(me, course));
            redirect.addFlashAttribute(
                    "flash", words.say("entries.added", added.item().label()));
            return "redirect:/course/entries/" + added.id();
        } catch (EntryRefusedException e) {
            return page(me, course, model, form, which, words.refusal(e));
        }
    }

    private String page(
            @Nullable SignedIn me,
            CourseContext course,
            Model model,
            NewEntry form,
            @Nullable String which,
            @Nullable String problem) {
        Map<Long, Integer> graded = gradebook.gradedCounts(course.tenant(), course.id());
        List<Row> rows = manual.items(course.tenant(), course.id()).stream()
                .map(entry -> new Row(entry, graded.getOrDefault(entry.id(), 0), waiting(course, entry)))
                .toList();
        model.addAttribute("course", course);
        model.addAttribute("mayEnter", me != null && me.isInstructor());
        model.addAttribute("helps", courses.may(me, Delegations.What.ENTER_RESULTS));
        model.addAttribute("rows", rows);
        model.addAttribute("form", form);
        model.addAttribute("which", which);
        model.addAttribute("problem", problem);
        return "dashboard/entries";
    }

    private long waiting(CourseContext course, ManualItem entry) {
        return entry.kind() != LineItem.Kind.EVIDENCE
                ? 0
                : manual.handedIn(course.tenant(), course.id(), entry.id()).stream()
                        .filter(handedIn -> !handedIn.assessed())
                        .count();
    }

    private LocalDate today(CourseContext course) {
        return LocalDate.ofInstant(clock.instant(), course.zone());
    }

    private static String name(NewEntry form) {
        return NewEntry.text(form.name());
    }

    static Entering entering(@Nullable SignedIn me, CourseContext course) {
        if (me == null) {
            throw new IllegalStateException("Nobody is signed in");
        }
        return new Entering(course.tenant(), course.id(), me.personId());
    }
}
