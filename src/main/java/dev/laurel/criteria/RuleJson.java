package dev.laurel.criteria;

import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.core.StreamReadConstraints;
import tools.jackson.core.StreamReadFeature;
import tools.jackson.core.json.JsonFactory;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * Rules as versioned JSON, described in docs/rules.md. The reader is strict: what it does not know it refuses and says
 * where, because a rule that is half understood would award the wrong people.
 */
final class RuleJson {

    static final int VERSION = 1;

    static final int LONGEST = 64 * 1024;

    static final int DEEPEST = 8;

    private static final JsonMapper JSON = JsonMapper.builder(JsonFactory.builder()
                    .streamReadConstraints(StreamReadConstraints.builder()
                            .maxNestingDepth(4 * DEEPEST + 4)
                            .maxNumberLength(40)
                            .maxStringLength(1000)
                            .build())
                    .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
                    .build())
            .enable(DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS)
            .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
            .build();

    private RuleJson() {}

    static String write(Rule rule) {
        ObjectNode root = JSON.createObjectNode();
        root.put("v", VERSION);
        root.set("rule", node(rule));
        return root.toString();
    }

    /**
     * @throws BadRuleException with the place that cannot be understood
     */
    static Rule read(String json) {
        if (json.length() > LONGEST) {
            throw new BadRuleException("", "rule.bad.too-large");
        }
        JsonNode root;
        try {
            root = JSON.readTree(json);
        } catch (JacksonException e) {
            throw new BadRuleException("", "rule.bad.json");
        }
        onlyFields(root, "", Set.of("v", "rule"));
        JsonNode version = root.get("v");
        if (version == null
                || !version.isIntegralNumber()
                || version.decimalValue().intValue() != VERSION) {
            throw new BadRuleException("/v", "rule.bad.version");
        }
        return rule(root.get("rule"), "/rule", 1);
    }

    private static ObjectNode node(Rule rule) {
        ObjectNode node = JSON.createObjectNode();
        if (rule instanceof Rule.ScoreAtLeast leaf) {
            node.put("type", "score");
            node.put("lineItem", leaf.lineItemId());
            node.put("atLeast", Numbers.plain(leaf.threshold()));
            node.put("unit", leaf.unit().name().toLowerCase(Locale.ROOT));
        } else if (rule instanceof Rule.AllOf all) {
            node.put("type", "allOf");
            parts(node, all.parts());
        } else if (rule instanceof Rule.AnyOf any) {
            node.put("type", "anyOf");
            parts(node, any.parts());
        } else if (rule instanceof Rule.AtLeast some) {
            node.put("type", "atLeast");
            node.put("count", some.count());
            parts(node, some.parts());
        }
        return node;
    }

    private static void parts(ObjectNode node, List<Rule> parts) {
        ArrayNode of = node.putArray("of");
        parts.forEach(part -> of.add(node(part)));
    }

    private static Rule rule(@Nullable JsonNode node, String place, int depth) {
        if (depth > DEEPEST) {
            throw new BadRuleException(place, "rule.bad.too-deep");
        }
        if (node == null || !node.isObject()) {
            throw new BadRuleException(place, "rule.bad.not-a-rule");
        }
        JsonNode type = node.get("type");
        String name = type != null && type.isString() ? type.stringValue() : "";
        switch (name) {
            case "score":
                onlyFields(node, place, Set.of("type", "lineItem", "atLeast", "unit"));
                return new Rule.ScoreAtLeast(
                        whole(node, place, "lineItem"), number(node, place, "atLeast"), unit(node, place));
            case "allOf":
                onlyFields(node, place, Set.of("type", "of"));
                return new Rule.AllOf(parts(node, place, depth));
            case "anyOf":
                onlyFields(node, place, Set.of("type", "of"));
                return new Rule.AnyOf(parts(node, place, depth));
            case "atLeast":
                onlyFields(node, place, Set.of("type", "count", "of"));
                long count = whole(node, place, "count");
                if (count > Integer.MAX_VALUE) {
                    throw new BadRuleException(place + "/count", "rule.bad.count");
                }
                return new Rule.AtLeast((int) count, parts(node, place, depth));
            default:
                throw new BadRuleException(place + "/type", "rule.bad.type");
        }
    }

    private static List<Rule> parts(JsonNode node, String place, int depth) {
        JsonNode of = node.get("of");
        if (of == null || !of.isArray()) {
            throw new BadRuleException(place + "/of", "rule.bad.not-a-list");
        }
        List<Rule> parts = new ArrayList<>(of.size());
        for (int i = 0; i < of.size(); i++) {
            parts.add(rule(of.get(i), place + "/of/" + i, depth + 1));
        }
        return parts;
    }

    private static Rule.Unit unit(JsonNode node, String place) {
        JsonNode unit = node.get("unit");
        String name = unit != null && unit.isString() ? unit.stringValue() : "";
        return switch (name) {
            case "percent" -> Rule.Unit.PERCENT;
            case "points" -> Rule.Unit.POINTS;
            default -> throw new BadRuleException(place + "/unit", "rule.bad.unit");
        };
    }

    private static long whole(JsonNode node, String place, String field) {
        JsonNode value = node.get(field);
        if (value == null || !value.isIntegralNumber() || !value.canConvertToLong()) {
            throw new BadRuleException(place + "/" + field, "rule.bad.whole-number");
        }
        return value.longValue();
    }

    private static BigDecimal number(JsonNode node, String place, String field) {
        JsonNode value = node.get(field);
        if (value == null || !value.isNumber()) {
            throw new BadRuleException(place + "/" + field, "rule.bad.number");
        }
        BigDecimal number = value.decimalValue();
        // 1E+999999999 is nine characters long and would fill the memory when written out.
        if (number.precision() > 20 || Math.abs((long) number.scale()) > 20) {
            throw new BadRuleException(place + "/" + field, "rule.bad.number");
        }
        return Numbers.plain(number);
    }

    private static void onlyFields(JsonNode node, String place, Set<String> known) {
        if (!node.isObject()) {
            throw new BadRuleException(place, "rule.bad.not-a-rule");
        }
        for (String field : node.propertyNames()) {
            if (!known.contains(field)) {
                String escaped = field.replace("~", "~0").replace("/", "~1");
                throw new BadRuleException(place + "/" + escaped, "rule.bad.unknown-field");
            }
        }
    }
}
