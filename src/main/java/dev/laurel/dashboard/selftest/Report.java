package dev.laurel.dashboard.selftest;

import dev.laurel.platform.selftest.Outcome;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A run in words: what the pages and the files show.
 *
 * @param institution its name; {@code null} where the operator asked
 * @param done how many of {@code all} checks this run has made so far
 * @param late nobody has begun with it although there was time
 */
public record Report(
        Platform platform,
        @Nullable String institution,
        Instant askedAt,
        @Nullable Instant endedAt,
        long done,
        int all,
        boolean late,
        List<Part> parts) {

    /** The registration that was tried. */
    public record Platform(String name, String issuer, String clientId, String laurel) {}

    /** Checks that belong together. */
    public record Part(String title, List<Line> lines) {}

    /**
     * One check.
     *
     * @param mend what to do; {@code null} where all is well
     * @param lastOkAt when it was last fine, where it is not now
     * @param current whether it is of this run and not of an earlier one
     */
    public record Line(
            String check,
            String title,
            Outcome outcome,
            String sentence,
            @Nullable String mend,
            @Nullable Instant foundAt,
            @Nullable Instant lastOkAt,
            boolean current) {}

    public boolean isUnderWay() {
        return endedAt == null;
    }

    public long count(String outcome) {
        return parts.stream()
                .flatMap(part -> part.lines().stream())
                .filter(line -> line.outcome().name().equals(outcome))
                .count();
    }
}
