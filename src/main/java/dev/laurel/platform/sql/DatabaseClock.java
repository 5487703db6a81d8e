package dev.laurel.platform.sql;

import java.time.Clock;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.time.temporal.ChronoUnit;

/**
 * UTC in whole microseconds, as the database keeps times: a time is the same before it is stored and after it is read.
 * {@link Clock#tick} is not for this: on JDK 17 its {@code millis()} divides by zero.
 */
public final class DatabaseClock extends Clock {

    @Override
    public Instant instant() {
        return Instant.now().truncatedTo(ChronoUnit.MICROS);
    }

    @Override
    public ZoneId getZone() {
        return ZoneOffset.UTC;
    }

    /** Only {@link #getZone} would differ, and nothing asks this clock for that. */
    @Override
    public Clock withZone(ZoneId zone) {
        return this;
    }
}
