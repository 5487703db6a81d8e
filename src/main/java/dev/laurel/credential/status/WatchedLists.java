package dev.laurel.credential.status;

/** Further status lists that each node looks after as after those of our own issuers: at its start and each minute. */
public interface WatchedLists {

    /** Brings forward whatever a restored backup set back; what cannot be brought forward now is tried again. */
    void bringForward();
}
