package dev.laurel.gradebook.manual;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.stream.Stream;
import java.util.zip.CRC32;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** What a file is, by its own bytes and whatever its name says. */
class FileTypeTests {

    static Stream<Arguments> allowed() throws IOException {
        return Stream.of(
                Arguments.of(FileType.PDF, latin("%PDF-1.7 …")),
                Arguments.of(FileType.PNG, latin("\u0089PNG\r\n\u001a\nrest")),
                Arguments.of(FileType.JPEG, latin("\u00ff\u00d8\u00ff\u00e0rest")),
                Arguments.of(FileType.GIF, latin("GIF89arest")),
                Arguments.of(FileType.WEBP, latin("RIFF\u0001\u0002\u0003\u0004WEBPVP8 ")),
                Arguments.of(FileType.MP4, latin("\u0000\u0000\u0000\u0018ftypmp42")),
                Arguments.of(FileType.DOCX, zip("[Content_Types].xml", "word/document.xml")),
                Arguments.of(FileType.PPTX, zip("[Content_Types].xml", "ppt/presentation.xml")),
                Arguments.of(FileType.XLSX, zip("[Content_Types].xml", "xl/workbook.xml")),
                Arguments.of(FileType.ODT, openDocument("application/vnd.oasis.opendocument.text")),
                Arguments.of(FileType.TEXT, "Grüße aus Łódź\nand\tmore".getBytes(StandardCharsets.UTF_8)));
    }

    @ParameterizedTest
    @MethodSource
    void allowed(FileType type, byte[] content) {
        assertThat(FileType.of(content)).hasValue(type);
    }

    static Stream<Arguments> refused() throws IOException {
        return Stream.of(
                Arguments.of("a program", latin("MZ\u0090\u0000\u0003")),
                Arguments.of("a program", latin("\u007fELF\u0002\u0001")),
                Arguments.of("any archive", zip("secret.exe")),
                Arguments.of(
                        "a document with a program in it",
                        zip("[Content_Types].xml", "word/document.xml", "word/vbaProject.bin")),
                Arguments.of("an archive that only says it is a document", openDocument("application/x-evil")),
                Arguments.of("bytes", new byte[] {0, 1, 2, 3}),
                Arguments.of("text that is no UTF-8", latin("caf\u00e9")),
                Arguments.of("an old Office file", latin("\u00d0\u00cf\u0011\u00e0\u00a1\u00b1\u001a\u00e1")));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource
    void refused(String what, byte[] content) {
        assertThat(FileType.of(content)).isEmpty();
    }

    @Test
    void aWebPageIsKeptAsPlainTextOnly() {
        FileType type =
                FileType.of(latin("<html><script>alert(1)</script></html>")).orElseThrow();

        assertThat(type).isEqualTo(FileType.TEXT);
        assertThat(type.mediaType()).startsWith("text/plain");
        assertThat(type.named("page.html")).isEqualTo("page.html.txt");
    }

    @Test
    void aNameSaysWhatIsInsideAndNothingElse() {
        assertThat(FileType.PDF.named("Essay.PDF")).isEqualTo("Essay.PDF");
        assertThat(FileType.PDF.named("../../etc/passwd")).isEqualTo(".. .. etc passwd.pdf");
        assertThat(FileType.PDF.named("run.exe")).isEqualTo("run.exe.pdf");
        assertThat(FileType.JPEG.named("me.jpeg")).isEqualTo("me.jpeg");
        assertThat(FileType.PNG.named(" \r\n ")).isEqualTo("file.png");
        assertThat(FileType.PNG.named("x".repeat(500)))
                .hasSizeLessThanOrEqualTo(200)
                .endsWith(".png");
    }

    private static byte[] latin(String bytes) {
        return bytes.getBytes(StandardCharsets.ISO_8859_1);
    }

    private static byte[] zip(String... names) throws IOException {
        var bytes = new ByteArrayOutputStream();
        try (var zip = new ZipOutputStream(bytes)) {
            for (String name : names) {
                zip.putNextEntry(new ZipEntry(name));
                zip.write(latin("content"));
                zip.closeEntry();
            }
        }
        return bytes.toByteArray();
    }

    private static byte[] openDocument(String type) throws IOException {
        byte[] content = latin(type);
        var crc = new CRC32();
        crc.update(content);
        var entry = new ZipEntry("mimetype");
        entry.setMethod(ZipEntry.STORED);
        entry.setSize(content.length);
        entry.setCrc(crc.getValue());
        var bytes = new ByteArrayOutputStream();
        try (var zip = new ZipOutputStream(bytes)) {
            zip.putNextEntry(entry);
            zip.write(content);
            zip.closeEntry();
        }
        return bytes.toByteArray();
    }
}
