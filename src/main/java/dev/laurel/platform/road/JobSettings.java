package dev.laurel.platform.road;

import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * Settings of the jobs.
 *
 * @param atOnce how many transactions of jobs a node has open at once; 0: as many as it has processors, but two at least and
 *     six at most
 */
@ConfigurationProperties("laurel.jobs")
record JobSettings(@DefaultValue("0") int atOnce) {

    private static final int FEWEST = 2;

    /** A node has ten connections, and pages need some of them. */
    private static final int MOST = 6;

    private static final int LANES = 2;

    JobSettings {
        if (atOnce < 0) {
            throw new IllegalArgumentException("laurel.jobs.at-once must be at least 1, or 0 for what suits the node");
        }
        if (atOnce == 0) {
            atOnce = Math.max(FEWEST, Math.min(Runtime.getRuntime().availableProcessors(), MOST));
        }
    }

    /** How many jobs of one kind that nobody waits for run at once: two lanes, and more where there are many turns. */
    int patient() {
        return Math.max(LANES, atOnce / 2);
    }
}
