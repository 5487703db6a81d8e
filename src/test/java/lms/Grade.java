package lms;

import java.math.BigDecimal;
import java.time.Instant;

/**
 * What stands in one cell of the gradebook.
 *
 * @param score in points of the column, or {@code null} where only a comment or a raw answer stands
 * @param raw a result as JSON members that the LMS shall answer as they are, for tests of bad input; usually {@code null}
 */
public record Grade(BigDecimal score, String comment, String gradedBy, Instant at, String raw) {

    static Grade of(BigDecimal score, String comment, String gradedBy, Instant at) {
        return new Grade(score, comment, gradedBy, at, null);
    }
}
