package dev.laurel.gradebook.csv;

import dev.laurel.gradebook.csv.CsvRefusedException.Reason;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.Reader;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.Charset;
import java.nio.charset.CodingErrorAction;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * How the bytes of a file become text. A byte order mark decides; without one it is UTF-8 where every byte fits, else
 * Windows-1252, which is said to whoever brought the file.
 *
 * @param skip how many bytes the mark takes
 */
enum Encoding {
    UTF_8(StandardCharsets.UTF_8, 0),
    UTF_8_MARKED(StandardCharsets.UTF_8, 3),
    UTF_16_BIG(StandardCharsets.UTF_16BE, 2),
    UTF_16_LITTLE(StandardCharsets.UTF_16LE, 2),
    WINDOWS_1252(Charset.forName("windows-1252"), 0);

    private static final byte[] ZIP = {'P', 'K', 3, 4};

    private static final byte[] OLD_OFFICE = {(byte) 0xD0, (byte) 0xCF, 0x11, (byte) 0xE0};

    /** Bytes that stand for nothing in Windows-1252. */
    private static final byte[] UNUSED = {(byte) 0x81, (byte) 0x8D, (byte) 0x8F, (byte) 0x90, (byte) 0x9D};

    private static final int BUFFER = 16 * 1024;

    private final Charset charset;

    private final int skip;

    Encoding(Charset charset, int skip) {
        this.charset = charset;
        this.skip = skip;
    }

    /** @throws CsvRefusedException where it is no text at all */
    static Encoding of(FileBytes file) throws IOException {
        byte[] start;
        try (InputStream in = file.open()) {
            start = in.readNBytes(4);
        }
        if (start.length == 0) {
            throw new CsvRefusedException(Reason.EMPTY);
        }
        if (Arrays.equals(start, ZIP) || Arrays.equals(start, OLD_OFFICE)) {
            throw new CsvRefusedException(Reason.SPREADSHEET);
        }
        Encoding marked = marked(start);
        if (marked != null) {
            if (!marked.fits(file)) {
                throw new CsvRefusedException(Reason.NOT_TEXT);
            }
            return marked;
        }
        if (UTF_8.fits(file)) {
            return UTF_8;
        }
        requireWindows(file);
        return WINDOWS_1252;
    }

    private static @Nullable Encoding marked(byte[] start) {
        if (begins(start, 0xEF, 0xBB, 0xBF)) {
            return UTF_8_MARKED;
        }
        if (begins(start, 0xFE, 0xFF)) {
            return UTF_16_BIG;
        }
        return begins(start, 0xFF, 0xFE) ? UTF_16_LITTLE : null;
    }

    private static boolean begins(byte[] start, int... with) {
        for (int i = 0; i < with.length; i++) {
            if (start.length <= i || start[i] != (byte) with[i]) {
                return false;
            }
        }
        return true;
    }

    Reader open(FileBytes file) throws IOException {
        InputStream in = file.open();
        in.skipNBytes(skip);
        return new InputStreamReader(
                in,
                charset.newDecoder()
                        .onMalformedInput(CodingErrorAction.REPORT)
                        .onUnmappableCharacter(CodingErrorAction.REPORT));
    }

    private boolean fits(FileBytes file) throws IOException {
        try (Reader reader = open(file)) {
            char[] buffer = new char[BUFFER];
            for (int read = reader.read(buffer); read >= 0; read = reader.read(buffer)) {
                for (int i = 0; i < read; i++) {
                    if (buffer[i] == 0) {
                        throw new CsvRefusedException(Reason.NOT_TEXT);
                    }
                }
            }
            return true;
        } catch (CharacterCodingException e) {
            return false;
        }
    }

    private static void requireWindows(FileBytes file) throws IOException {
        try (InputStream in = file.open()) {
            byte[] buffer = new byte[BUFFER];
            for (int read = in.read(buffer); read >= 0; read = in.read(buffer)) {
                for (int i = 0; i < read; i++) {
                    if (buffer[i] == 0 || Arrays.binarySearch(UNUSED, buffer[i]) >= 0) {
                        throw new CsvRefusedException(Reason.NOT_TEXT);
                    }
                }
            }
        }
    }
}
