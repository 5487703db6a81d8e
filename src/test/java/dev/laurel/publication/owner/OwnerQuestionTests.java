package dev.laurel.publication.owner;

import static org.assertj.core.api.Assertions.assertThat;

import dev.laurel.publication.owner.OwnerQuestion.State;
import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class OwnerQuestionTests {

    private static final Instant ASKED = Instant.parse("2026-11-26T12:00:00Z");

    private static final Instant END = ASKED.plus(OwnerQuestions.ANSWERED_WITHIN);

    @ParameterizedTest
    @CsvSource({"0, WAITING", "899, WAITING", "900, OVER", "9000, OVER"})
    void aQuestionWaitsForAQuarterOfAnHour(long seconds, State state) {
        OwnerQuestion question = new OwnerQuestion(1, "482913", null, ASKED, END, null);

        assertThat(question.state(ASKED.plusSeconds(seconds))).isEqualTo(state);
    }

    @ParameterizedTest
    @CsvSource({"0, CONFIRMED", "299, CONFIRMED", "300, OVER"})
    void anAnswerIsShownForFiveMinutes(long seconds, State state) {
        Instant answered = END.minus(Duration.ofSeconds(1));
        OwnerQuestion question = new OwnerQuestion(1, "482913", null, ASKED, END, answered);

        assertThat(question.state(answered.plusSeconds(seconds))).isEqualTo(state);
    }

    @Test
    void aNameThatSomebodyTypesHidesNothingAndTurnsNothing() {
        assertThat(OwnerQuestions.readable("  Acme\u202e \u0000 Ltd\u200b\n ")).isEqualTo("Acme Ltd");
        assertThat(OwnerQuestions.readable("علی\u200cرضا"))
                .as("joiners spell names")
                .isEqualTo("علی\u200cرضا");
        assertThat(OwnerQuestions.readable("\u202e \t")).isNull();
        assertThat(OwnerQuestions.readable(null)).isNull();
        assertThat(OwnerQuestions.readable("🎓".repeat(100))).isEqualTo("🎓".repeat(80));
    }
}
