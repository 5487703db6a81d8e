package dev.laurel.credential.check;

import com.fasterxml.jackson.annotation.JsonValue;
import dev.laurel.credential.check.Check.Name;
import dev.laurel.credential.check.Check.Result;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * What was found about one badge. "Nobody changed it" ({@link #isAuthentic}) is one question, "it really is of this issuer"
 * ({@link #vouch}) another, and "it counts today" ({@link #verdict} {@code VALID}) takes both dates and status in.
 *
 * @param checks each name at most once, in the order in which they were made; what could not be reached is not in it
 * @param vouch the host that stands behind the issuer; {@code null} where nobody does, as for a {@code did:key}, or where it
 *     could not be established
 * @param says {@code null} where it could not be read. Of a hosted badge: what its issuer's site says, not what was brought
 * @param credential the JSON that the checks were about, without the claims of a JWT; {@code null} where it could not be read
 * @param document the badge itself, JSON or a compact JWS, out of the picture or from the address that was brought: whoever looks
 *     again later looks at this, for what an address answers is up to whoever has it; {@code null} where it could not be read
 */
public record BadgeReport(
        Format format,
        List<Check> checks,
        @Nullable Vouch vouch,
        @Nullable Statement says,
        byte @Nullable [] credential,
        byte @Nullable [] document) {

    /** The sum of the checks. */
    public enum Verdict {
        /** Every check passed, or passed with a warning. */
        VALID,
        /** Nothing failed, but something could not be found out: do not rely on it now. */
        UNCERTAIN,
        /** At least one check failed. */
        INVALID;

        @JsonValue
        public String code() {
            return name().toLowerCase(Locale.ROOT);
        }
    }

    /** What all checks together mean. */
    public Verdict verdict() {
        if (checks.stream().anyMatch(check -> check.result() == Result.FAILED)) {
            return Verdict.INVALID;
        }
        boolean all = isAuthentic() && checks.stream().noneMatch(check -> check.result() == Result.UNKNOWN);
        return all ? Verdict.VALID : Verdict.UNCERTAIN;
    }

    /** The code of the check for which it is not valid: the first that failed, else the first that could not be found out. */
    public String decisiveCheck() {
        Result worst = verdict() == Verdict.INVALID ? Result.FAILED : Result.UNKNOWN;
        return checks.stream()
                .filter(check -> check.result() == worst)
                .map(Check::name)
                .findFirst()
                .orElse(Name.SIGNATURE)
                .code();
    }

    /** Whether nothing but its status failed: whoever issued it took it back, or suspended it for now. */
    public boolean isWithdrawn() {
        List<Check> failed =
                checks.stream().filter(check -> check.result() == Result.FAILED).toList();
        return failed.size() == 1 && failed.get(0).name() == Name.STATUS;
    }

    /** Whether it is not valid for now only: nothing but a suspension by its issuer speaks against it. */
    public boolean isSuspended() {
        return isWithdrawn()
                && check(Name.STATUS)
                        .filter(check -> check.reason() == Reason.SUSPENDED)
                        .isPresent();
    }

    /** Whether it is unchanged: its signature is right, or its issuer's site says the same. Says nothing of who signed. */
    public boolean isAuthentic() {
        return check(Name.SIGNATURE)
                .filter(check -> check.result() == Result.PASSED)
                .isPresent();
    }

    /** Whether it is a learner record: it holds badges, and is none. */
    public boolean isRecord() {
        return format == Format.LEARNER_RECORD_2 || format == Format.LEARNER_RECORD_2_JWT;
    }

    /** The check of this name, where it came to that. */
    public Optional<Check> check(Name name) {
        return checks.stream().filter(check -> check.name() == name).findFirst();
    }
}
