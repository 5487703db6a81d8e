package dev.laurel.gradebook.moodle;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.laurel.gradebook.LineItem;
import dev.laurel.gradebook.Observation;
import dev.laurel.gradebook.source.Column;
import dev.laurel.gradebook.source.Result;
import dev.laurel.platform.ServiceProblem;
import java.math.BigDecimal;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/** What the quirks of Moodle's grades mean, one by one. */
class GradeReportTests {

    private static final String TOTAL =
            "{\"id\":1,\"itemname\":null,\"itemtype\":\"course\",\"graderaw\":50," + "\"grademin\":0,\"grademax\":100}";

    private static final Column KNOWN_FINAL = new Column(
            "item-1", "Course total", LineItem.Kind.TOTAL_FINAL, null, null, BigDecimal.TEN, null, null, null);

    private final HandIns handIns = new HandIns();

    private final GradeReport report =
            new GradeReport(new ToolItems(Set.of("8"), Set.of("8")), Map.of("2", "Exams"), new Graders(), handIns);

    @Test
    void pointsAreCountedFromTheMinimumSoThatAPercentageIsMoodles() {
        read(
                "\"id\":2,\"itemname\":\"Lab\",\"itemtype\":\"manual\",\"graderaw\":\"15.00000\",\"grademin\":10,\"grademax\":20");

        Column lab = column("item-2");
        assertThat(lab.label()).isEqualTo("Lab (points above 10)");
        assertThat(lab.scoreMaximum()).isEqualByComparingTo("10");
        assertThat(lab.group()).isEqualTo("Exams");
        assertThat(result("item-2").score()).isEqualByComparingTo("5");
        assertThat(result("item-2").scoreMaximum()).isEqualByComparingTo("10");
    }

    @Test
    void aWordOfAScaleIsTheGradeItsLowestIsWorthNothingAndNoneIsAShareOfTheBest() {
        read(
                "\"id\":2,\"itemname\":\"Talk\",\"itemtype\":\"mod\",\"scaleid\":3,\"graderaw\":1,\"grademin\":1,\"grademax\":3,"
                        + "\"gradeformatted\":\"<i title=\\\"Fail\\\"></i>Not yet &amp; again\"");

        assertThat(column("item-2").label()).isEqualTo("Talk (words: 0 is the lowest, 2 the best)");
        assertThat(column("item-2").scoreMaximum()).isNull();
        assertThat(result("item-2").grade()).isEqualTo("Not yet & again");
        assertThat(result("item-2").score()).isZero();
        assertThat(result("item-2").scoreMaximum()).isNull();
    }

    @Test
    void aScaleIsKnownByItsWordsThoughMoodleDoesNotTellItsNumber() {
        read(
                "\"id\":2,\"itemname\":\"Talk\",\"itemtype\":\"mod\",\"outcomeid\":null,\"scaleid\":null,\"graderaw\":2,\"grademin\":1,"
                        + "\"grademax\":3,\"rangeformatted\":\"Not yet&ndash;Outstanding\",\"gradeformatted\":\"Competent\"");

        assertThat(column("item-2").label()).isEqualTo("Talk (words: 0 is the lowest, 2 the best)");
        assertThat(result("item-2").grade()).isEqualTo("Competent");
        assertThat(result("item-2").score()).isEqualByComparingTo("1");
        assertThat(result("item-2").scoreMaximum()).isNull();
    }

    @Test
    void anOutcomeThatIsGradedIsAnOutcome() {
        read(
                "\"id\":2,\"itemname\":\"Cites\",\"itemtype\":\"mod\",\"outcomeid\":4,\"scaleid\":3,\"graderaw\":2,\"grademin\":1,\"grademax\":3");

        assertThat(column("item-2").kind()).isEqualTo(LineItem.Kind.OUTCOME);
        assertThat(column("item-2").label()).isEqualTo("Cites (words: 0 is the lowest, 2 the best)");
        assertThat(column("item-2").scoreMaximum()).isEqualByComparingTo("2");
    }

