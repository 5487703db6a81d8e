package dev.laurel.criteria.rule;

import dev.laurel.gradebook.Observation;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import org.jspecify.annotations.Nullable;

/**
 * Days in the course's time zone.
 *
 * @param from the first day, {@code null}: from ever
 * @param until the last day, {@code null}: for ever
 */
public record Period(@Nullable LocalDate from, @Nullable LocalDate until) {

    public static final Period ALWAYS = new Period(null, null);

    boolean isAlways() {
        return from == null && until == null;
    }

    /** The day of the work, as far as it is known. */
    boolean contains(Observation observation, ZoneId zone) {
        return contains(observation.workedAt(), zone);
    }

    boolean contains(Instant at, ZoneId zone) {
        LocalDate day = at.atZone(zone).toLocalDate();
        return (from == null || !day.isBefore(from)) && (until == null || !day.isAfter(until));
    }

    /** Whether it begins after the day of this, as {@link #contains} takes it. */
    boolean isAfter(Observation observation, ZoneId zone) {
        return from != null && !new Period(from, null).contains(observation, zone);
    }

    boolean isBackwards() {
        return from != null && until != null && until.isBefore(from);
    }
}
