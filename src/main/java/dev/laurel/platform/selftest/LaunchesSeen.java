package dev.laurel.platform.selftest;

import java.time.Instant;
import java.util.Optional;

/** What the operator may know of launches: that there are some. {@code launch} implements it. */
public interface LaunchesSeen {

    /** When somebody was last let in, from whatever platform. */
    Optional<Instant> latest();
}
