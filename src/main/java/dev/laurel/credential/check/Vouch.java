package dev.laurel.credential.check;

import com.fasterxml.jackson.annotation.JsonValue;
import java.util.Locale;

/**
 * Whose word stands behind the issuer: the web host that publishes the issuer's keys, or the hosted badge. Who runs that host is
 * for the reader to know.
 *
 * @param host as in its address, international names as punycode
 */
public record Vouch(Kind kind, String host) {

    /** How the host vouches. */
    public enum Kind {
        /** One of the issuers of this installation. */
        THIS_SITE,
        /** The DID document of a {@code did:web}. */
        DID_WEB,
        /** What the https address of the issuer answers. */
        HTTPS;

        @JsonValue
        public String code() {
            return name().toLowerCase(Locale.ROOT).replace('_', '-');
        }
    }
}
