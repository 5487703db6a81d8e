package dev.laurel.gradebook;

import static org.assertj.core.api.Assertions.assertThat;

import java.math.BigDecimal;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Letters by percent. */
class GradingSchemeTests {

    @Test
    void theSameSchemeIsTheSameHoweverItsNumbersAreWritten() {
        assertThat(scheme("90", "0")).isEqualTo(scheme("90.000000", "0.0")).isEqualTo(scheme("9E+1", "0"));
        assertThat(scheme("90", "0")).isNotEqualTo(scheme("90.1", "0"));
    }

    @Test
    void theBestLetterWhosePercentageIsReachedCountsAndWhoIsBelowAllHasNone() {
        GradingScheme scheme = scheme("90", "10");

        assertThat(scheme.place(new BigDecimal("18"), new BigDecimal("20"))).isZero();
        assertThat(scheme.place(new BigDecimal("17.99"), new BigDecimal("20"))).isEqualTo(1);
        assertThat(scheme.place(new BigDecimal("1.99"), new BigDecimal("20"))).isEqualTo(2);
    }

    private static GradingScheme scheme(String a, String f) {
        return new GradingScheme(List.of(
                new GradingScheme.Step("A", new BigDecimal(a)), new GradingScheme.Step("F", new BigDecimal(f))));
    }
}
