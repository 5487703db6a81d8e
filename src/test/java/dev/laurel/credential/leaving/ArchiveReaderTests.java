package dev.laurel.credential.leaving;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.laurel.credential.leaving.ArchiveRefusedException.Reason;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
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
