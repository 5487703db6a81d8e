package dev.laurel.platform.road;

import java.time.Duration;
import java.util.concurrent.ThreadLocalRandom;

/** Makes pauses longer by a share that was drawn by lot, so that what failed together does not come back together. */
public record Pauses(double share) {

    private static final double LARGEST = 0.25;

    /** One draw, for pauses that shall end together. */
    public static Pauses drawn() {
        return new Pauses(ThreadLocalRandom.current().nextDouble(LARGEST));
    }

    /** This long and up to a quarter longer. */
    public static Duration spread(Duration pause) {
        return drawn().of(pause);
    }

    public Duration of(Duration pause) {
        return pause.plusMillis((long) (pause.toMillis() * share));
    }
}
