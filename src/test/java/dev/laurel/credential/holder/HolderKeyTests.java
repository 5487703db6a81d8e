package dev.laurel.credential.holder;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.charset.StandardCharsets;
import java.util.Base64;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class HolderKeyTests {

    /** Of the did:key specification's test vectors. */
    private static final String ED25519 = "did:key:z6MkiTBz1ymuepAQ4HEHYSF1H8quG5GLVVQR3djdX3mDooWp";

    private static final String P256 = "did:key:zDnaerDaTF5BXEavCrfRZEk316dpbLsfPDZ3WJ5hRTPFU2169";

    /** Of the did:jwk specification. */
    private static final String JWK =
            "did:jwk:eyJjcnYiOiJQLTI1NiIsImt0eSI6IkVDIiwieCI6ImFjYklRaXVNczNpOF91c3pFakoydHBUdFJNNEVVM3l6OTFQSDZDZEgyVjAiLCJ5IjoiX0tjeUxqOXZXTXB0bm1LdG00NkdxRHo4d2Y3NEk1TEtncmwyR3pIM25TRSJ9";

    @Test
    void theKeysOfTheSpecificationsAreRead() {
        assertThat(HolderKey.of(ED25519 + "#z6MkiTBz1ymuepAQ4HEHYSF1H8quG5GLVVQR3djdX3mDooWp")
                        .did())
                .isEqualTo(ED25519);
        assertThat(HolderKey.of(ED25519).ed25519()).isPresent();
        assertThat(HolderKey.of(P256).did()).isEqualTo(P256);
        assertThat(HolderKey.of(P256).ed25519()).isEmpty();
        assertThat(HolderKey.of(JWK + "#0").did()).isEqualTo(JWK);
    }

    @Test
    void aKeyWithoutADidIsTheDidOfIt() {
        String jwk =
                new String(Base64.getUrlDecoder().decode(JWK.substring("did:jwk:".length())), StandardCharsets.UTF_8);

        assertThat(HolderKey.ofJwk(jwk).did()).isEqualTo(JWK);
        assertThat(HolderKey.ofJwk(jwk.replace("{", "{\"kid\":\"mine\",\"use\":\"sig\","))
                        .did())
                .isEqualTo(JWK);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "did:key:",
                "did:key:z",
                "did:key:z6Mk",
                "did:key:u6MkiTBz1ymuepAQ4HEHYSF1H8quG5GLVVQR3djdX3mDooWp",
                "did:key:z6MkiTBz1ymuepAQ4HEHYSF1H8quG5GLVVQR3djdX3mDooWp#other",
                // secp256k1, X25519
                "did:key:zQ3shokFTS3brHcDQrn82RUDfCZESWL1ZdCEJwekUDPQiYBme",
                "did:key:z6LSeu9HkTHSfLLeUs2nnzUSNedgDUevfNQgQjQC23ZCit6F",
                "did:jwk:e30",
                "did:jwk:%%",
                "did:jwk:bm90IGpzb24",
                "did:web:example.org",
                "mailto:ada@example.org"
            })
    void anythingElseIsNoKey(String did) {
        assertThatThrownBy(() -> HolderKey.of(did)).isInstanceOf(BadProofException.class);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{\"kty\":\"OKP\",\"crv\":\"Ed25519\",\"x\":\"11qYAYKxCrfVS_7TyWQHOg7hcvPapiMlrwIaaPcHURo\",\"d\":\"nWGxne_9WmC6hEr0kuwsxERJxWl7MmkZcDusAxyuf2A\"}",
                "{\"kty\":\"OKP\",\"crv\":\"X25519\",\"x\":\"11qYAYKxCrfVS_7TyWQHOg7hcvPapiMlrwIaaPcHURo\"}",
                "{\"kty\":\"OKP\",\"crv\":\"Ed25519\",\"x\":\"AQ\"}",
                "{\"kty\":\"EC\",\"crv\":\"P-256\",\"x\":\"AQ\",\"y\":\"AQ\"}",
                "{\"kty\":\"oct\",\"k\":\"AQ\"}",
                "null"
            })
    void aPrivateOrAnImpossibleKeyIsRefused(String jwk) {
        assertThatThrownBy(() -> HolderKey.ofJwk(jwk)).isInstanceOf(BadProofException.class);
    }
}
