package dev.laurel.dashboard.builder;

import dev.laurel.achievement.AchievementDraft;
import dev.laurel.context.CourseContext;
import dev.laurel.criteria.RuleSet;
import dev.laurel.criteria.RuleSets;
import dev.laurel.criteria.RuleTexts;
import dev.laurel.criteria.rule.BadRuleException;
import dev.laurel.criteria.rule.Rule;
import dev.laurel.dashboard.Allowed;
import dev.laurel.dashboard.Courses;
import dev.laurel.dashboard.badge.BadgeDesk;
import dev.laurel.dashboard.badge.ChangedMeanwhileException;
import dev.laurel.dashboard.course.Suggestions;
import dev.laurel.dashboard.explain.RuleChanges;
import dev.laurel.gradebook.Gradebook;
import dev.laurel.gradebook.LineItem;
import dev.laurel.launch.session.SignedIn;
import dev.laurel.platform.sql.Varchar;
import dev.laurel.platform.wording.Wording;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.security.core.annotation.AuthenticationPrincipal;
import org.springframework.stereotype.Controller;
import org.springframework.ui.Model;
import org.springframework.util.MultiValueMap;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.servlet.mvc.support.RedirectAttributes;

/**
 * The page on which a rule of any depth is put together. Each act is a post that answers the page with the next draft;
 * nothing is stored before the rule is saved, and nothing that was typed is lost.
 */
@Controller
@RequestMapping("/badges/rule")
class BuilderController {

    private static final int LONGEST_NAME = 200;

    private static final String COLOUR = "#1f4e79";

    private final Courses courses;

    private final BadgeDesk desk;

    private final RuleSets ruleSets;

    private final RuleTexts texts;

    private final RuleChanges changes;

    private final Gradebook gradebook;

    private final Offered offered;

    private final Wording wording;

    BuilderController(
            Courses courses,
            BadgeDesk desk,
            RuleSets ruleSets,
            RuleTexts texts,
            RuleChanges changes,
            Gradebook gradebook,
            Offered offered,
            Wording wording) {
        this.courses = courses;
        this.desk = desk;
        this.ruleSets = ruleSets;
        this.texts = texts;
        this.changes = changes;
        this.gradebook = gradebook;
        this.offered = offered;
        this.wording = wording;
    }

    /**
     * What is wrong.
     *
     * @param part the part it is in, -1: the whole
     * @param field of that part, or empty
     */
    record Problem(int part, String field, String text) {}

    /**
     * @param ruleSetId of the badge whose rule it is; {@code null}: of one that is to be made
     * @param column what such a badge would be suggested for, to begin with
     * @param letter that would be asked for in that column
     */
    @GetMapping
    String open(
            @AuthenticationPrincipal @Nullable SignedIn me,
            @RequestParam(required = false) @Nullable Long ruleSetId,
            @RequestParam(required = false) @Nullable Long column,
            @RequestParam(required = false) @Nullable String letter,
            Model model) {
        CourseContext course = courses.forInstructor(me);
        @Nullable RuleSet ruleSet = ruleSetId == null ? null : courses.badge(course, ruleSetId);
        @Nullable Rule rule = ruleSet == null ? null : ruleSet.rule();
        if (rule == null && column != null) {
            LineItem item = gradebook
                    .lineItem(course.tenant(), column)
                    .filter(each -> each.contextId() == course.id())
                    .orElseThrow(Allowed::notFound);
            rule = Suggestions.rule(item, item.isTotal() ? letter : null);
        }
        Draft draft = rule == null ? Draft.EMPTY : DraftJson.read(texts.json(rule));
        model.addAttribute("read", ruleSet == null ? null : ruleSet.version());
        return page(me, course, ruleSet, new DraftForm(draft, List.of()), model);
    }

    /** Only the sentence and the numbers, while somebody types. */
    @PostMapping("/preview")
    String preview(
            @AuthenticationPrincipal @Nullable SignedIn me,
            @RequestParam(required = false) @Nullable Long ruleSetId,
            @RequestParam MultiValueMap<String, String> typed,
            Model model) {
        CourseContext course = courses.forInstructor(me);
        @Nullable RuleSet ruleSet = ruleSetId == null ? null : courses.badge(course, ruleSetId);
        page(me, course, ruleSet, DraftForm.of(typed), model);
        return "dashboard/builder :: live";
    }

