package dev.laurel.publication.owner;

import java.time.Duration;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * Somebody asks whether a badge belongs to the person in front of them.
 *
 * @param code six digits that stand on both screens, so that nobody answers somebody else's question
 * @param askedBy what they say of themselves; nothing proves it
 * @param endsAt it can be answered before this moment
 */
public record OwnerQuestion(
        long id,
        String code,
        @Nullable String askedBy,
        Instant createdAt,
        Instant endsAt,
        @Nullable Instant answeredAt) {

    /** How long the answer is shown. */
    static final Duration SHOWN_FOR = Duration.ofMinutes(5);

    enum State {
        WAITING,
        CONFIRMED,
        /** Nobody answered in time, or the answer was shown long enough. */
        OVER
    }

    State state(Instant now) {
        if (answeredAt == null) {
            return endsAt.isAfter(now) ? State.WAITING : State.OVER;
        }
        return shownUntil().isAfter(now) ? State.CONFIRMED : State.OVER;
    }

    /** The end of what is left to wait or to see. */
    Instant shownUntil() {
        return answeredAt == null ? endsAt : answeredAt.plus(SHOWN_FOR);
    }

    /** Three and three, as people read it out. */
    public String spoken() {
        return code.substring(0, 3) + " " + code.substring(3);
    }
}
