package dev.laurel;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;

/** A clock that stands until it is wound forward. */
public final class WoundClock extends Clock {

    private volatile Instant now;

    public WoundClock(Instant start) {
        now = start;
    }

    /** To this moment, or where that is over already to the next one that there is. */
    public void windTo(Instant later) {
        now = later.isAfter(now) ? later : now.plusMillis(1);
    }

    public void advance(Duration time) {
        windTo(now.plus(time));
    }

    @Override
    public Instant instant() {
        return now;
    }

    @Override
    public ZoneId getZone() {
        return ZoneOffset.UTC;
    }

    @Override
    public Clock withZone(ZoneId zone) {
        return this;
    }
}
