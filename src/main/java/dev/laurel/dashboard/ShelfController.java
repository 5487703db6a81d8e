package dev.laurel.dashboard;

import dev.laurel.achievement.AchievementVersion;
import dev.laurel.achievement.Achievements;
import dev.laurel.award.Award;
import dev.laurel.award.Awards;
import dev.laurel.context.Contexts;
import dev.laurel.context.CourseContext;
import dev.laurel.criteria.PersonEvaluation;
import dev.laurel.criteria.RuleSet;
import dev.laurel.criteria.RuleSets;
import dev.laurel.gradebook.Gradebook;
import dev.laurel.launch.session.SignedIn;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.springframework.security.core.annotation.AuthenticationPrincipal;
import org.springframework.stereotype.Controller;
import org.springframework.ui.Model;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RequestParam;

/** A learner's own badges: earned, and on the way. */
@Controller
class ShelfController {

    private final Courses courses;

    private final Contexts contexts;

    private final Awards awards;

    private final Achievements achievements;

    private final RuleSets ruleSets;

    private final Gradebook gradebook;

    private final NextStep nextStep;

    ShelfController(
            Courses courses,
            Contexts contexts,
            Awards awards,
            Achievements achievements,
            RuleSets ruleSets,
            Gradebook gradebook,
            NextStep nextStep) {
        this.courses = courses;
        this.contexts = contexts;
        this.awards = awards;
        this.achievements = achievements;
        this.ruleSets = ruleSets;
        this.gradebook = gradebook;
        this.nextStep = nextStep;
    }

    /** A badge that she has. */
    record Earned(Award award, AchievementVersion version) {}

    /** A badge that she can still earn. */
    record OnTheWay(
            long ruleSetId, AchievementVersion version, Explanation explanation, String next, boolean started) {}

    /** What is on the way in one course. */
    record Section(CourseContext course, List<OnTheWay> badges) {}

    @GetMapping("/shelf")
    String shelf(
            @AuthenticationPrincipal @Nullable SignedIn me,
            @RequestParam(defaultValue = "false") boolean everywhere,
            Model model) {
        CourseContext course = courses.of(me);
        if (me == null || !me.isLearner()) {
            throw Allowed.notFound();
        }
        List<Earned> earned = earned(me);
        List<CourseContext> shown = everywhere ? contexts.ofPerson(me.tenant(), me.personId()) : List.of(course);
        Set<Long> has = new HashSet<>();
        earned.forEach(each -> has.add(each.award().achievementId()));
        model.addAttribute("course", course);
        model.addAttribute("personId", me.personId());
        model.addAttribute("everywhere", everywhere);
        model.addAttribute(
                "arrived",
                earned.stream().filter(ShelfController::isNew).findFirst().orElse(null));
        model.addAttribute(
                "earned",
                earned.stream()
                        .filter(each -> everywhere || each.award().contextId() == course.id())
                        .toList());
        model.addAttribute(
                "elsewhere",
                earned.stream()
                        .filter(each -> each.award().contextId() != course.id())
                        .count());
        model.addAttribute(
                "sections",
                shown.stream()
                        .map(each -> new Section(each, onTheWay(each, me.personId(), has)))
                        .filter(section -> !section.badges().isEmpty())
                        .toList());
        model.addAttribute("sync", gradebook.status(me.tenant(), course.id()));
        return "dashboard/shelf";
    }

    private List<Earned> earned(SignedIn me) {
        List<Earned> earned = new ArrayList<>();
        for (Award award : awards.ofPerson(me.tenant(), me.personId())) {
            achievements
                    .version(me.tenant(), award.achievementId(), award.achievementVersion())
                    .ifPresent(version -> earned.add(new Earned(award, version)));
        }
        return earned;
    }

    private static boolean isNew(Earned earned) {
        return earned.award().claimedAt() == null && earned.award().revokedAt() == null;
    }

    private List<OnTheWay> onTheWay(CourseContext course, long personId, Set<Long> has) {
        List<OnTheWay> badges = new ArrayList<>();
        for (PersonEvaluation evaluation : ruleSets.ofLearner(course.tenant(), course.id(), personId)) {
            Optional<RuleSet> ruleSet = ruleSets.find(course.tenant(), evaluation.ruleSetId());
            ruleSet.filter(each -> !has.contains(each.achievementId()) && each.version() == evaluation.ruleSetVersion())
                    .flatMap(each ->
                            achievements.version(course.tenant(), each.achievementId(), each.achievementVersion()))
                    .ifPresent(version -> badges.add(onTheWay(ruleSet.orElseThrow(), version, evaluation)));
        }
        // What is begun stands before what is not.
        badges.sort(Comparator.comparing((OnTheWay badge) -> !badge.started())
                .thenComparing(badge -> badge.version().name()));
        return badges;
    }

    private OnTheWay onTheWay(RuleSet ruleSet, AchievementVersion version, PersonEvaluation evaluation) {
        Explanation explanation = Explanation.of(ruleSet.rule(), evaluation.evaluation());
        boolean started = evaluation.evaluation().lines().stream().anyMatch(line -> line.value() != null);
        return new OnTheWay(ruleSet.id(), version, explanation, nextStep.toLearner(explanation), started);
    }
}
