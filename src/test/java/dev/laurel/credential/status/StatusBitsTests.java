package dev.laurel.credential.status;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.laurel.credential.proof.BadCredentialException;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.util.Base64;
import java.util.List;
import java.util.stream.IntStream;
import java.util.zip.GZIPInputStream;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class StatusBitsTests {

    /** The example of the specification: all 131,072 bits are 0. */
    private static final String NOTHING_SET = "uH4sIAAAAAAAAA-3BMQEAAADCoPVPbQwfoAAAAAAAAAAAAAAAAAAAAIC3AYbSVKsAQAAA";

    @Test
    void theExampleOfTheSpecificationIsRead() {
        StatusBits bits = StatusBits.decode(NOTHING_SET);

        assertThat(IntStream.range(0, StatusBits.SIZE).filter(bits::isSet)).isEmpty();
    }

    @Test
    void whatIsSetIsReadBackAndNothingElse() {
        List<Integer> set = List.of(0, 7, 8, 77_777, StatusBits.SIZE - 1);

        StatusBits bits = StatusBits.decode(StatusBits.of(set).encode());

        assertThat(IntStream.range(-1, StatusBits.SIZE + 1).filter(bits::isSet).boxed())
                .containsExactlyElementsOf(set);
    }

    @Test
    void theFirstBitIsTheLeftmost() throws Exception {
        String encoded = StatusBits.of(List.of(0, 15)).encode();

        byte[] bytes = new GZIPInputStream(
                        new ByteArrayInputStream(Base64.getUrlDecoder().decode(encoded.substring(1))))
                .readAllBytes();

        assertThat(bytes).hasSize(16_384).startsWith((byte) 0x80, (byte) 0x01, (byte) 0);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "u", "uAAAA", "H4sIAAAA", "u!!!"})
    void whatIsNoListIsRefused(String encoded) {
        assertThatThrownBy(() -> StatusBits.decode(encoded)).isInstanceOf(BadCredentialException.class);
    }

    @Test
    void aListOfAnotherSizeIsRefusedHoweverMuchItUnpacksTo() throws Exception {
        for (int size : new int[] {0, 16_383, 16_385, 100_000_000}) {
            ByteArrayOutputStream packed = new ByteArrayOutputStream();
            try (GZIPOutputStream out = new GZIPOutputStream(packed)) {
                out.write(new byte[size]);
            }
            String encoded = "u" + Base64.getUrlEncoder().withoutPadding().encodeToString(packed.toByteArray());
            assertThatThrownBy(() -> StatusBits.decode(encoded)).isInstanceOf(BadCredentialException.class);
        }
    }
}
