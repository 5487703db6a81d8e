package dev.laurel.gradebook.source;

import dev.laurel.platform.ServiceProblem;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * One look at a gradebook.
 *
 * @param columns every column there is
 * @param results of the columns that could be read; each is complete
 * @param warnings plain words for staff on what was left out
 * @param problem why some columns could not be read
 */
public record Reading(
        List<Column> columns,
        List<ColumnResults> results,
        List<String> warnings,
        @Nullable ServiceProblem problem) {}
