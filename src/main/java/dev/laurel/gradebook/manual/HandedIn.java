package dev.laurel.gradebook.manual;

import java.time.Instant;

/** The latest version of a learner's evidence, without what is in it. */
public record HandedIn(long personId, int version, Instant handedInAt, boolean assessed) {}
