package dev.laurel.dashboard.template;

import dev.laurel.achievement.BadgeImages;
import dev.laurel.context.CourseContext;
import dev.laurel.criteria.RuleSet;
import dev.laurel.criteria.rule.BadRuleException;
import dev.laurel.criteria.rule.Rule;
import dev.laurel.criteria.template.BroughtFiles;
import dev.laurel.dashboard.Allowed;
import dev.laurel.dashboard.Courses;
import dev.laurel.dashboard.copy.ColumnChoices;
import dev.laurel.dashboard.copy.SectionChoices;
import dev.laurel.dashboard.copy.TakenInOrder;
import dev.laurel.gradebook.Gradebook;
import dev.laurel.launch.session.SignedIn;
import dev.laurel.platform.wording.Wording;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.springframework.dao.DuplicateKeyException;
import org.springframework.http.CacheControl;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.security.core.annotation.AuthenticationPrincipal;
import org.springframework.stereotype.Controller;
import org.springframework.ui.Model;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.servlet.mvc.support.RedirectAttributes;

/** A file that was brought: each of its badges as it would be here, and the button that makes drafts of them. */
@Controller
@RequestMapping("/course/badge-set/brought")
class BroughtController {

    private final Courses courses;

    private final BroughtFiles files;

    private final BadgeSetReader reader;

    private final Brought brought;

    private final BadgeIds ids;

    private final SectionChoices sections;

    private final BadgeList badges;

    private final ImportDesk desk;

    private final BadgeImages images;

    private final Gradebook gradebook;

    private final Wording wording;

    BroughtController(
            Courses courses,
            BroughtFiles files,
            BadgeSetReader reader,
            Brought brought,
            BadgeIds ids,
            SectionChoices sections,
            BadgeList badges,
            ImportDesk desk,
            BadgeImages images,
            Gradebook gradebook,
            Wording wording) {
        this.courses = courses;
        this.files = files;
        this.reader = reader;
        this.brought = brought;
        this.ids = ids;
        this.sections = sections;
        this.badges = badges;
        this.desk = desk;
        this.images = images;
        this.gradebook = gradebook;
        this.wording = wording;
    }

    @GetMapping
    String preview(@AuthenticationPrincipal @Nullable SignedIn me, Model model) {
        CourseContext course = courses.forInstructor(me);
        BadgeSet set = set(course, me);
        if (set == null) {
            return "redirect:/course/badge-set";
        }
        model.addAttribute("course", course);
        model.addAttribute("set", set);
        model.addAttribute(
                "preview",
                brought.of(
                        course,
                        set,
                        chosen(model, "chosen"),
                        chosen(model, "chosenBadges"),
                        SectionChoices.kept(model)));
        model.addAttribute("columns", brought.columns(course));
        model.addAttribute("badges", badges.of(course));
        model.addAttribute("sync", gradebook.status(course.tenant(), course.id()));
        if (!model.containsAttribute("problems")) {
            model.addAttribute("problems", Map.of());
        }
        return "dashboard/badge-set-brought";
    }

    /** The picture of a badge of the file, as it would be kept. */
    @GetMapping("/picture")
    ResponseEntity<byte[]> picture(@AuthenticationPrincipal @Nullable SignedIn me, @RequestParam long badge) {
        CourseContext course = courses.forInstructor(me);
        BadgeSet set = set(course, me);
        if (set == null) {
            throw Allowed.notFound();
        }
        BadgeSet.Picture picture = set.badges().stream()
                .filter(each -> each.number() == badge)
                .map(BadgeSet.Badge::picture)
                .filter(each -> each != null)
                .findFirst()
                .orElseThrow(Allowed::notFound);
        return ResponseEntity.ok()
                .contentType(MediaType.IMAGE_PNG)
                .cacheControl(CacheControl.noStore().cachePrivate())
                .body(images.preview(picture.png()));
    }

