package dev.laurel.platform.sql;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.laurel.LaurelTest;
import java.time.Instant;
import java.util.List;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.dao.DuplicateKeyException;
import org.springframework.jdbc.core.JdbcTemplate;

/** What is inserted is the same, whichever way the rows take. */
@LaurelTest
class MassInsertIntegrationTests {

    private static final Instant AT = Instant.parse("2026-11-26T08:00:00.123456Z");

    private static final MassInsert INSERT = new MassInsert("mass (id, said, at, missing)", "");

    private static final MassInsert OR_NOTHING =
            new MassInsert("mass (id, said, at, missing)", "ON DUPLICATE KEY UPDATE id = id");

    @Autowired
    JdbcTemplate jdbc;

    @BeforeEach
    void aTable() {
        jdbc.execute("CREATE TABLE mass (id bigint PRIMARY KEY, said mediumtext, at datetime(6), missing int NULL)"
                + " DEFAULT CHARACTER SET utf8mb4");
    }

    @AfterEach
    void withoutIt() {
        jdbc.execute("DROP TABLE mass");
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 1, 499, 999, 1000, 1001, 1499, 2345})
    void everyRowIsThereAsItWas(int rows) {
        INSERT.insert(jdbc, numbers(0, rows), id -> row(id, "“" + id + "” 🎓 it's \\ said"));

        assertThat(jdbc.queryForList("SELECT id FROM mass ORDER BY id", Integer.class))
                .isEqualTo(numbers(0, rows));
        assertThat(jdbc.query(
                        "SELECT * FROM mass",
                        (row, n) -> row.getString("said").equals("“" + row.getInt("id") + "” 🎓 it's \\ said")
                                && Utc.read(row, "at").equals(AT)
                                && row.getObject("missing") == null))
                .doesNotContain(false);
    }

    @Test
    void aNumberThatAllHaveIsInEachAndWhatOneLacksIsNotInThatOne() {
        INSERT.insert(jdbc, numbers(0, 1000), id -> new Object[] {id, "said", Utc.of(AT), -7});
        INSERT.insert(jdbc, numbers(1000, 2000), id ->
                new @Nullable Object[] {id, null, Utc.of(AT), id == 1700 ? null : Integer.valueOf(8)});

        assertThat(jdbc.queryForObject("SELECT COUNT(*) FROM mass WHERE missing = -7 AND id < 1000", Integer.class))
                .isEqualTo(1000);
        assertThat(jdbc.queryForObject("SELECT COUNT(*) FROM mass WHERE missing = 8 AND said IS NULL", Integer.class))
                .isEqualTo(999);
        assertThat(jdbc.queryForList("SELECT id FROM mass WHERE missing IS NULL", Integer.class))
                .containsExactly(1700);
    }

    @Test
    void aRowThatIsThereAlreadyIsPassedOverAndTheOthersAreNot() {
        INSERT.insert(jdbc, List.of(5, 250), id -> row(id, "first"));
        OR_NOTHING.insert(jdbc, numbers(0, 1100), id -> row(id, "second"));

        assertThat(jdbc.queryForList("SELECT id FROM mass WHERE said = 'first' ORDER BY id", Integer.class))
                .containsExactly(5, 250);
        assertThat(jdbc.queryForObject("SELECT COUNT(*) FROM mass", Integer.class))
                .isEqualTo(1100);
    }

    @Test
    void aRowThatIsThereAlreadyAndMustNotBeIsAnError() {
        INSERT.insert(jdbc, List.of(250), id -> row(id, "first"));

        assertThatThrownBy(() -> INSERT.insert(jdbc, numbers(0, 1100), id -> row(id, "second")))
                .isInstanceOf(DuplicateKeyException.class);
    }

    @Test
    void rowsTooLongForOneStatementGoInSeveral() {
        String tooLong = "x".repeat(100_000);
        INSERT.insert(jdbc, numbers(0, 1100), id -> row(id, id < 200 ? tooLong : "short"));

        assertThat(jdbc.queryForObject(
                        "SELECT COUNT(*) FROM mass WHERE LENGTH(said) = 100000 AND id < 200", Integer.class))
                .isEqualTo(200);
        assertThat(jdbc.queryForObject("SELECT COUNT(*) FROM mass", Integer.class))
                .isEqualTo(1100);
    }

    private static Object[] row(int id, String said) {
        return new Object[] {id, said, Utc.of(AT), null};
    }

    private static List<Integer> numbers(int from, int to) {
        return IntStream.range(from, to).boxed().toList();
    }
}
