package dev.laurel.credential.leaving;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.laurel.LaurelTest;
import dev.laurel.credential.TestAwards;
import dev.laurel.credential.TestAwards.Course;
import dev.laurel.platform.tenant.TenantId;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ThreadLocalRandom;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.context.annotation.Import;
import org.springframework.core.io.FileSystemResource;
import org.springframework.jdbc.core.simple.JdbcClient;

/** Figures, not assertions about time: how long an institution takes to leave and to arrive, and how large its archive is. */
@Tag("bench")
@LaurelTest
@Import(TestAwards.class)
class ArchiveBenchTests {

    private static final int BADGES = Integer.getInteger("bench.badges", 2_000);

    private static final String PASSPHRASE = "four plain words together";

    @Autowired
    TestAwards awards;

    @Autowired
    IssuerArchives archives;

    @Autowired
    ArchiveImport imports;

    @Autowired
    JdbcClient jdbc;

    @Test
    void anInstitutionLeavesAndArrives(@TempDir Path folder) throws Exception {
        Course course = awards.course(TestAwards.draft("Essayist"));
        List<Long> persons = new ArrayList<>();
        for (int i = 0; i < BADGES; i++) {
            persons.add(awards.person(course, "learner-" + i));
        }
        awards.decide(course, persons);
        await().atMost(Duration.ofMinutes(10)).until(() -> signed(course) == BADGES);
        archives.permit(course.tenant(), 7);
        Passage permission = archives.permitted(course.tenant(), 7).orElseThrow();
        archives.use(course.tenant(), permission);
        Path file = folder.resolve("archive.zip");

        long start = System.nanoTime();
        try (OutputStream out = Files.newOutputStream(file)) {
            archives.write(course.tenant(), permission, PASSPHRASE, out);
        }
        double left = seconds(start);
        start = System.nanoTime();
        TenantId elsewhere = new TenantId(ThreadLocalRandom.current().nextLong(1_000, 1L << 50));
        TestArchives.bring(imports, elsewhere, new FileSystemResource(file), PASSPHRASE);
        double received = seconds(start);
        ArchiveArrival arrival = await().atMost(Duration.ofHours(1))
                .until(() -> imports.latest(elsewhere).orElseThrow(), each -> !each.isUnderWay());
        double arrived = seconds(start);

        assertThat(arrival.badgesNew()).isEqualTo(BADGES);
        System.out.printf(
                "%d badges: %.1f s to leave (%.0f per s), %.1f s to arrive (%.0f per s), of which somebody waits for %.2f s"
                        + " (%.1f MB/s), %.1f kB of the archive each%n",
                BADGES,
                left,
                BADGES / left,
                arrived,
                BADGES / arrived,
                received,
                Files.size(file) / 1048576.0 / received,
                Files.size(file) / 1024.0 / BADGES);
    }

    private int signed(Course course) {
        return jdbc.sql("SELECT COUNT(*) FROM credential WHERE tenant_id = ? AND jwt_signed_at IS NOT NULL")
                .param(course.tenant().value())
                .query(Integer.class)
                .single();
    }

    private static double seconds(long start) {
        return (System.nanoTime() - start) / 1e9;
    }
}
