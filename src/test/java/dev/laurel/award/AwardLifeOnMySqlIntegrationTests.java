package dev.laurel.award;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import dev.laurel.LaurelMySqlTest;
import dev.laurel.achievement.AchievementDraft.Worth;
import dev.laurel.achievement.Validity;
import dev.laurel.award.decision.Passes;
import dev.laurel.award.decision.Reviews;
import dev.laurel.award.fall.Fall;
import dev.laurel.award.fall.FallDecisions;
import dev.laurel.award.fall.Falls;
import dev.laurel.award.grant.Grant;
import dev.laurel.award.grant.Grants;
import dev.laurel.award.human.HumanDecisions;
import dev.laurel.award.policy.AwardPolicy.OnFall;
import dev.laurel.award.question.Questions;
import dev.laurel.award.release.Releases;
import dev.laurel.award.release.Unreleased;
import dev.laurel.award.renewal.Renewals;
import dev.laurel.publication.AwardMessage;
import dev.laurel.publication.AwardMessages;
import dev.laurel.publication.Passback;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.context.ApplicationContext;

/** Every statement of an award's life once on MySQL 8; what they must do stands in the tests on MariaDB. */
@LaurelMySqlTest
class AwardLifeOnMySqlIntegrationTests {

    private static final Duration TIME = Duration.ofHours(1);

    @Autowired
    ApplicationContext app;

    @Autowired
    Passes passes;

    @Autowired
    Reviews reviews;

    @Autowired
    Grants grants;

    @Autowired
    Falls falls;

    @Autowired
    Questions questions;

    @Autowired
    Releases releases;

    @Autowired
    Unreleased unreleased;

    @Autowired
    Awards awards;

    @Autowired
    Renewals renewals;

    @Autowired
    HumanDecisions humanDecisions;

    @Test
    void awardsSettleAreWithdrawnReleasedAndDeclined() {
        BadgeCourse course = BadgeCourse.in(app)
                .learners(3)
                .policy(policy -> policy.settlingFor(TIME))
                .activate();
        app.getBean(Passback.class).enable(course.tenant(), course.badge(), true, BadgeCourse.TEACHER);
        course.gradeAll(3, "85");
        course.grade(10, "20");
        assertThat(unreleased.notFinal(course.tenant(), 11, List.of())).containsExactly(course.badge());
        course.policy(policy -> policy.releasedByInstructor());
        course.after(TIME);
        assertThat(course.awardsSeenBy(11)).isEmpty();

        assertThat(releases.release(course.tenant(), course.badge(), ids(course.awards())))
                .isEqualTo(2);

        assertThat(course.awards()).extracting(Award::personId).containsExactly(11L, 12L);
        awards.decline(course.tenant(), course.awards().get(0).id(), 11);
        awards.claim(course.tenant(), course.awards().get(0).id(), 11, Award.NameShown.INITIALS);
        app.getBean(AwardMessages.class)
                .read(course.tenant(), 11, ids(course.awards()), Instant.now().plusSeconds(60));
        assertThat(app.getBean(AwardMessages.class).unread(course.tenant(), 11)).isEmpty();
    }

