package dev.laurel;

import static com.tngtech.archunit.base.DescribedPredicate.not;
import static com.tngtech.archunit.core.domain.JavaAccess.Predicates.target;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.assignableTo;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.belongToAnyOf;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.equivalentTo;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAnyPackage;
import static com.tngtech.archunit.core.domain.properties.HasName.Predicates.nameMatching;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.fields;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.domain.JavaPackage;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.lang.ArchRule;
import com.tngtech.archunit.library.dependencies.SlicesRuleDefinition;
import dev.laurel.criteria.rule.Sentences;
import dev.laurel.criteria.rule.Words;
import java.time.Clock;
import java.util.List;
import java.util.Random;
import org.jspecify.annotations.NullMarked;
import org.junit.jupiter.api.Test;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.modulith.NamedInterface;

class ArchitectureTests {

    private static final JavaClasses LAUREL = new ClassFileImporter()
            .withImportOption(new ImportOption.DoNotIncludeTests())
            .importPackages("dev.laurel");

    @Test
    void onlyTheGuardedClientCallsOtherHosts() {
        check(noClasses()
                .that()
                .resideOutsideOfPackage("dev.laurel.platform.http..")
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage(
                        "java.net.http..", "org.springframework.web.client..", "org.springframework.http.client..")
                .orShould()
                .dependOnClassesThat()
                .haveFullyQualifiedName("java.net.URLConnection"));
    }

    @Test
    void controllersArePackagePrivate() {
        check(classes()
                .that()
                .areAnnotatedWith("org.springframework.stereotype.Controller")
                .or()
                .areAnnotatedWith("org.springframework.web.bind.annotation.RestController")
                .should()
                .notBePublic());
    }

    @Test
    void pagesOfSeveralModulesHaveNoSql() {
        check(noClasses()
                .that()
                .resideInAPackage("dev.laurel.dashboard..")
                .should()
                .dependOnClassesThat()
                .resideInAPackage("org.springframework.jdbc.."));
    }

    /** Such a stream keeps its connection until somebody closes it, and outside of a transaction nobody does. */
    @Test
    void whatIsReadIsReadWhole() {
        check(noClasses().should().callMethod(JdbcClient.MappedQuerySpec.class, "stream"));
    }

    /** What is written there is never a formula. Frameworks of skills are read only. */
    @Test
    void tablesForSpreadsheetsAreReadAndWrittenInOnePlace() {
        check(noClasses()
                .that()
                .resideOutsideOfPackages("dev.laurel.gradebook.csv..", "dev.laurel.achievement.framework..")
                .should()
                .dependOnClassesThat()
                .resideInAPackage("org.apache.commons.csv.."));
    }

    @Test
    void nothingIsInjectedIntoFields() {
        check(fields().should().notBeAnnotatedWith("org.springframework.beans.factory.annotation.Autowired"));
    }

    @Test
    void stepsHandOverOnlyThroughTheDatabase() {
        check(noClasses()
                .should()
                .dependOnClassesThat()
                .haveFullyQualifiedName("org.springframework.scheduling.annotation.Async")
                .orShould()
                .dependOnClassesThat()
                .haveFullyQualifiedName("org.springframework.modulith.events.ApplicationModuleListener"));
    }

    @Test
    void scoresAreNeverBinaryFractions() {
        check(noClasses()
                .that()
                .resideInAnyPackage("dev.laurel.gradebook..", "dev.laurel.criteria..")
                .should()
                .callMethod(java.math.BigDecimal.class, "doubleValue"));
    }

    /** Same inputs, same verdict, always: what is asked comes in as {@code Facts}, and nothing is left behind. */
    @Test
    void aRuleIsDecidedByNothingButItsFacts() {
        check(noClasses()
                .that()
                .resideInAPackage("dev.laurel.criteria.rule..")
                .and(not(belongToAnyOf(Sentences.class, Words.class).as("what only puts a rule into words")))
                .should()
                .dependOnClassesThat(resideInAnyPackage(
                                "org.springframework..",
                                "java.sql..",
                                "javax.sql..",
                                "org.slf4j..",
                                "org.apache.commons.logging..",
                                "java.util.logging..")
                        .or(assignableTo(Clock.class))
                        .or(assignableTo(Random.class))
                        .and(not(equivalentTo(NamedInterface.class)))));
        check(noClasses()
                .that()
                .resideInAPackage("dev.laurel.criteria.rule..")
                .should()
                .callMethodWhere(target(nameMatching("now|currentTimeMillis|nanoTime|random|randomUUID"))));
    }

    /** Each can be read with nothing but those that it uses. */
    @Test
    void theInsidesOfCredentialUseEachOtherOneWayOnly() {
        SlicesRuleDefinition.slices()
                .matching("dev.laurel.credential.(*)..")
                .should()
                .beFreeOfCycles()
                .check(LAUREL);
    }

    @Test
    void everyPackageIsNullMarked() {
        List<String> unmarked = LAUREL.stream()
                .map(type -> type.getPackage())
                .distinct()
                .filter(type -> !type.isAnnotatedWith(NullMarked.class))
                .map(JavaPackage::getName)
                .toList();
        assertThat(unmarked).isEmpty();
    }

    private static void check(ArchRule rule) {
        rule.allowEmptyShould(true).check(LAUREL);
    }
}
