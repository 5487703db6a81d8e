package dev.laurel.criteria.rule;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import tools.jackson.core.JacksonException;
import tools.jackson.core.StreamReadConstraints;
import tools.jackson.core.StreamReadFeature;
import tools.jackson.core.TokenStreamLocation;
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
public final class RuleJson {

    /** What is written; every version since the first is read. */
    static final int VERSION = 2;

    static final int LONGEST = 64 * 1024;

    static final int DEEPEST = 8;

    /** How each kind of leaf is read. A new kind is one more entry here. */
    private static final Map<String, Function<RuleFields.Reader, Rule.Leaf>> LEAVES = Map.ofEntries(
            Map.entry(Score.TYPE, Score::read),
            Map.entry(Average.TYPE, Average::read),
            Map.entry(CountInGroup.TYPE, CountInGroup::read),
            Map.entry(CourseTotal.TYPE, CourseTotal::read),
            Map.entry(Done.What.COMPLETION.type(), Done.What.COMPLETION::read),
            Map.entry(Mastery.What.OUTCOME.type(), Mastery.What.OUTCOME::read),
            Map.entry(Mastery.What.RUBRIC_ROW.type(), Mastery.What.RUBRIC_ROW::read),
            Map.entry(Submission.TYPE, Submission::read),
            Map.entry(Attendance.TYPE, Attendance::read),
            Map.entry(HeldBadge.TYPE, HeldBadge::read),
            Map.entry(BroughtBadge.TYPE, BroughtBadge::read),
            Map.entry(Credits.TYPE, Credits::read),
            Map.entry(Done.What.EVIDENCE.type(), Done.What.EVIDENCE::read),
            Map.entry(Done.What.CONFIRMATION.type(), Done.What.CONFIRMATION::read),
            Map.entry(InGroup.TYPE, InGroup::read));

    private static final JsonMapper JSON = JsonMapper.builder(JsonFactory.builder()
                    .streamReadConstraints(StreamReadConstraints.builder()
                            .maxNestingDepth(4 * DEEPEST + 8)
                            .maxNumberLength(40)
                            .maxStringLength(1000)
                            .build())
                    .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
                    .build())
            .enable(DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS)
            .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
            .build();

    private final int version;

    private RuleJson(int version) {
        this.version = version;
    }

    public static String write(Rule rule) {
        ObjectNode root = JSON.createObjectNode();
        root.put("v", VERSION);
        root.set("rule", node(rule));
        return root.toString();
    }

    /**
     * @throws BadRuleException with the place that cannot be understood
     */
    public static Rule read(String json) {
        if (json.length() > LONGEST) {
            throw new BadRuleException("", "rule.bad.too-large");
        }
        JsonNode tree;
        try {
            tree = JSON.readTree(json);
        } catch (JacksonException e) {
            throw new BadRuleException(position(e), "rule.bad.json");
        }
        RuleFields.Reader root = new RuleFields.Reader(tree, "");
        JsonNode version = root.get("v");
        JsonNode rule = root.get("rule");
        root.end();
        int number =
                version != null && version.isIntegralNumber() && version.canConvertToInt() ? version.intValue() : 0;
        if (number < 1 || number > VERSION) {
            throw new BadRuleException("/v", "rule.bad.version");
        }
        return new RuleJson(number).whole(new RuleFields.Reader(rule, "/rule"));
    }

    /** What is no JSON has no pointers: the line and the column, as editors count them. */
    private static String position(JacksonException e) {
        TokenStreamLocation at = e.getLocation();
        return at == null || at.getLineNr() < 1 ? "" : "line " + at.getLineNr() + ", column " + at.getColumnNr();
    }

    private static ObjectNode node(Rule rule) {
        ObjectNode node = JSON.createObjectNode();
        if (rule instanceof Rule.Leaf leaf) {
            leaf.write(new RuleFields.Writer(node));
        } else if (rule instanceof Rule.Levels levels) {
            node.put("type", "levels");
            ArrayNode of = node.putArray("of");
            levels.levels().forEach(level -> {
                ObjectNode tier = of.addObject();
                tier.put("name", level.name());
                tier.set("rule", node(level.rule()));
            });
        } else if (rule instanceof Rule.Joined joined) {
            node.put(
                    "type",
                    joined instanceof Rule.AllOf ? "allOf" : joined instanceof Rule.AnyOf ? "anyOf" : "atLeast");
            if (joined instanceof Rule.AtLeast some) {
                node.put("count", some.count());
            }
            ArrayNode of = node.putArray("of");
            joined.parts().forEach(part -> of.add(node(part)));
        }
        return node;
    }

    private Rule whole(RuleFields.Reader fields) {
        if (version == 1 || !"levels".equals(type(fields))) {
            return rule(fields, 1);
        }
        List<Rule.Levels.Level> levels = new ArrayList<>();
        for (RuleFields.Reader level : fields.parts("of")) {
            String name = level.text("name");
            Rule rule = rule(new RuleFields.Reader(level.get("rule"), level.place("rule")), 2);
            level.end();
            levels.add(new Rule.Levels.Level(name, rule));
        }
        fields.end();
        return new Rule.Levels(levels);
    }

    private Rule rule(RuleFields.Reader fields, int depth) {
        if (depth > DEEPEST) {
            throw new BadRuleException(fields.here(), "rule.bad.too-deep");
        }
        String type = type(fields);
        Rule rule = switch (type) {
            case "allOf" -> new Rule.AllOf(parts(fields, depth));
            case "anyOf" -> new Rule.AnyOf(parts(fields, depth));
            case "atLeast" -> new Rule.AtLeast(fields.count("count"), parts(fields, depth));
            default -> leaf(type, fields);
        };
        fields.end();
        return rule;
    }

    private Rule.Leaf leaf(String type, RuleFields.Reader fields) {
        if (version == 1 && type.equals(Score.TYPE)) {
            return Score.readVersion1(fields);
        }
        Function<RuleFields.Reader, Rule.Leaf> reader = version == 1 ? null : LEAVES.get(type);
        if (reader == null) {
            throw fields.bad("type", "type");
        }
        return reader.apply(fields);
    }

    private static String type(RuleFields.Reader fields) {
        JsonNode type = fields.get("type");
        return type != null && type.isString() ? type.stringValue() : "";
    }

    private List<Rule> parts(RuleFields.Reader fields, int depth) {
        List<Rule> parts = new ArrayList<>();
        for (RuleFields.Reader part : fields.parts("of")) {
            parts.add(rule(part, depth + 1));
        }
        return parts;
    }
}
