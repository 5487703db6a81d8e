package dev.laurel.credential.leaving;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.laurel.credential.leaving.ArchiveRefusedException.Reason;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.stream.IntStream;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import org.junit.jupiter.api.Test;

class ArchiveReaderTests {

    private static byte[] zip(int entries, int size) throws IOException {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        try (ZipOutputStream zip = new ZipOutputStream(out, StandardCharsets.UTF_8)) {
            byte[] content = new byte[size];
            for (int i = 0; i < entries; i++) {
                zip.putNextEntry(new ZipEntry("credentials/" + i + "/about.json"));
                zip.write(content);
                zip.closeEntry();
            }
        }
        return out.toByteArray();
    }

    private static byte[] zip(String... names) throws IOException {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        try (ZipOutputStream zip = new ZipOutputStream(out, StandardCharsets.UTF_8)) {
            for (String name : names) {
                zip.putNextEntry(new ZipEntry(name));
                zip.write(1);
            }
        }
        return out.toByteArray();
    }

    private static int count(byte[] zip) throws IOException {
        int count = 0;
        try (ArchiveReader reader = new ArchiveReader(new ByteArrayInputStream(zip))) {
            while (reader.next().isPresent()) {
                count++;
            }
        }
        return count;
    }

    @Test
    void thereMayBeAsManyEntriesAsALargeInstitutionHas() throws IOException {
        assertThat(count(zip(120_000, 20))).isEqualTo(120_000);
    }

    @Test
    void anEntryOfAnotherSizeThanAnyOfOursIsRefused() throws IOException {
        assertThat(count(zip(1, ArchiveReader.LARGEST))).isEqualTo(1);
        assertThatExceptionOfType(ArchiveRefusedException.class)
                .isThrownBy(() -> count(zip(1, ArchiveReader.LARGEST + 1)))
                .extracting(ArchiveRefusedException::reason)
                .isEqualTo(Reason.TOO_LARGE);
    }

    /** So that nothing has to be remembered of what stands in a folder that is over. */
    @Test
    void whatIsOfOneFolderStandsTogether() throws IOException {
        assertThat(count(zip("archive.json", "a/1/x", "a/1/y", "a/1/keys/x", "a/2/x", "b/x", "end.json")))
                .isEqualTo(7);
        assertThatExceptionOfType(ArchiveRefusedException.class)
                .isThrownBy(() -> count(zip("a/1/x", "a/2/x", "a/1/y")))
                .extracting(ArchiveRefusedException::reason)
                .isEqualTo(Reason.FOREIGN);
        assertThatExceptionOfType(ArchiveRefusedException.class)
                .isThrownBy(() -> count(
                        zip(IntStream.range(0, 10_001).mapToObj(i -> "a/" + i).toArray(String[]::new))))
                .extracting(ArchiveRefusedException::reason)
                .isEqualTo(Reason.TOO_LARGE);
    }

    @Test
    void hashesAreKnownFromTheSecondTimeOnHoweverManyThereAre() {
        Hashes hashes = new Hashes();

        assertThat(IntStream.range(-100_000, 100_000)
                        .filter(i -> hashes.add(hash(i)))
                        .count())
                .isEqualTo(200_000);
        assertThat(IntStream.range(-100_001, 100_001)
                        .filter(i -> hashes.add(hash(i)))
                        .toArray())
                .containsExactly(-100_001, 100_000);
    }

    private static byte[] hash(int i) {
        return ByteBuffer.allocate(32).putLong(2L * i + 1).array();
    }

    /** The writer of Java refuses to do that, so the second name is changed afterwards. */
    @Test
    void aNameThatIsThereTwiceIsRefused() throws IOException {
        byte[] zip = zip(2, 20);
        String bytes = new String(zip, StandardCharsets.ISO_8859_1).replace("credentials/1/", "credentials/0/");

        assertThatExceptionOfType(ArchiveRefusedException.class)
                .isThrownBy(() -> count(bytes.getBytes(StandardCharsets.ISO_8859_1)))
                .extracting(ArchiveRefusedException::reason)
                .isEqualTo(Reason.FOREIGN);
    }
}
