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
                "evidence|Awarded by rule from one work that an assessor accepted. A person judged it.",
                "evidence,confirmation|Awarded by rule from one work that an assessor accepted and one confirmation by staff."
                        + " A person judged each of them.",
                "score,evidence|Awarded by rule from one score and one work that an assessor accepted."
                        + " A person judged some of them.",
                "completion,completion|Awarded by rule from 2 completions."
                        + " It was counted by programs, without a person's judgement.",
                "score|Awarded by rule from one score."
            })
    void whetherPeopleOrProgramsCameToItIsSaidWhereWhatWasAskedForTellsIt(String asked, String said) {
        Grounds grounds = new Grounds(List.of(), Arrays.asList(asked.split(",")), false, List.of(), null);

        for (boolean level : new boolean[] {true, false}) {
            assertThat(Objects.requireNonNull(Evidence.assessment(grounds, level))
                            .narrative())
                    .isEqualTo(said);
        }
    }
}