    @ParameterizedTest
    @CsvSource({
        "'\"graderaw\":null', NONE, UNKNOWN",
        "'\"graderaw\":null,\"gradedatesubmitted\":1795394142', SUBMITTED, POSTED",
        "'\"graderaw\":null,\"status\":\"excluded\"', EXCUSED, POSTED",
        "'\"graderaw\":null,\"gradeishidden\":true,\"gradedategraded\":null', NONE, UNKNOWN",
        "'\"graderaw\":null,\"gradeishidden\":true,\"gradedategraded\":1795653342,\"feedback\":\"<p>Come and see me</p>\"', NONE, UNKNOWN",
        "'\"graderaw\":null,\"gradedatesubmitted\":1795394142,\"gradeishidden\":true,\"gradehiddenbydate\":true', SUBMITTED, HIDDEN",
        "'\"graderaw\":7', GRADED, POSTED",
        "'\"graderaw\":7,\"gradeishidden\":true', GRADED, HIDDEN",
        "'\"graderaw\":7,\"gradehiddenbydate\":true', GRADED, HIDDEN",
        "'\"graderaw\":7,\"status\":\"excluded\"', GRADED, POSTED",
        "'\"graderaw\":7,\"weightraw\":0,\"status\":\"dropped\"', GRADED, POSTED"
    })
    void everyStateIsToldApart(String members, Observation.Status status, Observation.Visibility visibility) {
        read("\"id\":2,\"itemname\":\"Lab\",\"itemtype\":\"mod\",\"grademax\":10," + members);

        assertThat(result("item-2").status()).isEqualTo(status);
        assertThat(result("item-2").visibility()).isEqualTo(visibility);
    }

    @ParameterizedTest
    @ValueSource(strings = {"\"gradeishidden\":true", "\"gradeishidden\":true,\"gradehiddenbydate\":true"})
    void aHiddenGradeThatTheAccountMayNotSeeIsNotTakenForNoneNorIsATotalThatMayLackIt(String hidden) {
        addWithTotal("{\"id\":2,\"itemname\":\"Lab\",\"itemtype\":\"mod\",\"grademax\":10,\"graderaw\":null,"
                + "\"gradedatesubmitted\":1795394142,\"gradedategraded\":1795653342,\"feedback\":\"\"," + hidden + "}");

        assertThat(report.results("item-2")).isEmpty();
        assertThat(report.unreadable("item-2")).containsExactly("5");
        assertThat(report.unreadable("item-1")).containsExactly("5");
        assertThat(report.withholds()).isTrue();
    }

    @Test
    void aGradeKnowsWhenItsWorkWasHandedIn() {
        read("\"id\":2,\"itemname\":\"Lab\",\"itemtype\":\"mod\",\"grademax\":10,\"graderaw\":7,"
                + "\"gradedatesubmitted\":1795394142,\"gradedategraded\":1795653342");

        assertThat(result("item-2").occurredAt()).isEqualTo(Instant.ofEpochSecond(1795653342));
        assertThat(result("item-2").handedInAt()).isEqualTo(Instant.ofEpochSecond(1795394142));
    }

