package dev.laurel.award.fall;

import dev.laurel.award.Award;
import dev.laurel.award.ledger.DecisionRecordRepository;
import dev.laurel.criteria.PersonEvaluation;
import dev.laurel.criteria.RuleSet;
import dev.laurel.criteria.Verdicts;
import dev.laurel.criteria.rule.Evaluation.Line;
import dev.laurel.criteria.rule.Evaluation.Verdict;
import dev.laurel.criteria.rule.Evaluator;
import dev.laurel.criteria.rule.Rule;
import dev.laurel.platform.tenant.TenantId;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.UUID;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * Whether what people have now still earns the awards that they were given. It does if it meets the version in force, or the
 * version that they were awarded by, however the badge was changed since: a stricter rule makes nobody fall. Nor does moving to
 * another section or group.
 */
@Component
class Merits {

    private final Verdicts verdicts;

    private final DecisionRecordRepository records;

    private final JsonMapper json;

    Merits(Verdicts verdicts, DecisionRecordRepository records, JsonMapper json) {
        this.verdicts = verdicts;
        this.records = records;
        this.json = json;
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
        List<Own> own = new ArrayList<>();
        awards.stream()
                .filter(award -> award.ruleSetVersion() == ruleSet.version())
                .forEach(award -> own.add(new Own(award, ruleSet.rule(), now.get(award.personId()))));
        Map<Integer, List<Award>> older = awards.stream()
                .filter(award -> award.ruleSetVersion() != ruleSet.version() && merits.get(award.id()) != Verdict.MET)
                .collect(Collectors.groupingBy(Award::ruleSetVersion, TreeMap::new, Collectors.toList()));
        older.forEach((version, ofVersion) -> {
            List<Long> people = ofVersion.stream().map(Award::personId).toList();
            verdicts.underVersion(tenant, ruleSet, version, people)
                    .ifPresent(evaluated -> ofVersion.forEach(award -> own.add(new Own(
                            award, evaluated.rule(), evaluated.byPerson().get(award.personId())))));
        });
        own.forEach(each -> merits.put(each.award().id(), merit(each.award(), each.rule(), each.evaluation())));
        List<Own> moved = own.stream()
                .filter(each -> merits.get(each.award().id()) != Verdict.MET && each.isOutside())
                .toList();
        if (!moved.isEmpty()) {
            Map<UUID, String> facts = records.facts(
                    tenant, moved.stream().map(each -> each.award().publicId()).toList());
            moved.forEach(each -> merits.put(
                    each.award().id(),
                    merit(
                            each.award(),
                            each.rule(),
                            asAwarded(each, facts.get(each.award().publicId())))));
        }
        return merits;
    }

    /** What the version that an award was given by makes of its holder now. */
    private record Own(Award award, Rule rule, @Nullable PersonEvaluation evaluation) {

        List<Line> lines() {
            return evaluation == null ? List.of() : evaluation.evaluation().lines();
        }

        boolean isOutside() {
            return lines().stream().anyMatch(Merits::isOutside);
        }
    }

    private static boolean isOutside(Line line) {
        return line.isAudience() && line.verdict() == Verdict.NOT_MET;
    }

    /** She does not lose what she earned by leaving the sections that she was in then; those that she never was in stay as they are. */
    private List<Verdict> asAwarded(Own own, @Nullable String facts) {
        List<Line> lines = own.lines();
        JsonNode then =
                facts == null ? json.createArrayNode() : json.readTree(facts).path("lines");
        List<Verdict> leaves = new ArrayList<>();
        for (int i = 0; i < lines.size(); i++) {
            boolean wasInside = then.size() == lines.size()
                    && Verdict.MET.name().equals(then.path(i).path("verdict").asString(""));
            leaves.add(
                    isOutside(lines.get(i)) && wasInside
                            ? Verdict.MET
                            : lines.get(i).verdict());
        }
        return leaves;
    }

    static Verdict merit(Award award, Rule rule, @Nullable PersonEvaluation evaluation) {
        return evaluation == null ? Verdict.UNDECIDED : merit(award, rule, leaves(evaluation, Line::verdict));
    }

    /** Whether it is only for want of badges that an award is not merited. */
    static boolean wantsOnlyBadges(Award award, Rule rule, PersonEvaluation evaluation) {
        Function<Line, Verdict> inside = line -> isOutside(line) ? Verdict.MET : line.verdict();
        return merit(award, rule, leaves(evaluation, inside)) == Verdict.NOT_MET
                && merit(
                                award,
                                rule,
                                leaves(
                                        evaluation,
                                        line -> line.badgesMissing().isEmpty() ? inside.apply(line) : Verdict.MET))
                        == Verdict.MET;
    }

    private static List<Verdict> leaves(PersonEvaluation evaluation, Function<Line, Verdict> said) {
        return evaluation.evaluation().lines().stream().map(said).toList();
    }

    /** Where the rule has no tiers, or fewer than the award was given by, its highest is enough. */
    private static Verdict merit(Award award, Rule rule, List<Verdict> leaves) {
        List<Verdict> tiers = Evaluator.tiersOrWhole(rule, leaves).stream()
                .limit(Math.max(1, award.rankAmong(Award.Level.names(rule))))
                .toList();
        if (tiers.contains(Verdict.NOT_MET)) {
            return Verdict.NOT_MET;
        }
        return tiers.stream().allMatch(Verdict.MET::equals) ? Verdict.MET : Verdict.UNDECIDED;
    }
}
