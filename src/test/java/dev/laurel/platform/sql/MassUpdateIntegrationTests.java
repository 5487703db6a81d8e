package dev.laurel.platform.sql;

import static org.assertj.core.api.Assertions.assertThat;

import dev.laurel.LaurelTest;
import java.time.Instant;
import java.util.List;
import java.util.stream.LongStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.jdbc.core.JdbcTemplate;

/** Each row gets what was meant for it, however many there are. */
@LaurelTest
class MassUpdateIntegrationTests {

    private static final Instant AT = Instant.parse("2026-11-26T08:00:00.123456Z");

    private static final MassUpdate UPDATE =
            new MassUpdate("mass_update", List.of("said", "at", "place"), "locked = FALSE");

    @Autowired
    JdbcTemplate jdbc;

    @BeforeEach
    void aTableOfTwoTenants() {
        jdbc.execute("CREATE TABLE mass_update (tenant_id bigint, id bigint, said text, at datetime(6), place int,"
                + " locked boolean DEFAULT FALSE, PRIMARY KEY (tenant_id, id)) DEFAULT CHARACTER SET utf8mb4");
        for (long tenant : new long[] {1, 2}) {
            jdbc.batchUpdate(
                    "INSERT INTO mass_update (tenant_id, id, said, place) VALUES (?, ?, 'before', 7)",
                    LongStream.range(0, 1200)
                            .mapToObj(id -> new Object[] {tenant, id})
                            .toList());
        }
    }

    @AfterEach
    void withoutIt() {
        jdbc.execute("DROP TABLE mass_update");
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 1, 499, 500, 501, 1200})
    void everyRowHasWhatWasMeantForIt(int rows) {
        UPDATE.update(jdbc, 1, LongStream.range(0, rows).boxed().toList(), id -> new @Nullable Object[] {
            id, "“" + id + "” 🎓", Utc.of(AT.plusSeconds(id)), id % 2 == 0 ? null : Integer.valueOf(id.intValue())
        });

        assertThat(jdbc.query(
                        "SELECT * FROM mass_update WHERE tenant_id = 1 AND said <> 'before' ORDER BY id", (row, n) -> {
                            long id = row.getLong("id");
                            return id == n
                                    && row.getString("said").equals("“" + id + "” 🎓")
                                    && Utc.read(row, "at").equals(AT.plusSeconds(id))
                                    && (id % 2 == 0 ? row.getObject("place") == null : row.getInt("place") == id);
                        }))
                .hasSize(rows)
                .doesNotContain(false);
    }

    @Test
    void whatIsNotToChangeAndWhatIsAnotherTenantsStaysAsItIs() {
        jdbc.update("UPDATE mass_update SET locked = TRUE WHERE id = 5");

        UPDATE.update(jdbc, 1, List.of(4L, 5L, 6L), id -> new @Nullable Object[] {id, "after", null, null});

        assertThat(jdbc.queryForList("SELECT id FROM mass_update WHERE said = 'after' ORDER BY id", Long.class))
                .containsExactly(4L, 6L);
        assertThat(jdbc.queryForObject(
                        "SELECT COUNT(*) FROM mass_update WHERE tenant_id = 2 AND said = 'before'", Integer.class))
                .isEqualTo(1200);
    }
}
