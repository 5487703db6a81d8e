package dev.laurel.credential.document;

import static org.assertj.core.api.Assertions.assertThat;

import dev.laurel.award.Grounds;
import java.math.BigDecimal;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What a badge says of how it was assessed. */
class EvidenceTests {

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "evidence|Awarded by rule from one work that an assessor accepted. Its rule asks for a person's judgement.",
                "evidence,confirmation|Awarded by rule from one work that an assessor accepted and one confirmation by staff."
                        + " Its rule asks for a person's judgement.",
                "score,evidence|Awarded by rule from one score and one work that an assessor accepted."
                        + " A part of its rule asks for a person's judgement.",
                "completion,completion|Awarded by rule from 2 completions.",
                "score|Awarded by rule from one score."
            })
    void thatAPersonHasToJudgeIsSaidWhereTheRuleAsksForIt(String asked, String said) {
        Grounds grounds = new Grounds(List.of(), Arrays.asList(asked.split(",")), false, List.of(), null);

        for (boolean level : new boolean[] {true, false}) {
            assertThat(Objects.requireNonNull(Evidence.assessment(grounds, level))
                            .narrative())
                    .isEqualTo(said);
        }
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            nullValues = "nothing",
            value = {
                "PERSON|The gradebook names a person as the grader of the score that counted.",
                "TOOL|The gradebook names a quiz or another tool as the grader of the score that counted.",
                "PERSON,PERSON|The gradebook names a person as the grader of each of the scores that counted.",
                "PERSON,UNKNOWN|The gradebook names a person as the grader of some of the scores that counted.",
                "TOOL,PERSON|The gradebook names a person as the grader of some of the scores that counted. The"
                        + " gradebook names a quiz or another tool as the grader of some of the scores that counted.",
                "UNKNOWN|nothing"
            })
    void whoGradedIsSaidAsFarAsTheGradebookSaysIt(String graders, @Nullable String said) {
        List<Grounds.Met> met =
                Arrays.stream(graders.split(",")).map(EvidenceTests::score).toList();
        Grounds grounds = new Grounds(met, met.stream().map(Grounds.Met::type).toList(), false, List.of(), null);

        String narrative =
                Objects.requireNonNull(Evidence.assessment(grounds, false)).narrative();

        if (said == null) {
            assertThat(narrative).doesNotContain("names");
        } else {
            assertThat(narrative).endsWith("gradebook. " + said);
        }
        assertThat(Objects.requireNonNull(Evidence.assessment(grounds, true)).narrative())
                .as("beside a level")
                .doesNotContain("names");
    }

    private static Grounds.Met score(String grader) {
        return new Grounds.Met(
                "score",
                "Essay " + grader,
                BigDecimal.TEN,
                BigDecimal.TEN,
                null,
                null,
                "points",
                "8",
                Grounds.Origin.READ,
                grader.equals("UNKNOWN") ? null : Grounds.Grader.valueOf(grader));
    }
}
