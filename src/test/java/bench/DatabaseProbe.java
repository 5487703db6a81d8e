package bench;

import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Looks at the database from outside, on a connection of its own. */
final class DatabaseProbe {

    private final Connection connection;

    DatabaseProbe(String jdbcUrl) {
        try {
            connection = DriverManager.getConnection(
                    jdbcUrl + (jdbcUrl.contains("?") ? "&" : "?") + "connectionTimeZone=UTC", "root", "");
        } catch (SQLException e) {
            throw new IllegalStateException(e);
        }
    }

    /** The settings that operations.md recommends for a database of its own. */
    void setAsRecommended() {
        run("SET GLOBAL innodb_buffer_pool_size = 1073741824");
        run("SET GLOBAL innodb_log_file_size = 1073741824");
    }

    /** The server's own counter of statements, this one not included. */
    long questions() {
        try (Statement statement = connection.createStatement();
                ResultSet row = statement.executeQuery("SHOW GLOBAL STATUS LIKE 'Questions'")) {
            row.next();
            return row.getLong(2) - 1;
        } catch (SQLException e) {
            throw new IllegalStateException(e);
        }
    }

    /** The one number that a query answers; 0 where it is NULL. */
    long number(String sql) {
        try (Statement statement = connection.createStatement();
                ResultSet row = statement.executeQuery(sql)) {
            row.next();
            return row.getLong(1);
        } catch (SQLException e) {
            throw new IllegalStateException(sql, e);
        }
    }

    /** Takes one row in. */
    interface RowReader<T> {

        T read(ResultSet row) throws SQLException;
    }

    <T> List<T> rows(String sql, RowReader<T> reader) {
        List<T> all = new ArrayList<>();
        try (Statement statement = connection.createStatement();
                ResultSet row = statement.executeQuery(sql)) {
            while (row.next()) {
                all.add(reader.read(row));
            }
        } catch (SQLException e) {
            throw new IllegalStateException(sql, e);
        }
        return all;
    }

    void recordStatements() {
        run("SET GLOBAL log_output = 'TABLE'");
        run("TRUNCATE mysql.general_log");
        run("SET GLOBAL general_log = ON");
    }

    /** What was executed since, with its values taken out, most frequent first. */
    Map<String, Integer> recordedStatements() {
        run("SET GLOBAL general_log = OFF");
        Map<String, Integer> counts = new HashMap<>();
        try (Statement statement = connection.createStatement();
                ResultSet row = statement.executeQuery(
                        "SELECT CONVERT(argument USING utf8mb4) FROM mysql.general_log WHERE command_type = 'Query'")) {
            while (row.next()) {
                String text = row.getString(1)
                        .replaceAll("'(?:[^'\\\\]|\\\\.)*'", "?")
                        .replaceAll("\\b\\d+\\b", "?")
                        .replaceAll("\\s+", " ");
                counts.merge(text.substring(0, Math.min(text.length(), 150)), 1, Integer::sum);
            }
        } catch (SQLException e) {
            throw new IllegalStateException(e);
        }
        return counts;
    }

    private void run(String sql) {
        try (Statement statement = connection.createStatement()) {
            statement.execute(sql);
        } catch (SQLException e) {
            throw new IllegalStateException(sql, e);
        }
    }
}
