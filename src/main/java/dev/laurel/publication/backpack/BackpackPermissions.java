package dev.laurel.publication.backpack;

import dev.laurel.context.PersonErased;
import dev.laurel.platform.tenant.TenantId;
import java.net.URI;
import java.util.List;
import org.springframework.context.event.EventListener;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;
import org.springframework.transaction.annotation.Transactional;

/** What students allowed which backpack, in the tables of the authorization server. */
@Repository
public class BackpackPermissions {

    /** Registrations of one host that were never used: more than a backpack needs, and few for whoever registers in its name. */
    static final int UNUSED_OF_HOST = 50;

    private static final int UNUSED = 10_000;

    /** No student allowed it anything, or is asked. */
    private static final String NOBODYS = """
            NOT EXISTS (SELECT 1 FROM oauth2_authorization a WHERE a.registered_client_id = oauth2_registered_client.id)
            AND NOT EXISTS (SELECT 1 FROM oauth2_authorization_consent k
                WHERE k.registered_client_id = oauth2_registered_client.id)""";

    private final JdbcClient jdbc;

    BackpackPermissions(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    /** @param id of the registration, not the client id */
    record Permission(String id, String name, String redirectUris) {

        /** All addresses of a backpack are on one host. */
        public String host() {
            return URI.create(redirectUris.split(",")[0]).getAuthority();
        }
    }

    /** Those that count: what was allowed for an hour does not after it. */
    List<Permission> of(BackpackHolder holder) {
        return jdbc.sql("""
                        SELECT c.id, c.client_name, c.redirect_uris FROM oauth2_authorization_consent k
                        JOIN oauth2_registered_client c ON c.id = k.registered_client_id
                        WHERE k.principal_name = ? AND (k.authorities LIKE '%offline_access%'
                            OR EXISTS (SELECT 1 FROM oauth2_authorization a
                                WHERE a.registered_client_id = k.registered_client_id AND a.principal_name = k.principal_name
                                    AND IFNULL(a.access_token_expires_at, a.authorization_code_expires_at) > NOW()))
                        ORDER BY c.client_name, c.id""")
                .param(holder.name())
                .query((row, n) -> new Permission(
                        row.getString("id"), row.getString("client_name"), row.getString("redirect_uris")))
                .list();
    }

    /** The hosts of the backpacks that may read the badges of this person. */
    public List<String> hosts(TenantId tenant, long personId) {
        return of(new BackpackHolder(tenant, personId)).stream()
                .map(Permission::host)
                .distinct()
                .toList();
    }

    /** The backpack can read nothing any more, from now on. */
    @Transactional
    void takeBack(BackpackHolder holder, String id) {
        for (String table : List.of("oauth2_authorization_consent", "oauth2_authorization")) {
            jdbc.sql("DELETE FROM " + table + " WHERE principal_name = ? AND registered_client_id = ?")
                    .params(holder.name(), id)
                    .update();
        }
    }

    /** The backpack got a token. Noted once a day. */
    void used(String id) {
        jdbc.sql("""
                        UPDATE oauth2_registered_client SET used_at = NOW()
                        WHERE id = ? AND (used_at IS NULL OR used_at < NOW() - INTERVAL 1 DAY)""").param(id).update();
    }

    /**
     * What ended, what nobody finished, registrations that nobody used for a year, and the oldest of those that were never used where
     * there are too many: a part of it each time.
     *
     * @param host for which somebody registers, in lower case
     */
    void tidy(String host) {
        jdbc.sql("""
                DELETE FROM oauth2_authorization
                WHERE created_at < NOW() - INTERVAL 1 DAY
                    AND IFNULL(authorization_code_expires_at, created_at) < NOW()
                    AND IFNULL(access_token_expires_at, created_at) < NOW()
                    AND IFNULL(refresh_token_expires_at, created_at) < NOW()
                LIMIT 200""").update();
        jdbc.sql("""
                DELETE FROM oauth2_authorization_consent
                WHERE authorities NOT LIKE '%offline_access%'
                    AND NOT EXISTS (SELECT 1 FROM oauth2_authorization a
                        WHERE a.registered_client_id = oauth2_authorization_consent.registered_client_id
                            AND a.principal_name = oauth2_authorization_consent.principal_name)
                LIMIT 200""").update();
        jdbc.sql("""
                DELETE FROM oauth2_registered_client
                WHERE client_id_issued_at < NOW() - INTERVAL 1 YEAR
                    AND (used_at IS NULL OR used_at < NOW() - INTERVAL 1 YEAR) AND
                """ + NOBODYS + " LIMIT 200").update();
        leaveNewest(UNUSED_OF_HOST, "https://" + host);
        leaveNewest(UNUSED, "");
    }

    /** @param at where their addresses begin, up to the end of the host; empty for all of them */
    private void leaveNewest(int most, String at) {
        List<String> oldest = jdbc.sql(
                        """
                        SELECT id FROM oauth2_registered_client
                        WHERE used_at IS NULL AND (:at = '' OR LOWER(LEFT(redirect_uris, :length)) = :at
                            AND SUBSTRING(redirect_uris, :length + 1, 1) IN ('', ':', '/', '?', ',')) AND
                        """ + NOBODYS + " ORDER BY client_id_issued_at DESC, id LIMIT 200 OFFSET " + most)
                .param("at", at)
                .param("length", at.length())
                .query(String.class)
                .list();
        if (!oldest.isEmpty()) {
            jdbc.sql("DELETE FROM oauth2_registered_client WHERE id IN (:ids)")
                    .param("ids", oldest)
                    .update();
        }
    }

    @EventListener
    void on(PersonErased erased) {
        String name = new BackpackHolder(erased.tenant(), erased.personId()).name();
        for (String table : List.of("oauth2_authorization_consent", "oauth2_authorization")) {
            jdbc.sql("DELETE FROM " + table + " WHERE principal_name = ?")
                    .param(name)
                    .update();
        }
    }
}
