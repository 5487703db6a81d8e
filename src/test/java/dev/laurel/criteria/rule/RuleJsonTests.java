package dev.laurel.criteria.rule;

import static dev.laurel.criteria.rule.TestGrades.column;
import static dev.laurel.criteria.rule.TestGrades.graded;
import static dev.laurel.criteria.rule.TestGrades.percent;
import static dev.laurel.criteria.rule.TestGrades.points;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.laurel.gradebook.LineItem;
import dev.laurel.gradebook.Observation;
import java.io.IOException;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.context.support.ResourceBundleMessageSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

class RuleJsonTests {

    /** Files of version 1 as they were first written. They must be read and evaluated alike for ever. */
    @ParameterizedTest
    @CsvSource({
        "score-percent, MET",
        "score-points, NOT_MET",
        "all-of, NOT_MET",
        "any-of, MET",
        "at-least, MET",
        "nested, UNDECIDED"
    })
    void aRuleOfVersionOneKeepsItsMeaning(String file, Evaluation.Verdict verdict) throws IOException {
        Map<Long, LineItem> items = new HashMap<>();
        for (long id = 11; id <= 15; id++) {
            items.put(id, column(id));
        }
        Map<Long, Observation> seen =
                Map.of(11L, graded(11, "85"), 12L, graded(12, "79.5"), 13L, graded(13, "60"), 14L, graded(14, "100"));

        Rule rule = RuleJson.read(sample(file));

        assertThat(TestGrades.evaluate(rule, items, seen).verdict()).isEqualTo(verdict);
        assertThat(RuleJson.read(RuleJson.write(rule))).isEqualTo(rule);
    }

    @Test
    void everyKindIsReadAsWhatItSays() throws IOException {
        assertThat(RuleJson.read(sample("nested")))
                .isEqualTo(new Rule.AllOf(List.of(
                        old(11, "80", Rule.Unit.PERCENT),
                        new Rule.AtLeast(
                                2,
                                List.of(
                                        old(12, "79.5", Rule.Unit.PERCENT),
                                        old(13, "60", Rule.Unit.POINTS),
                                        new Rule.AnyOf(List.of(
                                                old(14, "100", Rule.Unit.PERCENT),
                                                old(15, "12.345678", Rule.Unit.PERCENT))))),
                        old(15, "50", Rule.Unit.PERCENT))));
    }

    @Test
    void aFormThatKnowsNothingButAThresholdDoesNotWriteARuleOfVersionOneAnew() throws IOException {
        assertThat(RuleJson.read(sample("score-percent")))
                .isInstanceOfSatisfying(
                        Score.class, score -> assertThat(score.isPlain()).isFalse());
        assertThat(percent(1, "80").isPlain()).isTrue();
    }

    /** In the first version, being excused left a rule open. */
    private static Rule old(long item, String threshold, Rule.Unit unit) {
        return new Score(item, new BigDecimal(threshold), unit, Score.Take.LATEST, Period.ALWAYS, Terms.VERSION_1);
    }

    static List<Path> samplesOfVersion2() throws IOException {
        try (Stream<Path> files = Files.list(Path.of("src/test/resources/rules/v2"))) {
            return files.sorted().toList();
        }
    }

    /** Files of version 2 as they were first written: {@code rule}, and what it says of the learner of the test. */
    @ParameterizedTest
    @MethodSource("samplesOfVersion2")
    void aRuleOfVersionTwoKeepsItsMeaning(Path file) throws IOException {
        JsonNode sample = JsonMapper.shared().readTree(Files.readString(file));
        Rule rule = RuleJson.read(sample.get("rule").toString());

        Evaluation evaluation = Evaluator.evaluate(rule, SampleLearner.is());

        assertThat(evaluation.verdict().name()).isEqualTo(sample.get("verdict").stringValue());
        assertThat(Evaluator.level(rule, evaluation.lines()).orElse(""))
                .isEqualTo(sample.path("level").asString(""));
        assertThat(RuleJson.write(rule))
                .as("what is as usual is left out")
                .isEqualTo(sample.get("rule").toString());
        RuleCheck.check(rule, SampleLearner.is().course());
        assertThat(sentence(rule)).isEqualTo(sample.get("sentence").stringValue());
    }

