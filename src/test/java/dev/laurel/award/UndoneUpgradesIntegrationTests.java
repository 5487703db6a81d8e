package dev.laurel.award;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;
import static org.awaitility.Awaitility.await;

import dev.laurel.LaurelTest;
import dev.laurel.achievement.AchievementDraft.Worth;
import dev.laurel.achievement.Issuer;
import dev.laurel.achievement.IssuerDetails;
import dev.laurel.achievement.Issuers;
import dev.laurel.achievement.Validity;
import dev.laurel.award.decision.Passes;
import dev.laurel.award.grant.Grants;
import dev.laurel.award.renewal.Renewals;
import dev.laurel.credential.Credentials;
import dev.laurel.credential.StoredCredential;
import dev.laurel.credential.Variant;
import dev.laurel.publication.AwardMessage;
import dev.laurel.publication.AwardMessages;
import dev.laurel.publication.Backpacks;
import dev.laurel.publication.Disclosure;
import dev.laurel.publication.Disclosures;
import dev.laurel.publication.Passback;
import dev.laurel.publication.Shares;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import lms.Browser;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.context.ApplicationContext;
import org.springframework.jdbc.core.JdbcTemplate;

/** A pass that gave people more than they had is undone: they have again what they had. */
@LaurelTest
class UndoneUpgradesIntegrationTests {

    private static final Validity A_YEAR = Validity.days(360, 350);

    @Autowired
    ApplicationContext app;

    @Autowired
    Passes passes;

    @Autowired
    Awards awards;

    @Autowired
    Grants grants;

    @Autowired
    Credentials credentials;

    @Autowired
    Shares shares;

    @Autowired
    Passback passback;

    @Autowired
    JdbcTemplate jdbc;

    @Test
    void theLevelBeforeIsInForceAgainWithItsDatesAndFactsAndWhatItsHolderChose() {
        BadgeCourse course = withLevels();
        passback.enable(course.tenant(), course.badge(), true, BadgeCourse.TEACHER);
        course.gradeAll(2, "85");
        Award before = awards.claim(course.tenant(), standing(course, 10).id(), 10, Award.NameShown.INITIALS);
        String page = shares.share(course.tenant(), before.id(), 10);
        course.gradeAll(2, "96");
        Award mastered = standing(course, 10);

        assertThat(passes.undoing(course.tenant(), course.badge(), latest(course)))
                .isEqualTo(new Passes.Undoing(2, 2, 0));
        assertThat(undo(course, latest(course))).isEqualTo(2);

        Award again = standing(course, 10);
        assertThat(again.level()).isEqualTo(before.level());
        assertThat(again.decidedAt()).isEqualTo(before.decidedAt());
        assertThat(again.claimedAt()).isEqualTo(before.claimedAt());
        assertThat(again.nameShown()).isEqualTo(Award.NameShown.INITIALS);
        assertThat(again.isValid()).isTrue();
        assertThat(standing(course, 11).claimedAt()).isNull();
        assertThat(find(course, mastered).revokedAt()).isNotNull();
        assertThat(find(course, before).supersededBy())
                .as("whoever looks for it is led on")
                .isEqualTo(again.id());
        assertThat(shares.url(course.tenant(), again.id())).contains(page);
        assertThat(awards.decisionRecord(course.tenant(), again.id()).orElseThrow())
                .contains(
                        "\"level\":\"Proficient\"",
                        "\"value\":85",
                        again.publicId().toString());
        assertThat(awards.history(course.tenant(), again.id()))
                .extracting(AwardMoment::what, AwardMoment::byPerson, AwardMoment::reason)
                .containsExactly(tuple(AwardMoment.What.REINSTATED, 2L, "The grades were wrong."));
        assertThat(told(course)).contains(AwardMessage.Kind.REVOKED, AwardMessage.Kind.REINSTATED);
        assertThat(course.count("SELECT COUNT(*) FROM held_achievement WHERE tenant_id = ? AND standing = 'HELD'"))
                .isEqualTo(2);
        assertThat(
                        course.count(
                                "SELECT COUNT(*) FROM score_outbox JOIN award ON award.tenant_id = score_outbox.tenant_id"
                                        + " AND award.id = award_id WHERE award.tenant_id = ? AND revoked_at IS NULL AND given_up_at IS NULL"))
                .as("a score for each of them")
                .isEqualTo(2);
        await().atMost(BadgeCourse.PATIENCE)
                .untilAsserted(() -> assertThat(verifies(course, again)).isTrue());
        assertThat(verifies(course, mastered)).isFalse();
    }

