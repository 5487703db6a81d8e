package dev.laurel.credential.document;

import static org.assertj.core.api.Assertions.assertThat;

import dev.laurel.award.Grounds;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
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
}
