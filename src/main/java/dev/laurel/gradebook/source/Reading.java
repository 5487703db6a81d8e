package dev.laurel.gradebook.source;

import dev.laurel.gradebook.GradingScheme;
import dev.laurel.gradebook.LineItem;
import dev.laurel.platform.ServiceProblem;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * One look at a gradebook.
 *
 * @param naming how the source names people
 * @param columns every column there is
 * @param stillThere by their {@code externalId}, those that are not listed although they are there
 * @param results of the columns that could be read
 * @param warnings plain words for staff on what was left out
 * @param scheme how the course turns percent into letters; {@link GradingScheme#NONE} where it does not,
 *     {@code null} where the source does not say
 * @param problem why some columns could not be read
 * @param bookmark from where the next look may go on, at most 500 characters; {@code null} where each look is at everything.
 *     It counts also where not all could be read: what could not must be read from there
 * @param newcomersRead whether {@link Look#newcomers} were read, or are where the next look goes on; otherwise they are named
 *     again
 */
public record Reading(
        Naming naming,
        List<Column> columns,
        Map<String, LineItem.StillThere> stillThere,
        List<ColumnResults> results,
        List<String> warnings,
        @Nullable GradingScheme scheme,
        @Nullable ServiceProblem problem,
        @Nullable String bookmark,
        boolean newcomersRead) {

    /** Of a source that does not say whether what it does not list was deleted, or lists everything. */
    public Reading(
            Naming naming,
            List<Column> columns,
            List<ColumnResults> results,
            List<String> warnings,
            @Nullable GradingScheme scheme,
            @Nullable ServiceProblem problem,
            @Nullable String bookmark) {
        this(naming, columns, Map.of(), results, warnings, scheme, problem, bookmark, true);
    }

    /** How a source names people. */
    public enum Naming {
        /** By the LTI {@code sub}. */
        SUB,
        /** By the platform's own user id, see {@link dev.laurel.context.Contexts#personsByPlatformUser}. */
        PLATFORM_USER
    }
}
