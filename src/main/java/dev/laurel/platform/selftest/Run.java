package dev.laurel.platform.selftest;

import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The latest run and what is known of each check, in the order of {@link Check}.
 *
 * @param startedAt {@code null} while it waits for a job
 * @param endedAt {@code null} while it is under way
 */
public record Run(
        long number,
        boolean withColumn,
        Instant askedAt,
        @Nullable Instant startedAt,
        @Nullable Instant endedAt,
        List<Line> lines) {

    /**
     * One check.
     *
     * @param foundAt {@code null} where it was never made
     * @param lastOkAt when it was last fine; {@code null}: never
     * @param current whether it was made in this run; else the line is of an earlier one, or {@link Check#WAITING}
     */
    public record Line(
            Finding finding,
            @Nullable Instant foundAt,
            @Nullable Instant lastOkAt,
            boolean current) {

        public Check check() {
            return finding.check();
        }

        public Outcome outcome() {
            return finding.outcome();
        }
    }

    public boolean isUnderWay() {
        return endedAt == null;
    }

    /** How many checks were made in this run. */
    public long done() {
        return lines.stream().filter(Line::current).count();
    }

    public long count(Outcome outcome) {
        return lines.stream().filter(line -> line.outcome() == outcome).count();
    }
}
