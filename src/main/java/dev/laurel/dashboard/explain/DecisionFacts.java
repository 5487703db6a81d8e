package dev.laurel.dashboard.explain;

import dev.laurel.award.Award;
import dev.laurel.award.Awards;
import dev.laurel.criteria.RuleTexts;
import dev.laurel.criteria.rule.Evaluation;
import dev.laurel.criteria.rule.Evaluation.Line;
import dev.laurel.criteria.rule.Evaluation.Verdict;
import dev.laurel.criteria.rule.ExplanationJson;
import dev.laurel.criteria.rule.Rule;
import dev.laurel.platform.tenant.TenantId;
import java.time.LocalDate;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** The facts that a decision rested on, read back from its record for the page of the holder. */
@Component
public class DecisionFacts {

    private final Awards awards;

    private final RuleTexts texts;

    private final JsonMapper json;

    DecisionFacts(Awards awards, RuleTexts texts, JsonMapper json) {
        this.awards = awards;
        this.texts = texts;
        this.json = json;
    }

    /** One line per criterion that counted; empty where there is no record. */
    public List<Line> lines(TenantId tenant, long awardId) {
        return awards.decisionRecord(tenant, awardId)
                .map(record -> lines(json.readTree(record)))
                .orElse(List.of());
    }

    /** The same of several awards, by public id. One statement. */
    public Map<UUID, List<Line>> lines(TenantId tenant, Collection<Award> of) {
        Map<UUID, List<Line>> lines = new HashMap<>();
        awards.decisionRecords(tenant, of).forEach((award, record) -> lines.put(award, lines(json.readTree(record))));
        return lines;
    }

    /**
     * What a person gave a badge for, in place of results.
     *
     * @param evidence empty where she told none, as {@code evidenceUrl}
     */
    public record ByHand(String reason, String evidence, String evidenceUrl) {}

    /** Empty where the rule decided, or what was told is erased. */
    public Optional<ByHand> byHand(JsonNode record) {
        JsonNode given = record.path("byHand");
        return given.has("reason")
                ? Optional.of(new ByHand(
                        given.path("reason").asString(""),
                        given.path("evidence").asString(""),
                        given.path("evidenceUrl").asString("")))
                : Optional.empty();
    }

    /** The same of an award. */
    public Optional<ByHand> byHand(TenantId tenant, long awardId) {
        return awards.decisionRecord(tenant, awardId).flatMap(record -> byHand(json.readTree(record)));
    }

    /** What stands in a decision record that was read already. */
    public List<Line> lines(JsonNode record) {
        return linesOf(record.path("lines").toString());
    }

    /**
     * The rule as it stood and what was so of each part of it.
     *
     * @param tier {@code null} where the badge had none
     */
    public record Decided(@Nullable String tier, Explanation way) {}

    /**
     * What stands in a decision record as a tree, one for each tier; empty where the record holds no results for its rule, as
     * where a person gave the badge.
     */
    public List<Decided> tree(JsonNode record, LocalDate decidedOn) {
        List<Line> lines = lines(record);
        if (lines.isEmpty() || !record.has("rule")) {
            return List.of();
        }
        Rule rule = texts.parse(record.path("rule").toString());
        if (rule.leaves().count() != lines.size()) {
            return List.of();
        }
        Evaluation evaluation = new Evaluation(Verdict.MET, lines);
        return rule instanceof Rule.Levels
                ? Tiers.of(rule, evaluation, decidedOn).tiers().stream()
                        .map(tier -> new Decided(tier.name(), tier.way()))
                        .toList()
                : List.of(new Decided(null, Explanation.of(rule, evaluation, decidedOn)));
    }

    /** The lines of an evaluation that was kept as JSON. */
    public List<Line> linesOf(String evaluation) {
        return ExplanationJson.read(Verdict.MET, evaluation).lines();
    }
}
