package dev.laurel.dashboard.badge;

/** Told what is wrong in a part of a form, and at which of its fields. */
interface Problems {

    /** @param key in the message files, with these words for its arguments */
    void reject(String field, String key, Object... words);
}
