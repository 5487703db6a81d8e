package dev.laurel.platform.ended;

/** Something of an {@link EndedForGood} ended; published inside the transaction, so that this node keeps it as soon as it is true. */
public record SomethingEnded() {}
