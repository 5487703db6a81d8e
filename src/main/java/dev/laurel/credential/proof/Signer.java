package dev.laurel.credential.proof;

/** The private part of one issuer key: bytes in, signature out. Used by many threads at once. */
public interface Signer {

    /** The DID URL of the key, e.g. {@code did:web:badges.example:issuers:…#ed25519-1}. */
    String verificationMethod();

    /** Its name in the header of a JWS, such as {@code RS256}. */
    String alg();

    byte[] sign(byte[] data);
}
