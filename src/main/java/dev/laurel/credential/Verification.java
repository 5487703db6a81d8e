package dev.laurel.credential;

import java.util.List;

/** What the verifier found in the bytes of a credential. */
public record Verification(boolean valid, List<Check> checks) {

    /** The name of the check that fails where everything is right but for a suspension. */
    public static final String SUSPENDED = "verify.suspended";

    /** The name of the check that fails where the issuer's own list cannot be read, or not be trusted, for now. */
    public static final String STATUS_UNREAD = "verify.status-unread";

    /** One thing that was checked; {@code name} is a message key under {@code verify.}. */
    public record Check(String name, boolean passed) {}

    /** Whether it is not valid only because its issuer suspended it for now. */
    public boolean suspended() {
        return failedOnly(SUSPENDED);
    }

    /** Whether all is right but that nobody can tell at the moment whether its issuer took it back. */
    public boolean uncertain() {
        return failedOnly(STATUS_UNREAD);
    }

    private boolean failedOnly(String name) {
        return checks.stream()
                .filter(check -> !check.passed())
                .map(Check::name)
                .toList()
                .equals(List.of(name));
    }
}
