package dev.laurel.dashboard.badge;

import dev.laurel.achievement.AchievementDraft;
import dev.laurel.achievement.AchievementVersion;
import dev.laurel.achievement.Achievements;
import dev.laurel.achievement.BadImageException;
import dev.laurel.achievement.BadgeImages;
import dev.laurel.achievement.Details;
import dev.laurel.context.Contexts;
import dev.laurel.context.CourseContext;
import dev.laurel.criteria.RuleSet;
import dev.laurel.criteria.RuleSets;
import dev.laurel.criteria.RuleTexts;
import dev.laurel.criteria.rule.BadRuleException;
import dev.laurel.criteria.rule.Rule;
import dev.laurel.dashboard.Allowed;
import dev.laurel.dashboard.Courses;
import dev.laurel.dashboard.Typed;
import dev.laurel.dashboard.course.CourseOverview;
import dev.laurel.dashboard.course.Suggestions;
import dev.laurel.dashboard.explain.RuleChanges;
import dev.laurel.gradebook.Gradebook;
import dev.laurel.gradebook.LineItem;
import dev.laurel.launch.session.SignedIn;
import dev.laurel.platform.wording.Wording;
import dev.laurel.publication.Passback;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.springframework.security.core.annotation.AuthenticationPrincipal;
import org.springframework.stereotype.Controller;
import org.springframework.ui.Model;
import org.springframework.validation.BeanPropertyBindingResult;
import org.springframework.validation.BindingResult;
import org.springframework.web.bind.WebDataBinder;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.InitBinder;
import org.springframework.web.bind.annotation.ModelAttribute;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.servlet.mvc.support.RedirectAttributes;
import org.springframework.web.util.UriComponentsBuilder;

/** Making and changing a badge: one page on which everything is filled in. */
@Controller
@RequestMapping("/badges")
class BadgeFormController {

    private static final int MOST_PARTS = 1_000;

    private final Courses courses;

    private final CourseOverview overview;

    private final Suggestions suggestions;

    private final Contexts contexts;

    private final BadgeForms forms;

    private final SkillSearch skills;

    private final BadgeDesk desk;

    private final RuleSets ruleSets;

    private final RuleTexts texts;

    private final RuleChanges changes;

    private final Achievements achievements;

    private final BadgeImages images;

    private final Pictures pictures;

    private final Gradebook gradebook;

    private final Passback passback;

    private final Wording wording;

    BadgeFormController(
            Courses courses,
            CourseOverview overview,
            Suggestions suggestions,
            Contexts contexts,
            BadgeForms forms,
            SkillSearch skills,
            BadgeDesk desk,
            RuleSets ruleSets,
            RuleTexts texts,
            RuleChanges changes,
            Achievements achievements,
            BadgeImages images,
            Pictures pictures,
            Gradebook gradebook,
            Passback passback,
            Wording wording) {
        this.courses = courses;
        this.overview = overview;
        this.suggestions = suggestions;
        this.contexts = contexts;
        this.forms = forms;
        this.skills = skills;
        this.desk = desk;
        this.ruleSets = ruleSets;
        this.texts = texts;
        this.changes = changes;
        this.achievements = achievements;
        this.images = images;
        this.pictures = pictures;
        this.gradebook = gradebook;
        this.passback = passback;
        this.wording = wording;
    }

    /** One entry per column of the course; the binder would stop at 256. */
    @InitBinder("form")
    void bind(WebDataBinder binder) {
        binder.setAutoGrowCollectionLimit(MOST_PARTS);
    }

    /** What a badge could be for. */
    @GetMapping("/new")
    String suggestions(@AuthenticationPrincipal @Nullable SignedIn me, Model model) {
        CourseContext course = courses.forInstructor(me);
        model.addAttribute("course", course);
        int learners = contexts.countEarners(course.tenant(), course.id());
        model.addAttribute("columns", suggestions.all(course, learners));
        model.addAttribute("several", usable(course).size() > 1);
        model.addAttribute("groups", suggestions.groups(course, learners));
        return "dashboard/suggestions";
    }

