package dev.laurel.gradebook.moodle;

import static org.assertj.core.api.Assertions.assertThat;

import dev.laurel.Needs;
import dev.laurel.gradebook.LineItem;
import dev.laurel.gradebook.Observation;
import dev.laurel.gradebook.source.Column;
import dev.laurel.gradebook.source.Result;
import java.nio.file.Files;
import java.time.Instant;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** What a real Moodle 4.5 answered, read as Laurel reads it. */
class MoodleCapturesTests {

    private static JsonNode exchanges;

    @BeforeAll
    static void readCaptures() throws Exception {
        exchanges = JsonMapper.builder()
                .enable(DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS)
                .build()
                .readTree(Files.readString(Needs.shared().resolve("fixtures/moodle/webservices.json")));
    }

    @Test
    void gradesOfEverybodyAreReadWithoutTheColumnsOfTheTool() {
        GradeReport report = report(new ToolItems(Set.of("9"), Set.of("4", "9")));
        report.add(body("grades: all students"));

        assertThat(report.columns(null)).extracting(Column::label).contains("Essay", "Final quiz", "B1 graded");
        assertThat(report.columns(null)).extracting(Column::label).doesNotContain("A1 graded", "Badge: Writer");
        assertThat(report.results("item-2")).hasSize(25);
        assertThat(of(report, "item-2", "8")).satisfies(essay -> {
            assertThat(essay.status()).isEqualTo(Observation.Status.GRADED);
            assertThat(essay.score()).isEqualByComparingTo("16.67");
            assertThat(essay.scoreMaximum()).isEqualByComparingTo("100");
            assertThat(essay.visibility()).isEqualTo(Observation.Visibility.POSTED);
            assertThat(essay.late()).isNull();
            assertThat(essay.occurredAt()).isEqualTo(Instant.ofEpochSecond(1795394142));
            assertThat(essay.grade()).isNull();
        });
        assertThat(of(report, "item-3", "8").score()).isEqualByComparingTo("83.33");
        assertThat(report.withoutGrade("item-2"))
                .as("nobody told what was handed in")
                .hasSize(4)
                .contains("29");
        assertThat(of(report, "item-3", "29").status()).isEqualTo(Observation.Status.NONE);
        assertThat(of(report, "item-2", "4").score()).as("0 is a grade").isZero();
    }

    @Test
    void theTotalIsAPercentageOfWhatIsGradedWhateverItsMaximumIsForEach() {
        GradeReport report = report(new ToolItems(Set.of(), Set.of()));
        report.add(body("grades: all students"));

        assertThat(report.columns(null))
                .filteredOn(column -> column.externalId().equals("item-1"))
                .singleElement()
                .satisfies(total -> {
                    assertThat(total.kind()).isEqualTo(LineItem.Kind.TOTAL_CURRENT);
                    assertThat(total.label()).isEqualTo("Course total so far");
                    assertThat(total.scoreMaximum()).isEqualByComparingTo("100");
                });
        assertThat(of(report, "item-1", "8").score()).as("100 of 200").isEqualByComparingTo("50");
        assertThat(of(report, "item-1", "4").score()).as("191 of 300").isEqualByComparingTo("63.666666");
    }

    @Test
    void oneLearnerIsReadAsInTheReportOfAll() {
        GradeReport all = report(new ToolItems(Set.of(), Set.of()));
        all.add(body("grades: all students"));
        GradeReport one = report(new ToolItems(Set.of(), Set.of()));
        one.add(body("grades: one student"));

        assertThat(one.columns(null)).isEqualTo(all.columns(null));
        one.columns(null)
                .forEach(column -> assertThat(one.results(column.externalId()))
                        .as(column.label())
                        .containsExactly(of(all, column.externalId(), "8")));
        assertThat(GradeReport.assignments(body("grades: one student"))).containsExactly("1");
    }

    @Test
    void whoGradedIsKnownWhereTheNumberIsTheOneInTheGradebook() {
        Graders graders = new Graders();
        graders.add(body("assign grades"));
        GradeReport report = new GradeReport(new ToolItems(Set.of(), Set.of()), Map.of(), graders, new HandIns());
        report.add(body("grades: all students"));

        assertThat(graders.accounts()).contains("4", "28").doesNotContain("29");
        assertThat(of(report, "item-2", "8").gradedBy()).isEqualTo("2");
        assertThat(of(report, "item-2", "8").grader()).isEqualTo(Observation.Grader.PERSON);
        assertThat(of(report, "item-3", "8").gradedBy()).as("a quiz").isNull();
        assertThat(of(report, "item-3", "8").grader()).as("a quiz").isNull();
    }

