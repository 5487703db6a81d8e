package dev.laurel.award.ledger;

import static org.assertj.core.api.Assertions.assertThat;

import dev.laurel.award.Grounds;
import dev.laurel.award.Grounds.Origin;
import java.util.List;
import org.junit.jupiter.api.Test;

/** What a decision record tells of how somebody was assessed. */
class GroundsReaderTests {

    private static final String ESSAY = """
            {"type": "score", "lineItem": 7, "label": "Essay", "atLeast": %s, "unit": "percent", "value": 17, "maximum": 20,
             "percent": 85, "source": "ags", "verdict": "%s"}""";

    @Test
    void ofTiersThatAskForTheSameTheHighestThatWasMetCounts() {
        Grounds grounds = GroundsReader.read("""
                {"v": 2, "rule": {"type": "levels", "levels": [{"rule": {"type": "score", "take": "best"}}]},
                 "lines": [%s, %s, %s]}""".formatted(
                        ESSAY.formatted("70", "MET"), ESSAY.formatted("80", "MET"), ESSAY.formatted("95", "NOT_MET")));

        assertThat(grounds.met()).singleElement().satisfies(met -> {
            assertThat(met.label()).isEqualTo("Essay");
            assertThat(met.required()).isEqualTo("80");
            assertThat(met.percent()).isEqualByComparingTo("85");
            assertThat(met.origin()).isEqualTo(Origin.READ);
        });
        assertThat(grounds.asked()).containsExactly("score");
        assertThat(grounds.attempts()).containsExactly("best");
        assertThat(grounds.byHand()).isFalse();
    }

    @Test
    void whereResultsCameFromIsToldApart() {
        Grounds grounds = GroundsReader.read("""
                {"v": 2, "rule": {}, "lines": [%s, %s]}""".formatted(
                ESSAY.formatted("70", "MET").replace("\"ags\"", "\"csv\""),
                ESSAY.formatted("70", "MET").replace("\"ags\"", "\"manual\"").replace("Essay", "Talk")));

        assertThat(grounds.met()).extracting(Grounds.Met::origin).containsExactly(Origin.FILE, Origin.ENTERED);
    }

    @Test
    void whoGradedIsToldOfSingleScoresAsFarAsItIsKnown() {
        String byPerson = ESSAY.formatted("70", "MET").replace("\"verdict\"", "\"grader\": \"PERSON\", \"verdict\"");
        Grounds grounds = GroundsReader.read("""
                {"v": 2, "rule": {}, "lines": [%s, %s, %s, %s]}""".formatted(
                        byPerson,
                        byPerson.replace("PERSON", "TOOL").replace("Essay", "Quiz"),
                        ESSAY.formatted("70", "MET").replace("Essay", "Talk"),
                        byPerson.replace("\"score\"", "\"rubricRow\"").replace("Essay", "Style")));

        assertThat(grounds.met())
                .extracting(Grounds.Met::grader)
                .containsExactly(Grounds.Grader.PERSON, Grounds.Grader.TOOL, null, null);
    }

    @Test
    void whatAPersonGaveAndWhatWasErasedHaveNoResultsToTell() {
        assertThat(GroundsReader.read("{\"byHand\": {\"reason\": \"x\"}, \"rule\": {}, \"lines\": []}"))
                .isEqualTo(new Grounds(List.of(), List.of(), true, List.of(), null));
        assertThat(GroundsReader.read("{}").met()).isEmpty();
        assertThat(GroundsReader.read(
                                "{\"byHand\": {\"reason\": \"x\", \"evidenceUrl\": \"https://work.example/1\"}, \"lines\": []}")
                        .evidenceUrl())
                .isEqualTo("https://work.example/1");
    }
}
