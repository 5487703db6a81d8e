package dev.laurel.achievement;

import java.time.Instant;
import java.time.LocalDate;
import java.time.Period;
import java.time.ZoneId;
import java.time.temporal.ChronoUnit;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * How long an award of a badge is valid: for a time from its decision, or until the end of a day. A badge that says nothing
 * is valid for ever.
 *
 * @param lasts months or days, not both; {@code null}: until {@code lastDay}
 * @param renewalDays how long before the end renewal begins: from then on new results renew it
 */
public record Validity(@Nullable Period lasts, @Nullable LocalDate lastDay, int renewalDays) {

    public static final int MOST_MONTHS = 1200;

    public static final int MOST_DAYS = 36_500;

    public static final int MOST_RENEWAL_DAYS = 3650;

    /** @throws IllegalArgumentException where a part is out of bounds, or both or none of the two is given */
    public Validity {
        if ((lasts == null) == (lastDay == null)) {
            throw new IllegalArgumentException("A badge is valid for a time or until a day");
        }
        if (lasts != null && !isMonthsOrDays(lasts)) {
            throw new IllegalArgumentException("A badge is valid for months or days");
        }
        if (renewalDays < 0 || renewalDays > MOST_RENEWAL_DAYS) {
            throw new IllegalArgumentException("Renewal is out of bounds");
        }
    }

    public static Validity months(int months, int renewalDays) {
        return new Validity(Period.ofMonths(months), null, renewalDays);
    }

    public static Validity days(int days, int renewalDays) {
        return new Validity(Period.ofDays(days), null, renewalDays);
    }

    /** Until the end of this day. */
    public static Validity until(LocalDate lastDay, int renewalDays) {
        return new Validity(null, lastDay, renewalDays);
    }

    /**
     * When an award ends, and from when on what happens renews it.
     *
     * @param renewFrom never before the award was decided: what it was earned by cannot renew it
     */
    public record Span(Instant renewFrom, Instant until) {}

    /** @param zone of the course: in it days end and months are counted */
    public Span from(Instant decided, ZoneId zone) {
        Instant until = lasts != null
                ? decided.atZone(zone).plus(lasts).toInstant()
                : Objects.requireNonNull(lastDay).plusDays(1).atStartOfDay(zone).toInstant();
        Instant window = until.minus(renewalDays, ChronoUnit.DAYS);
        return new Span(window.isAfter(decided) ? window : decided, until);
    }

    /** Whether a badge given now would be over already. */
    public boolean isOver(Instant now, ZoneId zone) {
        return !from(now, zone).until().isAfter(now);
    }

    private static boolean isMonthsOrDays(Period lasts) {
        int months = lasts.getMonths();
        int days = lasts.getDays();
        return lasts.getYears() == 0
                && (months == 0 ? days >= 1 && days <= MOST_DAYS : days == 0 && months >= 1 && months <= MOST_MONTHS);
    }
}
