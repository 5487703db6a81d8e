package dev.laurel.platform.registration;

import org.springframework.http.HttpStatus;

/** Why a platform could not register itself; the name is part of message keys that say what happened and what to do. */
enum RegistrationRefusal {
    LINK_UNKNOWN(HttpStatus.FORBIDDEN),
    LINK_ENDED(HttpStatus.GONE),
    LINK_USED(HttpStatus.GONE),
    LINK_BUSY(HttpStatus.CONFLICT),
    /** openid_configuration is missing, twice, or no address that may be called. */
    CONFIGURATION_ADDRESS(HttpStatus.BAD_REQUEST),
    CONFIGURATION_UNREACHABLE(HttpStatus.BAD_GATEWAY),
    CONFIGURATION_UNREADABLE(HttpStatus.BAD_GATEWAY),
    ISSUER(HttpStatus.BAD_REQUEST),
    ENDPOINT(HttpStatus.BAD_REQUEST),
    ANOTHER_PLATFORM(HttpStatus.CONFLICT),
    TOKEN_REFUSED(HttpStatus.BAD_GATEWAY),
    PLATFORM_REFUSED(HttpStatus.BAD_GATEWAY),
    PLATFORM_UNREACHABLE(HttpStatus.BAD_GATEWAY),
    ANSWER_UNREADABLE(HttpStatus.BAD_GATEWAY),
    IN_FILE(HttpStatus.CONFLICT),
    TAKEN(HttpStatus.CONFLICT),
    ANOTHER_INSTITUTION(HttpStatus.CONFLICT);

    private final HttpStatus status;

    RegistrationRefusal(HttpStatus status) {
        this.status = status;
    }

    HttpStatus status() {
        return status;
    }

    RegistrationRefusedException because(String detail) {
        return new RegistrationRefusedException(this, detail, "");
    }

    /** @param said what the platform itself said, for the administrator's page */
    RegistrationRefusedException because(String detail, String said) {
        return new RegistrationRefusedException(this, detail, said);
    }
}
