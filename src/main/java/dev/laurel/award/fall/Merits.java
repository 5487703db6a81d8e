package dev.laurel.award.fall;

import dev.laurel.award.Award;
import dev.laurel.criteria.PersonEvaluation;
import dev.laurel.criteria.RuleSet;
import dev.laurel.criteria.Verdicts;
import dev.laurel.criteria.rule.Evaluation.Line;
import dev.laurel.criteria.rule.Evaluation.Verdict;
import dev.laurel.criteria.rule.Evaluator;
import dev.laurel.criteria.rule.Rule;
import dev.laurel.platform.tenant.TenantId;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/**
 * Whether what people have now still earns the awards that they were given. It does if it meets the version in force, or the
 * version that they were awarded by, however the badge was changed since: a stricter rule makes nobody fall. Nor does moving to
 * another section or group.
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
        return evaluation == null ? Verdict.UNDECIDED : merit(award, rule, evaluation, Line::verdict);
    }

    /** Whether it is only for want of badges that an award is not merited. */
    static boolean wantsOnlyBadges(Award award, Rule rule, PersonEvaluation evaluation) {
        return merit(award, rule, evaluation, Line::verdict) == Verdict.NOT_MET
                && merit(award, rule, evaluation, line -> line.badgesMissing().isEmpty() ? line.verdict() : Verdict.MET)
                        == Verdict.MET;
    }

    private static Verdict merit(Award award, Rule rule, PersonEvaluation evaluation, Function<Line, Verdict> said) {
        List<Verdict> leaves = evaluation.evaluation().lines().stream()
                // She was in the audience when she earned it, and did not lose anything by moving to another section.
                .map(line ->
                        line.isAudience() && line.verdict() == Verdict.NOT_MET ? Verdict.IGNORED : said.apply(line))
                .toList();
        List<Verdict> tiers = Evaluator.tiersOrWhole(rule, leaves).stream()
                .limit(Math.max(1, award.rankAmong(Award.Level.names(rule))))
                .toList();
        if (tiers.contains(Verdict.NOT_MET)) {
            return Verdict.NOT_MET;
        }
        return tiers.stream().allMatch(Verdict.MET::equals) ? Verdict.MET : Verdict.UNDECIDED;
    }
}
