package dev.laurel.award;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.laurel.EmbeddedDatabase;
import dev.laurel.TestCourse;
import java.io.BufferedReader;
import java.io.File;
import java.io.IOException;
import java.io.OutputStreamWriter;
import java.io.Writer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.TimeUnit;
import org.flywaydb.core.Flyway;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.jdbc.datasource.DriverManagerDataSource;

/**
 * Two nodes as two processes evaluate the same courses at once, and one of them is killed in the middle: afterwards
 * everybody who qualified has exactly one award, with its facts, and nobody else has any.
 */
@Tag("once")
class TwoProcessesTests {

    private static final int COURSES = 4;

    private static final int LEARNERS = 400;

    /** How long grades keep changing. */
    private static final Duration CHANGING = Duration.ofSeconds(Long.getLong("laurel.two-processes.seconds", 60));

    private static final Duration PATIENCE = Duration.ofMinutes(5);

    private final List<Node> nodes = new ArrayList<>();

    private String url;

    private JdbcTemplate jdbc;

    @BeforeEach
    void aDatabase() {
        String server = EmbeddedDatabase.forTests()
                .url("nodes_" + UUID.randomUUID().toString().substring(0, 8));
        url = server + "&rewriteBatchedStatements=true&connectionTimeZone=UTC&forceConnectionTimeZoneToSession=true";
        Flyway.configure().dataSource(url, "root", "").load().migrate();
        jdbc = new JdbcTemplate(new DriverManagerDataSource(url, "root", ""));
    }

    @AfterEach
    void stopWhatWasStarted() throws InterruptedException {
        for (Node node : nodes) {
            node.process.destroyForcibly().waitFor(30, TimeUnit.SECONDS);
        }
    }

    @Test
    void everybodyWhoQualifiesGetsOneAwardAlthoughANodeIsKilledMidway() throws Exception {
        List<TestCourse> courses = new ArrayList<>();
        for (int i = 0; i < COURSES; i++) {
            courses.add(courseWithResults());
        }
        Node first = start();
        Node second = start();
        first.awaitReady();
        second.awaitReady();
        for (TestCourse course : courses) {
            first.evaluate(course);
            second.evaluate(course);
        }

        int qualified = COURSES * LEARNERS / 2;
        await().atMost(PATIENCE).pollInterval(Duration.ofMillis(10)).until(() -> awards() > qualified / 10);
        first.process.destroyForcibly().waitFor();
        int whenKilled = awards();

        await().atMost(PATIENCE).until(() -> waiting() == 0 && awards() >= qualified);
        assertThat(whenKilled).as("killed in the middle").isLessThan(qualified);
        assertEverybodyHasOne(qualified);

        // A node that starts after all is done, and evaluates everything once more, adds nothing.
        Node third = start();
        third.awaitReady();
        for (TestCourse course : courses) {
            askForEverybodyAgain(course);
            third.evaluate(course);
        }
        await().atMost(PATIENCE).until(() -> waiting() == 0);
        assertEverybodyHasOne(qualified);
    }

    @Test
    void randomChangesLeaveExactlyWhatOneEvaluationGivesAlthoughANodeIsKilledMidway() throws Exception {
        ChangingCourse course = ChangingCourse.in(jdbc);
        Node first = start();
        Node second = start();
        first.awaitReady();
        second.awaitReady();

        Instant end = Instant.now().plus(CHANGING);
        Instant half = Instant.now().plus(CHANGING.dividedBy(2));
        List<Node> live = new ArrayList<>(List.of(first, second));
        int changes = 0;
        while (Instant.now().isBefore(end)) {
            if (first.process.isAlive() && Instant.now().isAfter(half)) {
                first.process.destroyForcibly().waitFor();
                live.remove(first);
                live.add(start());
            }
            changes += course.change();
            assertThat(course.contradictions())
                    .as("meanwhile, seed %s", course.seed)
                    .isEmpty();
            course.tell(live.get(course.random.nextInt(live.size())));
            TimeUnit.MILLISECONDS.sleep(20);
        }
        for (Node node : live) {
            node.awaitHeard();
        }
        live.get(live.size() - 1).evaluate(course.course);
        await().atMost(PATIENCE).until(() -> waiting() == 0 && course.unread() == 0);

        Map<String, String> evaluations = course.evaluations();
        List<String> awards = course.awards();
        assertThat(course.contradictions())
                .as("in the end, seed %s", course.seed)
                .isEmpty();
        course.forgetWhatWasDecided();
        course.badges().forEach(badge -> askForEverybodyAgain(course.course, badge));
        second.evaluate(course.course);
        await().atMost(PATIENCE).until(() -> waiting() == 0);

        System.out.printf("%d changes, %d awards (seed %d)%n", changes, awards.size(), course.seed);
        assertThat(changes).isGreaterThan(100);
        assertThat(course.contradictions())
                .as("worked out anew, seed %s", course.seed)
                .isEmpty();
        assertThat(evaluations).as("seed %s", course.seed).isEqualTo(course.evaluations());
        assertThat(awards).as("seed %s", course.seed).isEqualTo(course.awards()).isNotEmpty();
        assertThat(count("SELECT COUNT(*) FROM set_aside_job WHERE task_name = 'criteria-evaluate'"))
                .isZero();
    }

