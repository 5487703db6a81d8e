package dev.laurel.dashboard.awarding;

import dev.laurel.achievement.AchievementVersion;
import dev.laurel.achievement.Achievements;
import dev.laurel.award.Award;
import dev.laurel.award.policy.AwardPolicies;
import dev.laurel.award.policy.AwardPolicy;
import dev.laurel.award.policy.PolicyChangedException;
import dev.laurel.award.release.Releases;
import dev.laurel.award.release.Unreleased;
import dev.laurel.context.CourseContext;
import dev.laurel.criteria.RuleSet;
import dev.laurel.dashboard.Allowed;
import dev.laurel.dashboard.Courses;
import dev.laurel.dashboard.IrreversibleActs;
import dev.laurel.launch.confirm.Act;
import dev.laurel.launch.session.SignedIn;
import dev.laurel.platform.wording.Wording;
import jakarta.servlet.http.HttpServletRequest;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.springframework.security.core.annotation.AuthenticationPrincipal;
import org.springframework.stereotype.Controller;
import org.springframework.ui.Model;
import org.springframework.validation.BindingResult;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.ModelAttribute;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.servlet.mvc.support.RedirectAttributes;

/** How a badge is awarded, as its instructor chooses it; and its release, where that is hers. */
@Controller
@RequestMapping("/badges/{ruleSetId}")
class PolicyController {

    private final Courses courses;

    private final AwardPolicies policies;

    private final Releases releases;

    private final Unreleased unreleased;

    private final Achievements achievements;

    private final IrreversibleActs acts;

    private final Wording wording;

    PolicyController(
            Courses courses,
            AwardPolicies policies,
            Releases releases,
            Unreleased unreleased,
            Achievements achievements,
            IrreversibleActs acts,
            Wording wording) {
        this.courses = courses;
        this.policies = policies;
        this.releases = releases;
        this.unreleased = unreleased;
        this.achievements = achievements;
        this.acts = acts;
        this.wording = wording;
    }

    @GetMapping("/policy")
    String policy(@AuthenticationPrincipal @Nullable SignedIn me, @PathVariable long ruleSetId, Model model) {
        CourseContext course = courses.forInstructor(me);
        RuleSet ruleSet = courses.badge(course, ruleSetId);
        return page(course, ruleSet, PolicyForm.of(policies.of(course.tenant(), ruleSetId), course.zone()), model);
    }

    /** @param read which choice the page was about */
    @PostMapping("/policy")
    String choose(
            @AuthenticationPrincipal @Nullable SignedIn me,
            @PathVariable long ruleSetId,
            @RequestParam(required = false) @Nullable Integer read,
            @ModelAttribute("form") PolicyForm form,
            BindingResult errors,
            Model model,
            RedirectAttributes redirect) {
        CourseContext course = courses.forInstructor(me);
        RuleSet ruleSet = courses.badge(course, ruleSetId);
        AwardPolicy chosen = form.read(policies.of(course.tenant(), ruleSetId), course.zone(), errors);
        if (chosen == null) {
            model.addAttribute("read", read);
            return page(course, ruleSet, form, model);
        }
        try {
            policies.put(
                    course.tenant(),
                    ruleSetId,
                    read == null ? policies.version(course.tenant(), ruleSetId) : read,
                    chosen,
                    Allowed.instructor(me).personId());
        } catch (PolicyChangedException e) {
            // Shown with what she typed, and a way to what the other one chose: she saves hers, or leaves that.
            errors.reject("policy.changed");
            return page(course, ruleSet, form, model);
        }
        redirect.addFlashAttribute("flash", wording.say("policy.saved"));
        return "redirect:/badges/" + ruleSetId;
    }

    /** The last question before everything that waits for the instructor is released. */
    @GetMapping("/release")
    String askRelease(@AuthenticationPrincipal @Nullable SignedIn me, @PathVariable long ruleSetId, Model model) {
        CourseContext course = courses.forInstructor(me);
        RuleSet ruleSet = courses.badge(course, ruleSetId);
        header(course, ruleSet, model);
        model.addAttribute("act", release(course, ruleSet, unreleased.waiting(course.tenant(), ruleSetId)));
        return "dashboard/release";
    }

    /** @param shown which awards the page was about */
    @PostMapping("/release/{shown}")
    String release(
            @AuthenticationPrincipal @Nullable SignedIn me,
            @PathVariable long ruleSetId,
            @PathVariable String shown,
            HttpServletRequest request,
            RedirectAttributes redirect) {
        SignedIn instructor = Allowed.instructor(me);
        CourseContext course = courses.forInstructor(instructor);
        RuleSet ruleSet = courses.badge(course, ruleSetId);
        Optional<List<Award>> meant = ShownAwards.among(unreleased.waiting(course.tenant(), ruleSetId), shown);
        if (meant.isEmpty()) {
            redirect.addFlashAttribute("flashProblem", wording.say("release.others"));
            return "redirect:/badges/" + ruleSetId + "/release";
        }
        acts.requireWishAndRole(request, instructor, release(course, ruleSet, meant.get()));
        int released = releases.release(
                course.tenant(), ruleSetId, meant.get().stream().map(Award::id).toList());
        redirect.addFlashAttribute(
                "flash",
                wording.say(ruleSet.status() == RuleSet.Status.PAUSED ? "release.paused" : "release.done", released));
        return "redirect:/badges/" + ruleSetId;
    }

    private Act release(CourseContext course, RuleSet ruleSet, List<Award> waiting) {
        String path = "/badges/" + ruleSet.id();
        return new Act(
                path + "/release/" + ShownAwards.mark(waiting),
                wording.say("release.title", version(course, ruleSet).name()),
                wording.say("release.what", waiting.size()),
                wording.say("release.button", waiting.size()),
                path);
    }

    private String page(CourseContext course, RuleSet ruleSet, PolicyForm form, Model model) {
        header(course, ruleSet, model);
        model.addAttribute("form", form);
        if (!model.containsAttribute("read")) {
            model.addAttribute("read", policies.version(course.tenant(), ruleSet.id()));
        }
        return "dashboard/policy";
    }

    private void header(CourseContext course, RuleSet ruleSet, Model model) {
        model.addAttribute("course", course);
        model.addAttribute("ruleSet", ruleSet);
        model.addAttribute("version", version(course, ruleSet));
    }

    private AchievementVersion version(CourseContext course, RuleSet ruleSet) {
        return achievements
                .version(course.tenant(), ruleSet.achievementId(), ruleSet.achievementVersion())
                .orElseThrow(Allowed::notFound);
    }
}
