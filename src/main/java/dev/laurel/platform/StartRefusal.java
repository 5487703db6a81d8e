package dev.laurel.platform;

import java.sql.SQLException;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.diagnostics.FailureAnalysis;
import org.springframework.boot.diagnostics.FailureAnalyzer;
import org.springframework.core.Ordered;
import org.springframework.core.annotation.Order;
import org.springframework.core.env.Environment;

/** Says in one sentence why Laurel does not start, where a setting is missing or wrong. */
@Order(Ordered.HIGHEST_PRECEDENCE)
class StartRefusal implements FailureAnalyzer {

    private static final String NO_DATA_SOURCE = "DataSourceBeanCreationException";

    private static final String DB_URL = "LAUREL_DB_URL (spring.datasource.url)";

    private static final String EXAMPLE = "jdbc:mysql://db.example.edu:3306/laurel";

    private final Environment environment;

    StartRefusal(Environment environment) {
        this.environment = environment;
    }

    @Override
    public @Nullable FailureAnalysis analyze(Throwable failure) {
        for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
            String sentence = sentence(cause);
            if (sentence != null) {
                return new FailureAnalysis(sentence, null, failure);
            }
        }
        return isOfAnotherKind() ? new FailureAnalysis(DB_URL + " must look like " + EXAMPLE, null, failure) : null;
    }

    private boolean isOfAnotherKind() {
        String database = database();
        return !database.isBlank() && !database.startsWith("jdbc:mysql");
    }

    private @Nullable String sentence(Throwable cause) {
        if (cause instanceof InstallationException) {
            return cause.getMessage();
        }
        if (cause.getClass().getSimpleName().equals(NO_DATA_SOURCE)) {
            return "Set " + DB_URL + " to the MySQL or MariaDB database, for example " + EXAMPLE
                    + ", with LAUREL_DB_USER and LAUREL_DB_PASSWORD";
        }
        String message = String.valueOf(cause.getMessage());
        return cause instanceof SQLException sql && isAboutTheConnection(sql)
                ? "The database " + database() + " cannot be used; check " + DB_URL
                        + ", LAUREL_DB_USER and LAUREL_DB_PASSWORD: "
                        + message.lines().findFirst().orElse("no reason given")
                : null;
    }

    /** Connection (08) and authorization (28) failures; MySQL's own for no access to the schema and no such schema. */
    private static boolean isAboutTheConnection(SQLException e) {
        String state = String.valueOf(e.getSQLState());
        return state.startsWith("08") || state.startsWith("28") || e.getErrorCode() == 1044 || e.getErrorCode() == 1049;
    }

    /** Parameters of the URL may hold a password. */
    private String database() {
        String url = environment.getProperty("spring.datasource.url", "");
        int query = url.indexOf('?');
        return query < 0 ? url : url.substring(0, query);
    }
}
