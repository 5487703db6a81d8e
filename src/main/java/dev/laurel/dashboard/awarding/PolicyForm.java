package dev.laurel.dashboard.awarding;

import dev.laurel.award.policy.AwardPolicy;
import dev.laurel.award.policy.AwardPolicy.OnFall;
import dev.laurel.award.policy.AwardPolicy.Releases;
import dev.laurel.dashboard.Typed;
import java.math.BigDecimal;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.time.format.DateTimeParseException;
import org.jspecify.annotations.Nullable;
import org.springframework.validation.BindingResult;

/** The choices of the page as they were typed. */
record PolicyForm(
        @Nullable String review,
        @Nullable String releases,
        @Nullable String settlingMinutes,
        @Nullable String releaseOn,
        @Nullable String onFall,
        @Nullable String graceDays,
        @Nullable String brakeShare) {

    private static final DateTimeFormatter LOCAL = DateTimeFormatter.ofPattern("yyyy-MM-dd'T'HH:mm");

    private static final int MOST_DAYS = 365;

    static PolicyForm of(AwardPolicy policy, ZoneId zone) {
        Instant date = policy.releaseOn();
        return new PolicyForm(
                policy.review() ? "true" : null,
                policy.releases().name(),
                BigDecimal.valueOf(policy.settling().toSeconds())
                        .divide(BigDecimal.valueOf(60), 2, java.math.RoundingMode.HALF_UP)
                        .stripTrailingZeros()
                        .toPlainString(),
                date == null ? "" : LOCAL.format(date.atZone(zone)),
                policy.onFall().name(),
                Long.toString(policy.grace().toDays()),
                Integer.toString(policy.brakeShare()));
    }

    /** Browsers send nothing of a box that is not ticked. */
    public boolean isReview() {
        return review != null;
    }

    /** The policy that was meant; {@code null} where something is wrong, which {@code errors} then says. */
    @Nullable
    AwardPolicy read(AwardPolicy before, ZoneId zone, BindingResult errors) {
        Releases when = chosen(Releases.class, releases, before.releases());
        Duration settling = seconds(
                settlingMinutes,
                60,
                MOST_DAYS * 24 * 60,
                before.settling(),
                "settlingMinutes",
                "policy.bad.minutes",
                errors);
        Duration grace =
                seconds(graceDays, 24 * 60 * 60, MOST_DAYS, before.grace(), "graceDays", "policy.bad.days", errors);
        BigDecimal share = Typed.number(brakeShare);
        if (share == null || share.compareTo(BigDecimal.ONE) < 0 || share.compareTo(BigDecimal.valueOf(100)) > 0) {
            errors.rejectValue("brakeShare", "policy.bad.share");
        }
        Instant date = when == Releases.DATE ? date(zone, errors) : null;
        return errors.hasErrors() || share == null
                ? null
                : new AwardPolicy(
                        isReview(),
                        when,
                        settling,
                        date,
                        chosen(OnFall.class, onFall, before.onFall()),
                        grace,
                        share.intValue());
    }

    private static Duration seconds(
            @Nullable String typed,
            int unit,
            int most,
            Duration otherwise,
            String field,
            String message,
            BindingResult errors) {
        BigDecimal number = Typed.number(typed);
        if (number == null || number.signum() < 0 || number.compareTo(BigDecimal.valueOf(most)) > 0) {
            errors.rejectValue(field, message, new Object[] {most}, null);
            return otherwise;
        }
        return Duration.ofSeconds(number.multiply(BigDecimal.valueOf(unit)).longValue());
    }

    private @Nullable Instant date(ZoneId zone, BindingResult errors) {
        try {
            return LocalDateTime.parse(releaseOn == null ? "" : releaseOn, LOCAL)
                    .atZone(zone)
                    .toInstant();
        } catch (DateTimeParseException e) {
            errors.rejectValue("releaseOn", "policy.bad.date");
            return null;
        }
    }

    private static <E extends Enum<E>> E chosen(Class<E> type, @Nullable String name, E otherwise) {
        for (E constant : type.getEnumConstants()) {
            if (constant.name().equals(name)) {
                return constant;
            }
        }
        return otherwise;
    }
}