    @Test
    void itsPageAndItsBackpackGoOnWithAsMuchAsItsHolderShowed() {
        BadgeCourse course = withLevels();
        Issuer college = app.getBean(Issuers.class).createForInstitution(course.tenant(), "College", 1);
        app.getBean(Issuers.class)
                .describe(
                        course.tenant(),
                        college.id(),
                        college.name(),
                        new IssuerDetails(null, "badges@college.example", null, null, null, null),
                        null);
        course.gradeAll(2, "85");
        Award before = awards.claim(course.tenant(), standing(course, 10).id(), 10, Award.NameShown.NONE);
        await().atMost(BadgeCourse.PATIENCE)
                .untilAsserted(() -> assertThat(verifies(course, before)).isTrue());
        app.getBean(Disclosures.class)
                .choose(course.tenant(), before.id(), 10, new Disclosure(Disclosure.Detail.BADGE, false));
        Optional<String> page = Optional.of(shares.share(course.tenant(), before.id(), 10));
        Backpacks backpacks = app.getBean(Backpacks.class);
        backpacks.put(course.tenant(), before.id(), 10, "ada@example.org");
        Optional<String> assertion = backpacks.url(course.tenant(), before.id());
        course.gradeAll(2, "96");

        undo(course, latest(course));

        Award again = standing(course, 10);
        assertThat(shares.url(course.tenant(), again.id())).isEqualTo(page);
        assertThat(backpacks.url(course.tenant(), again.id())).isEqualTo(assertion);
        assertThat(backpacks.of(course.tenant(), again.id()))
                .hasValueSatisfying(hosted -> assertThat(hosted.revoked()).isFalse());
        await().atMost(BadgeCourse.PATIENCE)
                .until(() -> credentials.find(course.tenant(), again.id()).isPresent());
        assertThat(credentials.find(course.tenant(), again.id(), Variant.WITHOUT_LEVEL))
                .as("signed as she shows it, without being asked again")
                .isPresent();
        assertThat(new Browser().open(URI.create(page.orElseThrow())).status()).isEqualTo(200);
    }

    @Test
    void whoeverHasTheFileOfALowerLevelIsLedToTheHigherOneOnceThatIsShared() {
        BadgeCourse course = withLevels();
        course.gradeAll(2, "85");
        Award before = awards.claim(course.tenant(), standing(course, 10).id(), 10, Award.NameShown.NONE);
        shares.share(course.tenant(), before.id(), 10);
        await().atMost(BadgeCourse.PATIENCE)
                .until(() -> credentials.find(course.tenant(), before.id()).isPresent());
        URI refresh = URI.create(
                credentials.refreshes(course.tenant(), List.of(before.id())).get(before.id()));
        course.gradeAll(2, "96");
        Award mastered = awards.claim(course.tenant(), standing(course, 10).id(), 10, Award.NameShown.NONE);
        await().atMost(BadgeCourse.PATIENCE)
                .until(() -> credentials.find(course.tenant(), mastered.id()).isPresent());
        assertThat(new Browser().get(refresh).status()).as("not shared").isEqualTo(410);

        shares.share(course.tenant(), mastered.id(), 10);

        assertThat(new Browser().get(refresh).body())
                .isEqualTo(credentials
                        .find(course.tenant(), mastered.id())
                        .orElseThrow()
                        .embedded());
        shares.withdraw(course.tenant(), before.id(), 10);
        shares.withdraw(course.tenant(), mastered.id(), 10);
        assertThat(new Browser().get(refresh).status()).isEqualTo(404);
    }

    @Test
    void noCheckGivesTheHigherLevelAgainUntilAPersonAllowsIt() {
        BadgeCourse course = withLevels();
        course.gradeAll(2, "85");
        course.gradeAll(2, "96");
        undo(course, latest(course));

        course.evaluateEverythingAgain();
        course.gradeAll(2, "98");

        assertThat(ranks(course)).containsExactlyInAnyOrder(tuple(10L, 1), tuple(11L, 1));
        grants.letTheRuleDecide(
                course.tenant(), course.ruleSet(), course.decision(10), "She may.", BadgeCourse.TEACHER);
        await().atMost(BadgeCourse.PATIENCE)
                .untilAsserted(() -> assertThat(ranks(course)).containsExactlyInAnyOrder(tuple(10L, 2), tuple(11L, 1)));
    }

