package dev.laurel.dashboard.badge;

import dev.laurel.achievement.AchievementDraft;
import dev.laurel.achievement.AchievementVersion;
import dev.laurel.achievement.Achievements;
import dev.laurel.achievement.BadImageException;
import dev.laurel.achievement.BadgeImages;
import dev.laurel.context.CourseContext;
import dev.laurel.criteria.RuleSet;
import dev.laurel.criteria.RuleTexts;
import dev.laurel.criteria.rule.BadRuleException;
import dev.laurel.criteria.rule.Rule;
import dev.laurel.dashboard.Allowed;
import dev.laurel.dashboard.Courses;
import dev.laurel.dashboard.Typed;
import dev.laurel.launch.session.SignedIn;
import dev.laurel.platform.wording.Wording;
import dev.laurel.publication.Passback;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.springframework.security.core.annotation.AuthenticationPrincipal;
import org.springframework.stereotype.Controller;
import org.springframework.ui.Model;
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

/** Making and changing a badge: one page on which everything is filled in. */
@Controller
@RequestMapping("/badges")
class BadgeFormController {

    private static final int MOST_PARTS = 1_000;

    private final Courses courses;

    private final BadgeForms forms;

    private final BadgeFormPage page;

    private final SkillSearch skills;

    private final BadgeDesk desk;

    private final RuleTexts texts;

    private final Achievements achievements;

    private final BadgeImages images;

    private final Pictures pictures;

    private final Passback passback;

    private final Wording wording;

    BadgeFormController(
            Courses courses,
            BadgeForms forms,
            BadgeFormPage page,
            SkillSearch skills,
            BadgeDesk desk,
            RuleTexts texts,
            Achievements achievements,
            BadgeImages images,
            Pictures pictures,
            Passback passback,
            Wording wording) {
        this.courses = courses;
        this.forms = forms;
        this.page = page;
        this.skills = skills;
        this.desk = desk;
        this.texts = texts;
        this.achievements = achievements;
        this.images = images;
        this.pictures = pictures;
        this.passback = passback;
        this.wording = wording;
    }

    /** One entry per column of the course; the binder would stop at 256. */
    @InitBinder("form")
    void bind(WebDataBinder binder) {
        binder.setAutoGrowCollectionLimit(MOST_PARTS);
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
        model.addAttribute("opened", Opened.of(ruleSet, scores));
        return page.show(
                course, ruleSet, forms.of(ruleSet, version, sentence, page.usable(course), drawn, scores), null, model);
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
        Optional<Rule> rule = page.rule(course, ruleSet, form, errors);
        boolean follows = form.followsRule();
        model.addAttribute("live", true);
        model.addAttribute("followsRule", follows);
        page.show(course, ruleSet, form, rule.orElse(null), model);
        return "dashboard/badge-form :: live";
    }

    @PostMapping
    String create(
            @AuthenticationPrincipal @Nullable SignedIn me,
            @ModelAttribute("form") BadgeForm form,
            BindingResult errors,
            @RequestParam(defaultValue = "draft") String action,
            SkillSearch.Asked asked,
            Opened opened,
            Model model,
            RedirectAttributes redirect) {
        return save(me, null, form, errors, action, asked, opened, model, redirect);
    }

    @PostMapping("/{ruleSetId}")
    String change(
            @AuthenticationPrincipal @Nullable SignedIn me,
            @PathVariable long ruleSetId,
            @ModelAttribute("form") BadgeForm form,
            BindingResult errors,
            @RequestParam(defaultValue = "draft") String action,
            SkillSearch.Asked asked,
            Opened opened,
            Model model,
            RedirectAttributes redirect) {
        return save(me, ruleSetId, form, errors, action, asked, opened, model, redirect);
    }

    private String save(
            @Nullable SignedIn me,
            @Nullable Long ruleSetId,
            BadgeForm typed,
            BindingResult errors,
            String action,
            SkillSearch.Asked asked,
            Opened opened,
            Model model,
            RedirectAttributes redirect) {
        CourseContext course = courses.forInstructor(me);
        @Nullable RuleSet before = ruleSetId == null ? null : courses.badge(course, ruleSetId);
        model.addAttribute("opened", opened);
        if (asked.isForSkills(action)) {
            BadgeForm kept = typed.with(typed.criteria(), picture(course, typed, errors));
            BadgeForm shown = skills.take(course.tenant(), kept, asked.take());
            return errors.hasErrors()
                    ? page.again(course, before, shown, null, errors, model)
                    : page.show(course, before, shown, null, asked.skill(), model);
        }
        Optional<Rule> rule = page.rule(course, before, typed, errors);
        String criteria = typed.followsRule() && rule.isPresent()
                ? texts.sentence(course.tenant(), course.id(), rule.get())
                : typed.criteria();
        BadgeForm form = typed.with(criteria, picture(course, typed, errors));
        forms.checkWords(form, errors);
        Optional<AchievementDraft.Worth> worth = forms.worth(form, course.zone(), errors);
        if (errors.hasErrors() || rule.isEmpty() || worth.isEmpty() || me == null || "count".equals(action)) {
            // The errors belong to what was typed; the form that is shown again also keeps the uploaded picture.
            return page.again(course, before, form, rule.orElse(null), errors, model);
        }
        AchievementDraft words = new AchievementDraft(
                form.name().strip(),
                Typed.text(form.description()),
                Typed.text(form.criteria()),
                form.colour(),
                form.drawn() != null ? null : form.imageId(),
                worth.get());
        try {
            if (before != null && opened.isBefore(before)) {
                throw new ChangedMeanwhileException();
            }
            RuleSet saved = before == null
                    ? desk.draft(course, words, rule.get(), me.personId())
                    : desk.edit(course, before, words, rule.get(), me.personId());
            if (form.isPassback() != opened.isPassback()) {
                passback.enable(course.tenant(), saved.id(), form.isPassback(), me.personId());
            }
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
            if (ruleSetId != null && e instanceof ChangedMeanwhileException) {
                // Once more puts hers in place of theirs: now she knows.
                model.addAttribute("opened", opened.again(courses.badge(course, ruleSetId)));
            }
            errors.reject("rule", wording.say(String.valueOf(e.getMessage())));
            return page.again(course, before, form, rule.get(), errors, model);
        }
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
}
