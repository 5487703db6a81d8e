package dev.laurel.dashboard.dryrun;

import dev.laurel.context.CourseContext;
import dev.laurel.criteria.RuleTexts;
import dev.laurel.criteria.rule.Rule;
import dev.laurel.gradebook.Gradebook;
import dev.laurel.gradebook.LineItem;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.springframework.context.MessageSource;
import org.springframework.context.i18n.LocaleContextHolder;
import org.springframework.stereotype.Component;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/** The thresholds of a rule, and the same rule with another one. Works on the JSON form, which names every one alike. */
@Component
class Thresholds {

    private static final BigDecimal HUNDRED = BigDecimal.valueOf(100);

    private static final JsonMapper JSON = JsonMapper.builder()
            .enable(DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS)
            .build();

    private final RuleTexts texts;

    private final Gradebook gradebook;

    private final MessageSource messages;

    Thresholds(RuleTexts texts, Gradebook gradebook, MessageSource messages) {
        this.texts = texts;
        this.gradebook = gradebook;
        this.messages = messages;
    }

    /** In the order of the rule. */
    List<Threshold> of(CourseContext course, Rule rule) {
        Map<Long, LineItem> items = gradebook.lineItems(course.tenant(), course.id()).stream()
                .collect(Collectors.toMap(LineItem::id, Function.identity()));
        List<Threshold> thresholds = new ArrayList<>();
        for (ObjectNode leaf : leaves(tree(rule))) {
            @Nullable LineItem item = items.get(leaf.path("lineItem").asLong(-1));
            boolean percent = "percent".equals(leaf.path("unit").asString(""))
                    || "courseTotal".equals(leaf.path("type").asString());
            BigDecimal at = leaf.path("atLeast").decimalValue();
            @Nullable BigDecimal maximum = item == null ? null : item.scoreMaximum();
            BigDecimal most = percent ? HUNDRED : maximum == null ? at.add(at) : maximum;
            thresholds.add(new Threshold(thresholds.size(), label(leaf, item), percent, at, most));
        }
        return thresholds;
    }

    /** @throws dev.laurel.criteria.rule.BadRuleException where that is no threshold */
    Rule with(Rule rule, Threshold threshold, BigDecimal at) {
        JsonNode tree = tree(rule);
        leaves(tree).get(threshold.number()).put("atLeast", at);
        return texts.parse(tree.toString());
    }

    private JsonNode tree(Rule rule) {
        return JSON.readTree(texts.json(rule));
    }

    private static List<ObjectNode> leaves(JsonNode tree) {
        List<ObjectNode> found = new ArrayList<>();
        collect(tree, found);
        return found;
    }

    private static void collect(JsonNode node, List<ObjectNode> found) {
        if (node instanceof ObjectNode leaf && leaf.path("atLeast").isNumber()) {
            found.add(leaf);
            return;
        }
        if (node.isObject() || node.isArray()) {
            node.values().forEach(each -> collect(each, found));
        }
    }

    private String label(ObjectNode leaf, @Nullable LineItem item) {
        String type = leaf.path("type").asString();
        String about = item == null ? leaf.path("group").asString("") : item.label();
        String fallback = say("rule.kind." + type, type);
        return about.isEmpty() ? fallback : say("why.label." + type, about, about);
    }

    private String say(String key, String word, Object... more) {
        Object[] words = more.length == 0 ? new Object[] {word} : more;
        return Objects.requireNonNullElse(messages.getMessage(key, words, word, LocaleContextHolder.getLocale()), word);
    }
}
