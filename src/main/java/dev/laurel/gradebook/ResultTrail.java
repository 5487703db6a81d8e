package dev.laurel.gradebook;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * How the result of one learner in one column came about: everything that was ever said of it, oldest first.
 *
 * @param personId whose result it is
 */
public record ResultTrail(long personId, long lineItemId, List<Entry> entries) {

    public ResultTrail {
        entries = List.copyOf(entries);
    }

    /** @param byPerson who gave it in the LMS, entered it in Laurel or brought the file; {@code null} where nobody did, or the
     *     LMS does not tell */
    public record Entry(
            Observation observation,
            Origin origin,
            @Nullable Long byPerson) {

        static Entry of(Observation observation, @Nullable Long byPerson) {
            Origin origin = byPerson == null ? Origin.AUTOMATIC : Origin.HUMAN;
            if (observation.isImported()) {
                origin = Origin.IMPORTED;
            }
            return new Entry(observation, origin, byPerson);
        }
    }

    /** Where a result came from, as far as Laurel can know. */
    public enum Origin {
        /** A person gave it, in the LMS or in Laurel. */
        HUMAN,
        /** Laurel read it in the LMS, which does not say that a person gave it. */
        AUTOMATIC,
        /** It was in a file that somebody brought. */
        IMPORTED
    }
}
