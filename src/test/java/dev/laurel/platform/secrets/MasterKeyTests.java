package dev.laurel.platform.secrets;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class MasterKeyTests {

    private static final byte[] SECRET = "a secret".getBytes(StandardCharsets.UTF_8);

    private final MasterKey key = new MasterKey(filled(1));

    @Test
    void whatWasSealedIsOpenedForTheSamePurpose() {
        assertThat(key.open("a", key.seal("a", SECRET))).isEqualTo(SECRET);
        assertThat(key.open("a", key.seal("a", new byte[0]))).isEmpty();
    }

    @Test
    void theSameSecretNeverLooksTheSameTwice() {
        assertThat(key.seal("a", SECRET)).isNotEqualTo(key.seal("a", SECRET));
    }

    @Test
    void anotherPurposeOrAnotherMasterKeyOpensNothing() {
        byte[] sealed = key.seal("a", SECRET);

        assertThatIllegalStateException().isThrownBy(() -> key.open("b", sealed));
        assertThatIllegalStateException().isThrownBy(() -> new MasterKey(filled(2)).open("a", sealed));
    }

    @Test
    void everyChangedBitIsNoticed() {
        byte[] sealed = key.seal("a", SECRET);
        for (int bit = 0; bit < sealed.length * 8; bit++) {
            byte[] changed = sealed.clone();
            changed[bit / 8] ^= (byte) (1 << (bit % 8));
            assertThatIllegalStateException().isThrownBy(() -> key.open("a", changed));
        }
        assertThatIllegalStateException().isThrownBy(() -> key.open("a", Arrays.copyOf(sealed, 20)));
        assertThatIllegalStateException().isThrownBy(() -> key.open("a", new byte[0]));
    }

    @Test
    void keyedHashesDependOnKeyPurposeAndValue() {
        byte[] hash = key.keyedHash("a", SECRET);

        assertThat(hash).hasSize(32).isEqualTo(new MasterKey(filled(1)).keyedHash("a", SECRET));
        assertThat(hash).isNotEqualTo(key.keyedHash("b", SECRET));
        assertThat(hash).isNotEqualTo(new MasterKey(filled(2)).keyedHash("a", SECRET));
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "not base64!", "c2hvcnQ="})
    void aMasterKeyHas32Bytes(String text) {
        assertThatIllegalArgumentException().isThrownBy(() -> MasterKey.fromBase64(text));
    }

    private static byte[] filled(int value) {
        byte[] bytes = new byte[MasterKey.LENGTH];
        Arrays.fill(bytes, (byte) value);
        return bytes;
    }
}
