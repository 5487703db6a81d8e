package dev.laurel.context.link;

import java.time.Instant;

/** Two accounts that a learner, or their platform, says are of one human, where something speaks against it: for staff to decide. Times are UTC. */
public record LinkCase(long id, long one, long other, Reason reason, Instant askedAt) {

    /** What speaks against it. */
    public enum Reason {
        /** The names differ, or a platform does not tell one. */
        NAMES,
        /** The student system knows them under different ids. */
        SIS_IDS,
        /** One of them was linked with another account before. */
        LINKED_BEFORE,
        /** The institution said before that they are two people. */
        REFUSED_BEFORE,
        /** Their platform said that they are one, and says now that they are two. */
        TOLD_APART
    }
}
