package dev.laurel.credential.check;

import com.fasterxml.jackson.annotation.JsonValue;
import java.util.Locale;

/** Why a check did not pass. The codes are part of the published answer: new ones may come, none changes its meaning. */
public enum Reason {
    EMPTY,
    NOT_A_BADGE,
    TOO_LARGE,
    TOO_DEEP,
    TOO_MANY_PARTS,
    JSON_BROKEN,
    INEXACT,
    JWT_BROKEN,
    PICTURE_BROKEN,
    PICTURE_WITHOUT_BADGE,
    PICTURE_SEVERAL_BADGES,
    MEMBER_MISSING,
    MEMBER_WRONG,
    MEMBER_UNSIGNED,
    OLD_FORM,
    CONTEXT_UNKNOWN,
    CONTEXT_INLINE,
    CONTEXT_MISSING,
    WORD_UNDEFINED,
    PROOF_MISSING,
    PROOF_UNKNOWN,
    PROOF_PURPOSE,
    PROOF_EXPIRED,
    SIGNATURE_WRONG,
    ALGORITHM_NONE,
    ALGORITHM_UNKNOWN,
    HEADER_NOT_ALLOWED,
    CLAIM_MISSING,
    CLAIM_CONTRADICTS,
    KEY_OF_ANOTHER,
    KEY_NOT_PUBLISHED,
    KEY_NOT_FOR_BADGES,
    KEY_REVOKED,
    KEY_UNREADABLE,
    KEY_ADDRESS_UNKNOWN,
    ADDRESS_REFUSED,
    UNREACHABLE,
    NOT_FOUND,
    GONE,
    ANSWER_UNREADABLE,
    TOO_MANY_LOOKUPS,
    OUT_OF_TIME,
    NOT_YET_VALID,
    EXPIRED,
    DATE_UNREADABLE,
    REVOKED,
    SUSPENDED,
    STATUS_UNKNOWN,
    STATUS_LIST_UNTRUSTED,
    STATUS_LIST_BROKEN,
    HOSTED_DIFFERS,
    HOSTED_ELSEWHERE,
    SUBJECT_MISSING,
    IMAGE_MISSING,
    IMAGE_BROKEN,
    NOT_IN_FORCE;

    @JsonValue
    public String code() {
        return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }
}
