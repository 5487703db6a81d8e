package dev.laurel.dashboard.awarding;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.laurel.LaunchedCourse;
import dev.laurel.LaurelTest;
import dev.laurel.Past;
import dev.laurel.achievement.AchievementDraft;
import dev.laurel.achievement.AchievementVersion;
import dev.laurel.achievement.Achievements;
import dev.laurel.achievement.Validity;
import dev.laurel.award.Award;
import dev.laurel.award.Awards;
import dev.laurel.award.renewal.Renewals;
import dev.laurel.credential.Credentials;
import dev.laurel.criteria.RuleSet;
import dev.laurel.criteria.rule.Rule;
import dev.laurel.criteria.rule.Score;
import dev.laurel.gradebook.Gradebook;
import dev.laurel.gradebook.LineItem;
import dev.laurel.platform.tenant.PublicUrl;
import dev.laurel.publication.Shares;
import java.math.BigDecimal;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import lms.Browser;
import lms.Column;
import lms.Course;
import lms.Page;
import lms.ReferenceLms;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.context.ApplicationContext;

/** A badge with two tiers that is worth credits and valid for a time, over HTTP as people see it. */
@LaurelTest
class TiersAndTimesPagesIntegrationTests {

    private static final Duration PATIENCE = Duration.ofSeconds(60);

    @Autowired
    ApplicationContext app;

    @Autowired
    Achievements achievements;

    @Autowired
    Gradebook gradebook;

    @Autowired
    Awards awards;

    @Autowired
    Credentials credentials;

    @Autowired
    Shares shares;

    @Autowired
    Renewals renewals;

    @Autowired
    PublicUrl publicUrl;

    private LaunchedCourse launched;

    private Course course;

    private Column column;

    private RuleSet badge;

    private Browser teacher;

    private Browser student;

    @BeforeEach
    void anActiveBadge() {
        launched = LaunchedCourse.start(app, ReferenceLms.builder().students(2));
        course = launched.lms().course();
        column = course.addColumn(course.link(), "Essay", 100);
        teacher = launched.launch(course.teacher());
        student = launched.launch(course.student(0));
        LineItem essay = launched.column("Essay");
        badge = launched.activeBadge(
                new AchievementDraft(
                        "Essayist",
                        "Writes essays.",
                        "80 % in the essay",
                        "#1f4e79",
                        null,
                        new AchievementDraft.Worth(new BigDecimal("2.5"), Validity.months(12, 60))),
                new Rule.Levels(List.of(
                        new Rule.Levels.Level("Proficient", percent(essay, 80)),
                        new Rule.Levels.Level("Mastered", percent(essay, 95)))));
    }

    @AfterEach
    void stop() {
        launched.close();
    }

    @Test
    void tierCreditsAndEndAreOnEveryPageAndTheOldPageSaysWhatTookItsPlace() {
        Award proficient = graded("85", 1);
        String shared = shared(proficient);

        assertThat(student.open(at("/shelf")).text()).contains("Proficient", "Valid until");
        assertThat(student.open(at("/my/badges/" + proficient.id())).text())
                .contains("Level: Proficient", "Worth 2.5 credits", "Valid until", "To renew it")
                .doesNotContain("All you had of this badge");
        assertThat(teacher.open(at("/badges/" + badge.id())).text())
                .contains("Proficient", "Valid for 12 months.", "Worth 2.5 credits", "last 60 days");
        assertThat(stranger().open(URI.create(shared)).text())
                .contains("Proficient", "2.5", "Valid until", "How to check the record")
                .doesNotContain("does not count any more");

        Award mastered = graded("96", 2);

        assertThat(student.open(at("/shelf")).text())
                .contains("Mastered", "A newer one took the place of your “Essayist”");
        assertThat(student.open(at("/my/badges/" + proficient.id())).text())
                .contains("A newer award of this badge took its place on", "All you had of this badge")
                .doesNotContain("Keep it");
        assertThat(student.open(at("/my/badges/" + mastered.id())).text())
                .contains("Level: Mastered", "a newer one took its place", "the one that counts");
        Page old = stranger().open(URI.create(shared));
        assertThat(old.status()).isEqualTo(200);
        assertThat(old.text())
                .contains("This badge does not count any more: a newer one took its place.")
                .doesNotContain("Show the newer one");
        assertThat(stranger().open(URI.create(shared + "/credential.json")).status())
                .isEqualTo(410);
        String newer = shared(mastered);
        assertThat(stranger().open(URI.create(shared)).text()).contains("Show the newer one", newer);
        assertThat(stranger().open(URI.create(newer)).text()).contains("Mastered");
    }

    @Test
    void whoGivesItByHandSaysAtWhichLevel() {
        launched.launch(course.student(1));
        Page person = teacher.open(at("/badges/" + badge.id() + "/learners/" + launched.person(course.student(1))));
        assertThat(person.formTo("/grant").fields()).containsEntry("level", "Proficient");
        for (String none : List.of("Expert", "2", "mastered", "")) {
            assertThat(teacher.submit(
                                    person, person.formTo("/grant"), Map.of("reason", "She taught it.", "level", none))
                            .text())
                    .contains("This badge has no such level.");
        }
        assertThat(awards.ofRuleSet(launched.tenant(), badge.id())).isEmpty();
        Page refused = teacher.submit(
                person,
                person.formTo("/grant"),
                Map.of("reason", "She taught it.", "level", "Mastered", "address", "ftp://nowhere"));
        assertThat(refused.formTo("/grant").fields()).as("what she chose").containsEntry("level", "Mastered");

        teacher.submit(person, person.formTo("/grant"), Map.of("reason", "She taught it.", "level", "Mastered"));

        Award given = awards.ofRuleSet(launched.tenant(), badge.id()).get(0);
        assertThat(given.level()).isEqualTo(new Award.Level(2, List.of("Proficient", "Mastered")));
        assertThat(awards.decisionRecord(launched.tenant(), given.id()).orElseThrow())
                .contains("\"level\":\"Mastered\"");
    }