    @ParameterizedTest
    @CsvSource({
        "whole, '5 submitted 0 1795394142', 1795394142, SUBMITTED",
        "whole, '5 submitted 0 1795394142', null, SUBMITTED",
        "whole, '5 draft 0 1795394142', 1795394142, NONE",
        "whole, '5 new 0 1795394142', null, NONE",
        "whole, '', 1795394142, NONE",
        "whole, '5 reopened 1 1795394142', 1795394142, ",
        "whole, '5 draft 1 1795394142', 1795394142, ",
        "whole, '0 submitted 0 1795394142', 1795394142, SUBMITTED",
        "whole, '0 submitted 0 1795394142', 1795394141, ",
        "whole, '0 draft 0 1795394142', 1795394142, NONE",
        "since, '', 1795394142, ",
        "since, '', null, ",
        "since, '5 submitted 0 1795394142', null, SUBMITTED",
        "since, '5 draft 0 1795394142', 1795394142, NONE",
        "hidden, '', 1795394142, UNREADABLE",
        "hidden, '', null, ",
        "never, '', 1795394142, UNREADABLE",
        "never, '', null, "
    })
    void ofAnAssignmentOnlyWhatIsSubmittedIsHandedIn(
            String told, String submission, String date, Observation.Status status) {
        submissions(told, submission);
        read(
                "\"id\":2,\"itemname\":\"Lab\",\"itemtype\":\"mod\",\"itemmodule\":\"assign\",\"iteminstance\":1,\"grademax\":10,"
                        + "\"graderaw\":null,\"gradedatesubmitted\":" + date);

        if (status == null) {
            assertThat(report.results("item-2")).isEmpty();
            assertThat(report.withoutGrade("item-2")).containsExactly("5");
        } else {
            assertThat(result("item-2").status()).isEqualTo(status);
            assertThat(report.withoutGrade("item-2")).isEmpty();
        }
    }

    private void submissions(String told, String submission) {
        if (told.equals("never")) {
            return;
        }
        String[] parts = submission.split(" ");
        String one = submission.isEmpty() ? "" : """
                {"userid":%s,"status":"%s","attemptnumber":%s,"timemodified":%s}""".formatted((Object[]) parts);
        String assignment = told.equals("hidden") ? "" : """
                {"assignmentid":1,"submissions":[%s]}""".formatted(one);
        handIns.add(
                JsonMapper.shared().readTree("{\"assignments\":[" + assignment + "]}"),
                List.of("1"),
                told.equals("whole"));
    }

    @Test
    void whatMoodleIsStillCalculatingIsNotTold() {
        read(
                "\"id\":2,\"itemname\":\"Lab\",\"itemtype\":\"mod\",\"grademax\":10,\"graderaw\":7,\"gradeneedsupdate\":true");

        assertThat(report.columns(null)).extracting(Column::externalId).containsExactly("item-2");
        assertThat(report.results("item-2")).isEmpty();
    }

    @Test
    void aGradeThatIsNoNumberIsNothingKnown() {
        read("\"id\":2,\"itemname\":\"Lab\",\"itemtype\":\"mod\",\"grademax\":10,\"graderaw\":\"7,5\"");

        assertThat(report.results("item-2")).isEmpty();
        assertThat(report.unreadable("item-2")).containsExactly("5");
    }

    @ParameterizedTest
    @CsvSource({
        "'\"status\":\"novalue\",\"weightraw\":0', TOTAL_CURRENT",
        "'\"weightraw\":0.5', TOTAL_FINAL",
        "'\"weightraw\":0.5,\"gradeishidden\":true', SUBTOTAL",
        "'\"weightraw\":0.5,\"gradeneedsupdate\":true', SUBTOTAL",
        "'\"weightraw\":0', SUBTOTAL",
        "'\"weightraw\":0,\"status\":\"dropped\"', SUBTOTAL",
        "'\"cmid\":7', SUBTOTAL"
    })
    void whatTheTotalDidWithAnEmptyGradeSaysWhichTotalItIsAndElseItIsNeither(String members, LineItem.Kind kind) {
        addWithTotal("{\"id\":2,\"itemname\":\"Lab\",\"itemtype\":\"mod\",\"grademax\":10,\"graderaw\":null," + members
                + "}");

        assertThat(column("item-1").kind()).isEqualTo(kind);
        assertThat(kind(KNOWN_FINAL))
                .as("where nothing shows it, it stays what it was")
                .isEqualTo(kind == LineItem.Kind.SUBTOTAL ? LineItem.Kind.TOTAL_FINAL : kind);
    }

