package dev.laurel.criteria.rule;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Locale;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** docs/rules.md says what the code does: every member of every part, every choice, every reason. */
class DocumentedRulesTests {

    private static final Path DOCUMENT = Path.of("docs/rules.md");

    private static final Set<String> TERMS = Set.of("excused", "missing", "late", "decimals");

    @Test
    void everyMemberThatIsWrittenStandsInTheRowOfItsKind() throws IOException {
        String document = Files.readString(DOCUMENT);
        Map<String, Set<String>> written = new TreeMap<>();
        for (long seed = 1; seed <= 60; seed++) {
            Random random = new Random(seed);
            for (int i = 0; i < 40; i++) {
                collect(
                        JsonMapper.shared()
                                .readTree(RuleJson.write(new AnyCase(random).rule))
                                .get("rule"),
                        written);
            }
        }

        assertThat(written).hasSize(15 + 4);
        written.forEach((type, members) -> {
            String row = row(document, type);
            members.forEach(member -> {
                String said = Set.of("from", "until").contains(member) ? "days" : "`" + member + "`";
                assertThat(TERMS.contains(member) ? section(document, "## What counts") : row)
                        .as("%s of %s", member, type)
                        .contains(said);
            });
        });
    }

    @Test
    void everyChoiceIsDocumented() throws IOException {
        String document = Files.readString(DOCUMENT);

        assertThat(Stream.of(
                                Terms.Excused.values(),
                                Terms.Missing.values(),
                                Terms.Late.values(),
                                Score.Take.values(),
                                BroughtBadge.By.values(),
                                CourseTotal.Which.values())
                        .flatMap(Arrays::stream)
                        .map(choice -> camel(choice.name())))
                .allSatisfy(choice -> assertThat(document).contains("`" + choice + "`"));
    }

    @Test
    void whichTermsAKindTakesIsWhatTheDocumentSays() throws IOException {
        String said = section(Files.readString(DOCUMENT), "## What counts");
        Matcher rounded = Pattern.compile("`decimals` goes with ([^.]+)\\.").matcher(said);

        assertThat(rounded.find()).isTrue();
        for (String type : Set.of("score", "average", "countInGroup", "courseTotal", "outcome", "rubricRow")) {
            assertThat(rounded.group(1)).contains("`" + type + "`");
        }
        assertThat(said).contains("`badge`, `broughtBadge`, `credits` and `inGroup` take none of them");
    }

    private static void collect(JsonNode node, Map<String, Set<String>> written) {
        if (!node.has("type")) {
            // A level.
            written.computeIfAbsent("levels", type -> new TreeSet<>()).addAll(node.propertyNames());
            collect(node.get("rule"), written);
            return;
        }
        Set<String> members = written.computeIfAbsent(node.get("type").stringValue(), type -> new TreeSet<>());
        for (String member : node.propertyNames()) {
            if (!member.equals("type")) {
                members.add(member);
            }
        }
        node.path("items").forEach(item -> members.addAll(item.propertyNames()));
        node.path("of").forEach(part -> collect(part, written));
    }

    private static String row(String document, String type) {
        return document.lines()
                .filter(line -> line.startsWith("|") && line.split("\\|")[1].contains("`" + type + "`"))
                .findFirst()
                .orElseThrow(() -> new AssertionError("no row for " + type));
    }

    private static String section(String document, String heading) {
        int start = document.indexOf(heading);
        int end = document.indexOf("\n## ", start + 1);
        return document.substring(start, end < 0 ? document.length() : end);
    }

    private static String camel(String name) {
        Matcher words = Pattern.compile("_(.)").matcher(name.toLowerCase(Locale.ROOT));
        return words.replaceAll(word -> word.group(1).toUpperCase(Locale.ROOT));
    }
}
