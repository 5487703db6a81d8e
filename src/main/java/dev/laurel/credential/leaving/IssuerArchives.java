package dev.laurel.credential.leaving;

import dev.laurel.platform.tenant.TenantId;
import java.io.IOException;
import java.io.OutputStream;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.stereotype.Component;

/** Takes everything of an institution out: permitted first, once and for a quarter of an hour, and written down. */
@Component
public class IssuerArchives {

    /** From the confirmation to the download. */
    public static final Duration PERMITTED = Duration.ofMinutes(15);

    /** A passphrase of fewer characters can be guessed by whoever finds the file. */
    public static final int SHORTEST_PASSPHRASE = 14;

    /** Characters. */
    public static final int LONGEST_PASSPHRASE = 500;

    private static final int SHOWN = 20;

    private static final Logger LOG = LoggerFactory.getLogger(IssuerArchives.class);

    private final ArchiveRepository archives;

    private final ArchiveContents contents;

    private final Clock clock;

    IssuerArchives(ArchiveRepository archives, ArchiveContents contents, Clock clock) {
        this.archives = archives;
        this.contents = contents;
        this.clock = clock;
    }

    /** She was asked and confirmed it: she may take one archive now. */
    public void permit(TenantId tenant, long person) {
        archives.begin(tenant, Passage.Way.OUT, person, clock.instant());
    }

    /** What she may take and has not taken. */
    public Optional<Passage> permitted(TenantId tenant, long person) {
        return archives.unused(tenant, person, clock.instant().minus(PERMITTED));
    }

    /** The archives that went out and came in, the newest first. */
    public List<Passage> passages(TenantId tenant) {
        return archives.passages(tenant, SHOWN);
    }

    /**
     * Whether it can be told of every badge whether it was taken back. Not so where a restored backup knows less than was published, and
     * no key is here that could sign it anew.
     */
    public boolean isUpToDate(TenantId tenant) {
        return contents.isUpToDate(tenant);
    }

    /**
     * Uses a permission up.
     *
     * @return {@code false} where there is none, or another request used it
     */
    public boolean use(TenantId tenant, Passage permission) {
        return archives.use(tenant, permission.id());
    }

    /**
     * Writes the archive while it is read: memory does not grow with it. What breaks off midway lacks its end and is refused
     * wherever it is brought.
     *
     * @param permission used up already
     * @throws IllegalStateException where it is not {@linkplain #isUpToDate up to date}
     */
    public void write(TenantId tenant, Passage permission, String passphrase, OutputStream out) throws IOException {
        LOG.info("Archive {} of tenant {} is taken out", permission.id(), tenant);
        Instant now = clock.instant();
        ArchiveContents.Count count = contents.write(tenant, passphrase, out, now);
        archives.finish(tenant, permission.id(), count.issuers(), count.credentials(), clock.instant());
        LOG.info(
                "Archive {} of tenant {}: {} issuers, {} credentials",
                permission.id(),
                tenant,
                count.issuers(),
                count.credentials());
    }
}
