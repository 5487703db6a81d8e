package dev.laurel.award.fall;

import dev.laurel.award.Award;
import dev.laurel.criteria.PersonEvaluation;
import dev.laurel.criteria.RuleSet;
import dev.laurel.criteria.Verdicts;
import dev.laurel.criteria.rule.Evaluation.Verdict;
import dev.laurel.criteria.rule.Evaluator;
import dev.laurel.criteria.rule.Rule;
import dev.laurel.platform.tenant.TenantId;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/**
 * Whether what people have now still earns the awards that they were given. It does if it meets the version in force, or the
 * version that they were awarded by, however the badge was changed since: a stricter rule makes nobody fall.
 */
@Component
class Merits {

    private final Verdicts verdicts;

    Merits(Verdicts verdicts) {
        this.verdicts = verdicts;
    }

    /**
     * What results say of awards, all of one rule set.
     *
     * @param now what the version in force says, by person; of each holder of these awards
     * @return {@link Verdict#MET}, {@link Verdict#NOT_MET}, or {@link Verdict#UNDECIDED} where it cannot be known now, by
     *     award
     */
    Map<Long, Verdict> of(TenantId tenant, RuleSet ruleSet, List<Award> awards, Map<Long, PersonEvaluation> now) {
        Map<Long, Verdict> merits = new HashMap<>();
        awards.forEach(award -> merits.put(award.id(), merit(award, ruleSet.rule(), now.get(award.personId()))));
        Map<Integer, List<Award>> older = awards.stream()
                .filter(award -> award.ruleSetVersion() != ruleSet.version() && merits.get(award.id()) != Verdict.MET)
                .collect(Collectors.groupingBy(Award::ruleSetVersion, TreeMap::new, Collectors.toList()));
        older.forEach((version, ofVersion) -> {
            List<Long> people = ofVersion.stream().map(Award::personId).toList();
            verdicts.underVersion(tenant, ruleSet, version, people)
                    .ifPresent(own -> ofVersion.forEach(award -> merits.put(
                            award.id(), merit(award, own.rule(), own.byPerson().get(award.personId())))));
        });
        return merits;
    }

    /** Where the rule has no tiers, or fewer than the award was given by, its highest is enough. */
    static Verdict merit(Award award, Rule rule, @Nullable PersonEvaluation evaluation) {
        if (evaluation == null) {
            return Verdict.UNDECIDED;
        }
        Verdict whole = evaluation.evaluation().verdict();
        List<Verdict> tiers = Evaluator.tiers(rule, evaluation.evaluation().lines()).stream()
                .limit(award.rankAmong(Award.Level.names(rule)))
                .toList();
        if (whole == Verdict.NOT_MET || tiers.contains(Verdict.NOT_MET)) {
            return Verdict.NOT_MET;
        }
        return whole == Verdict.MET && Evaluator.reached(tiers) == tiers.size() ? Verdict.MET : Verdict.UNDECIDED;
    }
}
