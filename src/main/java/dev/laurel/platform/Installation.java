package dev.laurel.platform;

import dev.laurel.platform.secrets.MasterKey;
import dev.laurel.platform.sql.Utc;
import dev.laurel.platform.tenant.FormerPublicUrls;
import dev.laurel.platform.tenant.PublicUrl;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.util.HexFormat;
import java.util.List;
import org.springframework.beans.factory.SmartInitializingSingleton;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/**
 * What must stay as it was at the first start. The public URL is part of every credential, and without the master key no
 * key and no name can be read.
 */
@Component
public class Installation implements SmartInitializingSingleton, FormerPublicUrls {

    private static final String PUBLIC_URL = "public-url";

    private static final String MASTER_KEY = "master-key-check";

    private final JdbcClient jdbc;

    private final LaurelProperties settings;

    private final PublicUrl publicUrl;

    private final MasterKey masterKey;

    private final Clock clock;

    private volatile List<PublicUrl> former = List.of();

    Installation(JdbcClient jdbc, LaurelProperties settings, PublicUrl publicUrl, MasterKey masterKey, Clock clock) {
        this.jdbc = jdbc;
        this.settings = settings;
        this.publicUrl = publicUrl;
        this.masterKey = masterKey;
        this.clock = clock;
    }

    @Override
    public void afterSingletonsInstantiated() {
        checkMasterKey();
        checkPublicUrl();
        former =
                jdbc
                        .sql("SELECT url FROM former_public_url ORDER BY left_at DESC, url")
                        .query(String.class)
                        .list()
                        .stream()
                        .map(url -> new PublicUrl(URI.create(url)))
                        .toList();
    }

    /** They stay as they are while this node runs: nobody moves without a start. */
    @Override
    public List<PublicUrl> all() {
        return former;
    }

    /** Whether the master key is the one that this database was first started with. */
    public boolean fitsMasterKey() {
        byte[] hash = masterKey.keyedHash("installation", MASTER_KEY.getBytes(StandardCharsets.UTF_8));
        String check = HexFormat.of().formatHex(hash);
        return recorded(MASTER_KEY, check).equals(check);
    }

    private void checkMasterKey() {
        if (!fitsMasterKey()) {
            throw new InstallationException(
                    "LAUREL_MASTER_KEY (laurel.master-key) is not the one that this database was"
                            + " first started with, so nothing that is encrypted in it could be read");
        }
    }

    private void checkPublicUrl() {
        String now = publicUrl.value().toString();
        String before = recorded(PUBLIC_URL, now);
        if (before.equals(now)) {
            return;
        }
        if (!before.equals(settings.publicUrlMovedFrom())) {
            throw new InstallationException(
                    "The public URL is for ever: this installation began as " + before + " and is now told to be " + now
                            + "; if it really moves, set laurel.public-url-moved-from=" + before);
        }
        jdbc.sql(
                        "INSERT INTO former_public_url (url, left_at) VALUES (?, ?) ON DUPLICATE KEY UPDATE left_at = VALUES(left_at)")
                .params(before, Utc.of(clock.instant()))
                .update();
        jdbc.sql("DELETE FROM former_public_url WHERE url = ?").param(now).update();
        jdbc.sql("UPDATE installation SET value = ? WHERE name = ?")
                .params(now, PUBLIC_URL)
                .update();
    }

    /** What the first start recorded under this name; {@code value} where this is the first. */
    private String recorded(String name, String value) {
        jdbc.sql("INSERT INTO installation (name, value, created_at) VALUES (?, ?, ?)"
                        + " ON DUPLICATE KEY UPDATE name = VALUES(name)")
                .params(name, value, Utc.of(clock.instant()))
                .update();
        return jdbc.sql("SELECT value FROM installation WHERE name = ?")
                .param(name)
                .query(String.class)
                .single();
    }
}