    @Test
    void whatWasBroughtBackGoesWithThePassThatGaveItFirst() {
        BadgeCourse course = withLevels();
        course.gradeAll(2, "85");
        long first = latest(course);
        course.gradeAll(2, "96");
        undo(course, latest(course));

        assertThat(passes.undoing(course.tenant(), course.badge(), first)).isEqualTo(new Passes.Undoing(2, 0, 0));
        assertThat(undo(course, first)).isEqualTo(2);

        assertThat(ranks(course)).isEmpty();
    }

    @Test
    void whatNobodyWasToldOfLeavesTheLevelBeforeAsItStands() {
        BadgeCourse course = withLevels();
        course.gradeAll(2, "85");
        Award before = standing(course, 10);
        course.policy(policy -> policy.withReview(true));
        course.gradeAll(2, "96");

        assertThat(passes.undoing(course.tenant(), course.badge(), latest(course)))
                .isEqualTo(new Passes.Undoing(2, 2, 0));
        undo(course, latest(course));

        assertThat(course.awards()).hasSize(2);
        assertThat(standing(course, 10).id()).isEqualTo(before.id());
    }

    @Test
    void theTimeBeforeARenewalIsBackAndTheSameResultsRenewNothing() {
        BadgeCourse course =
                BadgeCourse.worth(app, new Worth(null, A_YEAR)).learners(2).activate();
        course.gradeAll(2, "85");
        course.isPast(Duration.ofDays(20));
        Award before = standing(course, 10);
        course.gradeAll(2, "88");
        assertThat(standing(course, 10).validUntil()).isAfter(before.validUntil());

        undo(course, latest(course));
        course.evaluateEverythingAgain();
        course.gradeAll(2, "90");

        assertThat(standing(course, 10).validUntil()).isEqualTo(before.validUntil());
        assertThat(standing(course, 10).renewFrom()).isEqualTo(before.renewFrom());
    }

    @Test
    void aRenewalThatWasUndoneItselfDoesNotComeBack() {
        BadgeCourse course =
                BadgeCourse.worth(app, new Worth(null, A_YEAR)).learners(2).activate();
        course.gradeAll(2, "85");
        course.isPast(Duration.ofDays(20));
        Award first = standing(course, 10);
        course.gradeAll(2, "88");
        long second = latest(course);
        course.isPast(Duration.ofDays(20));
        course.gradeAll(2, "90");
        long third = latest(course);

        assertThat(undo(course, second)).as("all of it was renewed since").isZero();
        assertThat(undo(course, third)).isEqualTo(2);

        assertThat(standing(course, 10).validUntil())
                .isEqualTo(first.validUntil().minus(Duration.ofDays(20)));
    }

    @Test
    void theEndOfWhatIsBackIsNotSaidOnceMore() {
        BadgeCourse course =
                BadgeCourse.worth(app, new Worth(null, A_YEAR)).learners(2).activate();
        course.gradeAll(2, "85");
        course.isPast(Duration.ofDays(200));
        Renewals renewals = app.getBean(Renewals.class);
        renewals.run(course.tenant(), "due");
        assertThat(told(course)).contains(AwardMessage.Kind.ENDS);
        course.gradeAll(2, "88");

        undo(course, latest(course));
        renewals.run(course.tenant(), "due");

        assertThat(told(course)).contains(AwardMessage.Kind.REINSTATED).doesNotContain(AwardMessage.Kind.ENDS);
    }

    @Test
    void whoHadAHigherLevelWhenTheLowerOneWasToBeRenewedIsToldOnceThatOneIsBack() {
        BadgeCourse course =
                BadgeCourse.withLevels(app, new Worth(null, A_YEAR)).learners(2).activate();
        course.gradeAll(2, "85");
        course.gradeAll(2, "96");
        course.isPast(Duration.ofDays(200));

        undo(course, latest(course));
        app.getBean(Renewals.class).run(course.tenant(), "due");

        assertThat(told(course)).contains(AwardMessage.Kind.ENDS);
    }

