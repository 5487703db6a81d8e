package dev.laurel.gradebook;

import dev.laurel.platform.road.Reference;
import java.time.Instant;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * One way to read a course: what it tells, what it would tell with more permission, and what the last look cost.
 *
 * @param source its name, e.g. {@code canvas}
 * @param obstacle why the course cannot be read this way, in plain words; {@code null} where it can
 * @param permissions what would have to be switched on for those kinds that it does not tell, as message keys
 * @param letters whether it tells the letters of totals
 * @param attempts whether it tells the attempts at a task apart
 * @param look {@code null} before the first one
 * @param broken where it failed when it was asked, so that nothing is known of it: what the log says it under
 */
public record SourceReport(
        String source,
        @Nullable String obstacle,
        Set<LineItem.Kind> tells,
        Set<LineItem.Kind> couldTell,
        Map<LineItem.Kind, Set<String>> permissions,
        boolean letters,
        boolean attempts,
        @Nullable Look look,
        @Nullable Reference broken) {

    static SourceReport broken(String source, @Nullable Look look, Reference reference) {
        return new SourceReport(source, null, Set.of(), Set.of(), Map.of(), false, false, look, reference);
    }

    /**
     * The last look. Times are UTC.
     *
     * @param lookedAt the last that worked; {@code null} where none did
     * @param requests how many the platform was sent
     * @param results what it told
     * @param changes what of it was new
     * @param failingSince {@code null} while it works
     * @param problem plain words; {@code null} while all is well
     */
    public record Look(
            @Nullable Instant lookedAt,
            Instant nextLookAt,
            int requests,
            int results,
            int changes,
            @Nullable Instant failingSince,
            @Nullable String problem) {

        static Look of(SourceLookRepository.Row row) {
            return new Look(
                    row.lookedAt(),
                    row.nextLookAt(),
                    row.requests(),
                    row.results(),
                    row.changes(),
                    row.failingSince(),
                    row.problem());
        }
    }
}
