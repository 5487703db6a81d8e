package dev.laurel.credential.leaving;

import dev.laurel.credential.proof.JsonBytes;
import java.io.Closeable;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.HexFormat;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import javax.crypto.Mac;

/** Writes an archive entry by entry; what was written is not kept. */
final class ArchiveWriter implements Closeable {

    private final ZipOutputStream zip;

    private final Mac seal;

    private final Instant time;

    private int entries;

    ArchiveWriter(OutputStream out, ArchiveKey key, Instant time) {
        this.zip = new ZipOutputStream(out, StandardCharsets.UTF_8);
        this.seal = key.seal();
        this.time = time;
    }

    void add(String name, byte[] content) throws IOException {
        Sealed.update(seal, name, content);
        entries++;
        put(name, content);
    }

    /** Nothing comes after it. */
    void end() throws IOException {
        put(
                ArchiveNames.END,
                JsonBytes.write(JsonBytes.JSON
                        .createObjectBuilder()
                        .add("entries", entries)
                        .add("seal", HexFormat.of().formatHex(seal.doFinal()))
                        .build()));
    }

    private void put(String name, byte[] content) throws IOException {
        ZipEntry entry = new ZipEntry(name);
        entry.setTime(time.toEpochMilli());
        zip.putNextEntry(entry);
        zip.write(content);
        zip.closeEntry();
    }

    @Override
    public void close() throws IOException {
        zip.close();
    }
}