    @Test
    void whatIsOverByNowDoesNotComeBack() {
        BadgeCourse course =
                BadgeCourse.worth(app, new Worth(null, A_YEAR)).learners(2).activate();
        course.gradeAll(2, "85");
        course.isPast(Duration.ofDays(400));
        course.gradeAll(2, "88");

        assertThat(passes.undoing(course.tenant(), course.badge(), latest(course)))
                .isEqualTo(new Passes.Undoing(2, 0, 0));
        undo(course, latest(course));

        assertThat(ranks(course)).isEmpty();
    }

    @Test
    void whoLosesAHigherLevelByAPersonsWordHasTheLowerOneAgainAndNoCheckGivesMore() {
        BadgeCourse course = withLevels();
        course.gradeAll(2, "85");
        Award before = standing(course, 10);
        course.gradeAll(2, "96");
        Award mastered = standing(course, 10);
        assertThat(grants.levelBefore(course.tenant(), mastered)).contains(before.level());
        assertThat(grants.levelBefore(course.tenant(), before)).isEmpty();

        grants.takeBack(
                course.tenant(), course.badge(), mastered.id(), "The essay is copied.", BadgeCourse.TEACHER, false);
        course.evaluateEverythingAgain();

        assertThat(ranks(course)).containsExactlyInAnyOrder(tuple(10L, 1), tuple(11L, 2));
        assertThat(standing(course, 10).decidedAt()).isEqualTo(before.decidedAt());
        grants.takeBack(
                course.tenant(),
                course.badge(),
                standing(course, 10).id(),
                "That one too.",
                BadgeCourse.TEACHER,
                false);
        assertThat(ranks(course)).containsExactly(tuple(11L, 2));
    }

    @Test
    void aRenewalOfALevelThatAPersonTakesBackLeavesTheLowerLevelBeforeIt() {
        BadgeCourse course =
                BadgeCourse.withLevels(app, new Worth(null, A_YEAR)).learners(2).activate();
        course.gradeAll(2, "85");
        course.gradeAll(2, "96");
        course.isPast(Duration.ofDays(20));
        course.gradeAll(2, "98");

        grants.takeBack(
                course.tenant(), course.badge(), standing(course, 10).id(), "Copied.", BadgeCourse.TEACHER, false);

        assertThat(ranks(course)).containsExactlyInAnyOrder(tuple(10L, 1), tuple(11L, 2));
    }

    @Test
    void manyAreBroughtBackInAHandfulOfStatements() {
        int people = 300;
        BadgeCourse course = BadgeCourse.withLevels(app, Worth.NOTHING)
                .learners(people)
                .policy(policy -> policy.withBrakeShare(100))
                .activate();
        course.gradeAll(people, "85");
        course.gradeAll(people, "96");
        long pass = latest(course);

        long statements = course.statements(() -> undo(course, pass));

        assertThat(ranks(course))
                .hasSize(people)
                .allSatisfy(each -> assertThat(each.toList().get(1)).isEqualTo(1));
        assertThat(statements).isLessThan(80);
    }

    private BadgeCourse withLevels() {
        return BadgeCourse.withLevels(app, Worth.NOTHING).learners(2).activate();
    }

    private long latest(BadgeCourse course) {
        return passes.ofRuleSet(course.tenant(), course.badge()).get(0).id();
    }

    private int undo(BadgeCourse course, long pass) {
        return passes.undo(course.tenant(), course.badge(), pass, "The grades were wrong.", 2);
    }

    private List<org.assertj.core.groups.Tuple> ranks(BadgeCourse course) {
        return course.awards().stream()
                .filter(award -> award.revokedAt() == null)
                .map(award -> tuple(award.personId(), award.rank()))
                .toList();
    }

    private Award standing(BadgeCourse course, long person) {
        List<Award> standing = course.awards().stream()
                .filter(award -> award.personId() == person && award.revokedAt() == null)
                .toList();
        assertThat(standing).hasSize(1);
        return standing.get(0);
    }

    private Award find(BadgeCourse course, Award award) {
        return awards.find(course.tenant(), award.id()).orElseThrow();
    }

    private List<AwardMessage.Kind> told(BadgeCourse course) {
        return app.getBean(AwardMessages.class).unread(course.tenant(), 10).stream()
                .map(AwardMessage::kind)
                .toList();
    }

    private boolean verifies(BadgeCourse course, Award award) {
        return credentials
                .find(course.tenant(), award.id())
                .map(StoredCredential::embedded)
                .map(bytes -> credentials.verify(bytes).valid())
                .orElse(false);
    }
}
