package dev.laurel.dashboard.institution;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.laurel.LaurelTest;
import dev.laurel.award.Award;
import dev.laurel.award.Awards;
import dev.laurel.credential.Credentials;
import dev.laurel.credential.HolderCredentials;
import dev.laurel.credential.TestAwards;
import dev.laurel.credential.TestAwards.Course;
import dev.laurel.credential.endorsement.HolderEndorsements;
import dev.laurel.credential.holder.HolderKey;
import dev.laurel.publication.Backpacks;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.context.annotation.Import;

/** Whoever asks what is stored about her is told everything. */
@LaurelTest
@Import(TestAwards.class)
class PersonDataIntegrationTests {

    private static final String DID = "did:key:z6MkiTBz1ymuepAQ4HEHYSF1H8quG5GLVVQR3djdX3mDooWp";

    @Autowired
    PersonData data;

    @Autowired
    TestAwards testAwards;

    @Autowired
    Awards awards;

    @Autowired
    Credentials credentials;

    @Autowired
    HolderCredentials wallets;

    @Autowired
    Backpacks older;

    @Autowired
    HolderEndorsements words;

    @Test
    void whereABadgeWentAndWhatWasSaidOfItIsToldToo() {
        Course course = testAwards.course(TestAwards.draft("Essayist"));
        long ada = testAwards.person(course, "ada");
        Award award = testAwards.decide(course, ada);
        awards.claim(course.tenant(), award.id(), ada, Award.NameShown.NONE);
        await().atMost(Duration.ofSeconds(30))
                .until(() -> credentials.find(course.tenant(), award.id()).isPresent());
        wallets.issue(course.tenant(), award, HolderKey.of(DID));
        testAwards.reachable(course.tenant(), "badges@college.example");
        older.put(course.tenant(), award.id(), ada, "ada@example.org");
        words.say(course.tenant(), award.id(), ada, credentials.achievementId(course.badge()), "It helped.", false);

        assertThat(data.of(course.tenant(), ada).badges()).singleElement().satisfies(badge -> {
            assertThat(badge.elsewhere().wallets()).containsExactly(DID);
            assertThat(badge.elsewhere().olderBackpack())
                    .isEqualTo(older.url(course.tenant(), award.id()).orElseThrow());
            assertThat(badge.elsewhere().words()).isEqualTo("It helped.");
            assertThat(badge.elsewhere().saysName()).isNull();
        });
    }
}
