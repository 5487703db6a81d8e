package dev.laurel.credential.endorsement;

import dev.laurel.context.PersonErased;
import dev.laurel.credential.endorsement.HolderEndorsement.State;
import dev.laurel.platform.sql.Utc;
import dev.laurel.platform.tenant.TenantId;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import org.springframework.context.event.EventListener;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;

/** What holders say of badges they have (table {@code holder_endorsement}); one of each award, hidden until it is approved. */
@Repository
public class HolderEndorsements {

    private static final String COLUMNS =
            "SELECT award_id, person_id, subject, remark, named, state, written_at FROM holder_endorsement WHERE tenant_id = :tenant";

    private static final int SHOWN = 50;

    private final JdbcClient jdbc;

    private final Clock clock;

    HolderEndorsements(JdbcClient jdbc, Clock clock) {
        this.jdbc = jdbc;
        this.clock = clock;
    }

    /** In place of what she said before; it waits to be approved anew. */
    public void say(TenantId tenant, long awardId, long personId, String subject, String remark, boolean named) {
        jdbc.sql("""
                INSERT INTO holder_endorsement (tenant_id, award_id, person_id, subject, remark, named, state, written_at)
                VALUES (?, ?, ?, ?, ?, ?, 'PENDING', ?)
                ON DUPLICATE KEY UPDATE remark = VALUES(remark), named = VALUES(named), state = VALUES(state),
                    written_at = VALUES(written_at), decided_by = NULL, decided_at = NULL""")
                .params(tenant.value(), awardId, personId, subject, remark, named, Utc.of(clock.instant()))
                .update();
    }

    /** What she said is gone; nothing happens where it is not hers. */
    public void takeBack(TenantId tenant, long awardId, long personId) {
        jdbc.sql("DELETE FROM holder_endorsement WHERE tenant_id = ? AND award_id = ? AND person_id = ?")
                .params(tenant.value(), awardId, personId)
                .update();
    }

    /** What the holder of this award said, in whatever state. */
    public Optional<HolderEndorsement> find(TenantId tenant, long awardId) {
        return jdbc.sql(COLUMNS + " AND award_id = :award")
                .param("tenant", tenant.value())
                .param("award", awardId)
                .query(HolderEndorsements::row)
                .optional();
    }

    /** What waits first, then the newest; at most {@value #SHOWN}. */
    public List<HolderEndorsement> all(TenantId tenant) {
        return jdbc.sql(COLUMNS + " ORDER BY state = 'PENDING' DESC, written_at DESC LIMIT " + SHOWN)
                .param("tenant", tenant.value())
                .query(HolderEndorsements::row)
                .list();
    }

    /** What pages show of a badge version; the newest first. */
    public List<HolderEndorsement> shown(TenantId tenant, Collection<String> subjects) {
        return jdbc.sql(COLUMNS + " AND state = 'APPROVED' AND subject IN (:subjects) ORDER BY written_at DESC LIMIT "
                        + SHOWN)
                .param("tenant", tenant.value())
                .param("subjects", subjects)
                .query(HolderEndorsements::row)
                .list();
    }

    /**
     * Decides about what was read, and about nothing that she wrote since.
     *
     * @param writtenAt of what was read
     * @return {@code false} where she took it back meanwhile, or wrote it anew
     */
    public boolean decide(TenantId tenant, long awardId, Instant writtenAt, boolean approved, long byPerson) {
        return jdbc.sql("""
                        UPDATE holder_endorsement SET state = ?, decided_by = ?, decided_at = ?
                        WHERE tenant_id = ? AND award_id = ? AND written_at = ?""")
                        .params(
                                (approved ? State.APPROVED : State.REFUSED).name(),
                                byPerson,
                                Utc.of(clock.instant()),
                                tenant.value(),
                                awardId,
                                Utc.of(writtenAt))
                        .update()
                == 1;
    }

    @EventListener
    void on(PersonErased erased) {
        jdbc.sql("DELETE FROM holder_endorsement WHERE tenant_id = ? AND person_id = ?")
                .params(erased.tenant().value(), erased.personId())
                .update();
    }

    private static HolderEndorsement row(ResultSet row, int n) throws SQLException {
        return new HolderEndorsement(
                row.getLong("award_id"),
                row.getLong("person_id"),
                row.getString("subject"),
                row.getString("remark"),
                row.getBoolean("named"),
                State.valueOf(row.getString("state")),
                Utc.read(row, "written_at"));
    }
}
