package dev.laurel.award.decision;

import dev.laurel.award.Award;
import dev.laurel.award.decision.Drafts.Draft;
import dev.laurel.award.decision.Drafts.Known;
import dev.laurel.award.decision.Drafts.Tried;
import dev.laurel.award.ledger.Holding;
import dev.laurel.criteria.PersonEvaluation;
import dev.laurel.criteria.RuleSet;
import dev.laurel.criteria.rule.Evaluation.Verdict;
import dev.laurel.criteria.rule.Rule;
import dev.laurel.platform.tenant.TenantId;
import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.springframework.modulith.NamedInterface;
import org.springframework.stereotype.Component;

/** Whom a badge would be awarded to if it were activated now: asked of what decides then. Nothing is stored. */
@Component
@NamedInterface("decision")
public class Outlooks {

    private final Drafts drafts;

    private final Samples samples;

    private final Clock clock;

    Outlooks(Drafts drafts, Samples samples, Clock clock) {
        this.drafts = drafts;
        this.samples = samples;
        this.clock = clock;
    }

    public enum What {
        FIRST,
        /** Of a badge that she has. */
        HIGHER,
        RENEWAL
    }

    /**
     * An award that somebody would get.
     *
     * @param level {@code null} where the badge has none
     */
    public record Coming(What what, Award.@Nullable Level level) {

        int rank() {
            return level == null ? 1 : level.rank();
        }
    }

    /**
     * @param coming by person
     * @param holders who has the badge, told or not and by whatever course, also where something more is coming
     */
    public record Outlook(Map<Long, Coming> coming, Set<Long> holders) {

        /** Of a badge that is to be made, and nobody has. */
        public static Outlook ofNew(List<PersonEvaluation> learners) {
            Map<Long, Coming> coming = new LinkedHashMap<>();
            met(learners).forEach(learner -> coming.put(learner.personId(), new Coming(What.FIRST, null)));
            return new Outlook(coming, Set.of());
        }

        /** How many awards would be made. */
        public int heads() {
            return coming.size();
        }

        public int count(What what) {
            return (int)
                    coming.values().stream().filter(each -> each.what() == what).count();
        }
    }

    /** @param learners everybody who can earn, tried by the rule of the rule set */
    public Outlook of(TenantId tenant, RuleSet ruleSet, List<PersonEvaluation> learners) {
        return of(tenant, ruleSet, List.of(ruleSet.rule()), List.of(learners)).get(0);
    }

    /**
     * The same for other rules in place of the one that the rule set has, in their order; what is read is read once.
     *
     * @param learners for each rule the same people, tried by it
     */
    public List<Outlook> of(TenantId tenant, RuleSet ruleSet, List<Rule> rules, List<List<PersonEvaluation>> learners) {
        Set<Long> people =
                learners.get(0).stream().map(PersonEvaluation::personId).collect(Collectors.toSet());
        if (people.isEmpty()) {
            return rules.stream().map(rule -> new Outlook(Map.of(), Set.of())).toList();
        }
        Known known = drafts.known(tenant, samples.known(tenant, ruleSet, people), people);
        Set<Long> holders =
                people.stream().filter(person -> has(known.of(person))).collect(Collectors.toSet());
        List<Tried> tried = new ArrayList<>();
        for (int i = 0; i < rules.size(); i++) {
            tried.add(new Tried(ruleSet.trying(rules.get(i)), met(learners.get(i))));
        }
        Instant now = clock.instant();
        return drafts.of(tenant, tried, known, true, now).stream()
                .map(awarded -> new Outlook(coming(awarded), holders))
                .toList();
    }

    private static List<PersonEvaluation> met(List<PersonEvaluation> learners) {
        return learners.stream()
                .filter(learner -> learner.evaluation().verdict() == Verdict.MET)
                .toList();
    }

    private static boolean has(@Nullable Holding holding) {
        return holding != null && holding.standing() != null;
    }

    private static Map<Long, Coming> coming(List<Draft> awarded) {
        Map<Long, Coming> coming = new LinkedHashMap<>();
        awarded.forEach(draft -> coming.put(draft.personId(), new Coming(what(draft), draft.level())));
        return coming;
    }

    private static What what(Draft draft) {
        if (draft.standing() == null) {
            return What.FIRST;
        }
        return draft.isMore() ? What.HIGHER : What.RENEWAL;
    }
}