    /**
     * @param act what to do, and to which part: {@code up.3}
     * @param read which version of the badge's rule it began with
     */
    @PostMapping
    String act(
            @AuthenticationPrincipal @Nullable SignedIn me,
            @RequestParam(required = false) @Nullable Long ruleSetId,
            @RequestParam(defaultValue = "count") String act,
            @RequestParam(required = false) @Nullable Integer read,
            @RequestParam MultiValueMap<String, String> typed,
            Model model,
            RedirectAttributes redirect) {
        CourseContext course = courses.forInstructor(me);
        @Nullable RuleSet ruleSet = ruleSetId == null ? null : courses.badge(course, ruleSetId);
        DraftForm form = DraftForm.of(typed);
        model.addAttribute("read", read);
        if (act.equals("save")) {
            return save(Allowed.instructor(me), course, ruleSet, form, read, model, redirect);
        }
        if (act.equals("json")) {
            return read(me, course, ruleSet, form, String.valueOf(typed.getFirst("json")), model);
        }
        return page(me, course, ruleSet, acted(form, act, typed, model), model);
    }

    private static DraftForm acted(DraftForm form, String act, MultiValueMap<String, String> typed, Model model) {
        if (act.equals("undo")) {
            return form.undone();
        }
        if (act.equals("levels")) {
            return form.then(form.draft().levels());
        }
        String[] words = act.split("\\.", 2);
        int at = words.length == 2 && words[1].matches("\\d{1,3}") ? Integer.parseInt(words[1]) : -1;
        boolean first = words[0].equals("add") && form.draft().isEmpty();
        if (!first && (at < 0 || at >= form.draft().parts().size())) {
            return form;
        }
        Draft before = form.draft();
        Draft after = switch (words[0]) {
            case "up" -> before.up(at);
            case "down" -> before.down(at);
            case "in" -> before.in(at);
            case "out" -> before.out(at);
            case "wrap" -> before.wrap(at);
            case "unwrap" -> before.unwrap(at);
            case "delete" -> before.delete(at);
            case "add" -> added(before, at, typed.getFirst("kind" + (first ? "" : "." + at)));
            default -> before;
        };
        model.addAttribute("focus", focus(words[0], before, after, Math.max(0, at)));
        return form.then(after);
    }

    private static Draft added(Draft draft, int at, @Nullable String kind) {
        return kind == null || !DraftForm.KINDS.contains(kind) ? draft : draft.add(at, kind);
    }

    /** Where to go on after an act: the part that was moved or added, or the one in the place of what is gone. */
    private static int focus(String act, Draft before, Draft after, int at) {
        int last = Math.max(0, after.parts().size() - 1);
        if (before.equals(after) || after.isEmpty()) {
            return Math.min(at, last);
        }
        int focus = switch (act) {
            case "up" -> at - distanceUp(before, at);
            case "down" -> at + before.end(before.end(at)) - before.end(at);
            case "out" -> before.end(before.parent(at).orElse(at)) - (before.end(at) - at);
            case "add" -> before.isEmpty() ? 0 : addedAt(before, at);
            default -> at;
        };
        return Math.max(0, Math.min(focus, last));
    }

    private static int distanceUp(Draft before, int at) {
        int above = at - 1;
        while (above > 0
                && before.parts().get(above).depth() > before.parts().get(at).depth()) {
            above--;
        }
        return at - above;
    }

    private static int addedAt(Draft before, int group) {
        return before.parts().get(group).isGroup() ? before.end(group) : before.end(group) + 1;
    }

