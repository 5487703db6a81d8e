package dev.laurel.dashboard.manual;

import dev.laurel.context.CourseContext;
import dev.laurel.context.Delegations;
import dev.laurel.dashboard.Allowed;
import dev.laurel.dashboard.Courses;
import dev.laurel.dashboard.IrreversibleActs;
import dev.laurel.dashboard.course.Resting;
import dev.laurel.gradebook.LineItem;
import dev.laurel.gradebook.Observation;
import dev.laurel.gradebook.manual.EntryRefusedException;
import dev.laurel.gradebook.manual.HandedIn;
import dev.laurel.gradebook.manual.ManualGradebook;
import dev.laurel.gradebook.manual.ManualItem;
import dev.laurel.gradebook.manual.Presence;
import dev.laurel.launch.confirm.Act;
import dev.laurel.launch.session.SignedIn;
import jakarta.servlet.http.HttpServletRequest;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.IntSupplier;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.springframework.security.core.annotation.AuthenticationPrincipal;
import org.springframework.stereotype.Controller;
import org.springframework.ui.Model;
import org.springframework.util.MultiValueMap;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.servlet.mvc.support.RedirectAttributes;

/** One thing that is entered in Laurel: for whom it is confirmed, who was there, who has handed in. */
@Controller
@RequestMapping("/course/entries/{itemId}")
class EntryController {

    private final Courses courses;

    private final ManualGradebook manual;

    private final Roster roster;

    private final IrreversibleActs acts;

    private final Resting resting;

    private final Words words;

    EntryController(
            Courses courses,
            ManualGradebook manual,
            Roster roster,
            IrreversibleActs acts,
            Resting resting,
            Words words) {
        this.courses = courses;
        this.manual = manual;
        this.roster = roster;
        this.acts = acts;
        this.resting = resting;
        this.words = words;
    }

    /** @param state {@code yes}, {@code no}, or empty where nothing is entered */
    record Line(
            long personId,
            String name,
            String state,
            @Nullable Observation seen) {}

    @GetMapping
    String entry(
            @AuthenticationPrincipal @Nullable SignedIn me,
            @PathVariable long itemId,
            @RequestParam(defaultValue = "0") int from,
            Model model) {
        CourseContext course = courses.forStaff(me);
        ManualItem entry = entry(course, itemId);
        model.addAttribute("course", course);
        model.addAttribute("mayEnter", courses.may(me, Delegations.What.ENTER_RESULTS));
        model.addAttribute("mayRemove", me != null && me.isInstructor());
        model.addAttribute("entry", entry);
        if (entry.kind() == LineItem.Kind.EVIDENCE) {
            List<HandedIn> handedIn = manual.handedIn(course.tenant(), course.id(), itemId);
            Map<Long, String> names = roster
                    .named(course, handedIn.stream().map(HandedIn::personId).toList())
                    .stream()
                    .collect(Collectors.toMap(Roster.Learner::personId, Roster.Learner::name));
            model.addAttribute("handedIn", handedIn);
            model.addAttribute("names", names);
            model.addAttribute("results", manual.results(course.tenant(), course.id(), itemId));
            return "dashboard/entry-evidence";
        }
        Roster.Page page = roster.page(course, from);
        Map<Long, Observation> results = manual.results(course.tenant(), course.id(), itemId);
        model.addAttribute("page", page);
        model.addAttribute(
                "lines",
                page.learners().stream()
                        .map(learner -> line(learner, results.get(learner.personId())))
                        .toList());
        return "dashboard/entry";
    }

    private static Line line(Roster.Learner learner, @Nullable Observation seen) {
        String state = "";
        if (seen != null && seen.status() == Observation.Status.GRADED && seen.score() != null) {
            state = seen.score().signum() > 0 ? "yes" : "no";
        }
        return new Line(learner.personId(), learner.name(), state, seen);
    }

    /** Confirms for those who are ticked now and were not, and takes it back from those who were and are not. */
    @PostMapping("/confirmations")
    String confirm(
            @AuthenticationPrincipal @Nullable SignedIn me,
            @PathVariable long itemId,
            @RequestParam(required = false) @Nullable Set<Long> is,
            @RequestParam(required = false) @Nullable Set<Long> was,
            @RequestParam(defaultValue = "0") int from,
            RedirectAttributes redirect) {
        CourseContext course = courses.forStaffWhoMay(me, Delegations.What.ENTER_RESULTS);
        entry(course, itemId);
        return confirm(me, course, itemId, from, without(is, was), without(was, is), redirect);
    }

    private String confirm(
            @Nullable SignedIn me,
            CourseContext course,
            long itemId,
            int from,
            Set<Long> added,
            Set<Long> taken,
            RedirectAttributes redirect) {
        return enter(
                course,
                itemId,
                from,
                redirect,
                List.of(added, taken),
                () -> (added.isEmpty()
                                ? 0
                                : manual.confirm(EntriesController.entering(me, course), itemId, added, true))
                        + (taken.isEmpty()
                                ? 0
                                : manual.confirm(EntriesController.entering(me, course), itemId, taken, false)));
    }

    private static Set<Long> without(@Nullable Set<Long> all, @Nullable Set<Long> others) {
        Set<Long> left = new HashSet<>(all == null ? Set.of() : all);
        left.removeAll(others == null ? Set.of() : others);
        return left;
    }

