package dev.laurel.credential.leaving;

import java.util.List;

/** An archive that is not taken in, as a whole; the reason is a message key under {@code archives.refused.}. */
public final class ArchiveRefusedException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    /** Why an archive is refused. */
    public enum Reason {
        /** No archive of Laurel, or of a version that this one does not know. */
        NOT_AN_ARCHIVE,
        PASSPHRASE,
        /** It ends too early, or something in it was changed. */
        DAMAGED,
        /** It holds something that Laurel does not put there. */
        FOREIGN,
        /** It unpacks to more than an archive can. */
        TOO_LARGE,
        /** A key is not the one that its issuer publishes. */
        KEYS,
        /** A badge is not signed by an issuer of the archive. */
        SIGNATURE,
        /** A badge has the number of one that another issuer has here. */
        OTHER_ISSUER,
        /** The issuer is one of this institution. */
        AT_HOME,
        /** The same issuer came before, with other keys. */
        OTHER_KEYS,
        /** Another archive of the institution is under way. */
        UNDER_WAY
    }

    private final Reason reason;

    private final transient List<String> words;

    /** @param words what the message names, such as an entry of the archive */
    ArchiveRefusedException(Reason reason, String... words) {
        super(reason + " " + List.of(words));
        this.reason = reason;
        this.words = List.of(words);
    }

    /** Why it is not brought in. */
    public Reason reason() {
        return reason;
    }

    /** What the message of the reason names. */
    public List<String> words() {
        return words;
    }
}
