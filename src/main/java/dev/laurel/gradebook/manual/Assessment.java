package dev.laurel.gradebook.manual;

import java.math.BigDecimal;
import java.util.Map;

/**
 * What an assessor says of a version of evidence.
 *
 * @param version the one that the assessor has seen
 * @param points of a level of each row of the rubric, by the row's number
 * @param comment for the learner; may be empty
 */
public record Assessment(int version, boolean accepted, Map<Long, BigDecimal> points, String comment) {

    public Assessment {
        points = Map.copyOf(points);
    }
}
