package dev.laurel.gradebook.manual;

import dev.laurel.platform.sql.Varchar;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;

/** The kinds of files that learners may hand in, told by their own bytes. */
public enum FileType {
    PDF("application/pdf", ".pdf"),
    PNG("image/png", ".png"),
    JPEG("image/jpeg", ".jpg"),
    GIF("image/gif", ".gif"),
    WEBP("image/webp", ".webp"),
    MP4("video/mp4", ".mp4"),
    DOCX("application/vnd.openxmlformats-officedocument.wordprocessingml.document", ".docx"),
    PPTX("application/vnd.openxmlformats-officedocument.presentationml.presentation", ".pptx"),
    XLSX("application/vnd.openxmlformats-officedocument.spreadsheetml.sheet", ".xlsx"),
    ODT("application/vnd.oasis.opendocument.text", ".odt"),
    ODP("application/vnd.oasis.opendocument.presentation", ".odp"),
    ODS("application/vnd.oasis.opendocument.spreadsheet", ".ods"),
    TEXT("text/plain; charset=utf-8", ".txt");

    /** Where the first file of an OpenDocument archive says what it is. */
    private static final int OPEN_DOCUMENT_TYPE = 38;

    private final String mediaType;

    private final String ending;

    FileType(String mediaType, String ending) {
        this.mediaType = mediaType;
        this.ending = ending;
    }

    public String mediaType() {
        return mediaType;
    }

    /** The name with an ending that says what is really inside. */
    String named(String name) {
        String plain = name.replaceAll("[\\p{Cntrl}\\\\/:*?\"<>|]+", " ").strip();
        String lower = plain.toLowerCase(Locale.ROOT);
        boolean fits = lower.endsWith(ending) || this == JPEG && lower.endsWith(".jpeg");
        String whole = plain.isEmpty() ? "file" + ending : fits ? plain : plain + ending;
        return whole.length() <= 200 ? whole : Varchar.fit(plain, 190) + ending;
    }

    /** Empty where it is none that may be handed in. */
    static Optional<FileType> of(byte[] content) {
        if (starts(content, 0, "%PDF-")) {
            return Optional.of(PDF);
        }
        if (starts(content, 0, "\u0089PNG\r\n\u001a\n")) {
            return Optional.of(PNG);
        }
        if (starts(content, 0, "\u00ff\u00d8\u00ff")) {
            return Optional.of(JPEG);
        }
        if (starts(content, 0, "GIF87a") || starts(content, 0, "GIF89a")) {
            return Optional.of(GIF);
        }
        if (starts(content, 0, "RIFF") && starts(content, 8, "WEBP")) {
            return Optional.of(WEBP);
        }
        if (starts(content, 4, "ftyp")) {
            return Optional.of(MP4);
        }
        return starts(content, 0, "PK\u0003\u0004") ? archive(content) : text(content);
    }

    /** Archives only where they are documents without programs in them. Names in an archive are not compressed. */
    private static Optional<FileType> archive(byte[] content) {
        if (starts(content, 30, "mimetype")) {
            return Arrays.stream(new FileType[] {ODT, ODP, ODS})
                    .filter(type -> starts(content, OPEN_DOCUMENT_TYPE, type.mediaType + "PK"))
                    .findFirst();
        }
        String names = new String(content, StandardCharsets.ISO_8859_1);
        if (!names.contains("[Content_Types].xml") || names.contains("vbaProject.bin")) {
            return Optional.empty();
        }
        if (names.contains("word/document.xml")) {
            return Optional.of(DOCX);
        }
        if (names.contains("ppt/presentation.xml")) {
            return Optional.of(PPTX);
        }
        return names.contains("xl/workbook.xml") ? Optional.of(XLSX) : Optional.empty();
    }

    private static Optional<FileType> text(byte[] content) {
        try {
            String text = StandardCharsets.UTF_8
                    .newDecoder()
                    .decode(ByteBuffer.wrap(content))
                    .toString();
            boolean plain = text.chars()
                    .allMatch(c -> c >= ' ' && c != 0x7f || c == '\n' || c == '\r' || c == '\t' || c == '\f');
            return plain ? Optional.of(TEXT) : Optional.empty();
        } catch (CharacterCodingException e) {
            return Optional.empty();
        }
    }

    private static boolean starts(byte[] content, int at, String bytes) {
        byte[] wanted = bytes.getBytes(StandardCharsets.ISO_8859_1);
        return content.length >= at + wanted.length
                && Arrays.equals(content, at, at + wanted.length, wanted, 0, wanted.length);
    }
}
