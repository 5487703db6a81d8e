package dev.laurel.dashboard;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;
import org.springframework.web.multipart.MultipartFile;

/**
 * What somebody brings: a file, or else what was typed, an address, JSON, or a JWT.
 *
 * @param file {@code null} or empty where none was chosen
 */
public record FileOrText(
        @Nullable MultipartFile file, @Nullable String text) {

    private static final int LONGEST_SHOWN = 2_000;

    /** Nothing where neither is there. */
    public byte[] bytes() throws IOException {
        return file == null || file.isEmpty() ? typed().strip().getBytes(StandardCharsets.UTF_8) : file.getBytes();
    }

    /** What was typed, for the form that is shown again; nothing where it is too long for it. */
    public String shownAgain() {
        return typed().length() > LONGEST_SHOWN ? "" : typed();
    }

    private String typed() {
        return text == null ? "" : text;
    }
}
