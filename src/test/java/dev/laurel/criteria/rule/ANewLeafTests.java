package dev.laurel.criteria.rule;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.laurel.criteria.rule.Evaluation.Line;
import dev.laurel.criteria.rule.Evaluation.Verdict;
import dev.laurel.gradebook.Observation.Status;
import java.io.IOException;
import java.math.BigDecimal;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.springframework.context.support.ResourceBundleMessageSource;
import org.springframework.context.support.StaticMessageSource;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/** The kind of leaf that docs/rules.md adds as an example: nothing but its class and its words is needed. */
class ANewLeafTests {

    private static final Improved BY_TEN = new Improved(1, BigDecimal.TEN, Terms.STANDARD);

    private static final JsonMapper JSON = new JsonMapper();

    @ParameterizedTest(name = "first {0}, then {1}: {2}, {3} missing")
    @CsvSource(nullValues = "-", textBlock = """
            60, 70, MET,       0
            60, 69, NOT_MET,   1
            60, -,  NOT_MET,   10
            -,  -,  UNDECIDED, -
            """)
    void itIsEvaluatedAndExplained(
            @Nullable String first, @Nullable String then, Verdict verdict, @Nullable BigDecimal missing) {
        OneLearner learner = new OneLearner();
        if (first != null) {
            learner.graded(1, first);
        }
        if (then != null) {
            learner.graded(1, then);
        }

        Line line = learner.evaluate(BY_TEN).lines().get(0);

        assertThat(line.verdict()).isEqualTo(verdict);
        assertThat(line.missing()).isEqualTo(missing);
    }

    @Test
    void itGoesWithAllOthersIntoOneRule() {
        Rule rule = new Rule.AllOf(List.of(BY_TEN, TestGrades.percent(1, "65")));
        OneLearner learner = new OneLearner().graded(1, "60").graded(1, "70");

        assertThat(learner.evaluate(rule).verdict()).isEqualTo(Verdict.MET);
        assertThat(learner.seen(1, Status.EXCUSED, null, "100").evaluate(rule).verdict())
                .isEqualTo(Verdict.UNDECIDED);
        assertThat(TruthTable.of(BY_TEN, CourseFacts.ofColumns(Map.of(1L, TestGrades.column(1)))))
                .extracting(TruthTable.Row::state)
                .contains(TruthTable.State.HIDDEN, TruthTable.State.EXCUSED);
    }

    @Test
    void itIsWrittenReadCheckedAndSaid() {
        ObjectNode json = JSON.createObjectNode();
        BY_TEN.write(new RuleFields.Writer(json));
        assertThat(json).hasToString("{\"type\":\"improved\",\"lineItem\":1,\"by\":10}");
        RuleFields.Reader fields = new RuleFields.Reader(json, "/rule");
        fields.get("type");
        assertThat(Improved.read(fields)).isEqualTo(BY_TEN);
        fields.end();

        CourseFacts course = CourseFacts.ofColumns(Map.of(1L, TestGrades.column(1)));
        RuleCheck.check(BY_TEN, course);
        assertThatExceptionOfType(BadRuleException.class)
                .isThrownBy(() -> RuleCheck.check(new Improved(1, BigDecimal.ZERO, Terms.STANDARD), course))
                .extracting(BadRuleException::place)
                .isEqualTo("/rule/by");

        ResourceBundleMessageSource parent = new ResourceBundleMessageSource();
        parent.setBasename("messages");
        parent.setDefaultEncoding("UTF-8");
        StaticMessageSource words = new StaticMessageSource();
        words.setParentMessageSource(parent);
        words.addMessage("rule.sentence.improved", Locale.ENGLISH, "get better by at least {0} in {1}");
        assertThat(new Words(words, Locale.ENGLISH))
                .extracting(spoken -> BY_TEN.phrase(spoken, course))
                .isEqualTo("get better by at least 10 points in Essay 1");
    }

    @Test
    void theDocumentShowsThisVeryClass() throws IOException {
        String source = Files.readString(Path.of("src/test/java/dev/laurel/criteria/rule/Improved.java"));

        assertThat(Files.readString(Path.of("docs/rules.md"))).contains(source.substring(source.indexOf("record ")));
    }
}
