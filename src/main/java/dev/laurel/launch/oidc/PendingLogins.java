package dev.laurel.launch.oidc;

import dev.laurel.launch.browser.Secret;
import dev.laurel.platform.sql.Utc;
import java.time.Clock;
import java.time.Duration;
import java.time.LocalDateTime;
import java.util.List;
import java.util.Optional;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;

/** Table {@code oidc_state}: logins in flight, on whatever node they come back. */
@Repository
class PendingLogins {

    static final Duration LIFE = Duration.ofMinutes(10);

    private static final int BATCH = 5_000;

    private final JdbcClient jdbc;

    private final Clock clock;

    PendingLogins(JdbcClient jdbc, Clock clock) {
        this.jdbc = jdbc;
        this.clock = clock;
    }

    void add(PendingLogin login) {
        jdbc.sql("INSERT INTO oidc_state (state_hash, nonce_hash, browser_hash, registration_id, deployment_hash,"
                        + " test_copy, login_start, created_at) VALUES (?, ?, ?, ?, ?, ?, ?, ?)")
                .param(login.stateHash())
                .param(login.nonceHash())
                .param(login.browserHash())
                .param(login.registrationId())
                .param(login.deploymentHash())
                .param(login.testCopy())
                .param(login.start())
                .param(Utc.of(clock.instant()))
                .update();
    }

    Optional<PendingLogin> find(Secret state) {
        return jdbc.sql("SELECT * FROM oidc_state WHERE state_hash = ? AND created_at > ?")
                .param(state.hash())
                .param(Utc.of(clock.instant().minus(LIFE)))
                .query((row, n) -> new PendingLogin(
                        row.getBytes("state_hash"),
                        row.getBytes("nonce_hash"),
                        row.getBytes("browser_hash"),
                        row.getLong("registration_id"),
                        row.getBytes("deployment_hash"),
                        row.getBoolean("test_copy"),
                        row.getBytes("login_start")))
                .optional();
    }

    /** Whether this call was the one that used the login up: true exactly once, on any number of nodes. */
    boolean consume(PendingLogin login) {
        return jdbc.sql("DELETE FROM oidc_state WHERE state_hash = ?")
                        .param(login.stateHash())
                        .update()
                == 1;
    }

    /** Clears away logins that never came back. */
    void forgetOld() {
        LocalDateTime before = Utc.of(clock.instant().minus(LIFE));
        int deleted;
        do {
            deleted = jdbc.sql("DELETE FROM oidc_state WHERE created_at < ? LIMIT " + BATCH)
                    .param(before)
                    .update();
        } while (deleted == BATCH);
    }

    /**
     * Of each platform that has more logins open than this, forgets the oldest: whoever really comes back does so within
     * seconds.
     */
    void keepNewest(int most) {
        record Crowd(long registrationId, long logins) {}
        List<Crowd> crowds = jdbc.sql(
                        "SELECT registration_id, COUNT(*) AS logins FROM oidc_state GROUP BY registration_id HAVING COUNT(*) > ?")
                .param(most)
                .query(Crowd.class)
                .list();
        for (Crowd crowd : crowds) {
            for (long surplus = crowd.logins() - most; surplus > 0; surplus -= BATCH) {
                jdbc.sql("DELETE FROM oidc_state WHERE registration_id = ? ORDER BY created_at LIMIT "
                                + Math.min(surplus, BATCH))
                        .param(crowd.registrationId())
                        .update();
            }
        }
    }
}
