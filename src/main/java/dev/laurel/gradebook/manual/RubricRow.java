package dev.laurel.gradebook.manual;

import java.math.BigDecimal;
import java.util.List;

/**
 * One row of a rubric. Its results are those of the line item {@code id}.
 *
 * @param id 0 in a row that is to be added
 * @param levels at least two, of different points from 0 on
 */
public record RubricRow(long id, String label, List<Level> levels) {

    public RubricRow {
        levels = List.copyOf(levels);
    }

    /** How well something is done, and what that is worth. */
    public record Level(String label, BigDecimal points) {}

    /** What the best level is worth. */
    public BigDecimal maximum() {
        return levels.stream().map(Level::points).max(BigDecimal::compareTo).orElse(BigDecimal.ZERO);
    }
}
