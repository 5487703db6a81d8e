package dev.laurel.dashboard.awarding;

import dev.laurel.award.Award;
import dev.laurel.award.Awards;
import dev.laurel.award.decision.Passes;
import dev.laurel.award.fall.Falls;
import dev.laurel.award.human.HumanDecisions;
import dev.laurel.award.policy.AwardPolicies;
import dev.laurel.award.policy.AwardPolicy;
import dev.laurel.award.question.Questions;
import dev.laurel.award.release.Unreleased;
import dev.laurel.context.CourseContext;
import dev.laurel.criteria.RuleSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/** What the page of a badge says of how it is awarded, and of what waits for somebody. */
@Component
public class Awarding {

    private final AwardPolicies policies;

    private final Awards awards;

    private final Passes passes;

    private final Unreleased unreleased;

    private final Falls falls;

    private final Questions questions;

    private final HumanDecisions humanDecisions;

    Awarding(
            AwardPolicies policies,
            Awards awards,
            Passes passes,
            Unreleased unreleased,
            Falls falls,
            Questions questions,
            HumanDecisions humanDecisions) {
        this.policies = policies;
        this.awards = awards;
        this.passes = passes;
        this.unreleased = unreleased;
        this.falls = falls;
        this.questions = questions;
        this.humanDecisions = humanDecisions;
    }

    /**
     * @param held the pass that waits for somebody to confirm it
     * @param cases how many things wait for a person's word, besides that
     * @param undone by undone pass who gets nothing by a check because of it
     */
    public record View(
            AwardPolicy policy,
            List<Passes.Pass> passes,
            Passes.@Nullable Pass held,
            long forInstructor,
            long cases,
            Map<Long, Set<Long>> undone) {}

    public View of(CourseContext course, RuleSet ruleSet) {
        List<Passes.Pass> latest = passes.ofRuleSet(course.tenant(), ruleSet.id());
        List<Award> open = awards.ofRuleSet(course.tenant(), ruleSet.id()).stream()
                .filter(award -> award.releasedAt() == null)
                .toList();
        return new View(
                policies.of(course.tenant(), ruleSet.id()),
                latest,
                latest.stream().filter(Passes.Pass::waits).findFirst().orElse(null),
                unreleased.waiting(course.tenant(), ruleSet.id()).size(),
                waiting(open, Award.Wait.REVIEW)
                        + waiting(open, Award.Wait.SECOND_PERSON)
                        + falls.open(course.tenant(), ruleSet.id()).size()
                        + questions.open(course.tenant(), ruleSet.id()).size()
                        + humanDecisions.ofRuleSet(course.tenant(), ruleSet.id()).stream()
                                .filter(decision -> !decision.counts())
                                .count(),
                humanDecisions.undoneWith(course.tenant(), ruleSet.id()));
    }

    private static long waiting(List<Award> open, Award.Wait wait) {
        return open.stream().filter(award -> award.waitsFor() == wait).count();
    }
}
