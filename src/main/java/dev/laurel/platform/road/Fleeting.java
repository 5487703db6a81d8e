package dev.laurel.platform.road;

/** What is kept for a while only. {@link Housekeeping} asks it to forget, whether anybody comes by or not. */
public interface Fleeting {

    /** Forgets what is older than it promises, of all institutions. */
    void forgetOld();
}
