package dev.laurel.platform.sql;

/** How many rows one statement of a batch writes. */
public final class Batches {

    /**
     * Enough that round trips cost nothing; with many more the driver holds every value of a cohort several times over, and
     * the memory costs more than the trips.
     */
    public static final int ROWS = 1_000;

    private Batches() {}
}
