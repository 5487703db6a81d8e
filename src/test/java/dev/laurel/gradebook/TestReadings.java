package dev.laurel.gradebook;

import dev.laurel.gradebook.source.Column;
import dev.laurel.gradebook.source.Reading;
import java.util.List;

/** Readings that no platform gave. */
final class TestReadings {

    private TestReadings() {}

    /** These columns are all there are, and nothing is said of what is in them. */
    static Reading of(Column... columns) {
        return new Reading(Reading.Naming.SUB, List.of(columns), List.of(), List.of(), null, null, null);
    }
}
