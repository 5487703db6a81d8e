package dev.laurel;

import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.domain.JavaMethod;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import java.io.IOException;
import java.nio.file.Files;
import java.util.LinkedHashSet;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Disabled;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Whether each case of the conformance sheet has a test whose name begins with its id. */
class ConformanceSheetTests {

    /** What the sheet numbers, from one number to another; what it bundles or calls extra is numbered on by us. */
    private enum Kind {
        B(1, 12, "%02d"),
        V(1, 11, "%02d"),
        DL(1, 8, "%d"),
        N(1, 5, "%d"),
        A(0, 0, "%d"),
        S(1, 60, "%02d"),
        P(1, 8, "%02d"),
        R(1, 11, "%02d");

        private final int first;

        private final int last;

        private final String digits;

        Kind(int first, int last, String digits) {
            this.first = first;
            this.last = last;
            this.digits = digits;
        }

        Stream<String> ids() {
            return ids(last);
        }

        Stream<String> ids(int until) {
            return IntStream.rangeClosed(first, until).mapToObj(n -> name() + digits.formatted(n));
        }
    }

    /** What the sheet numbers between two of them. */
    private static final Set<String> BETWEEN = Set.of("S17b");

    /** A case, and after it what the sheet bundles in its row: a letter, or teacher and student. */
    private static final Pattern NAME = Pattern.compile("([A-Z]{1,2}\\d{1,2})([a-z]?(?:-[TS])?) \\S.*");

    private static final Set<JavaMethod> METHODS = new ClassFileImporter()
            .importPackages("dev.laurel").stream()
                    .filter(type -> type.getSimpleName().endsWith("ConformanceTests"))
                    .filter(type -> !type.isAnnotatedWith(Disabled.class))
                    .flatMap(type -> type.getMethods().stream())
                    .filter(method -> !method.isAnnotatedWith(Disabled.class))
                    .collect(Collectors.toCollection(LinkedHashSet::new));

    private static final Set<String> TESTED = METHODS.stream()
            .flatMap(ConformanceSheetTests::names)
            .map(NAME::matcher)
            .filter(Matcher::matches)
            .map(name -> name.group(1) + name.group(2))
            .collect(Collectors.toCollection(TreeSet::new));

    private static Stream<String> names(JavaMethod method) {
        return Stream.concat(
                method.tryGetAnnotationOfType(DisplayName.class).map(DisplayName::value).stream(),
                method.tryGetAnnotationOfType(ParameterizedTest.class).map(ParameterizedTest::name).stream());
    }

    @Test
    void eachCaseHasATest() {
        assertThat(TESTED).containsAll(expected().toList());
    }

    /** A test that was taken away would leave a gap. */
    @ParameterizedTest
    @EnumSource(
            value = Kind.class,
            names = {"DL", "N", "A"})
    void whatIsNumberedOnHasNoGap(Kind kind) {
        Pattern own = Pattern.compile(kind.name() + "(\\d+)");
        Set<String> ids = TESTED.stream().filter(own.asMatchPredicate()).collect(Collectors.toCollection(TreeSet::new));
        int last = ids.stream()
                .map(own::matcher)
                .filter(Matcher::matches)
                .mapToInt(id -> Integer.parseInt(id.group(1)))
                .max()
                .orElseThrow();

        assertThat(last).isGreaterThan(kind.last);
        assertThat(ids).containsExactlyInAnyOrderElementsOf(kind.ids(last).toList());
    }

    /** Where the sheet is at hand, it says the same as this class. */
    @ParameterizedTest
    @EnumSource(Kind.class)
    void theSheetHasTheseCases(Kind kind) throws IOException {
        String sheet = Files.readString(Needs.shared().resolve("reference/lti.md"));
        // Behind that it only gives examples of how to number on.
        String part = sheet.substring(sheet.indexOf("\n### A.1"), sheet.indexOf("\nWhere a row bundles"));
        Set<String> ids = new TreeSet<>();
        Matcher id = Pattern.compile("\\b" + kind + "\\d{1,2}\\b").matcher(part);
        while (id.find()) {
            ids.add(id.group());
        }

        assertThat(ids).containsExactlyInAnyOrderElementsOf(kind.ids().toList());
    }

    private static Stream<String> expected() {
        return Stream.concat(
                BETWEEN.stream(),
                Stream.of(Kind.values())
                        .flatMap(Kind::ids)
                        .flatMap(id -> id.startsWith("V") ? Stream.of(id + "-T", id + "-S") : Stream.of(id)));
    }
}
