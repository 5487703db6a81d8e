package dev.laurel.credential;

import java.util.List;

/** What the verifier found in the bytes of a credential. */
public record Verification(boolean valid, List<Check> checks) {

    /** The name of the check that fails where everything is right but for a suspension. */
    static final String SUSPENDED = "verify.suspended";

    /** One thing that was checked; {@code name} is a message key under {@code verify.}. */
    public record Check(String name, boolean passed) {}

    /** Whether it is not valid only because its issuer suspended it for now. */
    public boolean suspended() {
        return checks.contains(new Check(SUSPENDED, false));
    }
}
