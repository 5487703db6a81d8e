package dev.laurel.credential.leaving;

import dev.laurel.credential.leaving.ArchiveRefusedException.Reason;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * An archive that is brought in, and what came of it.
 *
 * @param broughtAt UTC
 * @param bytes of the archive, of which {@code bytesRead} are checked
 * @param badges in the archive, known once it is checked
 * @param badgesDone of {@code badges}, those that are here
 * @param badgesNew of {@code badgesDone}, those that were not here before
 * @param savedAt when it was made, UTC; {@code null} until it is checked
 * @param issuersOlder of {@code issuers}, those of which a newer archive had come before
 * @param withdrawalsKept badges that it has in force, and that were taken back for good by another word
 * @param refusal why it was not taken in
 * @param refusedWord what the message of the refusal names; may be empty
 */
public record ArchiveArrival(
        long id,
        long byPerson,
        State state,
        Instant broughtAt,
        @Nullable Instant finishedAt,
        long bytes,
        long bytesRead,
        long entriesRead,
        int issuers,
        int badges,
        int badgesDone,
        int badgesNew,
        @Nullable Instant savedAt,
        int issuersOlder,
        int withdrawalsKept,
        @Nullable Reason refusal,
        String refusedWord) {

    /** How far it is. */
    public enum State {
        /** It is being uploaded and stored. */
        RECEIVING,
        /** Everything in it is read and checked; nothing of it is here. */
        CHECKING,
        /** It is as it must be: its issuers are here, and its badges follow. */
        ARRIVING,
        DONE,
        /** Nothing of it is here. */
        REFUSED,
        /** It did not come to its end within a day; what had come of it stays. */
        LOST,
        /** Somebody gave it up; what had come of it stays. */
        GIVEN_UP
    }

    /** Whether it keeps others from coming. */
    public boolean isUnderWay() {
        return state == State.RECEIVING || isReceived();
    }

    /** Whether it is here as a whole, and a job brings it in. */
    public boolean isReceived() {
        return state == State.CHECKING || state == State.ARRIVING;
    }
}