    private String read(
            @Nullable SignedIn me,
            CourseContext course,
            @Nullable RuleSet ruleSet,
            DraftForm form,
            String json,
            Model model) {
        try {
            Draft read = DraftJson.read(texts.json(texts.parse(json)));
            model.addAttribute("focus", 0);
            return page(me, course, ruleSet, form.then(read), model);
        } catch (BadRuleException e) {
            model.addAttribute("json", json);
            model.addAttribute(
                    "jsonProblem",
                    wording.say(
                            "builder.json.bad",
                            e.place().isEmpty() ? "/" : e.place(),
                            wording.say(String.valueOf(e.getMessage()))));
            return page(me, course, ruleSet, form, model);
        }
    }

    private String save(
            SignedIn me,
            CourseContext course,
            @Nullable RuleSet ruleSet,
            DraftForm form,
            @Nullable Integer read,
            Model model,
            RedirectAttributes redirect) {
        DraftJson json = DraftJson.of(form.draft());
        try {
            Rule rule = texts.parse(json.text());
            if (ruleSet == null) {
                RuleSet made = desk.draft(course, words(course, rule), rule, me.personId());
                redirect.addFlashAttribute("flash", wording.say("builder.made"));
                return "redirect:/badges/" + made.id() + "/edit";
            }
            if (read != null && read != ruleSet.version()) {
                throw new ChangedMeanwhileException();
            }
            desk.changeRule(course, ruleSet, rule, me.personId());
            redirect.addFlashAttribute("flash", wording.say(saved(ruleSet)));
            // Activating gives a retired badge again, which nobody asked for by this.
            return "redirect:/badges/" + ruleSet.id() + (ruleSet.isRetired() ? "" : "/activation");
        } catch (BadRuleException e) {
            Problem problem = problem(json, e);
            if (ruleSet != null && e instanceof ChangedMeanwhileException) {
                // Once more puts hers in place of theirs: now she knows.
                model.addAttribute("read", courses.badge(course, ruleSet.id()).version());
            }
            model.addAttribute("problem", problem);
            model.addAttribute("focus", problem.part() < 0 ? null : problem.part());
            return page(me, course, ruleSet, form, model);
        }
    }

    private static String saved(RuleSet before) {
        if (before.isRetired()) {
            return "badge.saved";
        }
        return before.status() == RuleSet.Status.DRAFT ? "badge.saved.draft" : "badge.saved.resting";
    }

    private AchievementDraft words(CourseContext course, Rule rule) {
        String name = course.title();
        return new AchievementDraft(
                Varchar.fit(name, LONGEST_NAME),
                wording.say("badge.description.several", name, name),
                texts.sentence(course.tenant(), course.id(), rule),
                COLOUR,
                null);
    }

    private Problem problem(DraftJson json, BadRuleException e) {
        return new Problem(json.part(e.place()), json.field(e.place()), wording.say(String.valueOf(e.getMessage())));
    }

    private String page(
            @Nullable SignedIn me, CourseContext course, @Nullable RuleSet ruleSet, DraftForm form, Model model) {
        DraftJson json = DraftJson.of(form.draft());
        model.addAttribute("course", course);
        model.addAttribute("ruleSet", ruleSet);
        model.addAttribute("form", form);
        model.addAttribute("draft", form.draft());
        model.addAttribute("kinds", Choices.KINDS);
        model.addAttribute("choices", offered.of(course, Allowed.instructor(me).personId(), form.draft()));
        if (!model.containsAttribute("json")) {
            model.addAttribute("json", form.draft().isEmpty() ? "" : json.pretty());
        }
        if (form.draft().isEmpty()) {
            return "dashboard/builder";
        }
        try {
            Rule rule = texts.parse(json.text());
            ruleSets.check(course.tenant(), course.id(), ruleSet == null ? 0 : ruleSet.achievementId(), rule);
            RuleTexts.Said said = texts.said(course.tenant(), course.id(), rule);
            model.addAttribute("sentence", said.sentence());
            model.addAttribute("whatCounts", said.whatCounts());
            RuleChanges.Look look = changes.look(course, ruleSet, rule);
            model.addAttribute("counts", look.counts());
            model.addAttribute("change", look.change());
        } catch (BadRuleException e) {
            model.addAttribute("missing", problem(json, e));
        }
        return "dashboard/builder";
    }
}
