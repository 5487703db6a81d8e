package dev.laurel.credential;

/** What an issuer key is for: Ed25519 signs embedded proofs, RS256 signs JWTs. */
enum KeyAlgorithm {
    ED25519("Ed25519", "ed25519"),
    RS256("RS256", "rs256");

    private final String stored;

    private final String fragmentPrefix;

    KeyAlgorithm(String stored, String fragmentPrefix) {
        this.stored = stored;
        this.fragmentPrefix = fragmentPrefix;
    }

    /** As it stands in the database. */
    String stored() {
        return stored;
    }

    String fragment(int number) {
        return fragmentPrefix + "-" + number;
    }

    static KeyAlgorithm of(String stored) {
        return ED25519.stored.equals(stored) ? ED25519 : RS256;
    }
}
