package dev.laurel.award;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Where a tier that somebody has stands among those that its badge has by now. */
class TierPlaceTests {

    @ParameterizedTest(name = "{0} of {1} is {3} of {2}")
    @CsvSource({
        "Silver, Bronze Silver Gold, Bronze Silver Gold, 2",
        "Silver, Bronze Silver Gold, Silver Gold, 1",
        "Bronze, Bronze Silver Gold, Silver Gold, 0",
        "Silver, Bronze Silver Gold, Bronze Gold, 1",
        "Gold, Bronze Silver Gold, Bronze Silver, 2",
        "Low, Low High, New Low High, 2",
        "Low, Low High, Basic High, 1",
        "High, Low High, One Two, 2",
        "Gold, Bronze Silver Gold, One Two, 2",
        "High, Low High, '', 1"
    })
    void isWhereItsNameIsOrBetweenWhatWasBesideIt(String tier, String then, String now, int place) {
        List<String> names = List.of(then.split(" "));
        Award.Level level = new Award.Level(names.indexOf(tier) + 1, names);

        assertThat(level.among(now.isEmpty() ? List.of() : List.of(now.split(" "))))
                .isEqualTo(place);
    }
}
