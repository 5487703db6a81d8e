package dev.laurel.gradebook.source;

import dev.laurel.gradebook.GradingScheme;
import dev.laurel.platform.ServiceProblem;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * One look at a gradebook.
 *
 * @param columns every column there is
 * @param results of the columns that could be read; each is complete
 * @param warnings plain words for staff on what was left out
 * @param scheme how the course turns percent into letters; {@code null} where the source does not say
 * @param problem why some columns could not be read
 */
public record Reading(
        List<Column> columns,
        List<ColumnResults> results,
        List<String> warnings,
        @Nullable GradingScheme scheme,
        @Nullable ServiceProblem problem) {}
