package dev.laurel.dashboard.awarding;

import dev.laurel.achievement.AchievementVersion;
import dev.laurel.achievement.Achievements;
import dev.laurel.award.Award;
import dev.laurel.award.Reason;
import dev.laurel.award.decision.Passes;
import dev.laurel.award.human.HumanDecisions;
import dev.laurel.context.Contexts;
import dev.laurel.context.CourseContext;
import dev.laurel.context.Profile;
import dev.laurel.criteria.RuleSet;
import dev.laurel.criteria.Verdicts;
import dev.laurel.criteria.rule.Evaluation;
import dev.laurel.dashboard.Allowed;
import dev.laurel.dashboard.Courses;
import dev.laurel.dashboard.IrreversibleActs;
import dev.laurel.dashboard.Names;
import dev.laurel.launch.confirm.Act;
import dev.laurel.launch.session.SignedIn;
import dev.laurel.platform.tenant.TenantId;
import dev.laurel.platform.wording.Wording;
import jakarta.servlet.http.HttpServletRequest;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
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

/** Awards that one check decided together: looked at, confirmed where the brake held them, or taken back as a whole. */
@Controller
@RequestMapping("/badges/{ruleSetId}/passes/{passId}")
class PassController {

    private final Courses courses;

    private final CaseDesks desks;

    private final Passes passes;

    private final HumanDecisions humanDecisions;

    private final Verdicts verdicts;

    private final Contexts contexts;

    private final Achievements achievements;

    private final IrreversibleActs acts;

    private final Names names;

    private final Wording wording;

    PassController(
            Courses courses,
            CaseDesks desks,
            Passes passes,
            HumanDecisions humanDecisions,
            Verdicts verdicts,
            Contexts contexts,
            Achievements achievements,
            IrreversibleActs acts,
            Names names,
            Wording wording) {
        this.courses = courses;
        this.desks = desks;
        this.passes = passes;
        this.humanDecisions = humanDecisions;
        this.verdicts = verdicts;
        this.contexts = contexts;
        this.achievements = achievements;
        this.acts = acts;
        this.names = names;
        this.wording = wording;
    }

    /** Why everything is taken back; the students read it. */
    enum Why {
        GRADES,
        RULE,
        MISTAKE
    }

    record Person(long id, String name, Award award) {}

    @GetMapping
    String pass(
            @AuthenticationPrincipal @Nullable SignedIn me,
            @PathVariable long ruleSetId,
            @PathVariable long passId,
            Model model) {
        CourseContext course = courses.forInstructor(me);
        RuleSet ruleSet = courses.badge(course, ruleSetId);
        Passes.Pass pass = find(course, ruleSetId, passId);
        List<Award> given = passes.awards(course.tenant(), ruleSetId, passId);
        Map<Long, Profile> profiles = contexts.profiles(
                course.tenant(), given.stream().map(Award::personId).toList());
        model.addAttribute("course", course);
        model.addAttribute("ruleSet", ruleSet);
        AchievementVersion version = version(course, ruleSet);
        model.addAttribute("version", version);
        model.addAttribute("pass", pass);
        model.addAttribute("everybody", contexts.countEarners(course.tenant(), course.id()));
        model.addAttribute(
                "people",
                given.stream()
                        .map(award -> new Person(award.personId(), names.of(profiles.get(award.personId())), award))
                        .sorted(java.util.Comparator.comparing(Person::name, String.CASE_INSENSITIVE_ORDER))
                        .toList());
        model.addAttribute("confirm", confirmation(version, ruleSet, pass));
        Passes.Undoing undoing = passes.undoing(course.tenant(), ruleSetId, passId);
        model.addAttribute("undoing", undoing);
        model.addAttribute(
                "undo",
                Arrays.stream(Why.values())
                        .map(why -> undoing(version, undoing, ruleSet, pass, why))
                        .toList());
        Map<Long, Set<Long>> undone = humanDecisions.undoneWith(course.tenant(), ruleSetId);
        Set<Long> kept = undone.getOrDefault(passId, Set.of());
        model.addAttribute("withheld", kept.size());
        model.addAttribute("earning", kept.isEmpty() ? 0 : earning(course, ruleSet, onlyBy(passId, undone)));
        return "dashboard/pass";
    }

