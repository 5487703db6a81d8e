package dev.laurel.platform.selftest.probe;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class DatabaseProbeTests {

    @ParameterizedTest
    @CsvSource({
        "8.4.3, MySQL Community Server - GPL, fine, MySQL 8.4.3",
        "8.0.15, MySQL Community Server - GPL, fine, MySQL 8.0.15",
        "5.7.44-log, MySQL Community Server, old, MySQL 5.7.44",
        "11.4.5-MariaDB, MariaDB Server, fine, MariaDB 11.4.5",
        "10.11.6-MariaDB-0+deb12u1, Debian 12, fine, MariaDB 10.11.6",
        "10.6.18-MariaDB, mariadb.org, old, MariaDB 10.6.18",
        "unheard of, somebody, old, MySQL unheard of"
    })
    void theVersionIsOneThatLaurelIsWrittenFor(String version, String maker, String code, String name) {
        var finding = DatabaseProbe.judge(version, maker, DatabaseProbe.LETTERS);

        assertThat(finding.code()).isEqualTo(code);
        assertThat(finding.facts()).containsExactly(name);
    }

    @ParameterizedTest
    @CsvSource({"L?d? ?? ?", "Lodz", "'Łódź 漢字 ?'"})
    void lettersThatAreLostAreAProblem(String letters) {
        assertThat(DatabaseProbe.judge("8.4.3", "MySQL", letters).code()).isEqualTo("encoding");
    }
}
