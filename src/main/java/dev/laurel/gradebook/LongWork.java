package dev.laurel.gradebook;

import java.time.Instant;

/**
 * Work on a course that takes longer than people wait without being told. It goes on whether or not they stay.
 *
 * @param done of {@code of}, which may grow while it goes on
 * @param since UTC
 */
public record LongWork(long done, long of, Instant since) {}
