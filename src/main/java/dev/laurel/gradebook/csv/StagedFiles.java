package dev.laurel.gradebook.csv;

import dev.laurel.platform.secrets.MasterKey;
import dev.laurel.platform.secrets.Sha256;
import dev.laurel.platform.tenant.TenantId;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.SequenceInputStream;
import java.util.Enumeration;
import java.util.HexFormat;
import java.util.NoSuchElementException;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;
import tools.jackson.databind.json.JsonMapper;

/** Keeps files sealed, in parts, so that neither writing nor reading one needs it in memory. */
@Component
class StagedFiles {

    private static final String PURPOSE = "csv-import";

    private static final int PART = 256 * 1024;

    private static final int FINGERPRINT = 32;

    private final ImportRepository imports;

    private final MasterKey masterKey;

    private final JsonMapper json;

    StagedFiles(ImportRepository imports, MasterKey masterKey, JsonMapper json) {
        this.imports = imports;
        this.masterKey = masterKey;
        this.json = json;
    }

    /** What is known of a file beside its parts. */
    record Described(String name, CsvLook look, CsvMapping mapping) {}

    byte[] seal(Described described) {
        return masterKey.seal(PURPOSE, json.writeValueAsBytes(described));
    }

    Described open(byte[] sealed) {
        return json.readValue(masterKey.open(PURPOSE, sealed), Described.class);
    }

    String fingerprint(long importId, Described described) {
        String all = importId + "/" + json.writeValueAsString(described.mapping());
        return HexFormat.of().formatHex(Sha256.of(all)).substring(0, FINGERPRINT);
    }

    void write(TenantId tenant, long importId, FileBytes file) throws IOException {
        try (InputStream in = file.open()) {
            int place = 0;
            for (byte[] part = in.readNBytes(PART); part.length > 0; part = in.readNBytes(PART)) {
                imports.addPart(tenant, importId, place++, masterKey.seal(PURPOSE, part));
            }
        }
    }

    FileBytes read(TenantId tenant, long importId) {
        return () -> new SequenceInputStream(new Parts(tenant, importId));
    }

    /** One part at a time. */
    private final class Parts implements Enumeration<InputStream> {

        private final TenantId tenant;

        private final long importId;

        private int place;

        private byte @Nullable [] next;

        Parts(TenantId tenant, long importId) {
            this.tenant = tenant;
            this.importId = importId;
            this.next = part();
            if (next == null) {
                throw new CsvRefusedException(CsvRefusedException.Reason.GONE);
            }
        }

        private byte @Nullable [] part() {
            return imports.part(tenant, importId, place++)
                    .map(part -> masterKey.open(PURPOSE, part))
                    .orElse(null);
        }

        @Override
        public boolean hasMoreElements() {
            return next != null;
        }

        @Override
        public InputStream nextElement() {
            byte[] now = next;
            if (now == null) {
                throw new NoSuchElementException();
            }
            next = part();
            return new ByteArrayInputStream(now);
        }
    }
}
