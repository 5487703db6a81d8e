package dev.laurel.credential.leaving;

import dev.laurel.credential.leaving.ArchiveRefusedException.Reason;
import dev.laurel.platform.secrets.Sha256;
import java.io.ByteArrayOutputStream;
import java.io.Closeable;
import java.io.EOFException;
import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.HashSet;
import java.util.Optional;
import java.util.Set;
import java.util.zip.ZipEntry;
import java.util.zip.ZipException;
import java.util.zip.ZipInputStream;

/** Reads an archive entry by entry, and never more of one than an entry of an archive can have. */
final class ArchiveReader implements Closeable {

    /** Of one entry that is no status list: the largest is a picture. */
    static final int LARGEST = 4 << 20;

    /** Signed JSON shrinks to a third; what unpacks to so many times its size is made to fill a disk. */
    static final int MOST_TIMES = 30;

    /** Characters; the longest hold the name of a host. */
    private static final int LONGEST_NAME = 500;

    private static final int MOST_ENTRIES = 4_000_000;

    /** The largest is that of the keys of one name. */
    private static final int MOST_OF_A_FOLDER = 10_000;

    private static final long UNSUSPICIOUS = 32L << 20;

    private final Counted packed;

    private final ZipInputStream zip;

    /** Entries of a folder follow each other, so only of folders that are over something is kept. */
    private final Hashes folders = new Hashes();

    private final Set<String> atTheTop = new HashSet<>();

    private final Set<String> inTheFolder = new HashSet<>();

    private String folder = "";

    private int entries;

    private long unpacked;

    ArchiveReader(InputStream in) {
        this.packed = new Counted(in);
        this.zip = new ZipInputStream(packed, StandardCharsets.UTF_8);
    }

    record Entry(String name, byte[] content) {}

    /**
     * The next one; empty at the end.
     *
     * @throws ArchiveRefusedException where it is damaged, too large, or there twice, or not beside those of its folder
     */
    Optional<Entry> next() throws IOException {
        try {
            ZipEntry entry = zip.getNextEntry();
            if (entry == null) {
                return Optional.empty();
            }
            if (entry.isDirectory() || entry.getName().length() > LONGEST_NAME || !isNew(entry.getName())) {
                throw new ArchiveRefusedException(Reason.FOREIGN, shown(entry.getName()));
            }
            if (++entries > MOST_ENTRIES || inTheFolder.size() > MOST_OF_A_FOLDER) {
                throw new ArchiveRefusedException(Reason.TOO_LARGE, shown(entry.getName()));
            }
            return Optional.of(new Entry(entry.getName(), content(entry.getName())));
        } catch (ZipException | EOFException | IllegalArgumentException e) {
            throw new ArchiveRefusedException(Reason.DAMAGED);
        }
    }

    /** Bytes of the archive so far. */
    long packed() {
        return packed.count;
    }

    private boolean isNew(String name) {
        String of = name.substring(0, name.lastIndexOf('/') + 1);
        if (of.isEmpty()) {
            return atTheTop.add(name);
        }
        if (ArchiveNames.isDocument(name)) {
            return folders.add(Sha256.of(name));
        }
        if (!of.equals(folder)) {
            folder = of;
            inTheFolder.clear();
            if (!folders.add(Sha256.of(of))) {
                return false;
            }
        }
        return inTheFolder.add(name);
    }

    private byte[] content(String name) throws IOException {
        int largest = ArchiveNames.asStatusList(name).isPresent() ? ArrivedList.LARGEST : LARGEST;
        ByteArrayOutputStream content = new ByteArrayOutputStream();
        byte[] buffer = new byte[8192];
        for (int read = zip.read(buffer); read >= 0; read = zip.read(buffer)) {
            unpacked += read;
            if (content.size() + read > largest || unpacked > UNSUSPICIOUS && unpacked > MOST_TIMES * packed.count) {
                throw new ArchiveRefusedException(Reason.TOO_LARGE, shown(name));
            }
            content.write(buffer, 0, read);
        }
        return content.toByteArray();
    }

    /** A name that somebody else chose, for a page. */
    static String shown(String name) {
        return name.codePoints()
                .limit(60)
                .map(c -> c < ' ' || c > '~' ? '?' : c)
                .collect(StringBuilder::new, StringBuilder::appendCodePoint, StringBuilder::append)
                .toString();
    }

    @Override
    public void close() throws IOException {
        zip.close();
    }

    private static final class Counted extends FilterInputStream {

        private long count;

        Counted(InputStream in) {
            super(in);
        }

        @Override
        public int read() throws IOException {
            int read = super.read();
            count += read < 0 ? 0 : 1;
            return read;
        }

        @Override
        public int read(byte[] bytes, int offset, int length) throws IOException {
            int read = super.read(bytes, offset, length);
            count += Math.max(read, 0);
            return read;
        }
    }
}
