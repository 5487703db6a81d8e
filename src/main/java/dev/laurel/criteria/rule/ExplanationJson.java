package dev.laurel.criteria.rule;

import dev.laurel.criteria.rule.Evaluation.Line;
import dev.laurel.criteria.rule.Evaluation.Part;
import dev.laurel.criteria.rule.Evaluation.Unit;
import dev.laurel.criteria.rule.Evaluation.Verdict;
import dev.laurel.gradebook.Observation;
import java.io.StringWriter;
import java.math.BigDecimal;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JsonGenerator;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

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
        StringWriter text = new StringWriter(512);
        try (JsonGenerator json = JSON.createGenerator(text)) {
            json.writeStartArray();
            evaluation.lines().forEach(line -> write(json, line));
            json.writeEndArray();
        }
        return text.toString();
    }

    /** @param json the array that {@link #write} makes */
    public static Evaluation read(Verdict verdict, String json) {
        return read(verdict, JSON.readTree(json));
    }

    /** @param array that {@link #write} made, where it stands in other JSON that is read already */
    public static Evaluation read(Verdict verdict, JsonNode array) {
        List<Line> lines = new ArrayList<>();
        for (JsonNode node : array) {
            lines.add(line(node));
        }
        return new Evaluation(verdict, lines);
    }

    private static void write(JsonGenerator json, Line line) {
        json.writeStartObject();
        json.writeStringProperty("type", line.type());
        json.writeNumberProperty("lineItem", line.lineItemId());
        json.writeStringProperty("label", line.label());
        json.writeNumberProperty("atLeast", line.threshold());
        json.writeStringProperty("unit", line.unit().name().toLowerCase(Locale.ROOT));
        put(json, "letter", line.letter());
        put(json, "value", line.value());
        put(json, "maximum", line.maximum());
        put(json, "percent", line.percent());
        put(json, "counted", line.counted());
        put(json, "shown", line.shown());
        put(json, "thresholdPoints", line.thresholdPoints());
        put(json, "missing", line.missing());
        json.writeStringProperty("source", line.source());
        put(json, "visibility", line.visibility());
        if (line.seq() != null) {
            json.writeNumberProperty("seq", line.seq());
        }
        put(json, "seenAt", line.seenAt());
        put(json, "grader", line.grader() == null ? null : line.grader().name());
        json.writeStringProperty("verdict", line.verdict().name());
        put(json, "reason", line.reason().isEmpty() ? null : line.reason());
        if (!line.parts().isEmpty()) {
            json.writeArrayPropertyStart("parts");
            line.parts().forEach(part -> write(json, part));
            json.writeEndArray();
        }
        json.writeEndObject();
    }

    private static void write(JsonGenerator json, Part part) {
        json.writeStartObject();
        json.writeNumberProperty("lineItem", part.lineItemId());
        json.writeStringProperty("label", part.label());
        put(json, "value", part.value());
        put(json, "maximum", part.maximum());
        put(json, "visibility", part.visibility());
        put(json, "seenAt", part.seenAt());
        json.writeStringProperty("verdict", part.verdict().name());
        put(json, "reason", part.reason().isEmpty() ? null : part.reason());
        json.writeEndObject();
    }

    private static void put(JsonGenerator json, String field, Observation.@Nullable Visibility visibility) {
        put(json, field, visibility == null ? null : visibility.name());
    }

    private static void put(JsonGenerator json, String field, @Nullable Instant time) {
        put(json, field, time == null ? null : time.toString());
    }

    private static void put(JsonGenerator json, String field, @Nullable BigDecimal number) {
        if (number != null) {
            json.writeNumberProperty(field, Numbers.plain(number));
        }
    }

    private static void put(JsonGenerator json, String field, @Nullable String text) {
        if (text != null) {
            json.writeStringProperty(field, text);
        }
    }

    private static Line line(JsonNode node) {
        JsonNode seq = node.get("seq");
        BigDecimal threshold = number(node, "atLeast");
        BigDecimal missing = number(node, "missing");
        String grader = text(node, "grader");
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
                grader == null ? null : Observation.Grader.valueOf(grader),
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
