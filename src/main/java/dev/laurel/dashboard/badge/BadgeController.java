package dev.laurel.dashboard.badge;

import dev.laurel.achievement.AchievementVersion;
import dev.laurel.achievement.Achievements;
import dev.laurel.achievement.Issuers;
import dev.laurel.award.Award;
import dev.laurel.award.Awards;
import dev.laurel.award.fall.Fall;
import dev.laurel.award.fall.Falls;
import dev.laurel.award.grant.Grants;
import dev.laurel.award.human.HumanDecision;
import dev.laurel.award.human.HumanDecisions;
import dev.laurel.award.release.Unreleased;
import dev.laurel.context.Contexts;
import dev.laurel.context.CourseContext;
import dev.laurel.context.Delegations;
import dev.laurel.criteria.PersonEvaluation;
import dev.laurel.criteria.RuleSet;
import dev.laurel.criteria.RuleSets;
import dev.laurel.criteria.RuleTexts;
import dev.laurel.criteria.RuleWarning;
import dev.laurel.dashboard.Allowed;
import dev.laurel.dashboard.Courses;
import dev.laurel.dashboard.Names;
import dev.laurel.dashboard.awarding.Awarding;
import dev.laurel.dashboard.awarding.MyCase;
import dev.laurel.dashboard.course.LostAuthority;
import dev.laurel.dashboard.explain.Explanation;
import dev.laurel.dashboard.explain.Explanations;
import dev.laurel.dashboard.explain.NextStep;
import dev.laurel.dashboard.explain.Rules;
import dev.laurel.dashboard.integrity.Integrity;
import dev.laurel.gradebook.Gradebook;
import dev.laurel.launch.session.SignedIn;
import dev.laurel.platform.tool.ProductFamily;
import dev.laurel.platform.wording.Wording;
import dev.laurel.publication.Passback;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
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

/** One badge of a course: who has it, who is near, whether it is awarded at the moment, and why or why not yet. */
@Controller
@RequestMapping("/badges/{ruleSetId}")
class BadgeController {

    private static final Duration JUST_NOW = Duration.ofSeconds(30);

    private static final Duration STILL_UNDER_WAY = Duration.ofMinutes(10);

    private final Courses courses;

    private final Learners learners;

    private final RuleSets ruleSets;

    private final RuleTexts texts;

    private final Achievements achievements;

    private final Issuers issuers;

    private final Awards awards;

    private final Contexts contexts;

    private final Gradebook gradebook;

    private final Passback passback;

    private final Unreleased unreleased;

    private final Grants grants;

    private final Awarding awarding;

    private final BadgeEnd end;

    private final Falls falls;

    private final LostAuthority authority;

    private final MyCase cases;

    private final HumanDecisions humanDecisions;

    private final Explanations explanations;

    private final Integrity integrity;

    private final NextStep nextStep;

    private final Names names;

    private final Wording wording;

    private final Clock clock;

    BadgeController(
            Courses courses,
            Learners learners,
            RuleSets ruleSets,
            RuleTexts texts,
            Achievements achievements,
            Issuers issuers,
            Awards awards,
            Contexts contexts,
            Gradebook gradebook,
            Passback passback,
            Unreleased unreleased,
            Grants grants,
            Awarding awarding,
            BadgeEnd end,
            Falls falls,
            LostAuthority authority,
            MyCase cases,
            HumanDecisions humanDecisions,
            Explanations explanations,
            Integrity integrity,
            NextStep nextStep,
            Names names,
            Wording wording,
            Clock clock) {
        this.courses = courses;
        this.learners = learners;
        this.ruleSets = ruleSets;
        this.texts = texts;
        this.achievements = achievements;
        this.issuers = issuers;
        this.awards = awards;
        this.contexts = contexts;
        this.gradebook = gradebook;
        this.passback = passback;
        this.unreleased = unreleased;
        this.grants = grants;
        this.awarding = awarding;
        this.end = end;
        this.falls = falls;
        this.authority = authority;
        this.cases = cases;
        this.humanDecisions = humanDecisions;
        this.explanations = explanations;
        this.integrity = integrity;
        this.nextStep = nextStep;
        this.names = names;
        this.wording = wording;
        this.clock = clock;
    }

