package dev.laurel.platform.registration;

import dev.laurel.platform.DeploymentVoucher;
import dev.laurel.platform.Registration;
import dev.laurel.platform.secrets.MasterKey;
import dev.laurel.platform.secrets.Sha256;
import dev.laurel.platform.sql.Utc;
import dev.laurel.platform.tenant.PublicUrl;
import dev.laurel.platform.tenant.TenantId;
import java.security.SecureRandom;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Base64;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;

/**
 * Table {@code registration_link}. A link works once and for 24 hours. The table alone opens nothing: the link is made of
 * a salt and the master key.
 */
@Repository
class RegistrationLinks implements DeploymentVoucher {

    static final String PATH = "/lti/register";

    static final Duration LIFE = Duration.ofHours(24);

    /** An attempt that says nothing for so long has died with its node. It is longer than two calls of another host take. */
    private static final Duration LONGEST_ATTEMPT = Duration.ofMinutes(2);

    /** For how long after it was used a link vouches for the first deployment of what it made. */
    private static final Duration ADOPTION = Duration.ofDays(30);

    private static final Logger LOG = LoggerFactory.getLogger(RegistrationLinks.class);

    private static final String PURPOSE = "registration-link";

    private static final SecureRandom RANDOM = new SecureRandom();

    private final JdbcClient jdbc;

    private final MasterKey masterKey;

    private final PublicUrl publicUrl;

    private final Clock clock;

    RegistrationLinks(JdbcClient jdbc, MasterKey masterKey, PublicUrl publicUrl, Clock clock) {
        this.jdbc = jdbc;
        this.masterKey = masterKey;
        this.publicUrl = publicUrl;
        this.clock = clock;
    }

    /** A new link for this institution. */
    RegistrationLink create(TenantId tenant, @Nullable Long renewsId) {
        byte[] salt = new byte[32];
        RANDOM.nextBytes(salt);
        Instant now = clock.instant();
        String token = token(salt);
        jdbc.sql("INSERT INTO registration_link (tenant_id, salt, token_hash, renews_id, created_at, expires_at)"
                        + " VALUES (?, ?, ?, ?, ?, ?)")
                .params(tenant.value(), salt, Sha256.of(token), renewsId, Utc.of(now), Utc.of(now.plus(LIFE)))
                .update();
        RegistrationLink link = find(token).orElseThrow(() -> new IllegalStateException("The link was not stored"));
        LOG.info("Registration link made: link {} tenant {} renews {}", link.id(), tenant, renewsId);
        return link;
    }

    /** What the administrator of the LMS pastes. Show it to the operator and to nobody else. */
    String url(RegistrationLink link) {
        return publicUrl.at(PATH + "/" + token(link.salt()));
    }

    Optional<RegistrationLink> find(String token) {
        return jdbc.sql("SELECT * FROM registration_link WHERE token_hash = ?")
                .param(Sha256.of(token))
                .query(RegistrationLinks::link)
                .optional();
    }

    /** Newest first; those that ended unused are forgotten. */
    List<RegistrationLink> all() {
        jdbc.sql("DELETE FROM registration_link WHERE used_at IS NULL AND expires_at < ?")
                .param(Utc.of(clock.instant()))
                .update();
        return jdbc.sql("SELECT * FROM registration_link ORDER BY id DESC")
                .query(RegistrationLinks::link)
                .list();
    }

    void withdraw(long id) {
        jdbc.sql("DELETE FROM registration_link WHERE id = ? AND used_at IS NULL")
                .param(id)
                .update();
    }

    /** Begins an attempt; false where the link has ended or another attempt is under way. */
    boolean claim(RegistrationLink link) {
        Instant now = clock.instant();
        return jdbc.sql("""
                        UPDATE registration_link SET claimed_at = ?
                        WHERE tenant_id = ? AND id = ? AND used_at IS NULL AND expires_at > ?
                            AND (claimed_at IS NULL OR claimed_at < ?)""")
                        .params(
                                Utc.of(now),
                                link.tenant().value(),
                                link.id(),
                                Utc.of(now),
                                Utc.of(now.minus(LONGEST_ATTEMPT)))
                        .update()
                == 1;
    }

    /** Ends an attempt that came to nothing: the link can be opened again. */
    void release(RegistrationLink link) {
        jdbc.sql("UPDATE registration_link SET claimed_at = NULL WHERE tenant_id = ? AND id = ? AND used_at IS NULL")
                .params(link.tenant().value(), link.id())
                .update();
    }

    /** Uses the link up; false where it was used or withdrawn meanwhile. */
    boolean use(RegistrationLink link, long registrationId, @Nullable String platformGuid) {
        return jdbc.sql("UPDATE registration_link SET used_at = ?, registration_id = ?, platform_guid = ?"
                                + " WHERE tenant_id = ? AND id = ? AND used_at IS NULL")
                        .params(
                                Utc.of(clock.instant()),
                                registrationId,
                                platformGuid,
                                link.tenant().value(),
                                link.id())
                        .update()
                == 1;
    }

    /** The institution of the link, where the account of this guid registered by it not long ago. */
    @Override
    public Optional<TenantId> vouch(Registration registration, String platformGuid) {
        return jdbc.sql("SELECT tenant_id FROM registration_link WHERE registration_id = ? AND platform_guid = ?"
                        + " AND used_at > ? ORDER BY id DESC LIMIT 1")
                .params(registration.id(), platformGuid, Utc.of(clock.instant().minus(ADOPTION)))
                .query((row, n) -> new TenantId(row.getLong(1)))
                .optional();
    }

    private String token(byte[] salt) {
        return Base64.getUrlEncoder().withoutPadding().encodeToString(masterKey.keyedHash(PURPOSE, salt));
    }

    private static RegistrationLink link(ResultSet row, int n) throws SQLException {
        return new RegistrationLink(
                new TenantId(row.getLong("tenant_id")),
                row.getLong("id"),
                row.getBytes("salt"),
                row.getObject("renews_id", Long.class),
                Utc.read(row, "created_at"),
                Utc.read(row, "expires_at"),
                Utc.readNullable(row, "used_at"),
                row.getObject("registration_id", Long.class));
    }
}
