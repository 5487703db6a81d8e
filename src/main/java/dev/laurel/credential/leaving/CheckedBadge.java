package dev.laurel.credential.leaving;

/**
 * A badge that the page of an archive checks as soon as it is opened.
 *
 * @param file where its JWT stands in the archive, without {@code .jwt}
 */
public record CheckedBadge(String file, String name, String jwt) {}
