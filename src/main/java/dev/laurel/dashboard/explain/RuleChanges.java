package dev.laurel.dashboard.explain;

import dev.laurel.award.decision.Outlooks;
import dev.laurel.award.decision.Outlooks.Outlook;
import dev.laurel.context.Contexts;
import dev.laurel.context.CourseContext;
import dev.laurel.context.Profile;
import dev.laurel.criteria.PersonEvaluation;
import dev.laurel.criteria.RuleSet;
import dev.laurel.criteria.RuleSets;
import dev.laurel.criteria.Verdicts;
import dev.laurel.criteria.rule.Evaluation.Verdict;
import dev.laurel.criteria.rule.Rule;
import dev.laurel.dashboard.Names;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/** Says what another rule would change, before it does. Nothing is stored. */
@Component
public class RuleChanges {

    private final RuleSets ruleSets;

    private final Verdicts verdicts;

    private final Outlooks outlooks;

    private final Contexts contexts;

    private final Names names;

    RuleChanges(RuleSets ruleSets, Verdicts verdicts, Outlooks outlooks, Contexts contexts, Names names) {
        this.ruleSets = ruleSets;
        this.verdicts = verdicts;
        this.outlooks = outlooks;
        this.contexts = contexts;
        this.names = names;
    }

    /**
     * A rule tried on everybody who can earn.
     *
     * @param counts what activating the badge with this rule would do
     * @param change {@code null} where the badge never awarded by another rule than this
     */
    public record Look(HeadCount counts, @Nullable RuleChange change) {}

    /** @param ruleSet of the badge; {@code null}: one that is to be made */
    public Look look(CourseContext course, @Nullable RuleSet ruleSet, Rule rule) {
        Optional<Rule> before = ruleSet == null
                ? Optional.empty()
                : ruleSets.lastActive(course.tenant(), ruleSet.id()).filter(last -> !last.equals(rule));
        List<Rule> rules = before.map(last -> List.of(rule, last)).orElse(List.of(rule));
        List<List<PersonEvaluation>> tried = verdicts.previews(course.tenant(), course.id(), rules);
        Outlook outlook = ruleSet == null
                ? Outlook.ofNew(tried.get(0))
                : outlooks.of(course.tenant(), ruleSet.trying(rule), tried.get(0));
        return new Look(
                HeadCount.of(rule, tried.get(0), outlook),
                before.isEmpty() ? null : change(course, tried.get(1), tried.get(0)));
    }

    /** Empty where the badge never awarded by another rule than this. */
    public Optional<RuleChange> since(CourseContext course, RuleSet ruleSet, Rule after) {
        return Optional.ofNullable(look(course, ruleSet, after).change());
    }

    /** Of two rules, whether or not a badge has them. */
    public RuleChange between(CourseContext course, Rule before, Rule after) {
        List<List<PersonEvaluation>> both = verdicts.previews(course.tenant(), course.id(), List.of(before, after));
        return change(course, both.get(0), both.get(1));
    }

    private RuleChange change(CourseContext course, List<PersonEvaluation> before, List<PersonEvaluation> after) {
        Set<Long> met = meeting(before);
        Set<Long> wouldMeet = meeting(after);
        return new RuleChange(met.size(), wouldMeet.size(), only(course, wouldMeet, met), only(course, met, wouldMeet));
    }

    private static Set<Long> meeting(List<PersonEvaluation> learners) {
        return learners.stream()
                .filter(learner -> learner.evaluation().verdict() == Verdict.MET)
                .map(PersonEvaluation::personId)
                .collect(Collectors.toSet());
    }

    private List<String> only(CourseContext course, Set<Long> these, Set<Long> notThose) {
        Set<Long> people = new HashSet<>(these);
        people.removeAll(notThose);
        Map<Long, Profile> profiles = contexts.profiles(course.tenant(), people);
        return people.stream()
                .map(person -> names.of(profiles.get(person)))
                .sorted(String.CASE_INSENSITIVE_ORDER)
                .toList();
    }
}
