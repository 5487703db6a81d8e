package dev.laurel;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.jdbc.core.simple.JdbcClient;

@LaurelTest
class ApplicationStartTests {

    @Autowired
    JdbcClient jdbc;

    @Test
    void everyMigrationRuns() {
        assertThat(jdbc.sql("SELECT COUNT(*) FROM flyway_schema_history WHERE success = 1")
                        .query(Integer.class)
                        .single())
                .isGreaterThanOrEqualTo(10);
    }
}