    @GetMapping(path = "/new", params = "column")
    String forColumn(
            @AuthenticationPrincipal @Nullable SignedIn me,
            @RequestParam long column,
            @RequestParam(required = false) @Nullable String letter,
            Model model) {
        CourseContext course = courses.forInstructor(me);
        CourseOverview.Column asked = overview.columns(course).stream()
                .filter(each -> each.usable() && each.item().id() == column)
                .findFirst()
                .orElseThrow(Allowed::notFound);
        LineItem item = asked.item();
        if (asked.hasThreshold()) {
            return page(course, null, forms.suggestion(course, item), null, model);
        }
        boolean total = item.isTotal();
        model.addAttribute(
                "start",
                UriComponentsBuilder.fromPath("/badges/rule")
                        .queryParam("column", column)
                        .queryParamIfPresent("letter", Optional.ofNullable(total ? letter : null))
                        .encode()
                        .toUriString());
        Rule rule = Suggestions.rule(item, total ? letter : null);
        return page(course, null, forms.given(course, total ? course.title() : item.label(), rule), null, model);
    }

    /** All columns that the LMS files under this name, each at the usual threshold. */
    @GetMapping(path = "/new", params = "group")
    String forGroup(@AuthenticationPrincipal @Nullable SignedIn me, @RequestParam String group, Model model) {
        CourseContext course = courses.forInstructor(me);
        List<CourseOverview.Column> columns = usable(course).stream()
                .filter(column -> group.equals(column.item().group()))
                .toList();
        if (columns.size() < 2) {
            throw Allowed.notFound();
        }
        return page(course, null, forms.group(course, group, columns), null, model);
    }

    @GetMapping(path = "/new", params = "several")
    String forSeveral(@AuthenticationPrincipal @Nullable SignedIn me, Model model) {
        CourseContext course = courses.forInstructor(me);
        return page(course, null, forms.combination(course, usable(course)), null, model);
    }

    @GetMapping("/{ruleSetId}/edit")
    String edit(@AuthenticationPrincipal @Nullable SignedIn me, @PathVariable long ruleSetId, Model model) {
        CourseContext course = courses.forInstructor(me);
        RuleSet ruleSet = courses.badge(course, ruleSetId);
        AchievementVersion version = achievements
                .version(course.tenant(), ruleSet.achievementId(), ruleSet.achievementVersion())
                .orElseThrow(Allowed::notFound);
        boolean drawn = images.find(course.tenant(), version.imageId())
                .map(image -> image.svg() != null)
                .orElse(true);
        String sentence = texts.says(course.tenant(), course.id(), ruleSet.rule(), version.criteria())
                ? version.criteria()
                : texts.sentence(course.tenant(), course.id(), ruleSet.rule());
        boolean scores = passback.isEnabled(course.tenant(), ruleSetId);
        return page(course, ruleSet, forms.of(ruleSet, version, sentence, usable(course), drawn, scores), null, model);
    }

    /** What the badge would look like and whom it would reach now; nothing is stored. */
    @PostMapping("/preview")
    String preview(
            @AuthenticationPrincipal @Nullable SignedIn me,
            @ModelAttribute("form") BadgeForm form,
            BindingResult errors,
            @RequestParam(required = false) @Nullable Long ruleSetId,
            Model model) {
        CourseContext course = courses.forInstructor(me);
        @Nullable RuleSet ruleSet = ruleSetId == null ? null : courses.badge(course, ruleSetId);
        Optional<Rule> rule = rule(course, ruleSet, form, errors);
        boolean follows = form.followsRule();
        model.addAttribute("live", true);
        model.addAttribute("followsRule", follows);
        page(course, ruleSet, form, rule.orElse(null), model);
        return "dashboard/badge-form :: live";
    }

