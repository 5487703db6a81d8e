package dev.laurel.gradebook.source;

import java.util.List;
import java.util.Set;
import java.util.stream.Stream;

/**
 * Results of one column.
 *
 * @param unreadable accounts of whom the source says something that cannot be understood: nothing is known of them now
 * @param withoutGrade accounts that have no grade, and of whom the source does not tell now whether work is there: what was
 *     known of that holds
 * @param whole whether these are all there are, so that whoever is missing and did not leave has none any more. Where false,
 *     of the others nothing is said
 */
public record ColumnResults(
        String externalId, List<Result> results, Set<String> unreadable, Set<String> withoutGrade, boolean whole) {

    /** Of a source that tells of work whenever it tells of grades. */
    public ColumnResults(String externalId, List<Result> results, Set<String> unreadable, boolean whole) {
        this(externalId, results, unreadable, Set.of(), whole);
    }

    /** Everybody of whom it says something; some perhaps twice. */
    public Stream<String> accounts() {
        return Stream.of(results.stream().map(Result::account), unreadable.stream(), withoutGrade.stream())
                .flatMap(accounts -> accounts);
    }
}
