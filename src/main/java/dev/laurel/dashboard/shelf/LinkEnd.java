package dev.laurel.dashboard.shelf;

import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.time.format.DateTimeParseException;
import org.jspecify.annotations.Nullable;
import org.springframework.validation.BindingResult;

/**
 * Until when the link to a page works, as it was chosen: {@code NONE}, a number of days from today, or {@code DAY}, which
 * {@code day} then names. A link works to the end of its last day, in the zone of the course.
 */
record LinkEnd(@Nullable String end, @Nullable String day) {

    private static final int MOST_YEARS = 50;

    static LinkEnd none() {
        return new LinkEnd("NONE", "");
    }

    /** What was chosen before, to be changed. */
    static LinkEnd of(@Nullable Instant endsAt, ZoneId zone) {
        return endsAt == null
                ? none()
                : new LinkEnd("DAY", lastDay(endsAt, zone).toString());
    }

    static LocalDate lastDay(Instant endsAt, ZoneId zone) {
        return endsAt.minusMillis(1).atZone(zone).toLocalDate();
    }

    static @Nullable Instant endsAt(@Nullable LocalDate lastDay, ZoneId zone) {
        return lastDay == null ? null : lastDay.plusDays(1).atStartOfDay(zone).toInstant();
    }

    static boolean isPossible(LocalDate lastDay, LocalDate today) {
        return !lastDay.isBefore(today) && lastDay.isBefore(today.plusYears(MOST_YEARS));
    }

    /** The last day that was meant; {@code null} for none, and where something is wrong, which {@code errors} then says. */
    @Nullable
    LocalDate lastDay(LocalDate today, BindingResult errors) {
        if ("DAYS_30".equals(end)) {
            return today.plusDays(30);
        }
        if ("DAYS_90".equals(end)) {
            return today.plusDays(90);
        }
        if ("DAY".equals(end)) {
            return typed(today, errors);
        }
        if (!"NONE".equals(end)) {
            errors.rejectValue("end", "link.bad.end");
        }
        return null;
    }

    private @Nullable LocalDate typed(LocalDate today, BindingResult errors) {
        try {
            LocalDate lastDay = LocalDate.parse(day == null ? "" : day.strip());
            if (isPossible(lastDay, today)) {
                return lastDay;
            }
        } catch (DateTimeParseException e) {
            // Said below, like a day that is over.
        }
        errors.rejectValue("day", "link.bad.day");
        return null;
    }
}
