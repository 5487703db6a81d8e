package dev.laurel.platform.selftest;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Arrays;
import org.junit.jupiter.api.Test;

class CheckTests {

    @Test
    void everyCheckCanFailOrBeFineUnlessItOnlyTellsWhatWasSeen() {
        for (Check check : Check.values()) {
            assertThat(check.codes().stream().map(check::outcome).map(java.util.Optional::orElseThrow))
                    .as(check.name())
                    .contains(Outcome.OK, Outcome.NOT_TESTED)
                    .matches(outcomes -> check == Check.DEEP_LINKING || outcomes.contains(Outcome.PROBLEM));
        }
    }

    @Test
    void whatWasNotLookedAtIsNeverGreen() {
        assertThat(Arrays.stream(Check.values()))
                .allMatch(check -> check.outcome(Check.WAITING).orElseThrow() == Outcome.NOT_TESTED)
                .allMatch(check -> check.outcome(Check.BROKEN).orElseThrow() == Outcome.NOT_TESTED);
    }

    @Test
    void aCodeOfAnotherCheckIsNoFinding() {
        assertThatThrownBy(() -> Finding.of(Check.CLOCK, "granted")).isInstanceOf(IllegalArgumentException.class);
    }
}
