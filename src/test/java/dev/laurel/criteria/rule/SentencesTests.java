package dev.laurel.criteria.rule;

import static dev.laurel.criteria.rule.TestGrades.column;
import static dev.laurel.criteria.rule.TestGrades.percent;
import static dev.laurel.criteria.rule.TestGrades.points;
import static org.assertj.core.api.Assertions.assertThat;

import dev.laurel.gradebook.LineItem;
import java.math.BigDecimal;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.context.i18n.LocaleContextHolder;
import org.springframework.context.support.ResourceBundleMessageSource;

class SentencesTests {

    private static final String EXCUSES = " Excused work does not count against you";

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

        assertThat(say(new Rule.AllOf(three)))
                .isEqualTo("Score at least 80 % in each of Essay 1, Essay 2 and Essay 3." + EXCUSES);
        assertThat(say(new Rule.AnyOf(three))).isEqualTo("Score at least 80 % in Essay 1, Essay 2 or Essay 3");
        assertThat(say(new Rule.AtLeast(2, three)))
                .isEqualTo("Score at least 80 % in at least 2 of Essay 1, Essay 2 and Essay 3." + EXCUSES);
        assertThat(say(new Rule.AllOf(List.of(percent(1, "80"))))).isEqualTo("Score at least 80 % in Essay 1");
    }

    @Test
    void nestedPartsStayGrammatical() {
        Rule twoThresholds = new Rule.AllOf(List.of(percent(1, "80"), points(2, "7")));
        assertThat(say(twoThresholds))
                .isEqualTo("Score at least 80 % in Essay 1 and score at least 7 points in Essay 2." + EXCUSES);
        assertThat(say(new Rule.AnyOf(List.of(percent(1, "80"), points(2, "7")))))
                .isEqualTo("Either score at least 80 % in Essay 1 or score at least 7 points in Essay 2");
        assertThat(say(new Rule.AllOf(
                        List.of(percent(1, "80"), new Rule.AnyOf(List.of(percent(2, "50"), percent(3, "50")))))))
                .isEqualTo("Score at least 80 % in Essay 1 and score at least 50 % in Essay 2 or Essay 3." + EXCUSES);
        assertThat(say(new Rule.AtLeast(2, List.of(percent(1, "80"), twoThresholds, points(4, "3")))))
                .isEqualTo("Do at least 2 of these: score at least 80 % in Essay 1; score at least 80 % in Essay 1 and"
                        + " score at least 7 points in Essay 2; score at least 3 points in Essay 4." + EXCUSES);
        assertThat(say(new Rule.AnyOf(List.of(
                        percent(1, "80"),
                        new Rule.AtLeast(2, List.of(percent(2, "50"), percent(3, "60"), points(4, "3")))))))
                .isEqualTo("Either score at least 80 % in Essay 1 or do at least 2 of these (score at least 50 % in"
                        + " Essay 2; score at least 60 % in Essay 3; score at least 3 points in Essay 4)." + EXCUSES);
    }

    @Test
    void aSectionIsSaidByItsNameAndNumberWhereTheNameIsKnown() {
        CourseFacts course = new CourseFacts(
                Map.of(), Map.of(), Map.of("21", "Evening", "22", "Evening"), null, ZoneOffset.UTC, false);

        assertThat(new Sentences(messages()).of(new InGroup(List.of("21", "22", "23")), course))
                .isEqualTo("Be in section or group “Evening” (21), “Evening” (22) or “23”");
    }

    @Test
    void aLabelIsNeverTakenForAPattern() {
        Map<Long, LineItem> items = Map.of(1L, column(1, "{0} It's 'fine'", null));

        assertThat(new Sentences(messages()).of(points(1, "5"), CourseFacts.ofColumns(items)))
                .isEqualTo("Score at least 5 points in {0} It's 'fine'");
    }

    /** Every rule of three leaves in two layers: what reads alike must award alike, whoever has met what. */
    @Test
    void noTwoRulesThatAwardDifferentlySayTheSame() {
        List<Rule> leaves = List.of(percent(1, "80"), points(2, "7"), new Submission(3, Period.ALWAYS, Terms.STANDARD));
        List<Rule> inner = new ArrayList<>(leaves);
        for (Rule one : leaves) {
            for (Rule other : leaves) {
                if (one != other) {
                    inner.addAll(joins(List.of(one, other)));
                }
            }
        }
        inner.addAll(joins(leaves));
        List<Rule> rules = new ArrayList<>();
        for (Rule one : inner) {
            for (Rule other : inner) {
                rules.addAll(joins(List.of(one, other)));
                leaves.forEach(third -> rules.addAll(joins(List.of(one, third, other))));
            }
        }
        Map<String, String> meanings = new HashMap<>();

        for (Rule rule : rules) {
            String meaning = truth(rule, leaves);
            assertThat(meanings.putIfAbsent(say(rule), meaning))
                    .as("%s: %s", say(rule), rule)
                    .isIn(null, meaning);
        }
        assertThat(meanings).hasSizeGreaterThan(500);
    }

    private static List<Rule> joins(List<Rule> parts) {
        return List.of(new Rule.AllOf(parts), new Rule.AnyOf(parts), new Rule.AtLeast(2, parts));
    }

    /** What it says for each state, met or not, of each of the leaves. */
    private static String truth(Rule rule, List<Rule> leaves) {
        StringBuilder truth = new StringBuilder();
        for (int states = 0; states < 1 << leaves.size(); states++) {
            int met = states;
            List<Evaluation.Line> lines = rule.leaves()
                    .map(leaf -> LineBuilder.of("score", "")
                            .is(
                                    (met >> leaves.indexOf(leaf) & 1) == 1
                                            ? Evaluation.Verdict.MET
                                            : Evaluation.Verdict.NOT_MET))
                    .toList();
            truth.append(Evaluator.verdict(rule, lines) == Evaluation.Verdict.MET ? 1 : 0);
        }
        return truth.toString();
    }

    @Test
    void orInsideOfAndIsClosedOff() {
        Rule eitherOr = new Rule.AnyOf(List.of(percent(1, "80"), points(2, "7")));
        Rule handedIn = new Submission(3, Period.ALWAYS, Terms.STANDARD);

        assertThat(say(new Rule.AllOf(List.of(eitherOr, handedIn))))
                .isEqualTo("Do any one of these (score at least 80 % in Essay 1; score at least 7 points in Essay 2)"
                        + " and hand in Essay 3." + EXCUSES);
        assertThat(say(new Rule.AllOf(List.of(handedIn, eitherOr))))
                .isEqualTo("Hand in Essay 3 and either score at least 80 % in Essay 1 or score at least 7 points in"
                        + " Essay 2." + EXCUSES);
        assertThat(say(new Rule.AnyOf(List.of(percent(1, "80"), new Rule.AllOf(List.of(points(2, "7"), handedIn))))))
                .isEqualTo("Either score at least 80 % in Essay 1 or do all of these (score at least 7 points in"
                        + " Essay 2; hand in Essay 3)." + EXCUSES);
    }

    @Test
    void aDayBelongsToOnePartOnly() {
        Period march = new Period(null, LocalDate.of(2026, 3, 2));
        Rule inTime = new Submission(1, march, Terms.STANDARD);

        assertThat(say(new Rule.AllOf(List.of(new Submission(2, Period.ALWAYS, Terms.STANDARD), inTime))))
                .isEqualTo("Do all of these: hand in Essay 2; hand in Essay 1, by 2 March 2026." + EXCUSES);
    }

    @ParameterizedTest(name = "excused {0}: {1}")
    @CsvSource(delimiter = '|', textBlock = """
            IGNORED | Score at least 80 % in Essay 1
            MET     | Score at least 80 % in Essay 1 (being excused is enough)
            NOT_MET | Score at least 80 % in Essay 1 (being excused is not enough)
            WAITS   | Score at least 80 % in Essay 1 (being excused is not enough)
            """)
    void whatBeingExcusedDoesIsSaidWhereItIsNotAsUsual(Terms.Excused excused, String sentence) {
        Terms terms = new Terms(excused, Terms.Missing.WAITS, Terms.Late.COUNTS, null);

        assertThat(say(new Score(1, new BigDecimal("80"), Rule.Unit.PERCENT, Score.Take.LATEST, Period.ALWAYS, terms)))
                .isEqualTo(sentence);
    }

    @Test
    void thatExcusesLeaveSomethingOutIsSaidExactlyWhereSomebodyCanEarnItWithLess() {
        Terms enough = new Terms(Terms.Excused.MET, Terms.Missing.WAITS, Terms.Late.COUNTS, null);
        Rule first = percent(1, "80");
        Rule held = new HeldBadge(1);

        assertThat(say(new Rule.AllOf(List.of(first, held)))).endsWith(EXCUSES);
        assertThat(say(new Rule.AtLeast(2, List.of(first, held, points(2, "7")))))
                .endsWith(EXCUSES);
        assertThat(say(new Rule.AnyOf(List.of(first, held)))).doesNotContain(EXCUSES);
        assertThat(say(new Rule.AllOf(List.of(held, new Submission(1, Period.ALWAYS, enough)))))
                .doesNotContain(EXCUSES);
        assertThat(say(new Attendance("Labs", 1, Terms.STANDARD))).doesNotContain(EXCUSES);
        assertThat(say(new Attendance("Labs", 2, Terms.STANDARD))).endsWith(EXCUSES);
        assertThat(say(new Attendance("Labs", 2, enough))).doesNotContain(EXCUSES);
        assertThat(say(new Rule.AnyOf(List.of(held, new Rule.AllOf(List.of(first, points(2, "7")))))))
                .endsWith(EXCUSES);
    }

    @Test
    void aHigherLevelTakesTheLowerOnesToo() {
        assertThat(say(new Rule.Levels(List.of(
                        new Rule.Levels.Level("Proficient", percent(1, "60")),
                        new Rule.Levels.Level("Mastered", percent(2, "90"))))))
                .isEqualTo("For “Proficient”, score at least 60 % in Essay 1; for “Mastered”, also score at least 90 %"
                        + " in Essay 2");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            0 | Score at least 80 % in Essay 1, rounded to whole numbers
            1 | Score at least 80 % in Essay 1, rounded to one decimal
            2 | Score at least 80 % in Essay 1, rounded to 2 decimals
            """)
    void decimalsAreCountedInWords(int decimals, String sentence) {
        Terms terms = new Terms(Terms.Excused.IGNORED, Terms.Missing.WAITS, Terms.Late.COUNTS, decimals);

        assertThat(say(new Score(1, new BigDecimal("80"), Rule.Unit.PERCENT, Score.Take.LATEST, Period.ALWAYS, terms)))
                .isEqualTo(sentence);
    }

    @ParameterizedTest(name = "“{0}” is said as {1}")
    @CsvSource(delimiter = '|', textBlock = """
            Peace and War       | “Peace and War”
            Essay, by Monday    | “Essay, by Monday”
            AND gates           | “AND gates”
            <b>Essay</b> & more | <b>Essay</b> & more
            Standards           | Standards
            ''                  | a column without a name
            """)
    void aTitleIsNeverTakenForAPartOfTheSentence(String title, String said) {
        Map<Long, LineItem> items = Map.of(1L, column(1, title, null));

        assertThat(new Sentences(messages()).of(points(1, "5"), CourseFacts.ofColumns(items)))
                .isEqualTo("Score at least 5 points in " + said);
    }

    @Test
    void aTitleFromRightToLeftDoesNotTurnTheSentence() {
        Map<Long, LineItem> items = Map.of(1L, column(1, "مقال 1", null));

        assertThat(new Sentences(messages()).of(points(1, "5"), CourseFacts.ofColumns(items)))
                .isEqualTo("Score at least 5 points in \u2068مقال 1\u2069");
    }

    @Test
    void aHundredPartsAreOneSentence() {
        List<Rule> parts = IntStream.rangeClosed(1, 100)
                .mapToObj(at -> (Rule) points(1 + at % 2, Integer.toString(at)))
                .toList();

        assertThat(say(new Rule.AtLeast(99, parts)))
                .startsWith("Do at least 99 of these: score at least 1 point in Essay 2; score at least 2 points in")
                .endsWith("score at least 100 points in Essay 1." + EXCUSES);
    }

    @Test
    void aSentenceIsNeverLongerThanTheCriteriaOfABadge() {
        Map<Long, LineItem> items = new HashMap<>();
        List<Rule> parts = new ArrayList<>();
        for (long id = 1; id <= 100; id++) {
            items.put(id, column(id, id + " 🎓" + "long title ".repeat(44), null));
            parts.add(id % 2 == 0 ? points(id, "5") : new Submission(id, Period.ALWAYS, Terms.STANDARD));
        }
        Sentences sentences = new Sentences(messages());

        String ten = sentences.of(new Rule.AllOf(parts.subList(0, 10)), CourseFacts.ofColumns(items));
        String all = sentences.of(new Rule.AllOf(parts), CourseFacts.ofColumns(items));

        assertThat(ten)
                .hasSizeLessThanOrEqualTo(4000)
                .contains("; hand in 9 🎓long title")
                .contains("…");
        assertThat(all).hasSizeLessThanOrEqualTo(4000).contains("; hand in 99 🎓long title…");
    }

    /** It goes into credentials, where the language of somebody's browser has no place. */
    @ParameterizedTest
    @ValueSource(strings = {"en", "tr-TR", "ar-EG", "de-DE", "fa-IR-u-nu-arabext"})
    void aSentenceIsTheSameInEveryLanguageOfABrowser(String language) {
        Locale before = Locale.getDefault();
        try {
            Locale.setDefault(Locale.forLanguageTag(language));
            LocaleContextHolder.setLocale(Locale.forLanguageTag(language));
            Period until = new Period(null, LocalDate.of(2026, 3, 2));
            Rule rule = new Rule.AtLeast(
                    2,
                    List.of(
                            new CountInGroup(
                                    "Quizzes", 1234, new BigDecimal("1234.5"), Rule.Unit.POINTS, Terms.STANDARD),
                            new Submission(1, until, Terms.STANDARD),
                            new InGroup(List.of("istanbul"))));

            assertThat(say(rule))
                    .isEqualTo(
                            "Do at least 2 of these: score at least 1234.5 points in at least 1234 of “Quizzes”; hand"
                                    + " in Essay 1, by 2 March 2026; be in section or group “istanbul”." + EXCUSES);
            assertThat(RuleJson.read(RuleJson.write(rule))).isEqualTo(rule);
        } finally {
            Locale.setDefault(before);
            LocaleContextHolder.resetLocaleContext();
        }
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