    private void assertEverybodyHasOne(int qualified) {
        assertThat(awards()).isEqualTo(qualified);
        assertThat(count("SELECT COUNT(DISTINCT tenant_id, person_id, achievement_id) FROM award"))
                .isEqualTo(qualified);
        assertThat(count("SELECT COUNT(*) FROM award WHERE person_id % 2 = 1")).isZero();
        assertThat(count("SELECT COUNT(*) FROM award a JOIN decision_record d"
                        + " ON d.tenant_id = a.tenant_id AND d.public_id = a.public_id"))
                .isEqualTo(qualified);
        assertThat(count("SELECT COUNT(*) FROM decision_record")).isEqualTo(qualified);
        assertThat(count("SELECT COUNT(*) FROM held_achievement")).isEqualTo(qualified);
        assertThat(count("SELECT COUNT(*) FROM evaluation")).isEqualTo(COURSES * LEARNERS);
        assertThat(count("SELECT COUNT(*) FROM set_aside_job WHERE task_name = 'criteria-evaluate'"))
                .isZero();
    }

    /** An active badge and results that nobody has evaluated: people of even number qualify. */
    private TestCourse courseWithResults() {
        TestCourse course = TestCourse.in(jdbc);
        long essay = course.column("Essay", "100");
        List<Long> people = course.learners(1000, LEARNERS);
        Map<Long, String> scores = new HashMap<>();
        people.forEach(person -> scores.put(person, person % 2 == 0 ? "85" : "79"));
        course.grade(essay, scores, "100");
        long tenant = course.tenant.value();
        jdbc.update("""
                INSERT INTO achievement (tenant_id, id, public_id, issuer_id, latest_version, created_by, created_at)
                VALUES (?, ?, UUID(), 1, 1, 1, UTC_TIMESTAMP(6))""", tenant, tenant);
        jdbc.update("""
                INSERT INTO achievement_version (tenant_id, achievement_id, version, name, description, criteria,
                    achievement_type, image_id, colour, created_at, activated_at)
                VALUES (?, ?, 1, 'Essay', '', '', 'Badge', 1, '#1f5f8b', UTC_TIMESTAMP(6), UTC_TIMESTAMP(6))""", tenant, tenant);
        jdbc.update("""
                INSERT INTO rule_set (tenant_id, id, context_id, achievement_id, status, version, created_by, created_at)
                VALUES (?, ?, ?, ?, 'ACTIVE', 1, 1, UTC_TIMESTAMP(6))""", tenant, tenant, course.id, tenant);
        jdbc.update("""
                INSERT INTO rule_set_version (tenant_id, rule_set_id, version, achievement_version, rule, created_by, created_at)
                VALUES (?, ?, 1, 1, ?, 1, UTC_TIMESTAMP(6))""", tenant, tenant, """
                {"v":1,"rule":{"type":"score","lineItem":%d,"atLeast":80,"unit":"percent"}}""".formatted(essay));
        askForEverybodyAgain(course);
        return course;
    }

    private void askForEverybodyAgain(TestCourse course) {
        askForEverybodyAgain(course, course.tenant.value());
    }

    private void askForEverybodyAgain(TestCourse course, long ruleSet) {
        long tenant = course.tenant.value();
        jdbc.update("""
                INSERT INTO criteria_due (tenant_id, context_id, what, subject_id, after_person, asked_at)
                VALUES (?, ?, 'RULE_SET', ?, 0, UTC_TIMESTAMP(6))""", tenant, course.id, ruleSet);
    }

    private int awards() {
        return count("SELECT COUNT(*) FROM award");
    }

    private int waiting() {
        return count("SELECT COUNT(*) FROM criteria_due");
    }

    private int count(String sql) {
        Integer count = jdbc.queryForObject(sql, Integer.class);
        return count == null ? 0 : count;
    }

    private Node start() throws IOException {
        Path log = Files.createTempFile(Files.createDirectories(Path.of("target")), "node-", ".log");
        ProcessBuilder builder = new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-Xmx512m",
                "-XX:TieredStopAtLevel=1",
                "-Djava.awt.headless=true",
                "-cp",
                System.getProperty("java.class.path") + File.pathSeparator + "target/test-classes",
                EvaluatingProcess.class.getName(),
                "--spring.datasource.url=" + url,
                "--spring.datasource.username=root",
                "--spring.datasource.password=",
                "--server.port=0",
                "--server.address=127.0.0.1",
                "--laurel.public-url=http://localhost:8080",
                "--laurel.master-key=" + "a".repeat(43) + "=",
                "--laurel.award.settling=0s",
                // Half of each course qualifies in one pass.
                "--laurel.award.brake-share=100",
                // Small chunks, so that there is a middle in which to be killed.
                "--laurel.criteria.chunk=10");
        builder.redirectErrorStream(true);
        builder.redirectOutput(log.toFile());
        Node node = new Node(builder.start(), log);
        nodes.add(node);
        return node;
    }

    record Node(Process process, Path log) {

        void awaitReady() {
            awaitLine("ready");
        }

        /** A node that has just started reads last what it was told first: until then it may still change the course. */
        void awaitHeard() throws IOException {
            String word = UUID.randomUUID().toString();
            say(word);
            awaitLine(word);
        }

        private void awaitLine(String line) {
            await().atMost(PATIENCE).until(() -> {
                assertThat(process.isAlive()).as("see %s", log).isTrue();
                try (BufferedReader lines = Files.newBufferedReader(log)) {
                    return lines.lines().anyMatch(line::equals);
                }
            });
        }

        void evaluate(TestCourse course) throws IOException {
            say(course.tenant + " " + course.id);
        }

        void say(String line) throws IOException {
            Writer out = new OutputStreamWriter(process.getOutputStream(), StandardCharsets.UTF_8);
            out.write(line + "\n");
            out.flush();
        }
    }
}