    @Test
    void aHigherLevelByHandTakesThePlaceOfTheOneThatSheHasAndALowerOneDoesNot() {
        Award proficient = graded("85", 1);
        Page person = teacher.open(at("/badges/" + badge.id() + "/learners/" + proficient.personId()));
        assertThat(person.formTo("/grant").fields()).containsEntry("level", "Proficient");
        teacher.submit(person, person.formTo("/grant"), Map.of("reason", "Keep it.", "level", "Proficient"));
        assertThat(awards.ofRuleSet(launched.tenant(), badge.id())).hasSize(1);

        teacher.submit(person, person.formTo("/grant"), Map.of("reason", "She taught it.", "level", "Mastered"));

        List<Award> both = awards.ofRuleSet(launched.tenant(), badge.id());
        assertThat(both).extracting(Award::rank).containsExactly(1, 2);
        assertThat(both.get(0).supersededBy()).isEqualTo(both.get(1).id());
        teacher.submit(person, person.formTo("/grant"), Map.of("reason", "Lower?", "level", "Proficient"));
        assertThat(awards.ofRuleSet(launched.tenant(), badge.id())).isEqualTo(both);
    }

    @Test
    void theRecordSaysWhatWasSoOfEachTier() {
        Award award = graded("85", 1);

        assertThat(student.open(at("/my/badges/" + award.id() + "/record")).text())
                .contains("For “Proficient”", "For “Mastered”", "85 of 100", "10 points to go");
    }

    @Test
    void theHolderIsToldThatItEndsAndSeesWhenItHas() {
        Award award = graded("85", 1);
        String shared = shared(award);
        Past.goBy(app, launched.tenant(), Duration.ofDays(320));
        renewals.run(launched.tenant(), "due");

        assertThat(student.open(at("/shelf")).text()).contains("“Essayist” ends soon");

        Past.goBy(app, launched.tenant(), Duration.ofDays(60));

        assertThat(student.open(at("/shelf")).text()).contains("It was valid until");
        assertThat(student.open(at("/my/badges/" + award.id())).text()).contains("It was valid until");
        assertThat(stranger().open(URI.create(shared)).text()).contains("It has ended.");
    }

    @Test
    void anInstructorTypesWhatItIsWorthAndForHowLongAndIsToldWhatIsWrong() {
        Page form = teacher.open(at("/badges/" + badge.id() + "/edit"));
        assertThat(form.formTo("/badges/" + badge.id()).fields())
                .containsEntry("worth.credits", "2.5")
                .containsEntry("worth.lasts", "MONTHS")
                .containsEntry("worth.months", "12")
                .containsEntry("worth.renewal", "60");

        Page refused = teacher.submit(
                form,
                form.formTo("/badges/" + badge.id()),
                Map.of("worth.credits", "many", "worth.lasts", "UNTIL", "worth.until", "2001-01-01", "action", "save"));
        assertThat(refused.text())
                .contains("Type the credits as a number above zero", "Choose a day that is not over yet.", "many");

        teacher.submit(
                form,
                form.formTo("/badges/" + badge.id()),
                Map.of(
                        "worth.credits",
                        "3",
                        "worth.lasts",
                        "DAYS",
                        "worth.days",
                        "400",
                        "worth.renewal",
                        "20",
                        "action",
                        "save"));

        AchievementVersion version = achievements
                .version(launched.tenant(), badge.achievementId(), 2)
                .orElseThrow();
        assertThat(version.credits()).isEqualByComparingTo("3");
        assertThat(version.validity()).isEqualTo(Validity.days(400, 20));
        assertThat(achievements
                        .version(launched.tenant(), badge.achievementId(), 1)
                        .orElseThrow()
                        .validity())
                .as("who has it keeps it as it was")
                .isEqualTo(Validity.months(12, 60));

        Page again = teacher.open(at("/badges/" + badge.id() + "/edit"));
        teacher.submit(
                again,
                again.formTo("/badges/" + badge.id()),
                Map.of("worth.credits", "", "worth.lasts", "EVER", "action", "save"));
        assertThat(achievements
                        .version(launched.tenant(), badge.achievementId(), 3)
                        .orElseThrow())
                .satisfies(forEver -> {
                    assertThat(forEver.credits()).isNull();
                    assertThat(forEver.validity()).isNull();
                });
    }

    private static Rule percent(LineItem item, int percent) {
        return Score.atLeast(item.id(), BigDecimal.valueOf(percent), Rule.Unit.PERCENT);
    }

    /** @param count how many awards there are then */
    private Award graded(String score, int count) {
        course.typeGrade(course.student(0), column, score);
        gradebook.checkSoon(launched.tenant(), launched.context().id());
        Award award = await().atMost(PATIENCE)
                .until(() -> awards.ofRuleSet(launched.tenant(), badge.id()), found -> found.size() == count)
                .get(count - 1);
        await().atMost(PATIENCE).until(() -> credentials.find(launched.tenant(), award.id()), Optional::isPresent);
        return award;
    }

    private String shared(Award award) {
        awards.claim(launched.tenant(), award.id(), award.personId(), Award.NameShown.NONE);
        return shares.share(launched.tenant(), award.id(), award.personId());
    }

    private static Browser stranger() {
        return new Browser();
    }

    private URI at(String path) {
        return URI.create(publicUrl.at(path));
    }
}
