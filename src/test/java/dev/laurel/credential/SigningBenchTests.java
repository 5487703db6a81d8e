package dev.laurel.credential;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.laurel.LaurelTest;
import dev.laurel.award.Award;
import dev.laurel.credential.TestAwards.Course;
import dev.laurel.credential.proof.Canonicalizer;
import dev.laurel.credential.proof.Ed25519;
import dev.laurel.credential.proof.EddsaRdfc2022;
import dev.laurel.credential.proof.JsonBytes;
import dev.laurel.credential.proof.PinnedContexts;
import dev.laurel.credential.proof.Signer;
import jakarta.json.JsonObject;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.context.annotation.Import;
import org.springframework.jdbc.core.simple.JdbcClient;

/** Figures, not assertions about time: how fast credentials are signed here, and with how many statements. */
@Tag("bench")
@LaurelTest
@Import(TestAwards.class)
class SigningBenchTests {

    private static final int COHORT = 2_000;

    @Autowired
    TestAwards awards;

    @Autowired
    Credentials credentials;

    @Autowired
    JdbcClient jdbc;

    @Test
    void signsACohort() {
        Course course = awards.course(TestAwards.draft("Essayist"));
        List<Long> persons = new ArrayList<>();
        for (int i = 0; i < COHORT; i++) {
            persons.add(awards.person(course, "learner-" + i));
        }
        cohort(course, persons);
        cohort(course, persons);
        cohort(course, persons);
    }

    private void cohort(Course course, List<Long> persons) {
        jdbc.sql("DELETE FROM credential WHERE tenant_id = ?")
                .param(course.tenant().value())
                .update();
        jdbc.sql("DELETE FROM award WHERE tenant_id = ?")
                .param(course.tenant().value())
                .update();
        long statements = statements();
        long start = System.nanoTime();
        List<Award> decided = awards.decide(course, persons);
        double decidedAfter = seconds(start);
        await().pollInterval(Duration.ofMillis(50))
                .atMost(Duration.ofMinutes(2))
                .until(() -> count("signed_at", course) == COHORT);
        double signedAfter = seconds(start);
        await().pollInterval(Duration.ofMillis(50))
                .atMost(Duration.ofMinutes(2))
                .until(() -> count("jwt_signed_at", course) == COHORT);
        double jwtAfter = seconds(start);
        double perAward = (statements() - statements) / (double) COHORT;
        byte[] png = BakingTests.picture();
        long bakeStart = System.nanoTime();
        for (Award award : decided) {
            credentials.bake(
                    png,
                    credentials.find(course.tenant(), award.id()).orElseThrow().embedded());
        }
        System.out.printf(
                "bench: %d decided %.2f s, signed %.2f s, JWTs %.2f s, images (read and baked) +%.2f s, %.3f statements each incl. polling%n",
                COHORT, decidedAfter, signedAfter, jwtAfter, seconds(bakeStart), perAward);
        assertThat(decided).hasSize(COHORT);
    }

    @Test
    void signsOnOneThread() {
        EddsaRdfc2022 suite = new EddsaRdfc2022(new Canonicalizer(PinnedContexts.shipped()));
        Signer signer = Ed25519.signer("did:web:badges.example#ed25519-1", new byte[32]);
        Course course = awards.course(TestAwards.draft("Essayist"));
        Award award = awards.decide(course, awards.person(course, "ada"));
        JsonObject credential = JsonBytes.JSON
                .createObjectBuilder(JsonBytes.parse(
                        await().until(() -> credentials.find(course.tenant(), award.id()), Optional::isPresent)
                                .orElseThrow()
                                .embedded()))
                .remove("proof")
                .build();
        for (int round = 0; round < 4; round++) {
            long start = System.nanoTime();
            int signed = 0;
            while (seconds(start) < 2) {
                JsonBytes.write(suite.sign(credential, signer, Instant.now()));
                signed++;
            }
            System.out.printf("bench: %.0f embedded proofs/s on one thread%n", signed / seconds(start));
        }
    }

    private long count(String column, Course course) {
        return jdbc.sql("SELECT COUNT(*) FROM credential WHERE tenant_id = ? AND " + column + " IS NOT NULL")
                .param(course.tenant().value())
                .query(Long.class)
                .single();
    }

    private long statements() {
        return jdbc.sql("SHOW GLOBAL STATUS LIKE 'Questions'")
                .query((row, n) -> row.getLong(2))
                .single();
    }

    private static double seconds(long startNanos) {
        return (System.nanoTime() - startNanos) / 1e9;
    }
}
