package dev.laurel.credential.proof;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class JsonBytesTests {

    @Test
    void whatIsWrittenReadsBackWhateverItSays() {
        var object = JsonBytes.JSON
                .createObjectBuilder()
                .add("name", "\"Łódź\"\n漢字 🎓\t\\u0000")
                .build();

        assertThat(JsonBytes.parse(JsonBytes.write(object))).isEqualTo(object);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "[]",
                "1",
                "{",
                "{} {}",
                "{}x",
                "{\"a\":1,\"a\":2}",
                "{\"a\":{\"b\":1,\"b\":1}}",
                "{'a':1}",
                "null",
                "{\"a\":\"Can you weld\\ud800\"}",
                "{\"\\udc00\":1}",
                "{\"a\":1e-50000000}",
                "{\"a\":0e-50000000}",
                "{\"a\":1e99999999999}",
                "{\"a\":1e301}",
                "{\"a\":3.0000000000000000000001}",
                "{\"a\":9007199254740993}",
                "{\"a\":3.00000000000000000000000000000000000000000}"
            })
    void whatCanBeReadInTwoWaysIsRefused(String text) {
        assertThatThrownBy(() -> JsonBytes.parse(text.getBytes(StandardCharsets.UTF_8)))
                .isInstanceOf(BadCredentialException.class);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "3",
                "3.0",
                "-0",
                "0.1",
                "0.30000000000000004",
                "33.333333333333336",
                "1772359200",
                "1E+2",
                "5e-3"
            })
    void numbersThatADoubleKeepsAreRead(String number) {
        byte[] bytes = ("{\"a\":" + number + ",\"b\":\"\\ud83c\\udf93\"}").getBytes(StandardCharsets.UTF_8);

        assertThat(JsonBytes.parse(bytes).getString("b")).isEqualTo("🎓");
    }

    @Test
    void brokenUtf8IsRefused() {
        byte[] bytes = "{\"a\":\"é\"}".getBytes(StandardCharsets.ISO_8859_1);

        assertThatThrownBy(() -> JsonBytes.parse(bytes)).isInstanceOf(BadCredentialException.class);
    }

    @Test
    void endlessNestingIsRefused() {
        String deep = "{\"a\":".repeat(2000) + "1" + "}".repeat(2000);

        assertThatThrownBy(() -> JsonBytes.parse(deep.getBytes(StandardCharsets.UTF_8)))
                .isInstanceOf(BadCredentialException.class);
    }
}
