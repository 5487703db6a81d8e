package dev.laurel.dashboard;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class TypedTests {

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            80     | 80
            7,5    | 7.5
            7.125  | 7.125
            0,750  | 0.750
            7,50 % | 7.50
            1234,5 | 1234.5
            1000   | 1000
            """)
    void aNumberIsReadWithAPointOrAComma(String typed, String number) {
        assertThat(Typed.number(typed)).isEqualByComparingTo(number);
    }

    @ParameterizedTest
    @ValueSource(strings = {"1,000", "12,500 %", "999,999", "eighty", "1,000,000", "-3"})
    void whatMayBeAThousandOrOneIsNoNumberAndNeitherIsAWord(String typed) {
        assertThat(Typed.number(typed)).isNull();
    }
}
