package dev.laurel;

import java.util.Objects;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.transaction.support.TransactionTemplate;

/** Counts the statements that the database ran for a piece of work. */
public final class Statements {

    private Statements() {}

    /** Everything in one transaction is one connection, which counts its own statements. */
    public static long of(TransactionTemplate transaction, JdbcClient jdbc, Runnable work) {
        return Objects.requireNonNull(transaction.execute(status -> {
            long before = soFar(jdbc);
            work.run();
            return soFar(jdbc) - before;
        }));
    }

    private static long soFar(JdbcClient jdbc) {
        return jdbc
                .sql(
                        "SHOW SESSION STATUS WHERE Variable_name IN ('Com_select', 'Com_insert', 'Com_update', 'Com_delete')")
                .query((row, n) -> row.getLong("Value"))
                .list()
                .stream()
                .mapToLong(Long::longValue)
                .sum();
    }
}
