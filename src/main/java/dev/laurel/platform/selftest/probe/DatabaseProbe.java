package dev.laurel.platform.selftest.probe;

import dev.laurel.platform.Installation;
import dev.laurel.platform.selftest.Check;
import dev.laurel.platform.selftest.Finding;
import dev.laurel.platform.selftest.Probe;
import dev.laurel.platform.selftest.Subject;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/** The database's version, whether it gives every letter back as it was, and whether the master key is its own. */
@Component
class DatabaseProbe implements Probe {

    /** Two, three and four bytes in UTF-8. */
    static final String LETTERS = "Łódź 漢字 𝄞";

    private static final Pattern VERSION = Pattern.compile("(\\d+)\\.(\\d+).*");

    private final JdbcClient jdbc;

    private final Installation installation;

    DatabaseProbe(JdbcClient jdbc, Installation installation) {
        this.jdbc = jdbc;
        this.installation = installation;
    }

    @Override
    public Set<Check> checks() {
        return Set.of(Check.DATABASE, Check.MASTER_KEY);
    }

    @Override
    public Finding probe(Check check, Subject subject) {
        if (check == Check.MASTER_KEY) {
            return Finding.of(check, installation.fitsMasterKey() ? "fits" : "wrong");
        }
        return jdbc.sql("SELECT VERSION() AS version, @@version_comment AS maker, ? AS letters")
                .param(LETTERS)
                .query((row, n) -> judge(row.getString("version"), row.getString("maker"), row.getString("letters")))
                .single();
    }

    /** MySQL from 8.0, MariaDB from 10.11: what the migrations are written for. */
    static Finding judge(String version, String maker, String letters) {
        boolean mariaDb = (version + maker).toLowerCase(java.util.Locale.ROOT).contains("mariadb");
        String name = (mariaDb ? "MariaDB " : "MySQL ") + version.split("-", 2)[0];
        Matcher numbers = VERSION.matcher(version);
        int minor =
                numbers.matches() ? Integer.parseInt(numbers.group(1)) * 1000 + Integer.parseInt(numbers.group(2)) : 0;
        if (minor < (mariaDb ? 10_011 : 8_000)) {
            return Finding.of(Check.DATABASE, "old", name);
        }
        return Finding.of(Check.DATABASE, letters.equals(LETTERS) ? "fine" : "encoding", name);
    }
}