    @PostMapping
    String create(
            @AuthenticationPrincipal @Nullable SignedIn me,
            @ModelAttribute("form") BadgeForm form,
            BindingResult errors,
            @RequestParam(defaultValue = "draft") String action,
            SkillSearch.Asked asked,
            Model model,
            RedirectAttributes redirect) {
        return save(me, null, form, errors, action, asked, model, redirect);
    }

    @PostMapping("/{ruleSetId}")
    String change(
            @AuthenticationPrincipal @Nullable SignedIn me,
            @PathVariable long ruleSetId,
            @ModelAttribute("form") BadgeForm form,
            BindingResult errors,
            @RequestParam(defaultValue = "draft") String action,
            SkillSearch.Asked asked,
            Model model,
            RedirectAttributes redirect) {
        return save(me, ruleSetId, form, errors, action, asked, model, redirect);
    }

    private String save(
            @Nullable SignedIn me,
            @Nullable Long ruleSetId,
            BadgeForm typed,
            BindingResult errors,
            String action,
            SkillSearch.Asked asked,
            Model model,
            RedirectAttributes redirect) {
        CourseContext course = courses.forInstructor(me);
        @Nullable RuleSet before = ruleSetId == null ? null : courses.badge(course, ruleSetId);
        if (!asked.isNothing() && ("skills".equals(action) || asked.take() != null)) {
            return page(course, before, skills.take(course.tenant(), typed, asked.take()), null, asked.skill(), model);
        }
        Optional<Rule> rule = rule(course, before, typed, errors);
        String criteria = typed.followsRule() && rule.isPresent()
                ? texts.sentence(course.tenant(), course.id(), rule.get())
                : typed.criteria();
        BadgeForm form = typed.with(criteria, picture(course, typed, errors));
        forms.checkWords(form, errors);
        Optional<AchievementDraft.Worth> worth = forms.worth(form, course.zone(), errors);
        if (errors.hasErrors() || rule.isEmpty() || worth.isEmpty() || me == null || "count".equals(action)) {
            // The errors belong to what was typed; the form that is shown again also keeps the uploaded picture.
            return again(course, before, form, rule.orElse(null), errors, model);
        }
        AchievementDraft words = new AchievementDraft(
                form.name().strip(),
                Typed.text(form.description()),
                Typed.text(form.criteria()),
                form.colour(),
                form.drawn() != null ? null : form.imageId(),
                worth.get());
        try {
            RuleSet saved = before == null
                    ? desk.draft(course, words, rule.get(), me.personId())
                    : desk.edit(course, before, words, rule.get(), me.personId());
            keepPassback(course, saved, form.isPassback(), me.personId());
            if (saved.status() == RuleSet.Status.DRAFT && "activate".equals(action)) {
                return "redirect:/badges/" + saved.id() + "/activation";
            }
            if (before != null && before.status() == RuleSet.Status.ACTIVE && saved.status() == RuleSet.Status.PAUSED) {
                redirect.addFlashAttribute("flash", wording.say("badge.saved.resting"));
                return "redirect:/badges/" + saved.id() + "/activation";
            }
            redirect.addFlashAttribute("flash", wording.say(before == null ? "badge.saved.draft" : "badge.saved"));
            return "redirect:/badges/" + saved.id();
        } catch (BadRuleException e) {
            errors.reject("rule", wording.say(String.valueOf(e.getMessage())));
            return again(course, before, form, rule.get(), errors, model);
        }
    }

    private void keepPassback(CourseContext course, RuleSet ruleSet, boolean wanted, long byPerson) {
        if (wanted != passback.isEnabled(course.tenant(), ruleSet.id())) {
            passback.enable(course.tenant(), ruleSet.id(), wanted, byPerson);
        }
    }

    private Optional<Rule> rule(CourseContext course, @Nullable RuleSet before, BadgeForm form, BindingResult errors) {
        if (form.isKeepRule() && before != null) {
            return Optional.of(before.rule());
        }
        if (form.isKeepRule() && form.rule() != null) {
            try {
                Rule given = texts.parse(form.rule());
                ruleSets.check(course.tenant(), course.id(), 0, given);
                return Optional.of(given);
            } catch (BadRuleException e) {
                errors.reject("rule", wording.say(String.valueOf(e.getMessage())));
                return Optional.empty();
            }
        }
        return forms.rule(form, items(course), errors);
    }