    @GetMapping
    String badge(@AuthenticationPrincipal @Nullable SignedIn me, @PathVariable long ruleSetId, Model model) {
        CourseContext course = courses.forStaff(me);
        RuleSet ruleSet = courses.badge(course, ruleSetId);
        AchievementVersion version = header(course, ruleSet, model);
        boolean instructor = me != null && me.isInstructor();
        model.addAttribute("knowsAssistants", courses.knowsAssistants(course));
        model.addAttribute("mayEdit", instructor);
        model.addAttribute("mayReview", courses.may(me, Delegations.What.REVIEW_CASES));
        model.addAttribute(
                "flags",
                instructor
                        ? integrity.flags(course, ruleSet, awards.ofRuleSet(course.tenant(), ruleSetId))
                        : List.of());
        Learners.Groups groups = learners.of(course, ruleSet, version);
        model.addAttribute("learners", groups);
        model.addAttribute(
                "fallen",
                falls.open(course.tenant(), ruleSetId).stream()
                        .map(Fall::awardId)
                        .collect(Collectors.toSet()));
        model.addAttribute("sync", gradebook.status(course.tenant(), course.id()));
        List<RuleWarning> warnings = ruleSets.warnings(course.tenant(), course.id()).stream()
                .filter(warning -> warning.ruleSetId() == ruleSetId)
                .toList();
        model.addAttribute("warnings", warnings);
        model.addAttribute("columnsChanged", warnings.stream().anyMatch(RuleWarning::isAboutAChange));
        boolean silenced = !authority.among(course.tenant(), List.of(ruleSet)).isEmpty();
        model.addAttribute("silenced", silenced);
        model.addAttribute("awaited", !silenced && isAwaited(ruleSet, groups));
        model.addAttribute("awarding", awarding.of(course, ruleSet));
        model.addAttribute("end", end.of(course, ruleSet));
        model.addAttribute("passback", passback.status(course.tenant(), ruleSetId));
        model.addAttribute("mayWriteScores", passback.isPossible(course.tenant(), course.id()));
        model.addAttribute(
                "scoreColumn", passback.column(course.tenant(), ruleSetId).orElse(null));
        model.addAttribute(
                "family", ProductFamily.of(course.platformFamily()).name().toLowerCase(Locale.ROOT));
        return "dashboard/badge";
    }

    /** Whether somebody is about to get what was just activated: the page looks again by itself, but not for ever. */
    private boolean isAwaited(RuleSet ruleSet, Learners.Groups groups) {
        Instant activated = ruleSet.activatedAt();
        Duration longest = groups.due().isEmpty() ? JUST_NOW : STILL_UNDER_WAY;
        return ruleSet.status() == RuleSet.Status.ACTIVE
                && activated != null
                && activated.isAfter(clock.instant().minus(longest));
    }

    @PostMapping("/pause")
    String pause(
            @AuthenticationPrincipal @Nullable SignedIn me, @PathVariable long ruleSetId, RedirectAttributes redirect) {
        CourseContext course = courses.forInstructor(me);
        ruleSets.pause(
                course.tenant(),
                courses.badge(course, ruleSetId).id(),
                Allowed.instructor(me).personId());
        redirect.addFlashAttribute("flash", wording.say("badge.paused"));
        return "redirect:/badges/" + ruleSetId;
    }

    /** The columns that changed since somebody looked are the right ones still. */
    @PostMapping("/columns")
    String columnsAreRight(
            @AuthenticationPrincipal @Nullable SignedIn me, @PathVariable long ruleSetId, RedirectAttributes redirect) {
        CourseContext course = courses.forInstructor(me);
        ruleSets.columnsAreRight(
                course.tenant(), courses.badge(course, ruleSetId).id());
        redirect.addFlashAttribute("flash", wording.say("badge.columns-right.done"));
        return "redirect:/badges/" + ruleSetId;
    }

    @PostMapping("/passback")
    String passback(
            @AuthenticationPrincipal @Nullable SignedIn me,
            @PathVariable long ruleSetId,
            @RequestParam boolean on,
            RedirectAttributes redirect) {
        CourseContext course = courses.forInstructor(me);
        passback.enable(
                course.tenant(),
                courses.badge(course, ruleSetId).id(),
                on,
                Allowed.instructor(me).personId());
        redirect.addFlashAttribute("flash", wording.say(on ? "passback.turned-on" : "passback.turned-off"));
        return "redirect:/badges/" + ruleSetId;
    }

