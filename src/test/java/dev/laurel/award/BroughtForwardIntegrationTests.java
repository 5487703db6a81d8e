package dev.laurel.award;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.laurel.LaurelApplication;
import dev.laurel.LaurelTestInitializer;
import dev.laurel.TestCourse;
import dev.laurel.award.fall.Falls;
import dev.laurel.award.release.Releases;
import dev.laurel.award.renewal.Renewals;
import dev.laurel.context.RosterChanged;
import dev.laurel.criteria.RuleSet;
import dev.laurel.criteria.RuleSets;
import dev.laurel.criteria.RuleTexts;
import dev.laurel.gradebook.ColumnsChanged;
import dev.laurel.platform.tenant.TenantId;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.flywaydb.core.Flyway;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestMethodOrder;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.context.ApplicationContext;
import org.springframework.context.ApplicationContextInitializer;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.core.io.ClassPathResource;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.jdbc.datasource.DriverManagerDataSource;
import org.springframework.jdbc.datasource.init.ResourceDatabasePopulator;
import org.springframework.test.context.ContextConfiguration;
import org.springframework.transaction.support.TransactionTemplate;

/**
 * A Laurel that starts on what an older one left, in a real MariaDB: rules read as they did, awards are what they were, nobody is
 * told or given anything, and from then on it works as ever.
 */
@Tag("once")
@SpringBootTest(classes = LaurelApplication.class, webEnvironment = SpringBootTest.WebEnvironment.DEFINED_PORT)
@ContextConfiguration(initializers = {LaurelTestInitializer.class, BroughtForwardIntegrationTests.OlderDatabase.class})
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
class BroughtForwardIntegrationTests {

    private static final TenantId TENANT = new TenantId(1);

    private static final long COURSE = 1;

    private static final long ESSAY = 1;

    private static final List<String> WHAT_HAPPENED = List.of(
            "award_history",
            "award_fall",
            "human_decision",
            "held_achievement",
            "decision_record",
            "award_message",
            "message_outbox",
            "credential",
            "score_outbox");

    @Autowired
    ApplicationContext app;

    @Autowired
    RuleSets ruleSets;

    @Autowired
    RuleTexts texts;

    @Autowired
    Awards awards;

    @Autowired
    JdbcTemplate jdbc;

    @Autowired
    TransactionTemplate transaction;

    /** Of version 43, with what stood in it then. Laurel itself brings it forward when it starts. */
    static class OlderDatabase implements ApplicationContextInitializer<ConfigurableApplicationContext> {

        @Override
        public void initialize(ConfigurableApplicationContext context) {
            String url = context.getEnvironment().getRequiredProperty("spring.datasource.url");
            Flyway.configure().dataSource(url, "root", "").target("43").load().migrate();
            new ResourceDatabasePopulator(new ClassPathResource("older/version-43.sql"))
                    .execute(new DriverManagerDataSource(url, "root", ""));
        }
    }

    @Test
    @Order(1)
    void everyRuleReadsAsItDid() {
        assertThat(ruleSets.ofContext(TENANT, COURSE))
                .extracting(RuleSet::status)
                .containsExactly(RuleSet.Status.ACTIVE, RuleSet.Status.PAUSED, RuleSet.Status.DRAFT);
        assertThat(ruleSets.ofContext(TENANT, COURSE))
                .extracting(badge -> texts.sentence(TENANT, COURSE, badge.rule()))
                .containsExactly(
                        "Score at least 80 % in Essay (being excused is not enough)",
                        "Do any one of these: score at least 99 points in Essay, best result counting; hold the badge “Essayist”",
                        "Score at least 70 % on average in Essay (counting 2 times) and Quiz, without the lowest result."
                                + " Excused work does not count against you");
    }

    @Test
    @Order(2)
    void whenEverythingIsWorkedOutAnewNothingHappensThatHadNotHappened() {
        Map<String, List<Map<String, Object>>> before = whatHappened();

        transaction.executeWithoutResult(status -> {
            app.publishEvent(new ColumnsChanged(TENANT, COURSE, Set.of(ESSAY)));
            app.publishEvent(new RosterChanged(TENANT, COURSE, Set.of(10L, 11L, 12L, 13L, 14L, 15L, 16L)));
        });
        awaitEvaluation();
        app.getBean(Releases.class).run(TENANT, "due");
        app.getBean(Falls.class).run(TENANT, "due");
        app.getBean(Renewals.class).run(TENANT, "due");

        assertThat(whatHappened()).isEqualTo(before);
        assertThat(jdbc.queryForList("SELECT evaluated_at FROM evaluation WHERE evaluated_at < '2026-02-01'"))
                .as("everybody was looked at again")
                .isEmpty();
        assertThat(awards.ofPerson(TENANT, 10)).singleElement().satisfies(kept -> {
            assertThat(kept.claimedAt()).isNotNull();
            assertThat(kept.nameShown()).isEqualTo(Award.NameShown.NAME);
        });
        assertThat(awards.ofPerson(TENANT, 11))
                .singleElement()
                .satisfies(declined -> assertThat(declined.declinedAt()).isNotNull());
        assertThat(awards.ofPerson(TENANT, 13))
                .singleElement()
                .satisfies(taken -> assertThat(taken.isValid()).isFalse());
        assertThat(awards.ofPerson(TENANT, 14)).isEmpty();
        assertThat(awards.ofPerson(TENANT, 15)).as("waits for its review").isEmpty();
        assertThat(awards.decisionRecord(TENANT, 1).orElseThrow()).contains("\"atLeast\":90");
    }

    @Test
    @Order(3)
    void aGradeThatComesAfterwardsIsDecidedAsEver() {
        TestCourse course = TestCourse.of(jdbc, TENANT, COURSE);
        transaction.executeWithoutResult(status -> app.publishEvent(course.grade(ESSAY, Map.of(14L, "90"), "100")));

        await().atMost(Duration.ofSeconds(30))
                .untilAsserted(() -> assertThat(awards.ofRuleSet(TENANT, 1))
                        .filteredOn(award -> award.personId() == 14)
                        .extracting(Award::waitsFor)
                        .containsExactly(Award.Wait.REVIEW));
    }

    private Map<String, List<Map<String, Object>>> whatHappened() {
        Map<String, List<Map<String, Object>>> rows = new LinkedHashMap<>();
        rows.put("award", jdbc.queryForList("SELECT * FROM award ORDER BY id"));
        for (String table : WHAT_HAPPENED) {
            rows.put(table, List.of(jdbc.queryForMap("CHECKSUM TABLE " + table)));
        }
        return rows;
    }

    private void awaitEvaluation() {
        await().atMost(Duration.ofSeconds(30))
                .until(() -> jdbc.queryForList("SELECT id FROM criteria_due").isEmpty());
    }
}
