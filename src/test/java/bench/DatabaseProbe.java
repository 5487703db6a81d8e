package bench;

import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;

/** Looks at the database from outside, on a connection of its own. */
final class DatabaseProbe {

    private final Connection connection;

    DatabaseProbe(String jdbcUrl) {
        try {
            connection = DriverManager.getConnection(jdbcUrl + "?connectionTimeZone=UTC", "root", "");
        } catch (SQLException e) {
            throw new IllegalStateException(e);
        }
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
}
