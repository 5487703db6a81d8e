package dev.laurel.gradebook.ags;

import static org.assertj.core.api.Assertions.assertThat;

import java.math.BigDecimal;
import java.net.URI;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Addresses and numbers of AGS. */
class AgsUrlsTests {

    private static final JsonMapper JSON = JsonMapper.builder()
            .enable(DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS)
            .build();

    @ParameterizedTest
    @CsvSource({
        "https://l.example/2/lineitems/4/lineitem?type_id=1, https://l.example/2/lineitems/4/lineitem/scores?type_id=1",
        "https://l.example/line_items/91, https://l.example/line_items/91/scores",
        "https://l.example/line_items/91/, https://l.example/line_items/91/scores",
        "https://l.example/items/a%20b?x=%3F&y=/, https://l.example/items/a%20b/scores?x=%3F&y=/",
        "https://l.example/items/1#top, https://l.example/items/1/scores",
    })
    void thePathGrowsAndTheQueryStays(String lineItem, String scores) {
        assertThat(AgsUrls.scores(URI.create(lineItem))).isEqualTo(URI.create(scores));
        assertThat(AgsUrls.results(URI.create(lineItem)))
                .isEqualTo(URI.create(scores.replaceFirst("/scores", "/results")));
    }

    @ParameterizedTest
    @CsvSource({
        "https://l.example/items, https://l.example/items?limit=100",
        "https://l.example/items?a=1, https://l.example/items?a=1&limit=100",
        "https://l.example/items?type_id=1, https://l.example/items?type_id=1",
        "https://l.example/items?a=1&type_id=1, https://l.example/items?a=1&type_id=1",
        "https://l.example/items?limit=5, https://l.example/items?limit=5",
    })
    void moodleIsNeverAskedForALimit(String list, String asked) {
        assertThat(AgsUrls.inLargePages(URI.create(list))).isEqualTo(URI.create(asked));
    }

    @ParameterizedTest
    @CsvSource({
        "85, 85",
        "85.5, 85.5",
        "0, 0",
        "-1, -1",
        "120.25, 120.25",
        "'\"85\"', 85",
        "'\"16.67000\"', 16.67",
        "79.99999999, 79.999999",
        "-0.00000001, -0.000001",
        "1e2, 100",
        "1e-400000, 0",
        "1e-999999999, 0",
        "-1e-999999999, 0",
        "0e-999999999, 0",
        "0e999999999, 0",
        "0.00000099, 0",
        "99999999999999, 99999999999999",
    })
    void numbersAreReadExactlyAndNeverRoundedUp(String json, BigDecimal number) {
        assertThat(AgsNumbers.read(read(json)))
                .hasValueSatisfying(read -> assertThat(read).isEqualByComparingTo(number));
    }

    /** 0.7 of 6 points, 0.1 and 0.2, and a hundred times 0.01, as a computer adds and multiplies them. */
    @ParameterizedTest
    @CsvSource({
        "4.199999999999999, 4.2",
        "0.30000000000000004, 0.3",
        "1.0000000000000007, 1",
        "'\"79.99999999999999\"', 80",
        "-0.000000000000001, 0",
    })
    void theNoiseOfFloatingPointNumbersIsNoDifference(String json, BigDecimal number) {
        assertThat(AgsNumbers.read(read(json)))
                .hasValueSatisfying(read -> assertThat(read).isEqualByComparingTo(number));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "\"85,5\"",
                "\"85%\"",
                "\"B+\"",
                "\"1e3\"",
                "\"1.000,5\"",
                "\"0x10\"",
                "\"NaN\"",
                "true",
                "{}",
                "[85]",
                "1e400000000",
                "100000000000000",
                "\"\u0668\u0665\"",
            })
    void whatIsNoPlainNumberIsNotGuessed(String json) {
        assertThat(AgsNumbers.isAbsent(read(json))).isFalse();
        assertThat(AgsNumbers.read(read(json))).isEmpty();
    }

    @Test
    void nothingIsNothing() {
        assertThat(AgsNumbers.isAbsent(null)).isTrue();
        assertThat(AgsNumbers.isAbsent(read("null"))).isTrue();
        assertThat(AgsNumbers.isAbsent(read("\" \""))).isTrue();
    }

    private static JsonNode read(String json) {
        return JSON.readTree(json);
    }
}