    @Test
    void aTotalThatCountsEmptyGradesInSomeCategoriesOnlyIsNeitherWhateverItWas() {
        addWithTotal("{\"id\":2,\"itemtype\":\"mod\",\"graderaw\":null,\"weightraw\":0,\"status\":\"novalue\"},"
                + "{\"id\":3,\"itemtype\":\"mod\",\"graderaw\":null,\"weightraw\":0.5}");

        assertThat(kind(KNOWN_FINAL)).isEqualTo(LineItem.Kind.SUBTOTAL);
        assertThat(column("item-1").label()).isEqualTo("Course total (empty grades count in some categories)");
    }

    @Test
    void theTotalOfACourseOfARealMoodleIsTheOneOfWhatIsGraded() {
        report.add(captured());

        assertThat(column("item-1").kind()).isEqualTo(LineItem.Kind.TOTAL_CURRENT);
        assertThat(report.hidesWeights()).isFalse();
    }

    @Test
    void theSameWhereEmptyGradesCountIsTheOneOfTheEnd() {
        report.add(captured(row -> {
            if (row.path("status").asString("").equals("novalue")) {
                row.remove("status");
                row.put("weightraw", 0.1);
            }
        }));

        assertThat(column("item-1").kind()).isEqualTo(LineItem.Kind.TOTAL_FINAL);
        assertThat(column("item-1").label()).isEqualTo("Course total");
    }

    @Test
    void theSameWhereWeightsAreHiddenIsNeitherAndThatIsSaid() {
        report.add(captured(row -> row.remove(List.of("status", "weightraw", "weightformatted"))));

        assertThat(column("item-1").kind()).isEqualTo(LineItem.Kind.SUBTOTAL);
        assertThat(column("item-1").label()).isEqualTo("Course total (whether empty grades count is not known)");
        assertThat(report.hidesWeights()).isTrue();
    }

    @Test
    void whatATotalWasKnownToBeIsNotKnownAnyMoreOnceWeightsAreHidden() {
        report.add(captured(row -> row.remove(List.of("status", "weightraw", "weightformatted"))));

        assertThat(kind(KNOWN_FINAL)).isEqualTo(LineItem.Kind.SUBTOTAL);
    }

    @Test
    void ofOneLearnerAloneWhoseWeightsAreNotWorkedOutYetNothingFollows() {
        addWithTotal("{\"id\":2,\"itemtype\":\"mod\",\"graderaw\":7}");

        assertThat(kind(KNOWN_FINAL)).isEqualTo(LineItem.Kind.TOTAL_FINAL);
    }

    private static JsonNode captured(Consumer<ObjectNode> change) {
        JsonNode answer = captured();
        answer.path("usergrades")
                .forEach(learner -> learner.path("gradeitems").forEach(row -> change.accept((ObjectNode) row)));
        return answer;
    }

    private static JsonNode captured() {
        return JsonMapper.shared().readTree(MoodleStub.captured("grades: all students"));
    }

    private void addWithTotal(String rows) {
        report.add(JsonMapper.shared()
                .readTree("{\"usergrades\":[{\"userid\":5,\"gradeitems\":[" + rows + "," + TOTAL + "]}]}"));
    }

    private LineItem.Kind kind(Column known) {
        return report.columns(known).stream()
                .filter(column -> column.externalId().equals("item-1"))
                .findFirst()
                .orElseThrow()
                .kind();
    }

    @Test
    void aTotalThatHoldsWhatSheCannotSeeYetIsHiddenFromHer() {
        report.add(JsonMapper.shared()
                .readTree(
                        "{\"usergrades\":[{\"userid\":5,\"gradeitems\":[{\"id\":2,\"itemname\":\"Lab\",\"itemtype\":\"mod\","
                                + "\"grademax\":10,\"graderaw\":9,\"gradeishidden\":true,\"weightraw\":1}," + TOTAL
                                + "]}]}"));

        assertThat(result("item-1").visibility()).isEqualTo(Observation.Visibility.HIDDEN);
    }

