package dev.laurel.credential.issuer;

import dev.laurel.credential.proof.Ed25519;
import dev.laurel.credential.proof.JwsKeys;
import dev.laurel.credential.proof.Signer;
import java.util.Arrays;

/** What an issuer key is for: Ed25519 signs embedded proofs, RS256 or ES256 the JWTs. */
public enum KeyAlgorithm {
    ED25519("Ed25519", "ed25519"),
    RS256("RS256", "rs256"),
    ES256("ES256", "es256");

    private final String stored;

    private final String fragmentPrefix;

    KeyAlgorithm(String stored, String fragmentPrefix) {
        this.stored = stored;
        this.fragmentPrefix = fragmentPrefix;
    }

    /** As it stands in the database. */
    public String stored() {
        return stored;
    }

    String fragment(int number) {
        return fragmentPrefix + "-" + number;
    }

    /** Whether its keys sign JWTs; {@code stored} is then the name of the algorithm in their header. */
    public boolean signsJwts() {
        return this != ED25519;
    }

    /** @param plain a seed of Ed25519, else PKCS #8 */
    Signer signer(String verificationMethod, byte[] plain) {
        return this == ED25519
                ? Ed25519.signer(verificationMethod, plain)
                : JwsKeys.of(stored).signer(verificationMethod, plain);
    }

    static KeyAlgorithm of(String stored) {
        return Arrays.stream(values())
                .filter(each -> each.stored.equals(stored))
                .findFirst()
                .orElseThrow(() -> new IllegalStateException("No algorithm " + stored));
    }
}
