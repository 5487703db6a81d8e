package dev.laurel.credential.issuer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.laurel.credential.issuer.GivenKeysSettings.Key;
import dev.laurel.credential.proof.Ed25519;
import dev.laurel.credential.proof.JwsKeys;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.interfaces.ECPublicKey;
import java.security.interfaces.RSAPublicKey;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Keys of issuers that an operator keeps in files and in the environment. */
class GivenKeysTests {

    private static final UUID ISSUER = UUID.fromString("0d8f8a52-3a3b-4f3e-a3c5-5f3a8f7b9c11");

    private static final byte[] DATA = "a badge".getBytes(StandardCharsets.UTF_8);

    private static KeyPair pair(KeyAlgorithm algorithm) throws Exception {
        return algorithm == KeyAlgorithm.ED25519
                ? KeyPairGenerator.getInstance("Ed25519").generateKeyPair()
                : JwsKeys.of(algorithm.stored()).newKey();
    }

    private static String pem(KeyPair pair) {
        return "-----BEGIN PRIVATE KEY-----\n"
                + Base64.getMimeEncoder(64, new byte[] {'\n'})
                        .encodeToString(pair.getPrivate().getEncoded())
                + "\n-----END PRIVATE KEY-----\n";
    }

    @ParameterizedTest
    @EnumSource(KeyAlgorithm.class)
    void whatAKeyOfAFileSignsIsVerifiedWithThePublicPartThatIsWorkedOutOfIt(
            KeyAlgorithm algorithm, @TempDir Path folder) throws Exception {
        KeyPair pair = pair(algorithm);
        Path file = Files.writeString(folder.resolve("key.pem"), pem(pair));
        GivenKeys keys = new GivenKeys(
                new GivenKeysSettings(List.of(new Key(ISSUER, algorithm.stored(), file.toString(), null))),
                name -> null);

        PemKey key = keys.read(keys.source(ISSUER, algorithm).orElseThrow(), algorithm);
        byte[] signature = algorithm.signer("did:example#1", key.plain()).sign(DATA);

        if (algorithm == KeyAlgorithm.ED25519) {
            assertThat(Ed25519.verify(key.ed25519Public(), DATA, signature)).isTrue();
        } else {
            assertThat(JwsKeys.of(algorithm.stored()).verify(key.publicKey(), DATA, signature))
                    .isTrue();
            assertThat(key.publicKey()).isEqualTo(pair.getPublic());
            assertThat(key.publicKey()).isInstanceOfAny(RSAPublicKey.class, ECPublicKey.class);
        }
        assertThat(keys.any(ISSUER)).isTrue();
        assertThat(keys.any(UUID.randomUUID())).isFalse();
    }

    @Test
    void aKeyOfTheEnvironmentMayStandOnOneLine() throws Exception {
        KeyPair pair = pair(KeyAlgorithm.ED25519);
        Map<String, String> environment = Map.of("BADGE_KEY", pem(pair).strip().replace("\n", "\\n"));
        GivenKeys keys = new GivenKeys(
                new GivenKeysSettings(List.of(new Key(ISSUER, "ed25519", null, "BADGE_KEY"))), environment::get);

        PemKey key = keys.read("env:BADGE_KEY", KeyAlgorithm.ED25519);

        assertThat(Ed25519.verify(
                        key.ed25519Public(),
                        DATA,
                        KeyAlgorithm.ED25519
                                .signer("did:example#1", key.plain())
                                .sign(DATA)))
                .isTrue();
    }

    @Test
    void whatCannotBeUsedIsSaidAtTheStartWithoutAWordOfTheKey(@TempDir Path folder) throws Exception {
        Path rsa = Files.writeString(folder.resolve("rsa.pem"), pem(pair(KeyAlgorithm.RS256)));
        Path text = Files.writeString(folder.resolve("text.pem"), "secret");
        refused(new Key(ISSUER, "Ed25519", rsa.toString(), null), "it is no private key of Ed25519");
        refused(new Key(ISSUER, "ES256", rsa.toString(), null), "it is no private key of ES256");
        refused(new Key(ISSUER, "Ed25519", text.toString(), null), "it does not begin with");
        refused(new Key(ISSUER, "Ed25519", folder.resolve("none.pem").toString(), null), "the file cannot be read");
        refused(new Key(ISSUER, "Ed25519", null, "NOT_SET"), "the variable is not set");
        refused(new Key(ISSUER, "Ed25519", "a", "b"), "either file or env");
        refused(new Key(null, "Ed25519", "a", null), "give issuer");
        refused(new Key(ISSUER, "HS256", "a", null), "Ed25519, RS256 or ES256");
    }

    private static void refused(Key key, String why) {
        assertThatThrownBy(() -> new GivenKeys(new GivenKeysSettings(List.of(key)), name -> null))
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContaining(why)
                .hasMessageNotContaining("secret");
    }
}
