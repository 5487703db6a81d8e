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

    /** What ended, what nobody finished, and who registered and never came back: a part of it each time. */
    void tidy() {
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
                WHERE client_id_issued_at < NOW() - INTERVAL 1 DAY
                    AND NOT EXISTS (SELECT 1 FROM oauth2_authorization a WHERE a.registered_client_id = oauth2_registered_client.id)
                    AND NOT EXISTS (SELECT 1 FROM oauth2_authorization_consent k
                        WHERE k.registered_client_id = oauth2_registered_client.id)
                LIMIT 200""").update();
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
