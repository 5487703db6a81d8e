package dev.laurel.credential.check;

import com.fasterxml.jackson.annotation.JsonValue;

/** How a badge is written. */
public enum Format {
    /** Open Badges 3.0 with a proof inside. */
    OPEN_BADGES_3("ob3"),
    /** Open Badges 3.0 as VC-JWT. */
    OPEN_BADGES_3_JWT("ob3-jwt"),
    /** An assertion of Open Badges 2.0 that counts because its issuer's site says the same. */
    OPEN_BADGES_2_HOSTED("ob2-hosted"),
    /** An assertion of Open Badges 2.0 as JWS. */
    OPEN_BADGES_2_SIGNED("ob2-signed"),
    /** A Comprehensive Learner Record 2.0 with a proof inside. */
    LEARNER_RECORD_2("clr2"),
    /** A Comprehensive Learner Record 2.0 as VC-JWT. */
    LEARNER_RECORD_2_JWT("clr2-jwt"),
    /** Not recognised as any of them. */
    UNKNOWN("unknown");

    private final String code;

    Format(String code) {
        this.code = code;
    }

    @JsonValue
    public String code() {
        return code;
    }
}
