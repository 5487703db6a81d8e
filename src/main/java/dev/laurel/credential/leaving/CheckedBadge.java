package dev.laurel.credential.leaving;

import java.util.List;

/**
 * A badge that the page of an archive checks as soon as it is opened.
 *
 * @param file where its JWT stands in the archive, without {@code .jwt}
 * @param beside where it stands in the archive in any form, that one too
 */
public record CheckedBadge(String file, String name, String jwt, List<String> beside) {}
