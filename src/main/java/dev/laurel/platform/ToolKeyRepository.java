package dev.laurel.platform;

import dev.laurel.platform.sql.Utc;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;

/** Table {@code tool_key}. */
@Repository
class ToolKeyRepository {

    private final JdbcClient jdbc;

    ToolKeyRepository(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    /** @param privateSealed {@code null}: retired */
    record Row(
            long generation,
            String kid,
            byte @Nullable [] privateSealed,
            Instant createdAt,
            Instant signsFrom,
            @Nullable Instant retiredAt) {}

    /** Newest first. */
    List<Row> all() {
        return jdbc.sql("SELECT * FROM tool_key ORDER BY generation DESC")
                .query((row, n) -> new Row(
                        row.getLong("generation"),
                        row.getString("kid"),
                        row.getBytes("private_sealed"),
                        Utc.read(row, "created_at"),
                        Utc.read(row, "signs_from"),
                        Utc.readNullable(row, "retired_at")))
                .list();
    }

    /** Adds a key, unless another node has added one of this generation; whether it is this one. */
    boolean add(
            long generation, String kid, String publicJwk, byte[] privateSealed, Instant createdAt, Instant signsFrom) {
        jdbc.sql("INSERT INTO tool_key (generation, kid, public_jwk, private_sealed, created_at, signs_from)"
                        + " VALUES (?, ?, ?, ?, ?, ?) ON DUPLICATE KEY UPDATE generation = VALUES(generation)")
                .params(generation, kid, publicJwk, privateSealed, Utc.of(createdAt), Utc.of(signsFrom))
                .update();
        return jdbc.sql("SELECT COUNT(*) FROM tool_key WHERE kid = ?")
                        .param(kid)
                        .query(Integer.class)
                        .single()
                == 1;
    }

    /** Destroys the private part; whether it was still there. */
    boolean retire(long generation, Instant now) {
        return jdbc.sql("UPDATE tool_key SET private_sealed = NULL, retired_at = ?"
                                + " WHERE generation = ? AND private_sealed IS NOT NULL")
                        .params(Utc.of(now), generation)
                        .update()
                == 1;
    }
}
