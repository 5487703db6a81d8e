package dev.laurel;

import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.domain.JavaMethod;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import java.io.IOException;
import java.nio.file.Files;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Disabled;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/** Whether each case of the conformance sheet has a test whose name begins with its id. */
class ConformanceSheetTests {

    /** How many cases of each kind the sheet has, and how it writes the first number. */
    private static final Map<String, Integer> CASES = new TreeMap<>(Map.of("B", 12, "V", 11, "S", 60));

    /** What the sheet numbers between two of them. */
    private static final Set<String> BETWEEN = Set.of("S17b");

    /** A case, and after it what the sheet bundles in its row: a letter, or teacher and student. */
    private static final Pattern NAME = Pattern.compile("([A-Z]{1,2}\\d{1,2})([a-z]?(?:-[TS])?) \\S.*");

    private final Set<JavaMethod> methods = new ClassFileImporter()
            .importPackages("dev.laurel").stream()
                    .filter(type -> type.getSimpleName().endsWith("ConformanceTests"))
                    .filter(type -> !type.isAnnotatedWith(Disabled.class))
                    .flatMap(type -> type.getMethods().stream())
                    .filter(method -> method.isAnnotatedWith(DisplayName.class))
                    .filter(method -> !method.isAnnotatedWith(Disabled.class))
                    .collect(Collectors.toCollection(LinkedHashSet::new));

    private final Set<String> tested = methods.stream()
            .map(method ->
                    NAME.matcher(method.getAnnotationOfType(DisplayName.class).value()))
            .filter(Matcher::matches)
            .map(name -> name.group(1) + name.group(2))
            .collect(Collectors.toCollection(TreeSet::new));

    @Test
    void eachCaseHasATest() {
        assertThat(tested).containsAll(expected().toList());
    }

    /** Where the sheet is at hand, it says the same as this class. */
    @Test
    void theSheetHasTheseCases() throws IOException {
        String sheet = Files.readString(Needs.shared().resolve("reference/lti.md"));
        String part = sheet.substring(sheet.indexOf("\n### A.1"), sheet.indexOf("\n### A.6"));
        CASES.forEach((kind, last) -> {
            Set<String> ids = new TreeSet<>();
            Matcher id = Pattern.compile("\\b(" + kind + "\\d{2}[a-z]?)\\b").matcher(part);
            while (id.find()) {
                ids.add(id.group(1));
            }
            assertThat(ids)
                    .filteredOn(found -> found.length() == 3)
                    .containsExactlyInAnyOrderElementsOf(numbered(kind, last).toList());
        });
    }

    private static Stream<String> expected() {
        return Stream.concat(
                BETWEEN.stream(),
                CASES.entrySet().stream()
                        .flatMap(kind -> numbered(kind.getKey(), kind.getValue()))
                        .flatMap(id -> id.startsWith("V") ? Stream.of(id + "-T", id + "-S") : Stream.of(id)));
    }

    private static Stream<String> numbered(String kind, int last) {
        return IntStream.rangeClosed(1, last).mapToObj(n -> "%s%02d".formatted(kind, n));
    }
}