    /**
     * Notes what is chosen now and was not when the page was shown: what somebody else entered meanwhile stays. “Not noted” takes
     * back what was noted.
     *
     * @param fields {@code at-} and the learner's number: what is chosen; {@code was-} and the number: what was shown
     */
    @PostMapping("/attendance")
    String attend(
            @AuthenticationPrincipal @Nullable SignedIn me,
            @PathVariable long itemId,
            @RequestParam MultiValueMap<String, String> fields,
            @RequestParam(defaultValue = "0") int from,
            RedirectAttributes redirect) {
        CourseContext course = courses.forStaffWhoMay(me, Delegations.What.ENTER_RESULTS);
        entry(course, itemId);
        return attend(me, course, itemId, from, noted(fields), redirect);
    }

    private String attend(
            @Nullable SignedIn me,
            CourseContext course,
            long itemId,
            int from,
            Map<Long, Presence> noted,
            RedirectAttributes redirect) {
        return enter(
                course,
                itemId,
                from,
                redirect,
                List.of(noted.keySet()),
                () -> noted.isEmpty() ? 0 : manual.attend(EntriesController.entering(me, course), itemId, noted));
    }

    private static Map<Long, Presence> noted(MultiValueMap<String, String> fields) {
        Map<Long, Presence> noted = new HashMap<>();
        fields.toSingleValueMap().forEach((field, value) -> {
            if (field.matches("at-\\d{1,19}")) {
                String number = field.substring("at-".length());
                if (!value.equals(fields.getFirst("was-" + number))) {
                    noted.put(Long.valueOf(number), presence(value));
                }
            }
        });
        return noted;
    }

    private static Presence presence(String chosen) {
        return switch (chosen) {
            case "yes" -> Presence.PRESENT;
            case "no" -> Presence.ABSENT;
            default -> Presence.NOT_NOTED;
        };
    }

    /**
     * Confirms for, or notes as present, everybody of whom nothing is entered yet; of those on the page counts what is chosen there
     * and was not saved.
     */
    @PostMapping("/everybody")
    String everybody(
            @AuthenticationPrincipal @Nullable SignedIn me,
            @PathVariable long itemId,
            @RequestParam MultiValueMap<String, String> fields,
            @RequestParam(required = false) @Nullable Set<Long> was,
            @RequestParam(required = false) @Nullable Set<Long> is,
            @RequestParam(defaultValue = "0") int from,
            RedirectAttributes redirect) {
        CourseContext course = courses.forStaffWhoMay(me, Delegations.What.ENTER_RESULTS);
        ManualItem entry = entry(course, itemId);
        Map<Long, Observation> known = manual.results(course.tenant(), course.id(), itemId);
        Set<Long> open = roster.everybody(course).stream()
                .filter(person -> !isEntered(known.get(person)))
                .collect(Collectors.toCollection(HashSet::new));
        if (entry.kind() == LineItem.Kind.ATTENDANCE) {
            Map<Long, Presence> noted = noted(fields);
            open.forEach(person -> noted.putIfAbsent(person, Presence.PRESENT));
            return attend(me, course, itemId, from, noted, redirect);
        }
        return confirm(me, course, itemId, from, open, without(was, is), redirect);
    }

    private static boolean isEntered(@Nullable Observation seen) {
        return seen != null && seen.status() != Observation.Status.NONE;
    }

    /** @param people of whom something is entered: those who left meanwhile are taken out and counted, so that the rest is */
    private String enter(
            CourseContext course,
            long itemId,
            int from,
            RedirectAttributes redirect,
            List<Set<Long>> people,
            IntSupplier entering) {
        Set<Long> here = roster.everybody(course);
        int gone = 0;
        for (Set<Long> each : people) {
            int all = each.size();
            each.retainAll(here);
            gone += all - each.size();
        }
        try {
            int changed = entering.getAsInt();
            redirect.addFlashAttribute("flash", words.say("entry.saved", changed));
            if (gone > 0) {
                redirect.addFlashAttribute("flashProblem", words.say("entry.gone", gone));
            }
        } catch (EntryRefusedException e) {
            redirect.addFlashAttribute("flashProblem", words.refusal(e));
        }
        return "redirect:/course/entries/" + itemId + (from > 0 ? "?from=" + from : "");
    }

    /** The last question before it goes with its results. */
    @GetMapping("/removal")
    String askRemoval(@AuthenticationPrincipal @Nullable SignedIn me, @PathVariable long itemId, Model model) {
        CourseContext course = courses.forInstructor(me);
        model.addAttribute("act", removal(course, entry(course, itemId)));
        return "launch/confirm-first";
    }

    @PostMapping("/removal")
    String remove(
            @AuthenticationPrincipal @Nullable SignedIn me,
            @PathVariable long itemId,
            HttpServletRequest request,
            RedirectAttributes redirect) {
        CourseContext course = courses.forInstructor(me);
        SignedIn teacher = Allowed.instructor(me);
        ManualItem entry = entry(course, itemId);
        acts.requireWishAndRole(request, teacher, removal(course, entry));
        try {
            manual.remove(EntriesController.entering(me, course), itemId);
            redirect.addFlashAttribute(
                    "flash", words.say("entry.removed", entry.item().label()));
        } catch (EntryRefusedException e) {
            redirect.addFlashAttribute("flashProblem", words.refusal(e));
        }
        return "redirect:/course/entries";
    }

    private Act removal(CourseContext course, ManualItem entry) {
        Set<Long> columns = new HashSet<>(Set.of(entry.id()));
        entry.rubric().forEach(row -> columns.add(row.id()));
        String what = words.say("entry.remove.what");
        String badges = resting.words(course, columns);
        return new Act(
                "/course/entries/" + entry.id() + "/removal",
                words.say("entry.remove.title", entry.item().label()),
                badges.isEmpty() ? what : what + " " + badges,
                words.say("entry.remove.button"),
                "/course/entries");
    }

    private ManualItem entry(CourseContext course, long itemId) {
        return manual.item(course.tenant(), course.id(), itemId).orElseThrow(Allowed::notFound);
    }
}
