package dev.laurel.dashboard.manual;

import dev.laurel.context.CourseContext;
import dev.laurel.context.Delegations;
import dev.laurel.dashboard.Allowed;
import dev.laurel.dashboard.Courses;
import dev.laurel.gradebook.LineItem;
import dev.laurel.gradebook.manual.Assessment;
import dev.laurel.gradebook.manual.EntryRefusedException;
import dev.laurel.gradebook.manual.EvidenceVersion;
import dev.laurel.gradebook.manual.ManualGradebook;
import dev.laurel.gradebook.manual.ManualItem;
import dev.laurel.gradebook.manual.RubricRow;
import dev.laurel.launch.session.SignedIn;
import java.math.BigDecimal;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.springframework.http.ResponseEntity;
import org.springframework.security.core.annotation.AuthenticationPrincipal;
import org.springframework.stereotype.Controller;
import org.springframework.ui.Model;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.servlet.mvc.support.RedirectAttributes;

/** The evidence of one learner, as the staff sees and the instructor assesses it. */
@Controller
@RequestMapping("/course/entries/{itemId}/learners/{personId}")
class AssessmentController {

    private final Courses courses;

    private final ManualGradebook manual;

    private final Roster roster;

    private final Words words;

    AssessmentController(Courses courses, ManualGradebook manual, Roster roster, Words words) {
        this.courses = courses;
        this.manual = manual;
        this.roster = roster;
        this.words = words;
    }

    /** What the form says before anything is typed, or what was typed. */
    record Typed(@Nullable String verdict, Map<Long, String> levels, String comment) {}

    @GetMapping
    String evidence(
            @AuthenticationPrincipal @Nullable SignedIn me,
            @PathVariable long itemId,
            @PathVariable long personId,
            Model model) {
        CourseContext course = courses.forStaff(me);
        return page(me, course, itemId, personId, null, null, model);
    }

    @PostMapping("/assessment")
    String assess(
            @AuthenticationPrincipal @Nullable SignedIn me,
            @PathVariable long itemId,
            @PathVariable long personId,
            @RequestParam int version,
            @RequestParam(defaultValue = "") String verdict,
            @RequestParam(defaultValue = "") String comment,
            @RequestParam Map<String, String> fields,
            Model model,
            RedirectAttributes redirect) {
        CourseContext course = courses.forStaffWhoMay(me, Delegations.What.ENTER_RESULTS);
        ManualItem entry = entry(course, itemId);
        Map<Long, String> levels = new HashMap<>();
        Map<Long, BigDecimal> points = new HashMap<>();
        for (RubricRow row : entry.rubric()) {
            String typed = fields.getOrDefault("row-" + row.id(), "");
            levels.put(row.id(), typed);
            if (typed.matches("\\d{1,4}(\\.\\d{1,6})?")) {
                points.put(row.id(), new BigDecimal(typed));
            }
        }
        String said = NewEntry.text(comment);
        Typed typed = new Typed(verdict, levels, said);
        if (!verdict.equals("accepted") && !verdict.equals("not")) {
            return page(me, course, itemId, personId, typed, words.say("assess.verdict.missing"), model);
        }
        try {
            manual.assess(
                    EntriesController.entering(me, course),
                    itemId,
                    personId,
                    new Assessment(version, verdict.equals("accepted"), points, said));
        } catch (EntryRefusedException e) {
            return page(me, course, itemId, personId, typed, words.refusal(e), model);
        }
        redirect.addFlashAttribute("flash", words.say("assess.saved", roster.name(course, personId)));
        return "redirect:/course/entries/" + itemId;
    }

    @GetMapping("/versions/{version}/files/{place}")
    ResponseEntity<byte[]> file(
            @AuthenticationPrincipal @Nullable SignedIn me,
            @PathVariable long itemId,
            @PathVariable long personId,
            @PathVariable int version,
            @PathVariable int place) {
        CourseContext course = courses.forStaff(me);
        return Download.of(manual.file(course.tenant(), course.id(), itemId, personId, version, place));
    }

    private String page(
            @Nullable SignedIn me,
            CourseContext course,
            long itemId,
            long personId,
            @Nullable Typed typed,
            @Nullable String problem,
            Model model) {
        ManualItem entry = entry(course, itemId);
        List<EvidenceVersion> versions = manual.evidence(course.tenant(), course.id(), itemId, personId);
        if (versions.isEmpty()) {
            throw Allowed.notFound();
        }
        EvidenceVersion latest = versions.get(versions.size() - 1);
        model.addAttribute("course", course);
        model.addAttribute("mayEnter", courses.may(me, Delegations.What.ENTER_RESULTS));
        model.addAttribute("entry", entry);
        model.addAttribute("who", roster.name(course, personId));
        model.addAttribute("personId", personId);
        model.addAttribute("latest", latest);
        model.addAttribute("versions", versions);
        model.addAttribute("typed", typed == null ? before(latest) : typed);
        model.addAttribute("problem", problem);
        return "dashboard/entry-learner";
    }

    private static Typed before(EvidenceVersion latest) {
        return latest.assessed()
                .map(said -> {
                    Map<Long, String> levels = new HashMap<>();
                    said.points().forEach((row, points) -> levels.put(row, plain(points)));
                    return new Typed(said.accepted() ? "accepted" : "not", levels, said.comment());
                })
                .orElse(new Typed(null, Map.of(), ""));
    }

    static String plain(BigDecimal points) {
        return points.stripTrailingZeros().toPlainString();
    }

    private ManualItem entry(CourseContext course, long itemId) {
        return manual.item(course.tenant(), course.id(), itemId)
                .filter(item -> item.kind() == LineItem.Kind.EVIDENCE)
                .orElseThrow(Allowed::notFound);
    }
}
