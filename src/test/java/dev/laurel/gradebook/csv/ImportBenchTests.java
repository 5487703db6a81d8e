package dev.laurel.gradebook.csv;

import static org.awaitility.Awaitility.await;

import dev.laurel.LaurelTest;
import dev.laurel.context.Contexts;
import dev.laurel.context.LmsCourse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import lms.LmsUser;
import lms.ReferenceLms;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.context.ApplicationContext;

/** What a file of 100,000 lines costs: to be kept, looked at, recorded, and looked at once more. Prints, never fails. */
@Tag("bench")
@LaurelTest
class ImportBenchTests {

    private static final int LEARNERS = 2_000;

    private static final int ITEMS = 50;

    @Autowired
    ApplicationContext app;

    @Autowired
    CsvImports imports;

    @Test
    void aHundredThousandLines() {
        try (LmsCourse course = LmsCourse.start(app, ReferenceLms.builder().students(LEARNERS))) {
            app.getBean(Contexts.class).refreshRoster(course.tenant(), course.contextId());
            Importing by = new Importing(
                    course.tenant(),
                    course.contextId(),
                    course.person(course.course().teacher()));
            byte[] file = file(course);
            System.out.printf("%,d lines, %,d bytes%n", LEARNERS * ITEMS, file.length);
            measure("kept", () -> imports.bring(by, "bench.csv", TestCsv.bytes(file)));
            measure("looked at", () -> System.out.println(imports.preview(by).added() + " new"));
            measure("recorded", () -> {
                imports.confirm(by, imports.staged(by).orElseThrow().fingerprint());
                await().atMost(Duration.ofMinutes(10))
                        .pollInterval(Duration.ofMillis(50))
                        .until(() -> imports.decided(by.tenant(), by.contextId()).stream()
                                .noneMatch(CsvImport::isRunning));
            });
            imports.bring(by, "bench.csv", TestCsv.bytes(file));
            measure(
                    "looked at again",
                    () -> System.out.println(imports.preview(by).same() + " as they are"));
        }
    }

    private static byte[] file(LmsCourse course) {
        StringBuilder text = new StringBuilder("email,item,score,maximum\n");
        for (int item = 0; item < ITEMS; item++) {
            for (int student = 0; student < LEARNERS; student++) {
                LmsUser learner = course.course().student(student);
                text.append(learner.email()).append(",Item ").append(item).append(",7.5,10\n");
            }
        }
        return text.toString().getBytes(StandardCharsets.UTF_8);
    }

    private static void measure(String what, Runnable work) {
        long start = System.nanoTime();
        work.run();
        System.out.printf(
                "%s in %d ms%n",
                what, Duration.ofNanos(System.nanoTime() - start).toMillis());
    }
}
