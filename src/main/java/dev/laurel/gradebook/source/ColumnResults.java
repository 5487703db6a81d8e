package dev.laurel.gradebook.source;

import java.util.List;
import java.util.Set;

/**
 * All results of one column: whoever is missing has none any more.
 *
 * @param unreadable those of whom the source says something that cannot be understood: nothing is known of them now
 */
public record ColumnResults(String externalId, List<Result> results, Set<String> unreadable) {}
