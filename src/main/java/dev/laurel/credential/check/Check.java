package dev.laurel.credential.check;

import com.fasterxml.jackson.annotation.JsonValue;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * One thing that was checked, and how it came out.
 *
 * @param reason {@code null} where it passed
 * @param detail which member, address or word is meant: text of strangers, at most 200 characters and without control characters
 */
public record Check(
        Name name,
        Result result,
        @Nullable Reason reason,
        @Nullable String detail) {

    /** What is checked. The codes are part of the published answer. */
    public enum Name {
        READABLE,
        FORM,
        CONTEXTS,
        /** That nothing was changed since somebody signed it; of a hosted badge, that its issuer's site says the same. */
        SIGNATURE,
        /** That the key, or the site, is that of the issuer that the badge names. */
        ISSUER,
        /** That the registered claims of a JWT, and its header, say what the credential says. */
        CLAIMS,
        DATES,
        STATUS,
        SUBJECT,
        IMAGE,
        /** Of a learner record: that the badges in it are genuine and count. */
        BADGES;

        @JsonValue
        public String code() {
            return name().toLowerCase(Locale.ROOT);
        }
    }

    /** How it came out, from good to bad. */
    public enum Result {
        PASSED,
        /** Not as the specification wants it, but nothing that one could be deceived by. */
        WARNING,
        /** It could not be found out. */
        UNKNOWN,
        FAILED;

        @JsonValue
        public String code() {
            return name().toLowerCase(Locale.ROOT);
        }
    }

    boolean isWorseThan(Check other) {
        return result.compareTo(other.result) > 0;
    }
}
