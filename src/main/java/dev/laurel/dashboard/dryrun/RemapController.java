package dev.laurel.dashboard.dryrun;

import dev.laurel.context.CourseContext;
import dev.laurel.criteria.RuleSet;
import dev.laurel.criteria.RuleTexts;
import dev.laurel.criteria.rule.BadRuleException;
import dev.laurel.criteria.rule.Rule;
import dev.laurel.dashboard.Allowed;
import dev.laurel.dashboard.Courses;
import dev.laurel.dashboard.badge.BadgeDesk;
import dev.laurel.dashboard.badge.ChangedMeanwhileException;
import dev.laurel.dashboard.explain.RuleChanges;
import dev.laurel.gradebook.ColumnMatches;
import dev.laurel.gradebook.Gradebook;
import dev.laurel.gradebook.LineItem;
import dev.laurel.launch.session.SignedIn;
import dev.laurel.platform.wording.Wording;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.springframework.security.core.annotation.AuthenticationPrincipal;
import org.springframework.stereotype.Controller;
import org.springframework.ui.Model;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.servlet.mvc.support.RedirectAttributes;

/** Another column in the place of one that is gone, or is not the right one any more, with who it changes something for. */
@Controller
@RequestMapping("/badges/{ruleSetId}/columns/{lineItemId}")
class RemapController {

    private final Courses courses;

    private final ColumnMatches matches;

    private final Gradebook gradebook;

    private final RuleTexts texts;

    private final RuleChanges changes;

    private final BadgeDesk desk;

    private final Wording wording;

    RemapController(
            Courses courses,
            ColumnMatches matches,
            Gradebook gradebook,
            RuleTexts texts,
            RuleChanges changes,
            BadgeDesk desk,
            Wording wording) {
        this.courses = courses;
        this.matches = matches;
        this.gradebook = gradebook;
        this.texts = texts;
        this.changes = changes;
        this.desk = desk;
        this.wording = wording;
    }

    /** @param to the column to look at, where it is not the one that fits best */
    @GetMapping
    String look(
            @AuthenticationPrincipal @Nullable SignedIn me,
            @PathVariable long ruleSetId,
            @PathVariable long lineItemId,
            @RequestParam(required = false) @Nullable Long to,
            Model model) {
        CourseContext course = courses.forInstructor(me);
        RuleSet ruleSet = courses.badge(course, ruleSetId);
        LineItem old = named(course, ruleSet, lineItemId);
        @Nullable
        LineItem match =
                matches.inPlaceOf(course.tenant(), course.id(), lineItemId).orElse(null);
        List<LineItem> candidates = candidates(course, ruleSet, old);
        @Nullable
        LineItem chosen = candidates.stream()
                .filter(each -> to == null ? isLikely(each, old, match) : each.id() == to)
                .findFirst()
                .orElse(null);
        model.addAttribute("course", course);
        model.addAttribute("ruleSet", ruleSet);
        model.addAttribute("old", old);
        model.addAttribute("candidates", candidates);
        model.addAttribute("chosen", chosen);
        model.addAttribute("suggested", to == null && chosen != null);
        if (chosen != null) {
            Rule rule = onto(ruleSet.rule(), old, chosen);
            model.addAttribute("change", changes.between(course, ruleSet.rule(), rule));
            model.addAttribute("sentence", texts.sentence(course.tenant(), course.id(), rule));
        }
        return "dashboard/remap";
    }

    /** An active badge rests afterwards, until somebody has looked whom it reaches now. */
    @PostMapping
    String replace(
            @AuthenticationPrincipal @Nullable SignedIn me,
            @PathVariable long ruleSetId,
            @PathVariable long lineItemId,
            @RequestParam long to,
            RedirectAttributes redirect) {
        CourseContext course = courses.forInstructor(me);
        RuleSet ruleSet = courses.badge(course, ruleSetId);
        LineItem old = named(course, ruleSet, lineItemId);
        LineItem chosen = candidates(course, ruleSet, old).stream()
                .filter(each -> each.id() == to)
                .findFirst()
                .orElseThrow(Allowed::notFound);
        try {
            desk.changeRule(
                    course,
                    ruleSet,
                    onto(ruleSet.rule(), old, chosen),
                    Allowed.instructor(me).personId());
        } catch (ChangedMeanwhileException e) {
            redirect.addFlashAttribute("flashProblem", wording.say("badge.meanwhile.nothing"));
            return "redirect:/badges/" + ruleSetId + "/columns/" + lineItemId;
        } catch (BadRuleException e) {
            redirect.addFlashAttribute("flashProblem", wording.say(String.valueOf(e.getMessage())));
            return "redirect:/badges/" + ruleSetId + "/columns/" + lineItemId;
        }
        redirect.addFlashAttribute("flash", wording.say("remap.done", old.label(), chosen.label()));
        return "redirect:/badges/" + ruleSetId + (ruleSet.isRetired() ? "" : "/activation");
    }

    /** The same by what the platform says of it or, where two columns share everything, by its title. */
    private static boolean isLikely(LineItem each, LineItem old, @Nullable LineItem match) {
        return match != null
                ? match.id() == each.id()
                : each.label().strip().equalsIgnoreCase(old.label().strip());
    }

    /** A column that the rule names, whether it is there or not. */
    private LineItem named(CourseContext course, RuleSet ruleSet, long lineItemId) {
        return gradebook.lineItems(course.tenant(), course.id()).stream()
                .filter(item ->
                        item.id() == lineItemId && ruleSet.rule().lineItemIds().contains(lineItemId))
                .findFirst()
                .orElseThrow(Allowed::notFound);
    }

    private List<LineItem> candidates(CourseContext course, RuleSet ruleSet, LineItem old) {
        Set<Long> taken = ruleSet.rule().lineItemIds();
        return matches.candidates(course.tenant(), course.id()).stream()
                .filter(item -> item.kind() == old.kind() && !taken.contains(item.id()))
                .toList();
    }

    private static Rule onto(Rule rule, LineItem old, LineItem chosen) {
        Map<Long, Long> columns = rule.lineItemIds().stream()
                .collect(Collectors.toMap(Function.identity(), id -> id == old.id() ? chosen.id() : id));
        return rule.onto(columns);
    }
}