    /** Why, or why not yet: staff see everybody's, a learner her own. */
    @GetMapping("/learners/{personId}")
    String why(
            @AuthenticationPrincipal @Nullable SignedIn me,
            @PathVariable long ruleSetId,
            @PathVariable long personId,
            Model model) {
        CourseContext course = courses.of(me);
        boolean own = me != null && me.personId() == personId;
        if (me == null || !(me.isStaff() || (own && me.isLearner()))) {
            throw Allowed.notFound();
        }
        RuleSet ruleSet = courses.badge(course, ruleSetId);
        if (own && !me.isStaff() && ruleSet.status() == RuleSet.Status.DRAFT) {
            throw Allowed.notFound();
        }
        if (contexts.member(course.tenant(), course.id(), personId).isEmpty()) {
            throw Allowed.notFound();
        }
        PersonEvaluation evaluation =
                learners.evaluation(course, ruleSet, personId).orElseThrow(Allowed::notFound);
        Explanation explanation = explanations.of(course, ruleSet.rule(), evaluation.evaluation());
        boolean pending = own
                && !me.isStaff()
                && unreleased
                        .notFinal(course.tenant(), personId, List.of(evaluation))
                        .contains(ruleSetId);
        List<Award> given = awards.ofRuleSet(course.tenant(), ruleSetId, personId);
        Optional<Award> award = given.stream()
                .filter(each -> me.isStaff() || each.releasedAt() != null)
                .reduce((earlier, later) -> later);
        AchievementVersion version = header(course, ruleSet, model);
        model.addAttribute("over", version.isOver(clock.instant(), course.zone()));
        model.addAttribute(
                "earlier",
                !humanDecisions
                        .among(course.tenant(), ruleSetId, HumanDecision.Kind.EARLIER, List.of(personId))
                        .isEmpty());
        boolean herself = own && !me.isStaff();
        model.addAttribute("own", herself);
        model.addAttribute("pending", pending);
        model.addAttribute(
                "mine",
                herself && !pending
                        ? award.map(each -> cases.shown(me, each)).orElseGet(() -> cases.shown(me, ruleSetId))
                        : award.map(each -> cases.of(course.tenant(), each))
                                .orElseGet(() -> cases.of(course.tenant(), ruleSetId, personId)));
        model.addAttribute("mayEdit", me.isInstructor());
        model.addAttribute(
                "decided",
                me.isInstructor()
                        ? humanDecisions
                                .find(course.tenant(), ruleSetId, personId)
                                .filter(each -> each.kind() != HumanDecision.Kind.EARLIER)
                                .orElse(null)
                        : null);
        if (me.isInstructor()) {
            Optional<Award> standing =
                    given.stream().filter(each -> each.revokedAt() == null).findFirst();
            model.addAttribute("standing", standing.orElse(null));
            model.addAttribute(
                    "before",
                    standing.flatMap(each -> grants.levelBefore(course.tenant(), each))
                            .orElse(null));
            model.addAttribute("trails", integrity.trails(course, ruleSet, personId));
            model.addAttribute(
                    "hints",
                    integrity.flags(course, ruleSet, award.stream().toList()).stream()
                            .findFirst()
                            .map(Integrity.Flag::hints)
                            .orElse(Set.of()));
        }
        model.addAttribute("personId", personId);
        model.addAttribute("who", names.of(course.tenant(), personId));
        model.addAttribute("award", award.orElse(null));
        model.addAttribute("levels", Rules.levels(ruleSet.rule()));
        model.addAttribute("evaluatedAt", evaluation.evaluatedAt());
        model.addAttribute("whatCounts", texts.whatCounts(course.tenant(), course.id(), ruleSet.rule()));
        model.addAttribute("explanation", explanation);
        model.addAttribute(
                "tiers",
                explanations
                        .tiers(course, ruleSet.rule(), evaluation.evaluation())
                        .tiers());
        model.addAttribute("next", own ? nextStep.toLearner(explanation) : nextStep.toStaff(explanation));
        model.addAttribute("evaluationReference", evaluation.reference());
        return "dashboard/why";
    }

    private AchievementVersion header(CourseContext course, RuleSet ruleSet, Model model) {
        AchievementVersion version = achievements
                .version(course.tenant(), ruleSet.achievementId(), ruleSet.achievementVersion())
                .orElseThrow(Allowed::notFound);
        model.addAttribute("course", course);
        model.addAttribute("ruleSet", ruleSet);
        model.addAttribute("version", version);
        model.addAttribute(
                "issuer", issuers.find(course.tenant(), version.issuerId()).orElseThrow(Allowed::notFound));
        model.addAttribute("sentence", texts.sentence(course.tenant(), course.id(), ruleSet.rule()));
        return version;
    }
}
