package dev.laurel.gradebook.moodle;

import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.domain.JavaFieldAccess;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** The list that an administrator of Moodle is given holds what Laurel calls, and nothing else. */
class MoodleFunctionTests {

    private static final Path SHEET = Path.of("lti-config/moodle.md");

    private static final JavaClasses CLASSES = new ClassFileImporter()
            .withImportOption(ImportOption.Predefined.DO_NOT_INCLUDE_TESTS)
            .importPackages("dev.laurel.gradebook.moodle");

    @Test
    void theListHoldsTheFunctionsThatTheCodeCallsAndNoOther() throws IOException {
        Set<String> called = used().map(MoodleFunction::wire).collect(Collectors.toCollection(TreeSet::new));

        assertThat(listed()).isEqualTo(called);
        assertThat(called)
                .isEqualTo(Arrays.stream(MoodleFunction.values())
                        .map(MoodleFunction::wire)
                        .collect(Collectors.toCollection(TreeSet::new)));
    }

    @Test
    void everyFunctionThatIsCalledUnlocksSomethingAndOnlyTheCheckOfTheKeyNeedsNone() {
        Set<String> unlocking = Arrays.stream(MoodleCapability.values())
                .flatMap(capability -> capability.functions().stream())
                .collect(Collectors.toSet());

        assertThat(used().map(MoodleFunction::wire).filter(wire -> !unlocking.contains(wire)))
                .containsOnly(MoodleFunction.SITE_INFO.wire());
    }

    /** Every call names its function by a constant; the address of the service stands in one class. */
    private static Stream<MoodleFunction> used() {
        return CLASSES.stream()
                .filter(each -> !each.isAssignableTo(MoodleFunction.class))
                .filter(each -> !each.isAssignableTo(MoodleCapability.class))
                // What the compiler adds for a switch.
                .filter(each -> !each.getName().matches(".*\\$\\d+"))
                .flatMap(each -> each.getFieldAccessesFromSelf().stream())
                .map(JavaFieldAccess::getTarget)
                .filter(target -> target.getOwner().isEquivalentTo(MoodleFunction.class))
                .map(target -> MoodleFunction.valueOf(target.getName()))
                .distinct();
    }

    /** The table of functions of the service. */
    private static Set<String> listed() throws IOException {
        String sheet = Files.readString(SHEET);
        String table = sheet.substring(sheet.indexOf("| function | for |"));
        return Pattern.compile("`([a-z]+_[a-z_]+)`")
                .matcher(table.substring(0, table.indexOf("Authorised users*")))
                .results()
                .map(match -> match.group(1))
                .collect(Collectors.toCollection(TreeSet::new));
    }
}