    @Test
    void everyKindOfLeafHasASample() throws IOException {
        Set<String> types = new TreeSet<>();
        for (Path file : samplesOfVersion2()) {
            Matcher type = Pattern.compile("\"type\": ?\"(\\w+)\"").matcher(Files.readString(file));
            while (type.find()) {
                types.add(type.group(1));
            }
        }

        assertThat(types)
                .contains("score", "average", "countInGroup", "courseTotal", "completion", "outcome", "rubricRow")
                .contains(
                        "submission",
                        "attendance",
                        "badge",
                        "broughtBadge",
                        "credits",
                        "evidence",
                        "confirmation",
                        "inGroup",
                        "levels");
    }

    private static String sentence(Rule rule) {
        ResourceBundleMessageSource messages = new ResourceBundleMessageSource();
        messages.setBasename("messages");
        messages.setDefaultEncoding("UTF-8");
        messages.setAlwaysUseMessageFormat(true);
        return new Sentences(messages).of(rule, SampleLearner.is().course());
    }

    @ParameterizedTest(name = "{1} at {0}")
    @CsvSource(delimiter = '|', textBlock = """
            line 1, column 2|rule.bad.json|{
            line 1, column 11|rule.bad.json|{"v":1,"v":1,"rule":{"type":"score","lineItem":1,"atLeast":80,"unit":"percent"}}
            line 1, column 76|rule.bad.json|{"v":1,"rule":{"type":"score","lineItem":1,"atLeast":80,"unit":"percent"}} {}
            line 1, column 57|rule.bad.json|{"v":1,"rule":{"type":"score","lineItem":1,"atLeast":NaN,"unit":"percent"}}
            line 1, column 44|rule.bad.json|{"v":1,"rule":{"type":"score","lineItem":1,,"atLeast":80}}
            /rule/badges/1|rule.bad.whole-number|{"v":2,"rule":{"type":"credits","badges":[1,"2"],"atLeast":3}}
            /rule/groups/2|rule.bad.text|{"v":2,"rule":{"type":"inGroup","groups":["7","8",""]}}
            /rule/items/1/lineItem|rule.bad.whole-number|{"v":2,"rule":{"type":"average","items":[{"lineItem":1},{"lineItem":null}],"atLeast":3,"unit":"percent"}}
            /rule/items/0/share|rule.bad.unknown-field|{"v":2,"rule":{"type":"average","items":[{"lineItem":1,"share":2},{"lineItem":2}],"atLeast":3,"unit":"percent"}}
            /rule/of/0/extra|rule.bad.unknown-field|{"v":2,"rule":{"type":"levels","of":[{"name":"A","extra":1,"rule":{"type":"badge","badge":1}}]}}
            /rule/atLeast|rule.bad.number|{"v":2,"rule":{"type":"score","lineItem":1,"atLeast":1e999,"unit":"percent"}}
            /rule/atLeast|rule.bad.number|{"v":2,"rule":{"type":"score","lineItem":1,"atLeast":1e-999,"unit":"percent"}}
            /rule/atLeast|rule.bad.number|{"v":2,"rule":{"type":"score","lineItem":1,"atLeast":0.123456789012345678901,"unit":"percent"}}
            /rule/lineItem|rule.bad.whole-number|{"v":2,"rule":{"type":"score","lineItem":1e1,"atLeast":80,"unit":"percent"}}
            /rule/decimals|rule.bad.whole-number|{"v":2,"rule":{"type":"score","lineItem":1,"atLeast":80,"unit":"percent","decimals":null}}
            /rule/atLeast|rule.bad.unknown-field|{"v":2,"rule":{"type":"courseTotal","letter":"B","atLeast":80}}
            /rule/until|rule.bad.day|{"v":2,"rule":{"type":"submission","lineItem":1,"until":"2026-02-30"}}
            ''|rule.bad.not-a-rule|[]
            ''|rule.bad.not-a-rule|null
            /v|rule.bad.version|{"rule":{"type":"score","lineItem":1,"atLeast":80,"unit":"percent"}}
            /v|rule.bad.version|{"v":3,"rule":{"type":"score","lineItem":1,"atLeast":80,"unit":"percent"}}
            /v|rule.bad.version|{"v":"1","rule":{"type":"score","lineItem":1,"atLeast":80,"unit":"percent"}}
            /rules|rule.bad.unknown-field|{"v":1,"rules":{}}
            /rule|rule.bad.not-a-rule|{"v":1}
            /rule/type|rule.bad.type|{"v":1,"rule":{"type":"noneOf","of":[]}}
            /rule/grade~1late|rule.bad.unknown-field|{"v":1,"rule":{"type":"score","lineItem":1,"atLeast":80,"unit":"percent","grade/late":1}}
            /rule/lineItem|rule.bad.whole-number|{"v":1,"rule":{"type":"score","lineItem":1.5,"atLeast":80,"unit":"percent"}}
            /rule/lineItem|rule.bad.whole-number|{"v":1,"rule":{"type":"score","lineItem":99999999999999999999,"atLeast":80,"unit":"percent"}}
            /rule/atLeast|rule.bad.number|{"v":1,"rule":{"type":"score","lineItem":1,"atLeast":"80","unit":"percent"}}
            /rule/atLeast|rule.bad.number|{"v":1,"rule":{"type":"score","lineItem":1,"atLeast":1E+999999,"unit":"percent"}}
            /rule/unit|rule.bad.unit|{"v":1,"rule":{"type":"score","lineItem":1,"atLeast":80,"unit":"PERCENT"}}
            /rule/of|rule.bad.not-a-list|{"v":1,"rule":{"type":"allOf","of":{}}}
            /rule/of/1/of/0/unit|rule.bad.unit|{"v":1,"rule":{"type":"allOf","of":[{"type":"score","lineItem":1,"atLeast":80,"unit":"percent"},{"type":"anyOf","of":[{"type":"score","lineItem":1,"atLeast":80}]}]}}
            /rule/count|rule.bad.whole-number|{"v":1,"rule":{"type":"atLeast","count":"2","of":[]}}
            /rule/count|rule.bad.count|{"v":1,"rule":{"type":"atLeast","count":99999999999,"of":[]}}
            /rule/of/0|rule.bad.not-a-rule|{"v":1,"rule":{"type":"allOf","of":["x"]}}
            """)
    void whatIsNotUnderstoodIsRefusedAtItsPlace(String place, String messageKey, String json) {
        assertRefused(place == null ? "" : place, messageKey, () -> RuleJson.read(json));
    }

