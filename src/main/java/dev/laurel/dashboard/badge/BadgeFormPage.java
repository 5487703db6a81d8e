package dev.laurel.dashboard.badge;

import dev.laurel.achievement.AchievementVersion;
import dev.laurel.achievement.Achievements;
import dev.laurel.achievement.Details;
import dev.laurel.context.CourseContext;
import dev.laurel.criteria.RuleSet;
import dev.laurel.criteria.RuleSets;
import dev.laurel.criteria.RuleTexts;
import dev.laurel.criteria.rule.BadRuleException;
import dev.laurel.criteria.rule.Rule;
import dev.laurel.dashboard.course.CourseOverview;
import dev.laurel.dashboard.explain.RuleChanges;
import dev.laurel.dashboard.explain.Rules;
import dev.laurel.gradebook.Gradebook;
import dev.laurel.gradebook.LineItem;
import dev.laurel.platform.wording.Wording;
import dev.laurel.publication.Passback;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;
import org.springframework.ui.Model;
import org.springframework.validation.BeanPropertyBindingResult;
import org.springframework.validation.BindingResult;

/** The form of a badge as it is shown, and the rule that stands in it. */
@Component
class BadgeFormPage {

    private final CourseOverview overview;

    private final BadgeForms forms;

    private final SkillSearch skills;

    private final RuleSets ruleSets;

    private final RuleTexts texts;

    private final RuleChanges changes;

    private final Achievements achievements;

    private final Gradebook gradebook;

    private final Passback passback;

    private final Wording wording;

    BadgeFormPage(
            CourseOverview overview,
            BadgeForms forms,
            SkillSearch skills,
            RuleSets ruleSets,
            RuleTexts texts,
            RuleChanges changes,
            Achievements achievements,
            Gradebook gradebook,
            Passback passback,
            Wording wording) {
        this.overview = overview;
        this.forms = forms;
        this.skills = skills;
        this.ruleSets = ruleSets;
        this.texts = texts;
        this.changes = changes;
        this.achievements = achievements;
        this.gradebook = gradebook;
        this.passback = passback;
        this.wording = wording;
    }

    /** The rule that is asked for; empty where it cannot be one, and then the errors say why. */
    Optional<Rule> rule(CourseContext course, @Nullable RuleSet before, BadgeForm form, BindingResult errors) {
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
        return forms.rule(form, items(course), errors)
                .map(made -> before != null && Rules.askTheSame(before.rule(), made) ? before.rule() : made);
    }

    /** The form once more, with what was wrong in it. */
    String again(
            CourseContext course,
            @Nullable RuleSet ruleSet,
            BadgeForm form,
            @Nullable Rule rule,
            BindingResult errors,
            Model model) {
        BindingResult shown = new BeanPropertyBindingResult(form, "form");
        errors.getAllErrors().forEach(shown::addError);
        String view = show(course, ruleSet, form, rule, model);
        model.addAttribute(BindingResult.MODEL_KEY_PREFIX + "form", shown);
        return view;
    }

    /** @param rule what is counted; {@code null}: what the form asks for */
    String show(CourseContext course, @Nullable RuleSet ruleSet, BadgeForm form, @Nullable Rule rule, Model model) {
        return show(course, ruleSet, form, rule, null, model);
    }

    /** @param words that a skill is looked for by; {@code null} where nobody does */
    String show(
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
        if (counted != null && look != null) {
            RuleTexts.Said said = texts.said(course.tenant(), course.id(), counted);
            model.addAttribute("whatCounts", said.whatCounts());
            model.addAttribute("sentence", said.sentence());
        } else if (counted != null) {
            model.addAttribute("sentence", texts.sentence(course.tenant(), course.id(), counted));
        }
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

    /** Columns of which a threshold can be asked. */
    List<CourseOverview.Column> usable(CourseContext course) {
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
