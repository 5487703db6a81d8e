package dev.laurel.credential.leaving;

import dev.laurel.platform.secrets.MasterKey;
import dev.laurel.platform.tenant.TenantId;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.SequenceInputStream;
import java.util.Enumeration;
import java.util.NoSuchElementException;
import org.springframework.stereotype.Component;

/**
 * Keeps archives that were brought, sealed and in parts: neither writing nor reading one needs it in memory, any node can
 * read it, and no statement or transaction grows with it.
 */
@Component
class ReceivedArchives {

    private static final String PURPOSE = "archive-arrival";

    private static final int PART = 1 << 20;

    private final ArrivalRepository arrivals;

    private final MasterKey masterKey;

    ReceivedArchives(ArrivalRepository arrivals, MasterKey masterKey) {
        this.arrivals = arrivals;
        this.masterKey = masterKey;
    }

    byte[] seal(ArchiveKey key) {
        return masterKey.seal(PURPOSE, key.bytes());
    }

    /** @throws ArrivalEndedException where it is not under way any more */
    ArchiveKey key(TenantId tenant, long id) {
        byte[] sealed = arrivals.keySealed(tenant, id).orElseThrow(() -> new ArrivalEndedException(id));
        return ArchiveKey.of(masterKey.open(PURPOSE, sealed));
    }

    /** @return how many bytes it has */
    long write(TenantId tenant, long id, InputStream in) throws IOException {
        long bytes = 0;
        int place = 0;
        for (byte[] part = in.readNBytes(PART); part.length > 0; part = in.readNBytes(PART)) {
            arrivals.addPart(tenant, id, place++, masterKey.seal(PURPOSE, part));
            bytes += part.length;
        }
        return bytes;
    }

    /** Throws {@link ArrivalEndedException} while it is read where parts of it are gone. */
    InputStream read(TenantId tenant, ArchiveArrival arrival) {
        return new SequenceInputStream(new Parts(tenant, arrival));
    }

    /** One part at a time. */
    private final class Parts implements Enumeration<InputStream> {

        private final TenantId tenant;

        private final ArchiveArrival arrival;

        private int place;

        private long read;

        Parts(TenantId tenant, ArchiveArrival arrival) {
            this.tenant = tenant;
            this.arrival = arrival;
        }

        @Override
        public boolean hasMoreElements() {
            return read < arrival.bytes();
        }

        @Override
        public InputStream nextElement() {
            if (!hasMoreElements()) {
                throw new NoSuchElementException();
            }
            byte[] part = arrivals.part(tenant, arrival.id(), place++)
                    .map(bytes -> masterKey.open(PURPOSE, bytes))
                    .orElseThrow(() -> new ArrivalEndedException(arrival.id()));
            read += part.length;
            return new ByteArrayInputStream(part);
        }
    }
}
