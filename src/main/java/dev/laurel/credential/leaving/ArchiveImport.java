package dev.laurel.credential.leaving;

import dev.laurel.credential.leaving.ArchiveRefusedException.Reason;
import dev.laurel.credential.proof.BadCredentialException;
import dev.laurel.credential.proof.EddsaRdfc2022;
import dev.laurel.platform.secrets.MasterKey;
import dev.laurel.platform.tenant.TenantId;
import java.io.IOException;
import java.io.InputStream;
import java.time.Clock;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Transactional;

/**
 * Takes an archive in, all of it or nothing. Every signature in it is checked with the keys that it brings; nothing is
 * fetched. Bringing the same archive again changes nothing.
 */
@Component
public class ArchiveImport {

    private static final Logger LOG = LoggerFactory.getLogger(ArchiveImport.class);

    private final LeavingIssuers issuers;

    private final ArrivedRepository arrived;

    private final ArchiveRepository archives;

    private final EddsaRdfc2022 suite;

    private final MasterKey masterKey;

    private final Clock clock;

    ArchiveImport(
            LeavingIssuers issuers,
            ArrivedRepository arrived,
            ArchiveRepository archives,
            EddsaRdfc2022 suite,
            MasterKey masterKey,
            Clock clock) {
        this.issuers = issuers;
        this.arrived = arrived;
        this.archives = archives;
        this.suite = suite;
        this.masterKey = masterKey;
        this.clock = clock;
    }

    /**
     * What came of it.
     *
     * @param issuers in the archive
     * @param credentials that were not here before
     */
    public record Arrival(int issuers, int credentials) {}

    /** @throws ArchiveRefusedException where anything in it is not as it must be; then nothing of it is here */
    @Transactional(rollbackFor = Exception.class)
    public Arrival bring(TenantId tenant, long byPerson, InputStream archive, String passphrase) throws IOException {
        Instant now = clock.instant().truncatedTo(ChronoUnit.MICROS);
        int before = arrived.count(tenant);
        Arriving arriving = new Arriving(tenant, issuers, arrived, suite, masterKey, now);
        try (ArchiveReader reader = new ArchiveReader(archive)) {
            arriving.readAll(reader, passphrase);
        } catch (BadCredentialException
                | DateTimeException
                | ClassCastException
                | IllegalArgumentException
                | NullPointerException e) {
            // JSON that is not what Laurel writes; what is missing in it is nowhere else told apart.
            throw new ArchiveRefusedException(Reason.DAMAGED);
        }
        Arrival arrival = new Arrival(arriving.issuers(), arrived.count(tenant) - before);
        long passage = archives.begin(tenant, Passage.Way.IN, byPerson, now);
        archives.finish(tenant, passage, arrival.issuers(), arrival.credentials(), now);
        LOG.info(
                "Archive {} of tenant {} was brought in: {} issuers, {} new credentials",
                passage,
                tenant,
                arrival.issuers(),
                arrival.credentials());
        return arrival;
    }
}
