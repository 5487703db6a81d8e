package dev.laurel.dashboard;

import dev.laurel.award.Awards;
import dev.laurel.criteria.Evaluation.Line;
import dev.laurel.criteria.Evaluation.Verdict;
import dev.laurel.criteria.Rule;
import dev.laurel.platform.tenant.TenantId;
import java.math.BigDecimal;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** The facts that a decision rested on, read back from its record for the page of the holder. */
@Component
class DecisionFacts {

    private final Awards awards;

    private final JsonMapper json;

    DecisionFacts(Awards awards, JsonMapper json) {
        this.awards = awards;
        this.json = json;
    }

    /** One line per criterion that counted; empty where there is no record. */
    List<Line> lines(TenantId tenant, long awardId) {
        return awards.decisionRecord(tenant, awardId)
                .map(record -> lines(json.readTree(record)))
                .orElse(List.of());
    }

    private static List<Line> lines(JsonNode record) {
        List<Line> facts = new ArrayList<>();
        for (JsonNode line : record.path("lines")) {
            facts.add(line(line));
        }
        return facts;
    }

    private static Line line(JsonNode node) {
        @Nullable BigDecimal threshold = number(node, "atLeast");
        JsonNode seenAt = node.path("seenAt");
        JsonNode seq = node.path("seq");
        return new Line(
                node.path("lineItem").asLong(0),
                node.path("label").asString(""),
                threshold == null ? BigDecimal.ZERO : threshold,
                Rule.Unit.valueOf(node.path("unit").asString("percent").toUpperCase(Locale.ROOT)),
                number(node, "value"),
                number(node, "maximum"),
                number(node, "percent"),
                number(node, "thresholdPoints"),
                number(node, "missingPoints"),
                node.path("source").asString(""),
                seq.isNumber() ? seq.longValue() : null,
                seenAt.isString() ? Instant.parse(seenAt.stringValue()) : null,
                Verdict.valueOf(node.path("verdict").asString("MET")),
                node.path("reason").asString(""));
    }

    private static @Nullable BigDecimal number(JsonNode node, String field) {
        JsonNode value = node.path(field);
        return value.isNumber() ? value.decimalValue() : null;
    }
}
