package dev.laurel.dashboard.copy;

import dev.laurel.achievement.Issuer;
import dev.laurel.achievement.Issuers;
import dev.laurel.context.Copies;
import dev.laurel.context.CourseContext;
import dev.laurel.criteria.RuleSet;
import dev.laurel.criteria.RuleSets;
import dev.laurel.criteria.rule.BadRuleException;
import dev.laurel.dashboard.Allowed;
import dev.laurel.dashboard.Courses;
import dev.laurel.gradebook.Gradebook;
import dev.laurel.launch.session.SignedIn;
import dev.laurel.platform.wording.Wording;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.springframework.dao.DuplicateKeyException;
import org.springframework.security.core.annotation.AuthenticationPrincipal;
import org.springframework.stereotype.Controller;
import org.springframework.ui.Model;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.servlet.mvc.support.RedirectAttributes;

/**
 * Badges of other courses that can be taken over: proposed where the course is a copy of theirs, and asked for where the
 * teacher has more courses. Nothing becomes active here.
 */
@Controller
@RequestMapping("/course/copies")
class CopyController {

    private final Courses courses;

    private final Copies copies;

    private final CopyProposals proposals;

    private final CopyDesk desk;

    private final NeededBadges needed;

    private final SectionChoices sections;

    private final RuleSets ruleSets;

    private final Issuers issuers;

    private final Gradebook gradebook;

    private final Wording wording;

    CopyController(
            Courses courses,
            Copies copies,
            CopyProposals proposals,
            CopyDesk desk,
            NeededBadges needed,
            SectionChoices sections,
            RuleSets ruleSets,
            Issuers issuers,
            Gradebook gradebook,
            Wording wording) {
        this.courses = courses;
        this.copies = copies;
        this.proposals = proposals;
        this.desk = desk;
        this.needed = needed;
        this.sections = sections;
        this.ruleSets = ruleSets;
        this.issuers = issuers;
        this.gradebook = gradebook;
        this.wording = wording;
    }

    /** The courses that this one was copied from, and those that it could be. */
    @GetMapping
    String all(@AuthenticationPrincipal @Nullable SignedIn me, Model model) {
        CourseContext course = courses.forInstructor(me);
        List<CourseContext> origins = copies.origins(course.tenant(), course.id());
        List<Proposal> found = proposals.of(course, origins, chosen(model, "chosen"), chosen(model, "chosenBadges"));
        List<Long> shown =
                found.stream().map(proposal -> proposal.source().id()).toList();
        model.addAttribute("copied", true);
        model.addAttribute(
                "others",
                copies.othersTaughtBy(course.tenant(), Allowed.instructor(me).personId(), course.id()).stream()
                        .filter(other -> !shown.contains(other.id()))
                        .toList());
        return page(course, found, model);
    }

    /** One course, whether this one was copied from it or not. */
    @GetMapping("/{contextId}")
    String one(@AuthenticationPrincipal @Nullable SignedIn me, @PathVariable long contextId, Model model) {
        CourseContext course = courses.forInstructor(me);
        if (contextId == course.id()) {
            return "redirect:/course/copies";
        }
        CourseContext source = copies.source(
                        course.tenant(), course.id(), Allowed.instructor(me).personId(), contextId)
                .orElseThrow(Allowed::notFound);
        model.addAttribute("copied", false);
        model.addAttribute("from", source);
        model.addAttribute("others", List.of());
        return page(
                course,
                proposals.of(course, List.of(source), chosen(model, "chosen"), chosen(model, "chosenBadges")),
                model);
    }