    @Test
    void whoFailedHasNotCompletedThoughMoodleGivesATime() {
        List<Column> columns = Completions.activities(body("course contents"), Set.of());
        assertThat(columns)
                .extracting(Column::externalId)
                .containsExactly("completion-2", "completion-5", "completion-6");
        assertThat(columns.get(2).label()).isEqualTo("Read me (manual completion)");
        assertThat(Completions.activities(body("course contents"), Set.of("5"))).hasSize(2);

        assertThat(complete("activity completion, failing student", columns))
                .containsExactly("completion-5", "completion-6");
        assertThat(complete("activity completion, passed student", columns))
                .as("any grade completes the quiz")
                .containsExactly("completion-2", "completion-5");
    }

    @Test
    void theCourseIsCompleteOnceMoodleSaysSo() {
        Result passed = Completions.ofCourse(body("course completion, passed student"), "25");
        assertThat(passed.status()).isEqualTo(Observation.Status.GRADED);
        assertThat(passed.occurredAt()).isEqualTo(Instant.ofEpochSecond(1795393220));
        assertThat(Completions.ofCourse(body("course completion, not passed"), "8")
                        .status())
                .isEqualTo(Observation.Status.NONE);
        assertThat(Completions.restsOn(body("course completion, passed student"), Set.of("2"), true))
                .isTrue();
        assertThat(Completions.restsOn(body("course completion, passed student"), Set.of("5"), true))
                .isFalse();
    }

    @Test
    void whoWasNotRatedIsNeitherProficientNorNot() {
        List<Column> columns = Competencies.columns(body("competencies of course"));
        assertThat(columns).extracting(Column::label).containsExactly("Academic writing", "Recall", "Reflection");

        Map<String, Result> ratings = Competencies.ofLearner(body("competency report user"), "25", columns);

        assertThat(ratings.get("competency-1").score()).isEqualByComparingTo("1");
        assertThat(ratings.get("competency-1").grade()).isEqualTo("Competent");
        assertThat(ratings.get("competency-2").status()).isEqualTo(Observation.Status.NONE);
    }

    @Test
    void capturedErrorsAreSaidInPlainWords() {
        assertThat(words("bad token")).contains("does not accept the key");
        assertThat(words("function not in service")).contains("can add the function core_grades_get_gradeitems");
        assertThat(words("groups")).contains("may not see the columns of the gradebook");
        assertThat(words("unknown course")).contains("this course is not there");
    }

    @Test
    void theKeyThatWasCapturedCanReadEverythingButHandInsAndWhoMayGradeByARoleOfTheSitesOwn() {
        Set<String> functions = new java.util.HashSet<>();
        body("site info")
                .path("functions")
                .forEach(each -> functions.add(each.path("name").asString()));

        assertThat(MoodleCapability.with(functions))
                .containsExactlyElementsOf(
                        EnumSet.complementOf(EnumSet.of(MoodleCapability.HAND_INS, MoodleCapability.OWN_ROLES)));
    }

    private static String words(String name) {
        return new MoodleRefusal(
                        MoodleFunction.ITEMS, body(name).path("errorcode").asString())
                .problem()
                .getMessage();
    }

    private static List<String> complete(String name, List<Column> columns) {
        return Completions.ofLearner(body(name), "1", columns).entrySet().stream()
                .filter(entry -> entry.getValue().status() == Observation.Status.GRADED)
                .map(Map.Entry::getKey)
                .toList();
    }

    private static GradeReport report(ToolItems toolItems) {
        return new GradeReport(toolItems, Map.of(), new Graders(), new HandIns());
    }

    private static Result of(GradeReport report, String externalId, String account) {
        return report.results(externalId).stream()
                .filter(result -> result.account().equals(account))
                .findFirst()
                .orElseThrow();
    }

    private static JsonNode body(String name) {
        for (JsonNode exchange : exchanges) {
            if (exchange.path("name").asString().equals(name)) {
                return exchange.path("body");
            }
        }
        throw new AssertionError("Not captured: " + name);
    }
}
