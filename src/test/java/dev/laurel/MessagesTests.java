package dev.laurel;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Properties;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** The words for people: one file for all modules, in which a key that stands twice would silently change a text. */
class MessagesTests {

    private static final Path MAIN = Path.of("src/main");

    private static final Path FILE = MAIN.resolve("resources/messages.properties");

    /** {@code #{some.key}} of a template, not {@code #{${computed}}}. */
    private static final Pattern IN_TEMPLATE = Pattern.compile("#\\{([a-z][a-zA-Z0-9._-]*)[}(]");

    private static final Pattern SPOKEN = Pattern.compile(
            "(?:say|text|getMessage|messages\\.msg)\\(\\s*[\"']([a-z][a-zA-Z0-9-]*\\.[a-zA-Z0-9._-]*[a-zA-Z0-9])[\"']");

    /** Words of the sentences of rules, which are asked for by what follows {@code rule.sentence.}. */
    private static final Pattern OF_A_SENTENCE = Pattern.compile("\\bword\\(\\s*\"([a-z.-]*[a-z])\"\\s*[,)]");

    /** The beginning of a text in the sources that may be a key, or the beginning of one. */
    private static final Pattern TEXT = Pattern.compile("[\"'{]([a-z][A-Za-z0-9_.-]*)");

    private static final Pattern NAME = Pattern.compile("[A-Za-z][A-Za-z0-9_]*(?:-[a-z0-9]+)*");

    /** A source that only the tests and the reference LMS have. */
    private static final Set<String> OF_TESTS = Set.of("sources.source.played");

    @Test
    void noKeyStandsTwice() throws IOException {
        assertThat(keys()).hasSizeGreaterThan(300).doesNotHaveDuplicates();
    }

    private static List<String> keys() throws IOException {
        return Files.readAllLines(FILE).stream()
                .filter(line -> !line.startsWith("#") && line.contains(" = "))
                .map(line -> line.substring(0, line.indexOf(" = ")))
                .toList();
    }

    @Test
    void everyKeyThatIsAskedForIsThere() throws IOException {
        Properties messages = new Properties();
        try (var reader = Files.newBufferedReader(FILE)) {
            messages.load(reader);
        }
        Set<String> asked = new TreeSet<>();
        for (Path file : sources()) {
            String text = Files.readString(file);
            for (Pattern pattern : List.of(IN_TEMPLATE, SPOKEN)) {
                Matcher matcher = pattern.matcher(text);
                while (matcher.find()) {
                    asked.add(matcher.group(1));
                }
            }
            OF_A_SENTENCE.matcher(text).results().forEach(word -> asked.add("rule.sentence." + word.group(1)));
        }

        assertThat(asked).contains("rule.sentence.rounded.whole", "rule.sentence.attendance");
        assertThat(asked).hasSizeGreaterThan(200);
        assertThat(messages.stringPropertyNames()).containsAll(asked);
    }

    /**
     * A key that is put together at run time begins with a text of the sources, and what follows are names that stand there
     * too.
     */
    @Test
    void everyKeyIsAskedForSomewhere() throws IOException {
        Set<String> texts = new HashSet<>();
        Set<String> names = new HashSet<>();
        for (Path file : sources()) {
            String source = Files.readString(file);
            TEXT.matcher(source).results().forEach(text -> texts.add(text.group(1)));
            NAME.matcher(source).results().forEach(name -> names.add(asInKeys(name.group())));
        }

        assertThat(keys())
                .filteredOn(key -> !texts.contains(key) && !isPutTogether(key, texts, names))
                .as("nobody sees these")
                .isSubsetOf(OF_TESTS);
    }

    private static boolean isPutTogether(String key, Set<String> texts, Set<String> names) {
        return IntStream.range(key.indexOf('.') + 1, key.length())
                .filter(end -> texts.contains(key.substring(0, end)))
                .mapToObj(end -> key.substring(end).split("\\."))
                .anyMatch(rest -> Arrays.stream(rest)
                        .allMatch(part -> part.isEmpty() || part.matches("\\d+") || names.contains(asInKeys(part))));
    }

    /** Constants and properties are written in keys as words with hyphens. */
    private static String asInKeys(String name) {
        return name.replaceAll("([a-z])([A-Z])", "$1-$2").replace('_', '-').toLowerCase(Locale.ROOT);
    }

    private static List<Path> sources() throws IOException {
        List<Path> sources = new ArrayList<>();
        for (String folder : List.of("java", "resources/templates")) {
            try (Stream<Path> files = Files.walk(MAIN.resolve(folder))) {
                files.filter(Files::isRegularFile).forEach(sources::add);
            }
        }
        return sources;
    }
}
