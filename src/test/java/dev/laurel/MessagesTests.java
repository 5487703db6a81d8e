package dev.laurel;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Properties;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
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

    @Test
    void noKeyStandsTwice() throws IOException {
        List<String> keys = Files.readAllLines(FILE).stream()
                .filter(line -> !line.startsWith("#") && line.contains(" = "))
                .map(line -> line.substring(0, line.indexOf(" = ")))
                .toList();

        assertThat(keys).hasSizeGreaterThan(300).doesNotHaveDuplicates();
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
