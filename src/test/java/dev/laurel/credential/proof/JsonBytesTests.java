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
                "null"
            })
    void whatCanBeReadInTwoWaysIsRefused(String text) {
        assertThatThrownBy(() -> JsonBytes.parse(text.getBytes(StandardCharsets.UTF_8)))
                .isInstanceOf(BadCredentialException.class);
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
