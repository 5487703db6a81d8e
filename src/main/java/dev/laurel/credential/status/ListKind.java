package dev.laurel.credential.status;

/** How a status list says what is not in force. Credentials that are signed keep the kind that they name. */
public enum ListKind {
    /**
     * A bit for each credential; it tells nobody which credentials there are.
     *
     * @see <a href="https://www.w3.org/TR/vc-bitstring-status-list/">Bitstring Status List v1.0</a>
     */
    BITS,
    /**
     * The ids of those that are not in force.
     *
     * @see <a href="https://www.imsglobal.org/spec/vcrl/v1p0/">1EdTech Credential Revocation List 1.0</a>
     */
    IDS,
    /** A bit for each endorsement that an issuer gives, in a list of {@link #BITS} in which nothing else has a place. */
    ENDORSEMENTS
}
