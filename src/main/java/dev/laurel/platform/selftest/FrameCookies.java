package dev.laurel.platform.selftest;

/** Which of two cookies a browser sent back that our page had set in the frame of an LMS a moment before. */
public enum FrameCookies {
    /** The page was not in a frame: this tells nothing. */
    UNFRAMED,
    /** Both came: this browser blocks no cookies of other sites. */
    BOTH,
    /** Only the one that is kept per site (CHIPS): this browser blocks others, and Laurel works. */
    PARTITIONED,
    NONE
}
