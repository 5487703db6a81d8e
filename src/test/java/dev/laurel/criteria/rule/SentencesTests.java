package dev.laurel.criteria.rule;

import static dev.laurel.criteria.rule.TestGrades.column;
import static dev.laurel.criteria.rule.TestGrades.percent;
import static dev.laurel.criteria.rule.TestGrades.points;
import static org.assertj.core.api.Assertions.assertThat;

import dev.laurel.gradebook.LineItem;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.springframework.context.support.ResourceBundleMessageSource;

class SentencesTests {

    private static final Map<Long, LineItem> ITEMS = Map.of(1L, column(1), 2L, column(2), 3L, column(3), 4L, column(4));

    @Test
    void aScoreIsOnePlainSentence() {
        assertThat(say(percent(1, "80"))).isEqualTo("Score at least 80 % in Essay 1");
        assertThat(say(percent(1, "79.50"))).isEqualTo("Score at least 79.5 % in Essay 1");
        assertThat(say(points(2, "1"))).isEqualTo("Score at least 1 point in Essay 2");
        assertThat(say(points(2, "1200"))).isEqualTo("Score at least 1200 points in Essay 2");
        assertThat(say(percent(9, "80"))).isEqualTo("Score at least 80 % in a column that is gone");
    }

    @Test
    void theSameThresholdIsSaidOnce() {
        List<Rule> three = List.of(percent(1, "80"), percent(2, "80.0"), percent(3, "80"));

        assertThat(say(new Rule.AllOf(three))).isEqualTo("Score at least 80 % in each of Essay 1, Essay 2 and Essay 3");
        assertThat(say(new Rule.AnyOf(three))).isEqualTo("Score at least 80 % in Essay 1, Essay 2 or Essay 3");
        assertThat(say(new Rule.AtLeast(2, three)))
                .isEqualTo("Score at least 80 % in at least 2 of Essay 1, Essay 2 and Essay 3");
        assertThat(say(new Rule.AllOf(List.of(percent(1, "80"))))).isEqualTo("Score at least 80 % in Essay 1");
    }

    @Test
    void nestedPartsStayGrammatical() {
        Rule twoThresholds = new Rule.AllOf(List.of(percent(1, "80"), points(2, "7")));
        assertThat(say(twoThresholds))
                .isEqualTo("Score at least 80 % in Essay 1 and score at least 7 points in Essay 2");
        assertThat(say(new Rule.AnyOf(List.of(percent(1, "80"), points(2, "7")))))
                .isEqualTo("Either score at least 80 % in Essay 1 or score at least 7 points in Essay 2");
        assertThat(say(new Rule.AllOf(
                        List.of(percent(1, "80"), new Rule.AnyOf(List.of(percent(2, "50"), percent(3, "50")))))))
                .isEqualTo("Score at least 80 % in Essay 1 and score at least 50 % in Essay 2 or Essay 3");
        assertThat(say(new Rule.AtLeast(2, List.of(percent(1, "80"), twoThresholds, points(4, "3")))))
                .isEqualTo("Do at least 2 of these: score at least 80 % in Essay 1; score at least 80 % in Essay 1 and"
                        + " score at least 7 points in Essay 2; score at least 3 points in Essay 4");
        assertThat(say(new Rule.AnyOf(List.of(
                        percent(1, "80"),
                        new Rule.AtLeast(2, List.of(percent(2, "50"), percent(3, "60"), points(4, "3")))))))
                .isEqualTo("Either score at least 80 % in Essay 1 or do at least 2 of these (score at least 50 % in"
                        + " Essay 2; score at least 60 % in Essay 3; score at least 3 points in Essay 4)");
    }

    @Test
    void aLabelIsNeverTakenForAPattern() {
        Map<Long, LineItem> items = Map.of(1L, column(1, "{0} It's 'fine'", null));

        assertThat(new Sentences(messages()).of(points(1, "5"), CourseFacts.ofColumns(items)))
                .isEqualTo("Score at least 5 points in {0} It's 'fine'");
    }

    private static String say(Rule rule) {
        return new Sentences(messages()).of(rule, CourseFacts.ofColumns(ITEMS));
    }

    private static ResourceBundleMessageSource messages() {
        ResourceBundleMessageSource messages = new ResourceBundleMessageSource();
        messages.setBasename("messages");
        messages.setDefaultEncoding("UTF-8");
        messages.setFallbackToSystemLocale(false);
        return messages;
    }
}