    @Test
    void aFallIsToldObjectedToCarriedOutAndTakenBack() {
        BadgeCourse course = BadgeCourse.in(app)
                .learners(1)
                .policy(policy -> policy.onFall(OnFall.SUSPEND, TIME))
                .activate();
        course.grade(10, "85");
        course.grade(10, "20");
        course.comes(10);
        questions.ask(course.tenant(), course.ruleSet(), 10, "It was 85.");
        course.after(TIME);
        assertThat(course.awards().get(0).isValid()).isTrue();
        questions.answer(
                course.tenant(),
                course.badge(),
                questions.open(course.tenant(), course.badge()).get(0).id(),
                questions.open(course.tenant(), course.badge()).get(0).askedAt(),
                "No.",
                2);
        org.awaitility.Awaitility.await()
                .atMost(BadgeCourse.PATIENCE)
                .until(() -> course.awards().get(0).suspendedAt() != null);
        assertThat(falls.threatened(course.tenant(), 10)).isEmpty();

        course.grade(10, "90");
        assertThat(course.awards().get(0).isValid()).isTrue();
        course.grade(10, "20");
        course.comes(10);
        course.after(TIME);
        Fall fall = falls.open(course.tenant(), course.badge()).get(0);
        app.getBean(FallDecisions.class)
                .revoke(course.tenant(), course.badge(), fall.id(), "It stays at 20.", 2, false);
        course.grade(10, "95");

        assertThat(course.awards()).extracting(Award::occurrence).containsExactly(1, 2);
        assertThat(app.getBean(AwardMessages.class).unread(course.tenant(), 10))
                .extracting(AwardMessage::kind)
                .containsExactlyInAnyOrder(AwardMessage.Kind.RELEASED, AwardMessage.Kind.REVOKED);
    }

    @Test
    void aHigherTierAndARenewalTakeThePlaceOfWhatWasBeforeAndAnEndIsTold() {
        BadgeCourse course = BadgeCourse.withLevels(app, new Worth(null, Validity.days(360, 60)))
                .learners(1)
                .policy(policy -> policy.releasedByInstructor())
                .activate();
        course.grade(10, "85");
        course.grade(10, "96");
        assertThat(releases.release(course.tenant(), course.badge(), ids(course.awards())))
                .isEqualTo(2);
        assertThat(course.awards()).extracting(Award::rank).containsExactly(2);
        course.grade(10, "86");
        assertThat(falls.open(course.tenant(), course.badge())).hasSize(1);
        course.grade(10, "98");
        course.isPast(Duration.ofDays(310));
        renewals.run(course.tenant(), "due");

        course.grade(10, "97");
        releases.release(course.tenant(), course.badge(), ids(course.awards()));

        assertThat(awards.chain(course.tenant(), course.awards().get(0)))
                .extracting(Award::rank, Award::isValid)
                .containsExactly(tuple(2, false), tuple(2, true));
        assertThat(app.getBean(AwardMessages.class).unread(course.tenant(), 10))
                .extracting(AwardMessage::kind)
                .containsExactlyInAnyOrder(AwardMessage.Kind.RELEASED, AwardMessage.Kind.SUPERSEDED);
    }

    @Test
    void passesAreHeldConfirmedAndUndoneAndPeopleDecideCaseByCase() {
        BadgeCourse course = BadgeCourse.in(app)
                .learners(21)
                .policy(policy -> policy.withReview(true))
                .activate();
        course.gradeAll(20, "85");
        Passes.Pass pass = passes.ofRuleSet(course.tenant(), course.badge()).get(0);
        assertThat(pass.waits()).isTrue();
        passes.confirm(course.tenant(), course.badge(), pass.id(), BadgeCourse.TEACHER);
        List<Award> queue = reviews.waiting(course.tenant(), course.badge());
        assertThat(queue).hasSize(20);
        reviews.decline(course.tenant(), course.badge(), List.of(queue.get(0).id()), "Copied.", 1);
        reviews.accept(course.tenant(), course.badge(), List.of(queue.get(1).id()), "", 1);
        grants.give(course.tenant(), course.ruleSet(), 30, new Grant("Make-up exam.", null, null), 1);

        assertThat(passes.undo(course.tenant(), course.badge(), pass.id(), "The rule was wrong.", 1))
                .isEqualTo(19);

        assertThat(course.awards())
                .filteredOn(Award::isValid)
                .extracting(Award::personId)
                .containsExactly(30L);
        assertThat(humanDecisions.withheldFrom(course.tenant(), 10)).containsExactly(course.badge());
        grants.letTheRuleDecide(course.tenant(), course.ruleSet(), course.decision(10), "It was hers.", 1);
        assertThat(humanDecisions.find(course.tenant(), course.badge(), 10)).isEmpty();
    }

    private static List<Long> ids(List<Award> awards) {
        return awards.stream().map(Award::id).toList();
    }
}
