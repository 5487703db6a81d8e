package dev.laurel.credential;

/** How an institution wants its credentials written. What is signed already stays as it is. */
public record CredentialFormat(Jwt jwt) {

    /** What nobody has to choose. */
    public static final CredentialFormat USUAL = new CredentialFormat(Jwt.RS256);

    /**
     * What signs the VC-JWT.
     *
     * @see <a href="https://www.imsglobal.org/spec/ob/v3p0/#jwt-proof">Open Badges 3.0, 8.2</a>
     */
    public enum Jwt {
        /** What every verifier of Open Badges has to know. */
        RS256,
        /** Shorter, and faster to make; wallets rather ask for it. */
        ES256
    }
}
