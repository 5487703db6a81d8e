package dev.laurel.gradebook.csv;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.laurel.LaurelTest;
import dev.laurel.LaurelTestInitializer;
import dev.laurel.context.Contexts;
import dev.laurel.context.LmsCourse;
import dev.laurel.platform.tenant.PublicUrl;
import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import lms.ReferenceLms;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.context.ApplicationContext;
import org.springframework.jdbc.core.simple.JdbcClient;

/** The process that records a file is killed while it writes; another goes on, and it ends as if nothing had happened. */
@Tag("once")
@LaurelTest
class KilledImportTests {

    private static final Duration PATIENCE = Duration.ofMinutes(3);

    private static final int STUDENTS = 600;

    private static final int ITEMS = 20;

    /** Lines are recorded in parts of 500 at most: so there is a middle. */
    private static final int LINES = STUDENTS * ITEMS;

    @Autowired
    ApplicationContext app;

    @Autowired
    CsvImports imports;

    @Autowired
    ImportJob job;

    @Autowired
    JdbcClient jdbc;

    @Value("${spring.datasource.url}")
    String database;

    @Test
    void whatAKilledProcessLeftIsFinishedByAnotherAndTheSameAsWithoutIt() throws Exception {
        try (LmsCourse killed = course();
                LmsCourse whole = course()) {
            long interrupted = confirmed(killed);
            Process process = start(killed, interrupted);
            try {
                await().atMost(PATIENCE).pollInterval(Duration.ofMillis(2)).until(() -> {
                    assertThat(process.isAlive())
                            .as("see target/importing-*.log")
                            .isTrue();
                    return done(interrupted) > 0;
                });
            } finally {
                process.destroyForcibly().waitFor(30, TimeUnit.SECONDS);
            }
            long before = done(interrupted);
            assertThat(before).as("killed in the middle").isBetween(1L, LINES - 1L);
            assertThat(results(killed))
                    .as("what was noted was recorded, and nothing else")
                    .hasSize((int) before);

            job.run(killed.tenant(), Long.toString(interrupted));
            long uninterrupted = confirmed(whole);
            job.run(whole.tenant(), Long.toString(uninterrupted));

            assertThat(results(killed)).hasSize(LINES).doesNotHaveDuplicates().isEqualTo(results(whole));
            assertThat(shown(killed))
                    .usingRecursiveComparison()
                    .ignoringFields("id", "contextId", "byPerson", "uploadedAt", "confirmedAt", "finishedAt")
                    .isEqualTo(shown(whole));
        }
    }

    private LmsCourse course() {
        LmsCourse course = LmsCourse.start(app, ReferenceLms.builder().students(STUDENTS));
        app.getBean(Contexts.class).refreshRoster(course.tenant(), course.contextId());
        return course;
    }

    /** Confirmed without asking this node to record it. */
    private long confirmed(LmsCourse course) {
        StringBuilder text = new StringBuilder("user id,item,score,maximum\n");
        for (int item = 0; item < ITEMS; item++) {
            for (int student = 0; student < STUDENTS; student++) {
                text.append(course.course().student(student).id())
                        .append(",Item ")
                        .append(item)
                        .append(',')
                        .append((student + item) % 11)
                        .append(",10\n");
            }
        }
        Importing teacher = new Importing(
                course.tenant(),
                course.contextId(),
                course.person(course.course().teacher()));
        imports.bring(teacher, "results.csv", TestCsv.bytes(text.toString()));
        long id = imports.staged(teacher).orElseThrow().of().id();
        jdbc.sql("UPDATE csv_import SET state = 'CONFIRMED', confirmed_at = uploaded_at WHERE id = ?")
                .param(id)
                .update();
        return id;
    }

    private Process start(LmsCourse course, long importId) throws IOException {
        Path log = Files.createTempFile(Files.createDirectories(Path.of("target")), "importing-", ".log");
        return new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-Xmx512m",
                        "-XX:TieredStopAtLevel=1",
                        "-cp",
                        System.getProperty("java.class.path") + File.pathSeparator + "target/test-classes",
                        ImportingProcess.class.getName(),
                        Long.toString(course.tenant().value()),
                        Long.toString(importId),
                        "--spring.datasource.url=" + database,
                        "--spring.datasource.username=root",
                        "--spring.datasource.password=",
                        "--server.port=" + LaurelTestInitializer.freePort(),
                        "--server.address=127.0.0.1",
                        "--laurel.public-url=" + app.getBean(PublicUrl.class).value(),
                        "--laurel.master-key=" + "a".repeat(43) + "=",
                        // Whatever else there is to do is done by the other node.
                        "--db-scheduler.enabled=false")
                .redirectErrorStream(true)
                .redirectOutput(log.toFile())
                .start();
    }

    private long done(long importId) {
        return jdbc.sql("SELECT rows_done FROM csv_import WHERE id = ?")
                .param(importId)
                .query(Long.class)
                .single();
    }

    private CsvImport shown(LmsCourse course) {
        return imports.decided(course.tenant(), course.contextId()).get(0);
    }

    /** By what the course calls its columns and people, in the order of the log. */
    private List<String> results(LmsCourse course) {
        Map<Long, String> students = new HashMap<>();
        for (int student = 0; student < STUDENTS; student++) {
            students.put(course.person(course.course().student(student)), "Student " + student);
        }
        return jdbc.sql("""
                        SELECT item.label, observation.person_id, observation.status, observation.score
                        FROM observation JOIN line_item item
                            ON item.tenant_id = observation.tenant_id AND item.id = observation.line_item_id
                        WHERE observation.tenant_id = ? AND observation.source = 'csv' ORDER BY observation.seq""")
                .param(course.tenant().value())
                .query((row, n) -> students.get(row.getLong("person_id")) + ", " + row.getString("label") + ": "
                        + row.getString("status") + " " + row.getBigDecimal("score"))
                .list();
    }
}
