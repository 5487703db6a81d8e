package dev.laurel.gradebook.csv;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class DecimalsTests {

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "12|WHOLE",
                "-3|WHOLE",
                "007|WHOLE",
                "12.5|POINT",
                "12,5|COMMA",
                "0.125|POINT",
                "0,125|COMMA",
                "85.00 %|POINT",
                "85,00 %|COMMA",
                "1,234|UNCLEAR",
                "1.234|UNCLEAR",
                "1,234.5|POINT",
                "1.234,5|COMMA",
                "1,234,567|POINT",
                "1.234.567|COMMA",
                "1 234,5|COMMA",
                "1.5E2|NO_NUMBER",
                "=1+1|NO_NUMBER",
                "12.5.1|NO_NUMBER",
                "1,23,456|NO_NUMBER",
                "B+|NO_NUMBER",
                "NaN|NO_NUMBER",
                "٣|NO_NUMBER"
            })
    void aNumberTellsHowNumbersAreWrittenOrThatItDoesNot(String text, Decimals.Evidence evidence) {
        assertThat(Decimals.evidence(text)).isEqualTo(evidence);
    }

    @Test
    void theSameTextIsAnotherNumberInTheOtherWayOfWriting() {
        assertThat(Decimals.POINT.read("1,234"))
                .hasValueSatisfying(n -> assertThat(n).isEqualByComparingTo("1234"));
        assertThat(Decimals.COMMA.read("1,234"))
                .hasValueSatisfying(n -> assertThat(n).isEqualByComparingTo("1.234"));
        assertThat(Decimals.COMMA.read("1.234,5"))
                .hasValueSatisfying(n -> assertThat(n).isEqualByComparingTo("1234.5"));
        assertThat(Decimals.POINT.read("-0.5"))
                .hasValueSatisfying(n -> assertThat(n).isEqualByComparingTo("-0.5"));
    }

    @Test
    void nothingIsRoundedUpButTheNoiseOfFloatingPointNumbers() {
        assertThat(Decimals.POINT.read("79.99999999"))
                .hasValueSatisfying(n -> assertThat(n).isEqualByComparingTo("79.999999"));
        assertThat(Decimals.POINT.read("4.199999999999999"))
                .hasValueSatisfying(n -> assertThat(n).isEqualByComparingTo("4.2"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"12,5", "1.5E2", "=1+1", "", "%", "1e9", "0x10", "12 5", "--1"})
    void whatIsNoNumberWithAPointIsNone(String text) {
        assertThat(Decimals.POINT.read(text)).isEmpty();
    }
}
