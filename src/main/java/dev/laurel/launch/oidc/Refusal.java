package dev.laurel.launch.oidc;

import org.springframework.http.HttpStatus;

/** Why a launch was refused: what the log says, and what the page tells people to do. */
enum Refusal {
    TOO_MANY(HttpStatus.TOO_MANY_REQUESTS, Advice.BUSY),
    LOGIN_INCOMPLETE(HttpStatus.BAD_REQUEST, Advice.ADMIN),
    REGISTRATION_UNKNOWN(HttpStatus.BAD_REQUEST, Advice.ADMIN),
    LOGIN_REQUIRED(HttpStatus.FORBIDDEN, Advice.SIGN_IN),
    LAUNCH_NO_LONGER_VALID(HttpStatus.FORBIDDEN, Advice.START_AGAIN),
    PLATFORM_BUSY(HttpStatus.SERVICE_UNAVAILABLE, Advice.LATER),
    PLATFORM_REFUSED(HttpStatus.FORBIDDEN, Advice.ADMIN),
    NO_LAUNCH(HttpStatus.BAD_REQUEST, Advice.FROM_COURSE),
    RESPONSE_INCOMPLETE(HttpStatus.BAD_REQUEST, Advice.START_AGAIN),
    STATE_MISSING(HttpStatus.BAD_REQUEST, Advice.START_AGAIN),
    STATE_UNKNOWN(HttpStatus.UNAUTHORIZED, Advice.START_AGAIN),
    OTHER_BROWSER(HttpStatus.UNAUTHORIZED, Advice.COOKIES),
    OTHER_SITE(HttpStatus.FORBIDDEN, Advice.START_AGAIN),
    HAND_OVER(HttpStatus.UNAUTHORIZED, Advice.START_AGAIN),
    TOKEN_MALFORMED(HttpStatus.BAD_REQUEST, Advice.ADMIN),
    ALGORITHM(HttpStatus.UNAUTHORIZED, Advice.ADMIN),
    KEY_ID_MISSING(HttpStatus.UNAUTHORIZED, Advice.ADMIN),
    KEY_UNKNOWN(HttpStatus.UNAUTHORIZED, Advice.ADMIN),
    KEYS_UNREACHABLE(HttpStatus.SERVICE_UNAVAILABLE, Advice.LATER),
    SIGNATURE(HttpStatus.UNAUTHORIZED, Advice.ADMIN),
    ISSUER(HttpStatus.UNAUTHORIZED, Advice.ADMIN),
    AUDIENCE(HttpStatus.UNAUTHORIZED, Advice.ADMIN),
    AUTHORIZED_PARTY(HttpStatus.UNAUTHORIZED, Advice.ADMIN),
    EXPIRED(HttpStatus.UNAUTHORIZED, Advice.START_AGAIN),
    ISSUED_AT(HttpStatus.UNAUTHORIZED, Advice.ADMIN),
    NONCE(HttpStatus.UNAUTHORIZED, Advice.START_AGAIN),
    VERSION(HttpStatus.BAD_REQUEST, Advice.ADMIN),
    MESSAGE_TYPE(HttpStatus.BAD_REQUEST, Advice.ADMIN),
    DEPLOYMENT_MISSING(HttpStatus.BAD_REQUEST, Advice.ADMIN),
    DEPLOYMENT_OTHER(HttpStatus.BAD_REQUEST, Advice.ADMIN),
    DEPLOYMENT_PENDING(HttpStatus.FORBIDDEN, Advice.PENDING),
    DEPLOYMENT_DISABLED(HttpStatus.FORBIDDEN, Advice.APPROVAL),
    ROLES_MISSING(HttpStatus.BAD_REQUEST, Advice.ADMIN),
    RESOURCE_LINK_MISSING(HttpStatus.BAD_REQUEST, Advice.ADMIN),
    SUBJECT_MISSING(HttpStatus.BAD_REQUEST, Advice.ADMIN),
    TARGET_LINK(HttpStatus.BAD_REQUEST, Advice.ADMIN),
    CONTEXT(HttpStatus.BAD_REQUEST, Advice.ADMIN),
    DEEP_LINKING(HttpStatus.BAD_REQUEST, Advice.ADMIN);

    /** What the person in front of the page can do; the name is part of a message key. */
    enum Advice {
        START_AGAIN,
        SIGN_IN,
        FROM_COURSE,
        COOKIES,
        PENDING,
        APPROVAL,
        LATER,
        BUSY,
        ADMIN
    }

    private final HttpStatus status;

    private final Advice advice;

    Refusal(HttpStatus status, Advice advice) {
        this.status = status;
        this.advice = advice;
    }

    /**
     * What a platform's error says about a login that it did not let pass.
     *
     * @see <a href="https://openid.net/specs/openid-connect-core-1_0.html#AuthError">OpenID Connect, 3.1.2.6</a>
     */
    static Refusal ofPlatform(String error) {
        return switch (error) {
            case "login_required", "interaction_required", "consent_required", "account_selection_required" ->
                LOGIN_REQUIRED;
            case "launch_no_longer_valid" -> LAUNCH_NO_LONGER_VALID;
            case "server_error", "temporarily_unavailable" -> PLATFORM_BUSY;
            default -> PLATFORM_REFUSED;
        };
    }

    HttpStatus status() {
        return status;
    }

    Advice advice() {
        return advice;
    }

    LaunchRefusedException because(String detail) {
        return new LaunchRefusedException(this, detail);
    }
}