    /** Whom no other pass keeps the badge from. */
    private static Set<Long> onlyBy(long passId, Map<Long, Set<Long>> undone) {
        Set<Long> only = new HashSet<>(undone.getOrDefault(passId, Set.of()));
        undone.forEach((other, people) -> {
            if (other != passId) {
                only.removeAll(people);
            }
        });
        return only;
    }

    /** How many of these meet the rule as it is now. */
    private long earning(CourseContext course, RuleSet ruleSet, Set<Long> people) {
        return verdicts.preview(course.tenant(), course.id(), ruleSet.rule()).stream()
                .filter(learner -> people.contains(learner.personId())
                        && learner.evaluation().verdict() == Evaluation.Verdict.MET)
                .count();
    }

    @PostMapping("/confirmation")
    String confirm(
            @AuthenticationPrincipal @Nullable SignedIn me,
            @PathVariable long ruleSetId,
            @PathVariable long passId,
            HttpServletRequest request,
            RedirectAttributes redirect) {
        SignedIn instructor = Allowed.instructor(me);
        CourseContext course = courses.forInstructor(instructor);
        RuleSet ruleSet = courses.badge(course, ruleSetId);
        Passes.Pass pass = find(course, ruleSetId, passId);
        acts.requireWishAndRole(request, instructor, confirmation(version(course, ruleSet), ruleSet, pass));
        passes.confirm(course.tenant(), ruleSetId, passId, instructor.personId());
        redirect.addFlashAttribute(
                "flash", wording.say(confirmed(ruleSet, passes.awards(course.tenant(), ruleSetId, passId))));
        return "redirect:/badges/" + ruleSetId;
    }

    /**
     * @param people how many she was told would lose what the pass gave
     * @param back how many of those would have again what they had before
     * @param asking how many of those would be answered by it
     */
    @PostMapping("/undoing/{why}/{people}/{back}/{asking}")
    String undo(
            @AuthenticationPrincipal @Nullable SignedIn me,
            @PathVariable long ruleSetId,
            @PathVariable long passId,
            @PathVariable String why,
            @PathVariable int people,
            @PathVariable int back,
            @PathVariable int asking,
            HttpServletRequest request,
            RedirectAttributes redirect) {
        SignedIn instructor = Allowed.instructor(me);
        CourseContext course = courses.forInstructor(instructor);
        RuleSet ruleSet = courses.badge(course, ruleSetId);
        Passes.Pass pass = find(course, ruleSetId, passId);
        Why reason = Arrays.stream(Why.values())
                .filter(each -> path(each).equals(why))
                .findFirst()
                .orElseThrow(Allowed::notFound);
        Passes.Undoing undoing = passes.undoing(course.tenant(), ruleSetId, passId);
        if (undoing.people() > people || (undoing.people() > 0 && undoing.back() < back)) {
            redirect.addFlashAttribute(
                    "flashProblem", wording.say("pass.undo.others", undoing.people(), undoing.back()));
            return "redirect:" + at(ruleSet, pass);
        }
        if (undoing.asking() > asking) {
            redirect.addFlashAttribute("flashProblem", wording.say("pass.undo.asked", undoing.asking()));
            return "redirect:" + at(ruleSet, pass);
        }
        acts.requireWishAndRole(request, instructor, undoing(version(course, ruleSet), undoing, ruleSet, pass, reason));
        int undone = passes.undo(
                course.tenant(),
                ruleSetId,
                passId,
                wording.say("pass.undo.reason." + path(reason)),
                instructor.personId());
        redirect.addFlashAttribute("flash", wording.say("pass.undone", undone, undoing.back()));
        return "redirect:/badges/" + ruleSetId;
    }

