package dev.laurel.criteria;

import dev.laurel.criteria.Evaluation.Line;
import dev.laurel.criteria.Evaluation.Verdict;
import java.math.BigDecimal;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/** The lines of an evaluation as JSON. Equal evaluations are equal text, so an unchanged one is recognised and not written. */
final class ExplanationJson {

    private static final JsonMapper JSON = JsonMapper.builder()
            .enable(DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS)
            .build();

    private ExplanationJson() {}

    static String write(Evaluation evaluation) {
        ArrayNode lines = JSON.createArrayNode();
        evaluation.lines().forEach(line -> lines.add(node(line)));
        return lines.toString();
    }

    static Evaluation read(Verdict verdict, String json) {
        List<Line> lines = new ArrayList<>();
        for (JsonNode node : JSON.readTree(json)) {
            lines.add(line(node));
        }
        return new Evaluation(verdict, lines);
    }

    private static ObjectNode node(Line line) {
        ObjectNode node = JSON.createObjectNode();
        node.put("lineItem", line.lineItemId());
        node.put("label", line.label());
        node.put("atLeast", line.threshold());
        node.put("unit", line.unit().name().toLowerCase(Locale.ROOT));
        put(node, "value", line.value());
        put(node, "maximum", line.maximum());
        put(node, "percent", line.percent());
        put(node, "thresholdPoints", line.thresholdPoints());
        put(node, "missingPoints", line.missingPoints());
        node.put("source", line.source());
        if (line.seq() != null) {
            node.put("seq", line.seq());
        }
        if (line.seenAt() != null) {
            node.put("seenAt", line.seenAt().toString());
        }
        node.put("verdict", line.verdict().name());
        if (!line.reason().isEmpty()) {
            node.put("reason", line.reason());
        }
        return node;
    }

    private static void put(ObjectNode node, String field, @Nullable BigDecimal number) {
        if (number != null) {
            node.put(field, number);
        }
    }

    private static Line line(JsonNode node) {
        JsonNode seq = node.get("seq");
        JsonNode seenAt = node.get("seenAt");
        BigDecimal threshold = number(node, "atLeast");
        return new Line(
                node.required("lineItem").longValue(),
                node.required("label").stringValue(),
                threshold == null ? BigDecimal.ZERO : threshold,
                Rule.Unit.valueOf(node.required("unit").stringValue().toUpperCase(Locale.ROOT)),
                number(node, "value"),
                number(node, "maximum"),
                number(node, "percent"),
                number(node, "thresholdPoints"),
                number(node, "missingPoints"),
                node.required("source").stringValue(),
                seq == null ? null : seq.longValue(),
                seenAt == null ? null : Instant.parse(seenAt.stringValue()),
                Verdict.valueOf(node.required("verdict").stringValue()),
                node.path("reason").asString(""));
    }

    private static @Nullable BigDecimal number(JsonNode node, String field) {
        JsonNode value = node.get(field);
        return value == null ? null : Numbers.plain(value.decimalValue());
    }
}
