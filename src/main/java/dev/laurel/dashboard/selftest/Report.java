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
 * @param unsure some permissions could not be asked for
 */
public record Report(
        Platform platform,
        @Nullable String institution,
        Instant askedAt,
        @Nullable Instant endedAt,
        long done,
        int all,
        boolean late,
        List<Part> parts,
        List<Group> capabilities,
        List<Unlock> unlocks,
        boolean unsure) {

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

    /**
     * What badges can be made of by the same means.
     *
     * @param what what these means are; {@code null} where that is plain
     */
    public record Group(String title, @Nullable String what, List<Ability> abilities) {}

    /** One of them, how it stands with it in words, and whether that is good. */
    public record Ability(
            String key,
            String title,
            String state,
            String words,
            @Nullable String note) {}

    /** What more permission would give. */
    public record Unlock(String sentence, List<String> titles) {}

    public boolean isUnderWay() {
        return endedAt == null;
    }

    /** What is wrong, to be said first. */
    public List<Line> problems() {
        return parts.stream()
                .flatMap(part -> part.lines().stream())
                .filter(line -> line.outcome() == Outcome.PROBLEM)
                .toList();
    }

    public long count(String outcome) {
        return parts.stream()
                .flatMap(part -> part.lines().stream())
                .filter(line -> line.outcome().name().equals(outcome))
                .count();
    }
}
