package dev.laurel.launch.oidc;

import org.jspecify.annotations.Nullable;

/** A login or launch that does not hold. The detail is for the log: never a token, a name, an e-mail or a sub. */
public class LaunchRefusedException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    private static final int LONGEST = 200;

    private final Refusal refusal;

    private final @Nullable Long registrationId;

    LaunchRefusedException(Refusal refusal, String detail) {
        this(refusal, detail, null);
    }

    LaunchRefusedException(Refusal refusal, String detail, @Nullable Long registrationId) {
        super(oneLine(detail), null, false, false);
        this.refusal = refusal;
        this.registrationId = registrationId;
    }

    /** The same, where it is known whose launch it was. */
    LaunchRefusedException from(long registrationId) {
        return new LaunchRefusedException(refusal, String.valueOf(getMessage()), registrationId);
    }

    @Nullable
    Long registrationId() {
        return registrationId;
    }

    /** Whether the same may hold in a while: the platform's keys cannot be read. */
    public boolean isTemporary() {
        return refusal == Refusal.KEYS_UNREACHABLE;
    }

    /** Whether the key is in none of the key sets that were read; the platform may have put it there a moment ago. */
    public boolean isKeyUnknown() {
        return refusal == Refusal.KEY_UNKNOWN;
    }

    Refusal refusal() {
        return refusal;
    }

    /** What a stranger sent must not write lines of its own into the log. */
    private static String oneLine(String text) {
        String clean = text.replaceAll("[^\\x20-\\x7e]", "?");
        return clean.length() > LONGEST ? clean.substring(0, LONGEST) + "…" : clean;
    }
}