    /**
     * The rule decides again about everybody from whom undoing the pass keeps the badge.
     *
     * @param people how many she was told that these are
     */
    @PostMapping("/undoing/end")
    String letTheRuleDecide(
            @AuthenticationPrincipal @Nullable SignedIn me,
            @PathVariable long ruleSetId,
            @PathVariable long passId,
            @RequestParam(defaultValue = "") String reason,
            @RequestParam(defaultValue = "0") int people,
            RedirectAttributes redirect) {
        CaseDesks.Desk desk = desks.deskInRole(me, ruleSetId);
        Passes.Pass pass = find(desk.course(), ruleSetId, passId);
        TenantId tenant = desk.course().tenant();
        int kept = humanDecisions
                .undoneWith(tenant, ruleSetId)
                .getOrDefault(passId, Set.of())
                .size();
        if (!Reason.isOne(reason) || kept != people) {
            redirect.addFlashAttribute(
                    "flashProblem",
                    kept == people
                            ? wording.say("case.bad.reason", Reason.LONGEST)
                            : wording.say("pass.again.others", kept));
            redirect.addFlashAttribute("kept", Map.of("again-reason", reason));
            return "redirect:" + at(desk.ruleSet(), pass);
        }
        int freed = passes.letTheRuleDecide(tenant, ruleSetId, passId, reason, desk.person());
        redirect.addFlashAttribute("flash", wording.say("pass.again.done", freed));
        return "redirect:/badges/" + ruleSetId;
    }

    /** What is true of all of them now. */
    private static String confirmed(RuleSet ruleSet, List<Award> given) {
        Set<Award.Wait> waits =
                given.stream().map(Award::waitsFor).filter(Objects::nonNull).collect(Collectors.toSet());
        if (waits.contains(Award.Wait.REVIEW) || waits.contains(Award.Wait.SECOND_PERSON)) {
            return "pass.confirmed.review";
        }
        if (waits.contains(Award.Wait.INSTRUCTOR)) {
            return "pass.confirmed.instructor";
        }
        if (ruleSet.status() == RuleSet.Status.PAUSED) {
            return "pass.confirmed.paused";
        }
        return given.stream().allMatch(award -> award.releasedAt() != null) ? "pass.confirmed" : "pass.confirmed.later";
    }

    private Act confirmation(AchievementVersion version, RuleSet ruleSet, Passes.Pass pass) {
        return new Act(
                at(ruleSet, pass) + "/confirmation",
                wording.say("pass.confirm.title", version.name()),
                wording.say("pass.confirm.what", pass.people()),
                wording.say("pass.confirm.button", pass.people()),
                "/badges/" + ruleSet.id());
    }

    private Act undoing(
            AchievementVersion version, Passes.Undoing undoing, RuleSet ruleSet, Passes.Pass pass, Why why) {
        return new Act(
                at(ruleSet, pass) + "/undoing/" + path(why) + "/" + undoing.people() + "/" + undoing.back() + "/"
                        + undoing.asking(),
                wording.say("pass.undo.title", version.name(), undoing.people()),
                wording.say("pass.undo.what", undoing.back(), undoing.asking()),
                wording.say("pass.undo.button." + path(why)),
                "/badges/" + ruleSet.id());
    }

    private static String at(RuleSet ruleSet, Passes.Pass pass) {
        return "/badges/" + ruleSet.id() + "/passes/" + pass.id();
    }

    private static String path(Why why) {
        return why.name().toLowerCase(Locale.ROOT);
    }

    private Passes.Pass find(CourseContext course, long ruleSetId, long passId) {
        return passes.find(course.tenant(), ruleSetId, passId).orElseThrow(Allowed::notFound);
    }

    private AchievementVersion version(CourseContext course, RuleSet ruleSet) {
        return achievements
                .version(course.tenant(), ruleSet.achievementId(), ruleSet.achievementVersion())
                .orElseThrow(Allowed::notFound);
    }
}
