package dev.laurel.platform.sql;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.JdbcTemplate;

/**
 * An update that gives each of many rows values of its own, in one statement for {@value #ROWS} of them: of a batch the driver
 * makes as many statements as there are rows.
 */
public final class MassUpdate {

    private static final int ROWS = 500;

    private final String before;

    private final String after;

    private final String first;

    private final String further;

    /**
     * @param table its rows are known by {@code tenant_id} and {@code id}
     * @param columns that get values
     * @param only what must be so of a row, else it stays as it is, {@code "released_at IS NULL"}
     */
    public MassUpdate(String table, List<String> columns, String only) {
        this.before = "UPDATE " + table + " JOIN (";
        this.first = "SELECT ? AS given_id, "
                + columns.stream().map(column -> "? AS given_" + column).collect(Collectors.joining(", "));
        this.further = " UNION ALL SELECT ?, " + String.join(", ", Collections.nCopies(columns.size(), "?"));
        this.after = ") given ON id = given_id SET "
                + columns.stream().map(column -> column + " = given_" + column).collect(Collectors.joining(", "))
                + " WHERE tenant_id = ? AND " + only;
    }

    /** @param values of a row: its {@code id}, and what its columns get, in their order */
    public <T> void update(JdbcTemplate jdbc, long tenant, List<T> rows, Function<T, @Nullable Object[]> values) {
        for (int from = 0; from < rows.size(); from += ROWS) {
            List<T> block = rows.subList(from, Math.min(from + ROWS, rows.size()));
            List<@Nullable Object> bound = new ArrayList<>();
            block.forEach(row -> Collections.addAll(bound, values.apply(row)));
            bound.add(tenant);
            jdbc.update(before + first + further.repeat(block.size() - 1) + after, bound.toArray());
        }
    }
}
