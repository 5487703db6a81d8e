package dev.laurel.publication.pdf;

import java.awt.Font;
import java.awt.FontFormatException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.Deque;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.function.Predicate;
import java.util.stream.Stream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Fonts of the machine, for scripts that no shipped font has. Files are opened only until one has what is asked for, and nothing
 * is opened before somebody's text needs it. Where a machine has none, or a Java without any support for fonts, there are none.
 */
final class FoundFonts {

    private static final Logger LOG = LoggerFactory.getLogger(FoundFonts.class);

    private static final int DEPTH = 6;

    private static final int MOST_FILES = 2_000;

    /** The largest known, of all Chinese, Japanese and Korean letters, has some 20 MB. */
    private static final long LARGEST = 64L << 20;

    /** Families with letters of many scripts that go well together. */
    private static final List<String> USUAL = List.of("noto", "source");

    private static final List<String> STYLED =
            List.of("bold", "italic", "oblique", "thin", "light", "black", "heavy", "mono", "condensed");

    private final List<Path> folders;

    private final List<Font> opened = new ArrayList<>();

    private Deque<Path> unopened = new ArrayDeque<>();

    private boolean looked;

    FoundFonts(List<Path> folders) {
        this.folders = folders;
    }

    /** The first font that this can be said of. */
    synchronized Optional<Font> first(Predicate<Font> has) {
        for (Font font : opened) {
            if (has.test(font)) {
                return Optional.of(font);
            }
        }
        if (!looked) {
            looked = true;
            unopened = files();
        }
        while (!unopened.isEmpty()) {
            List<Font> next = open(unopened.removeFirst());
            opened.addAll(next);
            Optional<Font> found = next.stream().filter(has).findFirst();
            if (found.isPresent()) {
                return found;
            }
        }
        return Optional.empty();
    }

    private static List<Font> open(Path file) {
        try {
            return Arrays.asList(Font.createFonts(file.toFile()));
        } catch (FontFormatException | IOException | RuntimeException e) {
            LOG.debug("The font {} cannot be read and is passed over", file);
            return List.of();
        } catch (LinkageError | InternalError e) {
            LOG.warn(
                    "This Java cannot open fonts ({}): letters that Laurel does not ship are printed as #",
                    e.toString());
            return List.of();
        }
    }

    private Deque<Path> files() {
        List<Path> files = new ArrayList<>();
        for (Path folder : folders) {
            if (Files.isDirectory(folder)) {
                try (Stream<Path> found = Files.walk(folder, DEPTH)) {
                    found.filter(FoundFonts::isFont).limit(MOST_FILES).forEach(files::add);
                } catch (IOException | UncheckedIOException e) {
                    LOG.warn("The fonts in {} cannot be read: {}", folder, e.getMessage());
                }
            }
        }
        // What looks well for all scripts first; then always in the same order.
        files.sort(Comparator.comparingInt(FoundFonts::rank).thenComparing(Path::toString));
        return new ArrayDeque<>(files);
    }

    private static boolean isFont(Path file) {
        String name = name(file);
        try {
            return (name.endsWith(".ttf") || name.endsWith(".otf") || name.endsWith(".ttc"))
                    && Files.isRegularFile(file)
                    && Files.size(file) <= LARGEST;
        } catch (IOException e) {
            return false;
        }
    }

    private static int rank(Path file) {
        String name = name(file);
        boolean plain = STYLED.stream().noneMatch(name::contains);
        boolean sans = name.contains("sans");
        boolean usual = USUAL.stream().anyMatch(name::startsWith);
        return (plain ? 0 : 4) + (sans ? 0 : 2) + (usual ? 0 : 1);
    }

    private static String name(Path file) {
        return file.getFileName().toString().toLowerCase(Locale.ROOT);
    }
}
