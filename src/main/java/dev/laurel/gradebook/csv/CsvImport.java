package dev.laurel.gradebook.csv;

import dev.laurel.gradebook.LongWork;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * A file that somebody brought to a course.
 *
 * @param rowsDone lines that were recorded, of {@code rowsAll}
 * @param recorded results that were new or changed
 * @param problems lines and results that were not taken
 */
public record CsvImport(
        long id,
        long contextId,
        long byPerson,
        State state,
        Instant uploadedAt,
        @Nullable Instant confirmedAt,
        @Nullable Instant finishedAt,
        long rowsDone,
        long rowsAll,
        long recorded,
        long problems) {

    /** How far it is. */
    public enum State {
        /** Nobody decided on it. */
        STAGED,
        /** It is being recorded. */
        CONFIRMED,
        DONE,
        /** Given up, or taken away with the data of somebody who was in it; what was recorded stays. */
        DROPPED
    }

    /** For whoever waits; it goes on without them. */
    public LongWork work() {
        return new LongWork(rowsDone, rowsAll, confirmedAt == null ? uploadedAt : confirmedAt);
    }

    public boolean isRunning() {
        return state == State.CONFIRMED;
    }
}