    /**
     * Makes drafts of the chosen badges, those first that others ask for; one that does not fit stays with the reason.
     *
     * @param take numbers of badges in the file
     * @param typed {@code column.<theirs>}, {@code badge.<theirs>} and {@code section.<theirs>} are ours, or empty
     */
    @PostMapping
    String take(
            @AuthenticationPrincipal @Nullable SignedIn me,
            @RequestParam(defaultValue = "") Set<Long> take,
            @RequestParam Map<String, String> typed,
            RedirectAttributes redirect) {
        CourseContext course = courses.forInstructor(me);
        long person = Allowed.instructor(me).personId();
        BadgeSet set = set(course, me);
        if (set == null) {
            redirect.addFlashAttribute("flashProblem", wording.say("set.gone"));
            return "redirect:/course/badge-set";
        }
        Map<Long, Long> columns = ColumnChoices.typed("column", typed);
        Map<Long, Long> chosenBadges = ColumnChoices.typed("badge", typed);
        Map<String, String> chosenSections = sections.typed(course, typed);
        Map<Long, String> problems = new LinkedHashMap<>();
        int made = take(
                course, set, take, columns, ids.known(course, set, chosenBadges), chosenSections, person, problems);
        if (made > 0) {
            redirect.addFlashAttribute("flash", wording.say("copy.done", made));
        }
        if (take.isEmpty() || !problems.isEmpty()) {
            redirect.addFlashAttribute("chosen", new HashMap<>(columns));
            redirect.addFlashAttribute("chosenBadges", new HashMap<>(chosenBadges));
            redirect.addFlashAttribute("chosenSections", new HashMap<>(chosenSections));
            redirect.addFlashAttribute("problems", problems);
            redirect.addFlashAttribute(
                    "flashProblem", wording.say(take.isEmpty() ? "copy.none" : "copy.left", problems.size()));
            return "redirect:/course/badge-set/brought";
        }
        files.drop(course.tenant(), course.id(), person);
        return "redirect:/course";
    }

    /** Nothing of it. */
    @PostMapping("/removal")
    String drop(@AuthenticationPrincipal @Nullable SignedIn me, RedirectAttributes redirect) {
        CourseContext course = courses.forInstructor(me);
        files.drop(course.tenant(), course.id(), Allowed.instructor(me).personId());
        redirect.addFlashAttribute("flash", wording.say("set.dropped"));
        return "redirect:/course/badge-set";
    }

    private int take(
            CourseContext course,
            BadgeSet set,
            Set<Long> take,
            Map<Long, Long> columns,
            Map<Long, Long> known,
            Map<String, String> chosenSections,
            long person,
            Map<Long, String> problems) {
        Set<Long> here = ids.here(course, set).keySet();
        List<BadgeSet.Badge> open = new ArrayList<>(set.badges().stream()
                .filter(badge -> take.contains(badge.number()) && !here.contains(badge.number()))
                .toList());
        int made = 0;
        while (!open.isEmpty()) {
            BadgeSet.Badge next = TakenInOrder.next(open, BadgeSet.Badge::number, BadgeSet.Badge::rule);
            try {
                RuleSet draft = desk.take(course, set.from(), next, columns, known, chosenSections, person);
                known.put(next.number(), draft.achievementId());
                made++;
            } catch (BadRuleException e) {
                problems.put(next.number(), reason(set, next, known, e));
            } catch (DuplicateKeyException e) {
                // Two clicks at once: the other one made it.
                ids.here(course, set).forEach((number, ruleSet) -> known.put(number, ruleSet.achievementId()));
            }
        }
        return made;
    }

    private String reason(BadgeSet set, BadgeSet.Badge badge, Map<Long, Long> known, BadRuleException bad) {
        if (!known.keySet().containsAll(badge.rule().badgeIds())) {
            Map<Long, Rule> rules =
                    set.badges().stream().collect(Collectors.toMap(BadgeSet.Badge::number, BadgeSet.Badge::rule));
            return wording.say(
                    TakenInOrder.isInCircle(badge.number(), rules, known.keySet())
                            ? "set.bad.circle"
                            : "set.bad.needed",
                    badge.rule().badgeIds().stream()
                            .filter(number -> !known.containsKey(number))
                            .map(number -> set.badgeNames().getOrDefault(number, ""))
                            .collect(Collectors.joining(", ")));
        }
        String words = wording.say(String.valueOf(bad.getMessage()));
        return bad.place().isEmpty() ? words : wording.say("set.bad.at", bad.place(), words);
    }

    /** {@code null} where she brought none, or decided on it. */
    private @Nullable BadgeSet set(CourseContext course, @Nullable SignedIn me) {
        byte[] file = files.find(
                        course.tenant(), course.id(), Allowed.instructor(me).personId())
                .orElse(null);
        try {
            return file == null ? null : reader.read(file);
        } catch (BadFileException e) {
            // Kept by an older version that read it: it is brought once more and says why.
            return null;
        }
    }

    private static Map<Long, Long> chosen(Model model, String name) {
        Map<Long, Long> chosen = new HashMap<>();
        if (model.getAttribute(name) instanceof Map<?, ?> typed) {
            typed.forEach((theirs, ours) -> {
                if (theirs instanceof Long number && ours instanceof Long place) {
                    chosen.put(number, place);
                }
            });
        }
        return chosen;
    }
}