    private @Nullable Long picture(CourseContext course, BadgeForm form, BindingResult errors) {
        if (form.picture() == null || form.picture().isEmpty()) {
            return form.imageId() != null && pictures.isOf(course, form.imageId()) ? form.imageId() : null;
        }
        try {
            return images.upload(
                    course.tenant(),
                    course.id(),
                    form.picture().getBytes(),
                    wording.say("badge.picture.alt", form.name()));
        } catch (BadImageException e) {
            String key = String.valueOf(e.getMessage());
            errors.rejectValue("picture", key, wording.say(key));
            return form.imageId() != null && pictures.isOf(course, form.imageId()) ? form.imageId() : null;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private String again(
            CourseContext course,
            @Nullable RuleSet ruleSet,
            BadgeForm form,
            @Nullable Rule rule,
            BindingResult errors,
            Model model) {
        BindingResult shown = new BeanPropertyBindingResult(form, "form");
        errors.getAllErrors().forEach(shown::addError);
        String view = page(course, ruleSet, form, rule, model);
        model.addAttribute(BindingResult.MODEL_KEY_PREFIX + "form", shown);
        return view;
    }

    private String page(
            CourseContext course, @Nullable RuleSet ruleSet, BadgeForm form, @Nullable Rule rule, Model model) {
        return page(course, ruleSet, form, rule, null, model);
    }

    /** @param words that a skill is looked for by; {@code null} where nobody does */
    private String page(
            CourseContext course,
            @Nullable RuleSet ruleSet,
            BadgeForm form,
            @Nullable Rule rule,
            @Nullable String words,
            Model model) {
        model.addAttribute("skills", skills.show(course.tenant(), words));
        @Nullable Rule counted = rule;
        if (counted == null) {
            counted = rule(course, ruleSet, form, new BeanPropertyBindingResult(form, "form"))
                    .orElse(null);
        }
        model.addAttribute("course", course);
        model.addAttribute("form", form);
        model.addAttribute("ruleSet", ruleSet);
        model.addAttribute("version", ruleSet == null ? null : name(course, ruleSet));
        model.addAttribute("items", items(course));
        model.addAttribute("graded", gradebook.gradedCounts(course.tenant(), course.id()));
        model.addAttribute("colours", BadgeForm.COLOURS);
        model.addAttribute("types", Details.TYPES);
        RuleChanges.@Nullable Look look = counted == null ? null : look(course, ruleSet, counted);
        model.addAttribute("counts", look == null ? null : look.counts());
        model.addAttribute("change", look == null ? null : look.change());
        model.addAttribute("sentence", counted == null ? null : texts.sentence(course.tenant(), course.id(), counted));
        model.addAttribute("mayWriteScores", passback.isPossible(course.tenant(), course.id()));
        return "dashboard/badge-form";
    }

    private String name(CourseContext course, RuleSet ruleSet) {
        return achievements
                .version(course.tenant(), ruleSet.achievementId(), ruleSet.achievementVersion())
                .map(AchievementVersion::name)
                .orElse("");
    }

    private RuleChanges.@Nullable Look look(CourseContext course, @Nullable RuleSet ruleSet, Rule rule) {
        try {
            return changes.look(course, ruleSet, rule);
        } catch (BadRuleException e) {
            return null;
        }
    }

    private List<CourseOverview.Column> usable(CourseContext course) {
        return overview.columns(course).stream()
                .filter(CourseOverview.Column::hasThreshold)
                .toList();
    }

    /** By number, deleted ones too: a rule may still name them. */
    private Map<Long, LineItem> items(CourseContext course) {
        return gradebook.lineItems(course.tenant(), course.id()).stream()
                .filter(item -> !item.output())
                .collect(Collectors.toMap(LineItem::id, Function.identity()));
    }
}