    /**
     * Takes badges over as drafts, those first that others ask for; one that does not fit stays on the page with the reason.
     *
     * @param take rule sets of other courses
     * @param from the course whose page this came from, where it was the page of one
     * @param typed {@code column.<theirs>}, {@code badge.<theirs>} and {@code section.<theirs>} are ours, or empty
     */
    @PostMapping
    String take(
            @AuthenticationPrincipal @Nullable SignedIn me,
            @RequestParam(defaultValue = "") List<Long> take,
            @RequestParam(required = false) @Nullable Long from,
            @RequestParam(required = false) @Nullable String activate,
            @RequestParam Map<String, String> typed,
            RedirectAttributes redirect) {
        CourseContext course = courses.forInstructor(me);
        long person = Allowed.instructor(me).personId();
        Map<Long, CourseContext> sources = new HashMap<>();
        List<RuleSet> wanted = take.stream()
                .distinct()
                .map(id -> ruleSets.find(course.tenant(), id).orElseThrow(Allowed::notFound))
                .toList();
        for (RuleSet each : wanted) {
            sources.computeIfAbsent(
                    each.contextId(),
                    id -> copies.source(course.tenant(), course.id(), person, id)
                            .orElseThrow(Allowed::notFound));
        }
        Map<Long, Long> columns = ColumnChoices.typed("column", typed);
        Map<Long, Long> badges = ColumnChoices.typed("badge", typed);
        Map<String, String> chosenSections = sections.typed(course, typed);
        Map<Long, String> problems = new LinkedHashMap<>();
        List<RuleSet> drafts = take(course, wanted, sources, columns, badges, chosenSections, person, problems);
        if (!drafts.isEmpty()) {
            redirect.addFlashAttribute("flash", wording.say("copy.done", drafts.size()));
        }
        if (wanted.isEmpty() || !problems.isEmpty()) {
            redirect.addFlashAttribute("chosen", new HashMap<>(columns));
            redirect.addFlashAttribute("chosenBadges", new HashMap<>(badges));
            redirect.addFlashAttribute("chosenSections", new HashMap<>(chosenSections));
            redirect.addFlashAttribute("problems", problems);
            redirect.addFlashAttribute(
                    "flashProblem", wording.say(wanted.isEmpty() ? "copy.none" : "copy.left", problems.size()));
            return "redirect:/course/copies" + (from == null ? "" : "/" + from);
        }
        return activate != null && !drafts.isEmpty()
                ? "redirect:/badges/" + drafts.get(0).id() + "/activation"
                : "redirect:/course";
    }

    private List<RuleSet> take(
            CourseContext course,
            List<RuleSet> wanted,
            Map<Long, CourseContext> sources,
            Map<Long, Long> columns,
            Map<Long, Long> badges,
            Map<String, String> chosenSections,
            long person,
            Map<Long, String> problems) {
        Map<Long, Long> known = needed.known(course, wanted, badges);
        List<RuleSet> drafts = new ArrayList<>();
        List<RuleSet> open = new ArrayList<>(wanted);
        while (!open.isEmpty()) {
            RuleSet source = TakenInOrder.next(open, RuleSet::achievementId, RuleSet::rule);
            try {
                CourseContext from = Objects.requireNonNull(sources.get(source.contextId()));
                RuleSet draft = desk.take(course, from, source, columns, known, chosenSections, person);
                drafts.add(draft);
                known.putIfAbsent(source.achievementId(), draft.achievementId());
            } catch (BadRuleException e) {
                problems.put(
                        source.id(),
                        wording.say(String.valueOf(e.getMessage()), needed.missing(course, source, known)));
            } catch (DuplicateKeyException e) {
                // Two clicks at once: the other one made it.
                known = needed.known(course, wanted, badges);
            }
        }
        return drafts;
    }

    /** Stops proposing; the page stays. */
    @PostMapping("/dismissal")
    String dismiss(@AuthenticationPrincipal @Nullable SignedIn me, RedirectAttributes redirect) {
        CourseContext course = courses.forInstructor(me);
        List<Long> origins = copies.origins(course.tenant(), course.id()).stream()
                .map(CourseContext::id)
                .toList();
        copies.dismiss(
                course.tenant(), course.id(), origins, Allowed.instructor(me).personId());
        redirect.addFlashAttribute("flash", wording.say("copy.dismissed"));
        return "redirect:/course";
    }

    private String page(CourseContext course, List<Proposal> found, Model model) {
        model.addAttribute("course", course);
        model.addAttribute("proposals", found);
        model.addAttribute("columns", proposals.columns(course));
        model.addAttribute("badges", needed.choices(course));
        model.addAttribute("sections", proposals.sections(course, found, SectionChoices.kept(model)));
        model.addAttribute("sync", gradebook.status(course.tenant(), course.id()));
        model.addAttribute("losesIssuer", losesIssuer(course, found));
        if (!model.containsAttribute("problems")) {
            model.addAttribute("problems", Map.of());
        }
        return "dashboard/copies";
    }

    /** Whether a badge of the institution would be one of the course here. */
    private boolean losesIssuer(CourseContext course, List<Proposal> found) {
        return found.stream()
                .flatMap(proposal -> proposal.offers().stream())
                .filter(offer -> issuers.find(course.tenant(), offer.version().issuerId())
                        .filter(issuer -> issuer.kind() == Issuer.Kind.INSTITUTION)
                        .isPresent())
                .anyMatch(offer ->
                        !issuers.maySpeak(course.tenant(), offer.version().achievementId(), course.id()));
    }

    /** What was chosen before something was wrong. */
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