    @Test
    void theTotalOfACategoryIsAPercentageThatBearsItsName() {
        report.add(JsonMapper.shared()
                .readTree("{\"usergrades\":[{\"userid\":5,\"gradeitems\":["
                        + category(70, 12, "null", 15, 30) + ","
                        + "{\"id\":2,\"itemname\":\"Lab\",\"itemtype\":\"mod\",\"categoryid\":12,\"grademax\":10,"
                        + "\"graderaw\":5}," + category(71, 13, "null", 1, 4) + ","
                        + category(72, 14, "\"Best of &lt;three&gt;\"", 4, 4) + "," + TOTAL + "]}]}"));

        assertThat(report.columns(null))
                .filteredOn(column -> column.kind() == LineItem.Kind.SUBTOTAL)
                .filteredOn(column -> !column.externalId().equals("item-1"))
                .extracting(Column::label)
                .containsExactly("Total of Exams", "Total of category 13", "Best of <three>");
        assertThat(column("item-70").scoreMaximum()).isEqualByComparingTo("100");
        assertThat(result("item-70").score()).isEqualByComparingTo("50");
        assertThat(result("item-70").visibility()).isEqualTo(Observation.Visibility.POSTED);
        assertThat(result("item-71").score()).isEqualByComparingTo("25");
    }

    @Test
    void theTotalOfACategoryIsHiddenWhereAPartOfTheCourseIs() {
        report.add(JsonMapper.shared()
                .readTree("{\"usergrades\":[{\"userid\":5,\"gradeitems\":["
                        + category(70, 12, "null", 15, 30) + ","
                        + "{\"id\":2,\"itemname\":\"Lab\",\"itemtype\":\"mod\",\"categoryid\":12,\"grademax\":10,"
                        + "\"graderaw\":5,\"gradeishidden\":true}," + TOTAL + "]}]}"));

        assertThat(result("item-70").visibility()).isEqualTo(Observation.Visibility.HIDDEN);
    }

    private static String category(int id, int instance, String name, int grade, int maximum) {
        return "{\"id\":" + id + ",\"itemname\":" + name + ",\"itemtype\":\"category\",\"iteminstance\":" + instance
                + ",\"categoryid\":null,\"graderaw\":" + grade + ",\"grademin\":0,\"grademax\":" + maximum + "}";
    }

    @Test
    void whatLaurelWritesIsNotEvenListed() {
        read(
                "\"id\":8,\"cmid\":77,\"itemname\":\"Badge\",\"itemtype\":\"mod\",\"itemmodule\":\"lti\",\"grademax\":10,\"graderaw\":7");

        assertThat(report.columns(null)).isEmpty();
        assertThat(report.outputModules()).containsExactly("77");
    }

    @Test
    void aReportInAnotherFormChangesNothing() {
        for (String answer : new String[] {
            "{}",
            "[]",
            "{\"usergrades\":[{\"gradeitems\":[]}]}",
            "\"\"",
            "{\"usergrades\":[{\"userid\":5,\"gradeitems\":[{\"itemtype\":\"mod\"}]}]}"
        }) {
            assertThatThrownBy(() -> report.add(JsonMapper.shared().readTree(answer)))
                    .as(answer)
                    .isInstanceOf(ServiceProblem.class);
        }
    }

    private void read(String members) {
        report.add(
                JsonMapper.shared().readTree("{\"usergrades\":[{\"userid\":5,\"gradeitems\":[{" + members + "}]}]}"));
    }

    private Column column(String externalId) {
        return report.columns(null).stream()
                .filter(column -> column.externalId().equals(externalId))
                .findFirst()
                .orElseThrow();
    }

    private Result result(String externalId) {
        return report.results(externalId).get(0);
    }
}