    @ParameterizedTest
    @ValueSource(ints = {9, 40, 20_000})
    void deepNestingIsRefusedAndNeverOverflows(int depth) {
        String json = "{\"v\":1,\"rule\":" + "{\"type\":\"allOf\",\"of\":[".repeat(depth) + "]}".repeat(depth) + "}";

        assertThatExceptionOfType(BadRuleException.class)
                .isThrownBy(() -> RuleJson.read(json))
                .extracting(Throwable::getMessage)
                .isIn("rule.bad.too-deep", "rule.bad.json", "rule.bad.too-large");
    }

    @Test
    void aRuleThatAsksForTheImpossibleIsNotSaved() {
        Map<Long, LineItem> items = Map.of(
                1L, column(1),
                2L, TestGrades.deleted(2),
                3L, TestGrades.output(3),
                4L, TestGrades.unreadable(4),
                5L, column(5, "No maximum", null),
                6L, column(6, "Zero", java.math.BigDecimal.ZERO));

        RuleCheck.check(percent(1, "100"), CourseFacts.ofColumns(items));
        RuleCheck.check(points(1, "100"), CourseFacts.ofColumns(items));
        RuleCheck.check(points(5, "1000"), CourseFacts.ofColumns(items));
        assertRefused(
                "/rule/lineItem",
                "rule.bad.foreign-column",
                () -> RuleCheck.check(percent(9, "80"), CourseFacts.ofColumns(items)));
        assertRefused(
                "/rule/lineItem",
                "rule.bad.deleted-column",
                () -> RuleCheck.check(percent(2, "80"), CourseFacts.ofColumns(items)));
        assertRefused(
                "/rule/lineItem",
                "rule.bad.own-column",
                () -> RuleCheck.check(points(3, "1"), CourseFacts.ofColumns(items)));
        assertRefused(
                "/rule/lineItem",
                "rule.bad.unreadable-column",
                () -> RuleCheck.check(percent(4, "80"), CourseFacts.ofColumns(items)));
        assertRefused(
                "/rule/atLeast",
                "rule.bad.no-maximum",
                () -> RuleCheck.check(percent(6, "80"), CourseFacts.ofColumns(items)));
        assertRefused(
                "/rule/atLeast",
                "rule.bad.not-positive",
                () -> RuleCheck.check(percent(1, "0"), CourseFacts.ofColumns(items)));
        assertRefused(
                "/rule/atLeast",
                "rule.bad.not-positive",
                () -> RuleCheck.check(points(1, "-1"), CourseFacts.ofColumns(items)));
        assertRefused(
                "/rule/atLeast",
                "rule.bad.more-than-hundred",
                () -> RuleCheck.check(percent(1, "100.1"), CourseFacts.ofColumns(items)));
        assertRefused(
                "/rule/atLeast",
                "rule.bad.more-than-maximum",
                () -> RuleCheck.check(points(1, "101"), CourseFacts.ofColumns(items)));
        assertRefused(
                "/rule/atLeast",
                "rule.bad.number",
                () -> RuleCheck.check(percent(1, "80.1234567"), CourseFacts.ofColumns(items)));
        assertRefused(
                "/rule/of",
                "rule.bad.empty",
                () -> RuleCheck.check(new Rule.AnyOf(List.of()), CourseFacts.ofColumns(items)));
        assertRefused(
                "/rule/of/1/lineItem",
                "rule.bad.foreign-column",
                () -> RuleCheck.check(
                        new Rule.AllOf(List.of(percent(1, "80"), percent(9, "80"))), CourseFacts.ofColumns(items)));
        assertRefused(
                "/rule/count",
                "rule.bad.more-than-there-are",
                () -> RuleCheck.check(new Rule.AtLeast(2, List.of(percent(1, "80"))), CourseFacts.ofColumns(items)));
        assertRefused(
                "/rule/count",
                "rule.bad.count",
                () -> RuleCheck.check(new Rule.AtLeast(0, List.of(percent(1, "80"))), CourseFacts.ofColumns(items)));
        assertRefused(
                "",
                "rule.bad.too-large",
                () -> RuleCheck.check(
                        new Rule.AllOf(java.util.Collections.nCopies(101, percent(1, "80"))),
                        CourseFacts.ofColumns(items)));
    }

    private static void assertRefused(
            String place, String messageKey, org.assertj.core.api.ThrowableAssert.ThrowingCallable act) {
        assertThatExceptionOfType(BadRuleException.class)
                .isThrownBy(act)
                .withMessage(messageKey)
                .extracting(BadRuleException::place)
                .isEqualTo(place);
    }

    private static String sample(String name) throws IOException {
        try (var in = RuleJsonTests.class.getResourceAsStream("/rules/v1/" + name + ".json")) {
            assertThat(in).as(name).isNotNull();
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        }
    }
}
