package dev.laurel.credential;

/**
 * How an institution wants its credentials written. What is signed already stays as it is.
 *
 * @param status the kind of list that they name
 */
public record CredentialFormat(Jwt jwt, Status status) {

    /** What nobody has to choose. */
    public static final CredentialFormat USUAL = new CredentialFormat(Jwt.RS256, Status.BITS);

    /** Where others look up whether a badge still counts. */
    public enum Status {
        /** A signed list of bits, that does not tell which badges there are: what wallets and the W3C use. */
        BITS,
        /** A list of the badges that do not count: what 1EdTech certifies displayers with. */
        IDS
    }

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
