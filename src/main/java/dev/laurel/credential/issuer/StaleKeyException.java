package dev.laurel.credential.issuer;

/**
 * This node still reads a key that another node knows to be replaced. What it was to sign is left as it is, for a node that reads the
 * next one, or for this one once it does.
 */
public class StaleKeyException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    StaleKeyException(String source) {
        super("The key at " + source + " was replaced by another one already");
    }
}
