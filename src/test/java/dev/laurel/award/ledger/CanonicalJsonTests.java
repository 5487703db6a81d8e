package dev.laurel.award.ledger;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class CanonicalJsonTests {

    @Test
    void membersAreSortedAndNothingIsBetweenThem() {
        CanonicalJson object = new CanonicalJson.Members()
                .put("v", 2)
                .put("award", "a")
                .put("lines", CanonicalJson.of("[ {\"b\": 80.0, \"a\": 1e2} ]"))
                .put("decidedAt", Instant.parse("2026-11-26T08:00:00.123456Z"))
                .toJson();
        assertThat(object.text()).isEqualTo("""
                {"award":"a","decidedAt":"2026-11-26T08:00:00.123456Z","lines":[{"a":100,"b":80}],"v":2}""");
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "Grade \"A\"", "a\nb\t\u0007\u001f", "Zoë 🎓", "\u2028</script>", "back\\slash"})
    void aTextIsWrittenAsInTheWholeObject(String text) {
        String together = new CanonicalJson.Members()
                .put("level", text)
                .put("n", 7)
                .toJson()
                .text();
        assertThat(together).isEqualTo(CanonicalJson.of(together).text());
        assertThat(jakarta.json.Json.createReader(new java.io.StringReader(together))
                        .readObject()
                        .getString("level"))
                .isEqualTo(text);
    }

    @Test
    void whatIsNotThereIsNullAndAnEmptyObjectIsOne() {
        assertThat(new CanonicalJson.Members()
                        .put("evidence", (String) null)
                        .toJson()
                        .text())
                .isEqualTo("{\"evidence\":null}");
        assertThat(new CanonicalJson.Members().toJson().text()).isEqualTo("{}");
    }
}
