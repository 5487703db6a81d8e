package dev.laurel.launch.browser;

import dev.laurel.platform.secrets.MasterKey;
import dev.laurel.platform.sql.Utc;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Duration;
import java.util.Optional;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;

/**
 * Table {@code held_launch}: the claims of id_tokens that hold, kept sealed while the browser asks the platform's frame for
 * the proof that it began the login. No page and no address carries them.
 */
@Repository
public class HeldLaunches {

    /** The page asks at once and gives up after a second and a half. */
    public static final Duration LIFE = Duration.ofMinutes(2);

    private static final String PURPOSE = "held-launch";

    private final JdbcClient jdbc;

    private final MasterKey masterKey;

    private final Clock clock;

    HeldLaunches(JdbcClient jdbc, MasterKey masterKey, Clock clock) {
        this.jdbc = jdbc;
        this.masterKey = masterKey;
        this.clock = clock;
    }

    /** Keeps the claims of one login, as JSON; false where some are kept already: one state, one id_token. */
    public boolean hold(byte[] stateHash, String claims) {
        return jdbc.sql("INSERT IGNORE INTO held_launch (state_hash, claims, created_at) VALUES (?, ?, ?)")
                        .param(stateHash)
                        .param(masterKey.seal(PURPOSE, claims.getBytes(StandardCharsets.UTF_8)))
                        .param(Utc.of(clock.instant()))
                        .update()
                == 1;
    }

    /** The claims that are kept for a login, where they are not too old. */
    public Optional<String> find(byte[] stateHash) {
        return jdbc.sql("SELECT claims FROM held_launch WHERE state_hash = ? AND created_at > ?")
                .param(stateHash)
                .param(Utc.of(clock.instant().minus(LIFE)))
                .query((row, n) -> row.getBytes("claims"))
                .optional()
                .map(claims -> new String(masterKey.open(PURPOSE, claims), StandardCharsets.UTF_8));
    }

    public void forget(byte[] stateHash) {
        jdbc.sql("DELETE FROM held_launch WHERE state_hash = ?")
                .param(stateHash)
                .update();
    }

    /** Clears away launches whose proof never came. */
    public void forgetOld() {
        jdbc.sql("DELETE FROM held_launch WHERE created_at < ?")
                .param(Utc.of(clock.instant().minus(LIFE)))
                .update();
    }
}
