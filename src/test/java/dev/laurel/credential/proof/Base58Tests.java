package dev.laurel.credential.proof;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.math.BigInteger;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class Base58Tests {

    /** Examples of the base58 draft. */
    @ParameterizedTest
    @CsvSource({"Hello World!, z2NEpo7TZRRrLZSi2U", "'', z"})
    void encodesLikeTheDraft(String text, String encoded) {
        assertThat(Base58.encode(text.getBytes())).isEqualTo(encoded);
    }

    @Test
    void digitsThatAreZeroInTheMiddleStay() {
        byte[] bytes = BigInteger.valueOf(58).pow(20).add(BigInteger.ONE).toByteArray();

        assertThat(Base58.encode(bytes)).isEqualTo("z2" + "1".repeat(19) + "2");
    }

    @Test
    void whatIsEncodedComesBackWithItsLeadingZeros() {
        Random random = new Random(58);
        for (int i = 0; i < 500; i++) {
            byte[] bytes = new byte[1 + random.nextInt(70)];
            random.nextBytes(bytes);
            for (int zero = 0; zero < Math.min(i % 4, bytes.length); zero++) {
                bytes[zero] = 0;
            }
            assertThat(Base58.decode(Base58.encode(bytes)))
                    .as("seed 58, round %s", i)
                    .isEqualTo(bytes);
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "z", "2NEpo7TZRRrLZSi2U", "z0", "zO", "zI", "zl", "z2 N", "uAAAA"})
    void anythingElseIsRefused(String text) {
        assertThatThrownBy(() -> Base58.decode(text)).isInstanceOf(BadCredentialException.class);
    }
}
