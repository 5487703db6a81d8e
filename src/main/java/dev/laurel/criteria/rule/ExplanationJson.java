package dev.laurel.criteria.rule;

import dev.laurel.criteria.rule.Evaluation.Line;
import dev.laurel.criteria.rule.Evaluation.Part;
import dev.laurel.criteria.rule.Evaluation.Unit;
import dev.laurel.criteria.rule.Evaluation.Verdict;
import dev.laurel.gradebook.Observation;
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

/**
 * The lines of an evaluation as JSON. Equal evaluations are equal text, so an unchanged one is recognised and not written.
 * What the first version wrote, which knew scores only, is read too.
 */
public final class ExplanationJson {

    private static final JsonMapper JSON = JsonMapper.builder()
            .enable(DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS)
            .build();

    private ExplanationJson() {}

    public static String write(Evaluation evaluation) {
        ArrayNode lines = JSON.createArrayNode();
        evaluation.lines().forEach(line -> write(lines.addObject(), line));
        return lines.toString();
    }

    /** @param json the array that {@link #write} makes */
    public static Evaluation read(Verdict verdict, String json) {
        List<Line> lines = new ArrayList<>();
        for (JsonNode node : JSON.readTree(json)) {
            lines.add(line(node));
        }
        return new Evaluation(verdict, lines);
    }

    private static void write(ObjectNode node, Line line) {
        node.put("type", line.type());
        node.put("lineItem", line.lineItemId());
        node.put("label", line.label());
        node.put("atLeast", line.threshold());
        node.put("unit", line.unit().name().toLowerCase(Locale.ROOT));
        put(node, "letter", line.letter());
        put(node, "value", line.value());
        put(node, "maximum", line.maximum());
        put(node, "percent", line.percent());
        put(node, "counted", line.counted());
        put(node, "shown", line.shown());
        put(node, "thresholdPoints", line.thresholdPoints());
        put(node, "missing", line.missing());
        node.put("source", line.source());
        put(node, "visibility", line.visibility());
        if (line.seq() != null) {
            node.put("seq", line.seq());
        }
        put(node, "seenAt", line.seenAt());
        node.put("verdict", line.verdict().name());
        put(node, "reason", line.reason().isEmpty() ? null : line.reason());
        if (!line.parts().isEmpty()) {
            ArrayNode parts = node.putArray("parts");
            line.parts().forEach(part -> write(parts.addObject(), part));
        }
    }

    private static void write(ObjectNode node, Part part) {
        node.put("lineItem", part.lineItemId());
        node.put("label", part.label());
        put(node, "value", part.value());
        put(node, "maximum", part.maximum());
        put(node, "visibility", part.visibility());
        put(node, "seenAt", part.seenAt());
        node.put("verdict", part.verdict().name());
        put(node, "reason", part.reason().isEmpty() ? null : part.reason());
    }

    private static void put(ObjectNode node, String field, Observation.@Nullable Visibility visibility) {
        put(node, field, visibility == null ? null : visibility.name());
    }

    private static void put(ObjectNode node, String field, @Nullable Instant time) {
        put(node, field, time == null ? null : time.toString());
    }

    private static void put(ObjectNode node, String field, @Nullable BigDecimal number) {
        if (number != null) {
            node.put(field, Numbers.plain(number));
        }
    }

    private static void put(ObjectNode node, String field, @Nullable String text) {
        if (text != null) {
            node.put(field, text);
        }
    }

    private static Line line(JsonNode node) {
        JsonNode seq = node.get("seq");
        BigDecimal threshold = number(node, "atLeast");
        BigDecimal missing = number(node, "missing");
        List<Part> parts = new ArrayList<>();
        node.path("parts").forEach(part -> parts.add(part(part)));
        return new Line(
                node.path("type").asString(Score.TYPE),
                node.path("lineItem").asLong(0),
                node.path("label").asString(""),
                threshold == null ? BigDecimal.ZERO : threshold,
                Unit.valueOf(node.required("unit").stringValue().toUpperCase(Locale.ROOT)),
                text(node, "letter"),
                number(node, "value"),
                number(node, "maximum"),
                number(node, "percent"),
                number(node, "counted"),
                text(node, "shown"),
                number(node, "thresholdPoints"),
                missing == null ? number(node, "missingPoints") : missing,
                node.path("source").asString(""),
                visibility(node),
                seq == null ? null : seq.longValue(),
                seenAt(node),
                Verdict.valueOf(node.required("verdict").stringValue()),
                node.path("reason").asString(""),
                parts);
    }

    private static Part part(JsonNode node) {
        return new Part(
                node.path("lineItem").asLong(0),
                node.path("label").asString(""),
                number(node, "value"),
                number(node, "maximum"),
                visibility(node),
                seenAt(node),
                Verdict.valueOf(node.required("verdict").stringValue()),
                node.path("reason").asString(""));
    }

    private static Observation.@Nullable Visibility visibility(JsonNode node) {
        String visibility = text(node, "visibility");
        return visibility == null ? null : Observation.Visibility.valueOf(visibility);
    }

    private static @Nullable Instant seenAt(JsonNode node) {
        String seenAt = text(node, "seenAt");
        return seenAt == null ? null : Instant.parse(seenAt);
    }

    private static @Nullable String text(JsonNode node, String field) {
        JsonNode value = node.get(field);
        return value == null ? null : value.stringValue();
    }

    private static @Nullable BigDecimal number(JsonNode node, String field) {
        JsonNode value = node.get(field);
        return value == null ? null : Numbers.plain(value.decimalValue());
    }
}
