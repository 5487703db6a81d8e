package dev.laurel.publication;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.laurel.LaurelTest;
import dev.laurel.Statements;
import dev.laurel.award.Award;
import dev.laurel.award.Awards;
import dev.laurel.credential.Credentials;
import dev.laurel.credential.TestAwards;
import dev.laurel.credential.TestAwards.Course;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.context.annotation.Import;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.transaction.support.TransactionTemplate;

/** What an archive says where badges are asked for anew. */
@LaurelTest
@Import(TestAwards.class)
class LeavingRefreshesTests {

    private static final Duration PATIENCE = Duration.ofSeconds(30);

    @Autowired
    TestAwards testAwards;

    @Autowired
    Awards awards;

    @Autowired
    Credentials credentials;

    @Autowired
    Shares shares;

    @Autowired
    LeavingRefreshes refreshes;

    @Autowired
    TransactionTemplate transaction;

    @Autowired
    JdbcClient jdbc;

    @Test
    void manyBadgesAreReadWithAsManyStatementsAsAFew() {
        Course course = testAwards.course(TestAwards.draft("Essayist"));
        List<Award> few = shared(course, 0, 3);
        Map<String, byte[]> answers = new HashMap<>();
        long forFew = Statements.of(transaction, jdbc, () -> write(course, answers));
        assertThat(answers).hasSize(few.size());

        List<Award> more = shared(course, 3, 30);
        answers.clear();
        long forMore = Statements.of(transaction, jdbc, () -> write(course, answers));

        assertThat(forMore).isEqualTo(forFew).isLessThan(10);
        assertThat(answers).hasSize(few.size() + more.size());
        for (Award award : more) {
            assertThat(answers)
                    .containsEntry(
                            credentials
                                    .refreshes(course.tenant(), List.of(award.id()))
                                    .get(award.id()),
                            credentials
                                    .find(course.tenant(), award.id())
                                    .orElseThrow()
                                    .embedded());
        }
    }

    private List<Award> shared(Course course, long from, long to) {
        List<Award> decided = testAwards.decide(
                course,
                LongStream.range((1L << 52) + from, (1L << 52) + to).boxed().toList());
        List<Long> ids = decided.stream().map(Award::id).toList();
        await().atMost(PATIENCE)
                .until(() -> credentials.find(course.tenant(), ids).size() == decided.size());
        for (Award award : decided) {
            awards.claim(course.tenant(), award.id(), award.personId(), Award.NameShown.NONE);
            shares.share(course.tenant(), award.id(), award.personId(), null);
        }
        return decided;
    }

    private void write(Course course, Map<String, byte[]> answers) {
        try {
            refreshes.write(course.tenant(), answers::put);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
