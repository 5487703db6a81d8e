package dev.laurel.publication.owner;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.laurel.LaurelTest;
import dev.laurel.award.Award;
import dev.laurel.award.Awards;
import dev.laurel.credential.Credentials;
import dev.laurel.credential.TestAwards;
import dev.laurel.credential.TestAwards.Course;
import dev.laurel.platform.road.Fleeting;
import dev.laurel.publication.Shares;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import lms.Browser;
import lms.Page;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.context.annotation.Import;
import org.springframework.jdbc.core.simple.JdbcClient;

/** Somebody looks at a shared badge and asks whether it belongs to the person who shows it. */
@LaurelTest
@Import(TestAwards.class)
class OwnerIntegrationTests {

    @Autowired
    TestAwards testAwards;

    @Autowired
    Awards awards;

    @Autowired
    Shares shares;

    @Autowired
    Credentials credentials;

    @Autowired
    OwnerQuestions questions;

    @Autowired
    List<Fleeting> fleeting;

    @Autowired
    JdbcClient jdbc;

    private final Browser verifier = new Browser();

    private Course course;

    private Award award;

    private URI shared;

    @BeforeEach
    void aSharedBadge() {
        course = testAwards.course(TestAwards.draft("Essayist"));
        long person = testAwards.person(course, "ada");
        award = testAwards.decide(course, person);
        await().atMost(Duration.ofSeconds(30))
                .until(() -> credentials.find(course.tenant(), award.id()).isPresent());
        awards.claim(course.tenant(), award.id(), person, Award.NameShown.NONE);
        shared = URI.create(shares.share(course.tenant(), award.id(), person));
    }

    @Test
    void whoAsksSeesForFiveMinutesThatTheHolderAnsweredAndNothingElse() {
        assertThat(verifier.open(shared).text()).contains("Ask the holder to prove it is theirs");
        Page waiting = ask("Acme <b>Ltd");

        OwnerQuestion question = open().get(0);
        assertThat(question.askedBy()).isEqualTo("Acme <b>Ltd");
        assertThat(waiting.text()).contains(question.spoken(), "Look for the answer", "<svg");
        questions.answer(course.tenant(), award, question.id());
        Page answered = verifier.open(waiting.uri());

        assertThat(answered.text())
                .contains("Yes: its holder confirmed it just now", question.spoken())
                .doesNotContain("Ada", "Lovelace", "example.org");
        assertThat(open()).isEmpty();
        later();
        assertThat(verifier.open(waiting.uri()).text())
                .contains("The answer was shown for five minutes.")
                .doesNotContain("confirmed it just now");
    }

    @Test
    void aQuestionThatNobodyAnsweredSaysNothing() {
        Page waiting = ask("");
        long id = open().get(0).id();
        jdbc.sql("UPDATE owner_question SET ends_at = UTC_TIMESTAMP(6) WHERE tenant_id = ?")
                .param(course.tenant().value())
                .update();

        assertThat(questions.answer(course.tenant(), award, id)).isFalse();
        assertThat(verifier.open(waiting.uri()).text()).contains("Nobody answered in time");
    }

    @Test
    void afterADayNothingOfAQuestionIsLeftAlsoWhereNobodyAsksAgain() {
        ask("Acme");
        ask("Zenith");
        jdbc.sql("UPDATE owner_question SET created_at = created_at - INTERVAL 25 HOUR"
                        + " WHERE tenant_id = ? AND asked_by = 'Acme'")
                .param(course.tenant().value())
                .update();

        fleeting.forEach(Fleeting::forgetOld);

        assertThat(jdbc.sql("SELECT asked_by FROM owner_question WHERE tenant_id = ?")
                        .param(course.tenant().value())
                        .query(String.class)
                        .list())
                .containsExactly("Zenith");
        assertThat(jdbc.sql("SELECT COUNT(*) FROM scheduled_tasks WHERE task_name = 'forget-old'")
                        .query(Integer.class)
                        .single())
                .as("and it is done by itself")
                .isEqualTo(1);
    }

    @Test
    void nobodyAnswersForAnotherBadgeOrTwice() {
        ask("");
        long id = open().get(0).id();
        Award other = testAwards.decide(course, testAwards.person(course, "bao"));

        assertThat(questions.answer(course.tenant(), other, id)).isFalse();
        assertThat(questions.answer(course.tenant(), award, id)).isTrue();
        assertThat(questions.answer(course.tenant(), award, id)).isFalse();
    }

    @Test
    void onlyWhoAskedFindsTheAnswer() {
        Page waiting = ask("");
        String secret =
                waiting.uri().getPath().substring(waiting.uri().getPath().lastIndexOf('/') + 1);

        assertThat(verifier.get(URI.create(shared + "/owner/" + "x".repeat(secret.length())))
                        .status())
                .isEqualTo(404);
        shares.withdraw(course.tenant(), award.id(), award.personId());
        assertThat(verifier.get(waiting.uri()).status()).isEqualTo(404);
        assertThat(verifier.get(URI.create(shared + "/owner")).status()).isEqualTo(404);
    }

    @Test
    void aBadgeIsNotAskedAboutWithoutEnd() {
        for (int i = 0; i < OwnerQuestions.IN_AN_HOUR; i++) {
            assertThat(questions.ask(course.tenant(), award, null, "127.0.0.1")).isPresent();
        }

        Page refused = ask("");

        assertThat(refused.status()).isEqualTo(429);
        assertThat(refused.text()).contains("This badge was asked about often in the last hour");
        assertThat(questions.ask(course.tenant(), award, null, "203.0.113.9"))
                .as("whoever else asks")
                .isPresent();
    }

    @Test
    void aWholeNetworkIsOneStrangerAndEvenManyOfThemDoNotAskWithoutEnd() {
        int heard = 0;
        for (int i = 0; i < 30; i++) {
            heard += questions
                            .ask(course.tenant(), award, null, "2001:db8:1:" + i + "::1")
                            .isPresent()
                    ? 1
                    : 0;
        }
        assertThat(heard).isEqualTo(OwnerQuestions.IN_AN_HOUR);
        for (int i = 0; i < OwnerQuestions.OF_ALL_IN_AN_HOUR; i++) {
            heard += questions
                            .ask(course.tenant(), award, null, "203.0.113." + i)
                            .isPresent()
                    ? 1
                    : 0;
        }
        assertThat(heard).isEqualTo(OwnerQuestions.OF_ALL_IN_AN_HOUR);
    }

    private Page ask(String by) {
        Page form = verifier.open(URI.create(shared + "/owner"));
        return verifier.submit(form, form.formTo("/owner"), Map.of("by", by));
    }

    private List<OwnerQuestion> open() {
        return questions.open(course.tenant(), award.id());
    }

    private void later() {
        jdbc.sql("UPDATE owner_question SET answered_at = answered_at - INTERVAL 6 MINUTE WHERE tenant_id = ?")
                .param(course.tenant().value())
                .update();
    }
}
