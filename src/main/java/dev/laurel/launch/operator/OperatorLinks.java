package dev.laurel.launch.operator;

import dev.laurel.platform.secrets.Sha256;
import dev.laurel.platform.sql.Utc;
import dev.laurel.platform.tenant.PublicUrl;
import java.security.SecureRandom;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Base64;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;

/** Table {@code operator_link}: links that sign an operator in, each once and for 15 minutes. Only hashes are stored. */
@Repository
public class OperatorLinks {

    static final String PATH = "/operator/enter/";

    static final Duration LIFE = Duration.ofMinutes(15);

    private static final SecureRandom RANDOM = new SecureRandom();

    private final JdbcClient jdbc;

    private final PublicUrl publicUrl;

    private final Clock clock;

    OperatorLinks(JdbcClient jdbc, PublicUrl publicUrl, Clock clock) {
        this.jdbc = jdbc;
        this.publicUrl = publicUrl;
        this.clock = clock;
    }

    /** A new link; show it to the operator and to nobody else. */
    public String create() {
        byte[] bytes = new byte[32];
        RANDOM.nextBytes(bytes);
        String token = Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
        Instant now = clock.instant();
        jdbc.sql("DELETE FROM operator_link WHERE expires_at < ?")
                .param(Utc.of(now))
                .update();
        jdbc.sql("INSERT INTO operator_link (token_hash, created_at, expires_at) VALUES (?, ?, ?)")
                .params(Sha256.of(token), Utc.of(now), Utc.of(now.plus(LIFE)))
                .update();
        return publicUrl.at(PATH + token);
    }

    /** Whether the token is good; it never is again. */
    boolean use(String token) {
        return jdbc.sql("DELETE FROM operator_link WHERE token_hash = ? AND expires_at > ?")
                        .params(Sha256.of(token), Utc.of(clock.instant()))
                        .update()
                == 1;
    }
}
