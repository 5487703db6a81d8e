package dev.laurel.platform.registration;

/** A registration that came to nothing. The message is one line for the log and holds no token. */
class RegistrationRefusedException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    private static final int LONGEST = 300;

    private final RegistrationRefusal refusal;

    private final String detail;

    private final String said;

    RegistrationRefusedException(RegistrationRefusal refusal, String detail, String said) {
        super(oneLine(detail), null, false, false);
        this.refusal = refusal;
        this.detail = detail;
        this.said = said;
    }

    /** The same, where the platform may have said the token back, in whatever place. */
    RegistrationRefusedException without(RegistrationToken token) {
        return new RegistrationRefusedException(refusal, token.removedFrom(detail), token.removedFrom(said));
    }

    RegistrationRefusal refusal() {
        return refusal;
    }

    /** What the platform said, empty where it said nothing. */
    String said() {
        return said;
    }

    /** What a stranger sent must not write lines of its own into the log. */
    static String oneLine(String text) {
        String clean = text.replaceAll("[^\\x20-\\x7e]", "?");
        return clean.length() > LONGEST ? clean.substring(0, LONGEST) + "..." : clean;
    }
}
