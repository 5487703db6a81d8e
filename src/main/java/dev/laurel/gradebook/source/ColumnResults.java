package dev.laurel.gradebook.source;

import java.util.List;
import java.util.Set;

/**
 * Results of one column.
 *
 * @param unreadable accounts of whom the source says something that cannot be understood: nothing is known of them now
 * @param whole whether these are all there are, so that whoever is missing and did not leave has none any more. Where false,
 *     of the others nothing is said
 */
public record ColumnResults(String externalId, List<Result> results, Set<String> unreadable, boolean whole) {}
