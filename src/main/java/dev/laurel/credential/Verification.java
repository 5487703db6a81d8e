package dev.laurel.credential;

import java.util.List;

/** What the verifier found in the bytes of a credential. */
public record Verification(boolean valid, List<Check> checks) {

    /** One thing that was checked; {@code name} is a message key under {@code verify.}. */
    public record Check(String name, boolean passed) {}
}
