package dev.laurel.dashboard.copy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.laurel.LaurelTest;
import dev.laurel.achievement.AchievementDraft;
import dev.laurel.achievement.Issuer;
import dev.laurel.achievement.Issuers;
import dev.laurel.award.policy.AwardPolicies;
import dev.laurel.award.policy.AwardPolicy;
import dev.laurel.context.CourseContext;
import dev.laurel.criteria.RuleSet;
import dev.laurel.criteria.RuleSets;
import dev.laurel.criteria.RuleWarning;
import dev.laurel.criteria.rule.HeldBadge;
import dev.laurel.criteria.rule.InGroup;
import dev.laurel.criteria.rule.Rule;
import dev.laurel.criteria.rule.Score;
import dev.laurel.gradebook.LineItem;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import lms.Browser;
import lms.Course;
import lms.LmsRole;
import lms.Mode;
import lms.Page;
import lms.ResourceLink;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.context.ApplicationContext;
import org.springframework.jdbc.core.simple.JdbcClient;

/** A course is copied in the LMS, and its badges come after it, over HTTP on both sides. */
@Tag("once")
@LaurelTest
class CourseCopyIntegrationTests {

    @Autowired
    ApplicationContext app;

    @Autowired
    Issuers issuers;

    @Autowired
    AwardPolicies policies;

    @Autowired
    JdbcClient jdbc;

    private CopyStage stage;

    @AfterEach
    void stop() {
        stage.close();
    }

    @ParameterizedTest
    @EnumSource
    void theBadgesOfACopyAreProposedAndOneClickMakesDraftsOfThem(Mode mode) {
        Course source = sourceWithTwoBadges(mode);
        List<RuleSet> before = stage.badges(source);
        Course copy = stage.lms().copy(source, "Writing II", "WRI-2");

        Browser teacher = stage.opened(copy);
        assertThat(teacher.open(stage.at("/course")).text())
                .contains("This course was copied from “Academic writing”. 2 badges from there are not here yet");
        Page proposal = teacher.open(stage.at("/course/copies"));
        assertThat(proposal.text())
                .contains("Badges of the course this one was copied from", "Essayist", "All-rounder", "same title")
                .doesNotContain("not found: choose one", "<select");
        Page done = take(teacher, proposal, before);

        assertThat(done.uri().getPath()).isEqualTo("/course");
        assertThat(done.text())
                .contains("2 badges are here as drafts.", "Essayist", "All-rounder")
                .doesNotContain("was copied from");
        List<RuleSet> drafts = stage.badges(copy);
        assertThat(drafts).hasSize(2).allSatisfy(draft -> {
            assertThat(draft.status()).isEqualTo(RuleSet.Status.DRAFT);
            assertThat(stage.columns(copy))
                    .extracting(LineItem::id)
                    .containsAll(draft.rule().lineItemIds());
        });
        assertThat(drafts.get(1).rule())
                .isEqualTo(new Rule.AllOf(
                        List.of(leaf(stage.column(copy, "Essay 1")), leaf(stage.column(copy, "Lab report")))));
        assertThat(stage.badges(source)).isEqualTo(before);

        take(teacher, proposal, before);
        assertThat(stage.badges(copy)).as("clicked twice").isEqualTo(drafts);
    }

    @Test
    void aCopyIsAwardedAsItsOriginalWasButForADayThatIsOver() {
        Course source = sourceWithTwoBadges(Mode.CANVAS);
        List<RuleSet> before = stage.badges(source);
        RuleSet essayist = before.get(0);
        AwardPolicy chosen = policies.of(stage.tenant(), essayist.id())
                .withReview(true)
                .onFall(AwardPolicy.OnFall.SUSPEND, Duration.ofDays(3));
        policies.put(
                stage.tenant(), essayist.id(), chosen.releasedOn(Instant.now().minusSeconds(60)), 1);
        Course copy = stage.lms().copy(source, "Writing II", "WRI-2");
        Browser teacher = stage.opened(copy);

        take(teacher, teacher.open(stage.at("/course/copies")), before);

        RuleSet draft = stage.badges(copy).get(0);
        assertThat(policies.of(stage.tenant(), draft.id())).isEqualTo(chosen.releasedByInstructor());
        assertThat(policies.chosen(
                        stage.tenant(), List.of(stage.badges(copy).get(1).id())))
                .as("nobody chose anything")
                .isEmpty();
    }

    @Test
    void whatIsNoLongerGivenIsNotOffered() {
        Course source = sourceWithTwoBadges(Mode.GENERIC);
        retire(stage.badges(source).get(1));
        Course copy = stage.lms().copy(source, "Writing II", "WRI-2");

        Browser teacher = stage.opened(copy);

        assertThat(teacher.open(stage.at("/course")).text()).contains("One badge from there is not here yet");
        assertThat(teacher.open(stage.at("/course/copies")).text())
                .contains("Essayist")
                .doesNotContain("All-rounder");
    }

    @Test
    void whatTheNearestCourseGivesNoLongerDoesNotComeBackFromAnOlderOne() {
        Course first = sourceWithTwoBadges(Mode.CANVAS);
        Course second = stage.lms().copy(first, "Writing II", "WRI-2");
        Browser teacher = stage.opened(second);
        take(teacher, teacher.open(stage.at("/course/copies")), stage.badges(first));
        retire(stage.badges(second).get(0));
        Course third = stage.lms().copy(second, "Writing III", "WRI-3");

        teacher = stage.opened(third);

        assertThat(teacher.open(stage.at("/course/copies")).text())
                .contains("All-rounder")
                .doesNotContain("Essayist", "here already", "From “Academic writing”");

        take(
                teacher,
                teacher.open(stage.at("/course/copies")),
                List.of(stage.badges(second).get(1)));
        assertThat(teacher.open(stage.at("/course/copies")).text())
                .as("the oldest has another one, which is not here")
                .contains("Its badge is here already.", "One of its badges is here already.")
                .doesNotContain("All 2 of its badges");
    }

    @Test
    void aBadgeThatAsksForOneThatIsNoLongerGivenSaysSo() {
        Course source = sourceWithTwoBadges(Mode.GENERIC);
        master(source, stage.badges(source).get(0));
        retire(stage.badges(source).get(0));

        Course copy = stage(source);
        Browser teacher = stage.opened(copy);

        assertThat(teacher.open(stage.at("/course/copies")).text())
                .contains("Badge “Essayist”: which one counts here?", "It is no longer given there: choose one")
                .doesNotContain("The one you take over with it");
    }

    private void retire(RuleSet badge) {
        jdbc.sql("UPDATE rule_set SET retired_at = created_at WHERE id = ?")
                .param(badge.id())
                .update();
    }

    @Test
    void whatIsNotFoundIsListedUntilItIsChosenByHand() {
        Course source = sourceWithTwoBadges(Mode.GENERIC);
        Course copy = stage.lms().copy(source, "Writing II", "WRI-2");
        copy.delete(copy.columnCalled("Lab report"));
        Browser teacher = stage.opened(copy);

        Page proposal = teacher.open(stage.at("/course/copies"));
        assertThat(proposal.text()).contains("Lab report", "not found: choose one");
        Page left = take(teacher, proposal, stage.badges(source));

        assertThat(left.text())
                .contains("One badge is here as a draft.", "One badge needs you", "Choose a column for each part");
        assertThat(stage.badges(copy)).hasSize(1);
        assertThat(teacher.open(stage.at("/course")).text()).contains("One badge from there is not here yet");

        RuleSet allRounder = stage.badges(source).get(1);
        LineItem essay = stage.column(copy, "Essay 1");
        long lab = allRounder.rule().lineItemIds().stream().skip(1).findFirst().orElseThrow();
        Page twice = take(teacher, left, List.of(allRounder), "column." + lab, Long.toString(essay.id()));
        assertThat(twice.text()).contains("One column cannot stand for two parts", "Essay 1, as you chose");
        assertThat(stage.badges(copy)).hasSize(1);

        stage.addGradedColumn(copy, "Work in the lab");
        LineItem work = stage.column(copy, "Work in the lab");
        Page again = teacher.open(stage.at("/course/copies"));
        take(teacher, again, List.of(allRounder), "column." + lab, Long.toString(work.id()));
        assertThat(stage.badges(copy)).hasSize(2);
        assertThat(stage.badges(copy).get(1).rule().lineItemIds()).containsExactly(essay.id(), work.id());
    }

    @Test
    void aColumnThatIsReadLaterIsFoundLater() {
        Course source = sourceWithTwoBadges(Mode.MOODLE);
        Course copy = stage.lms().copy(source, "Writing II", "WRI-2");
        copy.delete(copy.columnCalled("Essay 1"));
        Browser teacher = stage.opened(copy);
        assertThat(teacher.open(stage.at("/course/copies")).text()).contains("not found: choose one");

        copy.addColumn(copy.link(), "Essay 1 (2026)", 50);
        stage.awaitColumns(copy, "Essay 1 (2026)", "Lab report");

        assertThat(teacher.open(stage.at("/course/copies")).text())
                .contains("probably the same: Essay 1 (2026)", "It is out of 50 here, and out of 100 there.")
                .doesNotContain("not found: choose one");
    }

    @Test
    void ourOwnIdInTheLinkIsSurerThanAnyName() {
        stage = new CopyStage(app, Mode.CANVAS, true);
        Course source = stage.course();
        source.setCustom(source.link(), "badge_id", "0b5e-essayist");
        stage.opened(source);
        stage.activeBadge(source, "Essayist", stage.column(source, "Essay 1"));
        Course copy = stage.lms().copy(source, "Writing II", "WRI-2");
        copy.rename(copy.columnCalled("Essay 1"), "Hausarbeit");

        Browser teacher = stage.opened(copy);

        assertThat(teacher.open(stage.at("/course/copies")).text()).contains("same column, called “Hausarbeit” here");
    }

    @Test
    void aCopyOfACopyIsOfferedEachBadgeOnceAndTwoSourcesTogether() {
        Course first = sourceWithTwoBadges(Mode.CANVAS);
        Course second = stage.lms().copy(first, "Writing II", "WRI-2");
        Browser teacher = stage.opened(second);
        take(
                teacher,
                teacher.open(stage.at("/course/copies")),
                List.of(stage.badges(first).get(0)));
        Course third = stage.lms().copy(second, "Writing III", "WRI-3");
        Course other = stage.lms().addCourse("Poetry", "POE-1", 1, stage.tool());
        stage.opened(other);
        stage.activeBadge(other, "Poet", stage.column(other, "Essay 1"));
        third.copiedFrom(other);

        teacher = stage.opened(third);
        Page proposal = teacher.open(stage.at("/course/copies"));

        assertThat(proposal.text())
                .contains("From “Poetry”", "Poet")
                .containsSubsequence("From “Poetry”", "From “Writing II”", "From “Academic writing”", "All-rounder");
        assertThat(proposal.text().split("<h3>Essayist</h3>", -1))
                .as("offered once")
                .hasSize(2);
        take(
                teacher,
                proposal,
                List.of(
                        stage.badges(other).get(0),
                        stage.badges(second).get(0),
                        stage.badges(first).get(1)));
        assertThat(stage.badges(third)).hasSize(3);
        assertThat(teacher.open(stage.at("/course")).text()).doesNotContain("was copied from");
    }

    @Test
    void nothingOfAnotherInstitutionIsProposedOrGiven() {
        stage = new CopyStage(app, Mode.MOODLE, true);
        Course foreign = stage.lms().addCourse("Foreign course", "FOR-1", 1, stage.tool());
        var link = foreign.addLink(stage.tool(), CopyStage.ELSEWHERE, "There");
        new Browser().launch(stage.lms().launch(foreign, link, foreign.teacher()));
        CourseContext there = stage.elsewhere(foreign);
        RuleSet secret = stage.draftElsewhere(foreign, "Secret badge");
        stage.course().copiedFrom(foreign);
        stage.course().enrol(foreign.teacher());

        Browser teacher = stage.launched(stage.course(), foreign.teacher());

        Page page = teacher.open(stage.at("/course"));
        assertThat(page.text()).doesNotContain("was copied from", "Foreign course");
        assertThat(teacher.open(stage.at("/course/copies")).text()).doesNotContain("Foreign course");
        assertThat(teacher.open(stage.at("/course/copies/" + there.id())).status())
                .isEqualTo(404);
        assertThat(post(teacher, page, Map.of("take", Long.toString(secret.id())))
                        .status())
                .isEqualTo(404);
    }

    @ParameterizedTest
    @CsvSource({"GENERIC,true", "GENERIC,false", "CANVAS,true", "CANVAS,false", "MOODLE,true", "MOODLE,false"})
    void aHistoryThatATeacherGaveToALinkShowsHerNothing(Mode mode, boolean tellsHistory) {
        stage = new CopyStage(app, mode, tellsHistory);
        Course others = stage.lms().addCourse("Physics", "PHY-1", 1, stage.tool());
        stage.opened(others);
        RuleSet theirs = stage.draft(others, "Secret badge", stage.column(others, "Essay 1"));
        Course mine = stage.course();
        mine.setCustom(mine.link(), "context_history", others.contextId(stage.tool()));

        Browser teacher = stage.launched(mine, mine.teacher());

        Page page = teacher.open(stage.at("/course"));
        assertThat(page.text()).doesNotContain("was copied from", "Physics");
        assertThat(teacher.open(stage.at("/course/copies")).text()).doesNotContain("Physics", "Secret badge");
        assertThat(teacher.open(stage.at(
                                "/course/copies/" + stage.context(others).id()))
                        .status())
                .isEqualTo(404);
        assertThat(post(teacher, page, Map.of("take", Long.toString(theirs.id())))
                        .status())
                .isEqualTo(404);
    }

    @Test
    void inCanvasTheMenuOfTheCourseTellsItsHistoryAndAnAssignmentDoesNot() {
        Course copy = stage(Mode.CANVAS);
        Browser teacher = stage.linked(copy, copy.teacher());
        assertThat(teacher.open(stage.at("/course")).text()).doesNotContain("was copied from");

        ResourceLink menu = copy.addNavigation(stage.tool());
        teacher.launch(stage.lms().launch(copy, menu, copy.teacher()));

        assertThat(teacher.open(stage.at("/course")).text()).contains("was copied from “Academic writing”");
    }

    @Test
    void inMoodleAnActivityTellsItOnceItIsKnownThatTheToolItselfHasTheParameter() {
        stage = new CopyStage(app, Mode.MOODLE, true);
        Course source = stage.course();
        stage.linked(source, source.teacher());
        await().atMost(CopyStage.PATIENCE).until(() -> !stage.columns(source).isEmpty());
        stage.activeBadge(source, "Essayist", stage.column(source, "Essay 1"));
        Course copy = stage(source);
        Browser teacher = stage.linked(copy, copy.teacher());
        assertThat(teacher.open(stage.at("/course")).text()).doesNotContain("was copied from");

        new Browser().launch(stage.lms().choose(source, stage.tool(), source.teacher(), true));
        teacher = stage.linked(copy, copy.teacher());

        assertThat(teacher.open(stage.at("/course")).text()).contains("was copied from “Academic writing”");
    }

    @Test
    void aCopyCrossesTheDeploymentsOfOneInstitution() {
        Course source = sourceWithTwoBadges(Mode.GENERIC);
        jdbc.sql("UPDATE context SET deployment_pk = deployment_pk + 1000000 WHERE tenant_id = ?")
                .param(stage.tenant().value())
                .update();

        Browser teacher = stage.opened(stage.lms().copy(source, "Writing II", "WRI-2"));

        assertThat(teacher.open(stage.at("/course/copies")).text()).contains("Essayist", "All-rounder");
    }

    @Test
    void aBadgeOfTheInstitutionStaysTheSameOnlyWithItsPermission() {
        stage = new CopyStage(app, Mode.CANVAS, true);
        Course source = stage.course();
        stage.opened(source);
        Issuer institution = issuers.createForInstitution(stage.tenant(), "School of Writing", 1);
        issuers.grant(stage.tenant(), institution.id(), stage.context(source).id(), 1);
        RuleSet original = stage.activeBadge(source, "Essayist", stage.column(source, "Essay 1"));
        Course without = stage.lms().copy(source, "Writing II", "WRI-2");
        Course with = stage.lms().copy(source, "Writing III", "WRI-3");

        Browser teacher = stage.opened(without);
        Page proposal = teacher.open(stage.at("/course/copies"));
        assertThat(proposal.text()).contains("taken over in the name of this course");
        take(teacher, proposal, List.of(original));
        RuleSet made = stage.badges(without).get(0);
        assertThat(made.achievementId()).isNotEqualTo(original.achievementId());
        assertThat(issuers.maySpeak(stage.tenant(), made.achievementId(), made.contextId()))
                .isTrue();
        assertThat(jdbc.sql("SELECT copied_from FROM achievement WHERE tenant_id = ? AND id = ?")
                        .params(stage.tenant().value(), made.achievementId())
                        .query(Long.class)
                        .single())
                .isEqualTo(original.achievementId());

        teacher = stage.opened(with);
        issuers.grant(stage.tenant(), institution.id(), stage.context(with).id(), 1);
        proposal = teacher.open(stage.at("/course/copies"));
        assertThat(proposal.text()).doesNotContain("taken over in the name of this course");
        jdbc.sql("UPDATE achievement_version SET valid_until = '2001-01-01', renewal_days = 0 WHERE achievement_id = ?")
                .param(original.achievementId())
                .update();
        assertThat(teacher.open(stage.at("/course/copies")).text())
                .contains("It is the same badge here, and it is valid until a day that is over.");
        take(teacher, proposal, List.of(original));
        assertThat(stage.badges(with).get(0).badge()).isEqualTo(original.badge());
    }

    @Test
    void aProposalThatIsPutAsideIsFoundAgain() {
        Course copy = stage(Mode.GENERIC);
        Browser teacher = stage.opened(copy);
        Page course = teacher.open(stage.at("/course"));

        Page after = teacher.submit(course, course.formTo("/course/copies/dismissal"), Map.of());

        assertThat(after.text())
                .contains("Laurel does not ask again", "Copy badges from another course")
                .doesNotContain("was copied from");
        assertThat(teacher.open(stage.at("/course/copies")).text()).contains("Essayist", "All-rounder");
    }

    @Test
    void nobodyButInstructorsIsAsked() {
        Course copy = stage(Mode.GENERIC);
        stage.opened(copy);

        for (LmsRole role : List.of(LmsRole.TEACHING_ASSISTANT, LmsRole.LEARNER)) {
            Browser other = stage.launched(copy, copy.first(role));
            assertThat(other.open(stage.at("/course/copies")).status())
                    .as("" + role)
                    .isEqualTo(404);
            assertThat(other.open(stage.at("/home")).text()).as("" + role).doesNotContain("was copied from");
        }
    }

    @Test
    void oneBadgeCanGoOnToItsActivationWhichAsksOnceMore() {
        Course copy = stage(Mode.GENERIC);
        Browser teacher = stage.opened(copy);
        Page proposal = teacher.open(stage.at("/course/copies"));
        RuleSet essayist = stage.badges(stage.course()).get(0);

        Page activation = take(teacher, proposal, List.of(essayist), "activate", "on");

        assertThat(activation.uri().getPath()).endsWith("/activation");
        assertThat(activation.text()).contains("Activate “Essayist”");
        assertThat(stage.badges(copy)).extracting(RuleSet::status).containsExactly(RuleSet.Status.DRAFT);
    }

    @Test
    void badgesAreCopiedBetweenCoursesOfOneTeacherAndFromNobodyElses() {
        Course mine = sourceWithTwoBadges(Mode.MOODLE);
        Course target = stage.lms().addCourse("Chemistry", "CHE-1", 1, stage.tool());
        Course others = stage.lms().addCourse("Physics", "PHY-1", 1, stage.tool());
        target.enrol(mine.teacher());
        stage.opened(others);
        stage.opened(target);
        Browser teacher = stage.launched(target, mine.teacher());

        Page list = teacher.open(stage.at("/course/copies"));
        assertThat(list.text()).contains("Academic writing").doesNotContain("Physics");
        String path = "/course/copies/" + stage.context(mine).id();
        Page proposal = teacher.open(stage.at(path));
        assertThat(proposal.text()).contains("Copy badges from “Academic writing”", "Essayist");
        take(teacher, proposal, List.of(stage.badges(mine).get(0)));

        assertThat(stage.badges(target)).hasSize(1);
        assertThat(teacher.open(stage.at(
                                "/course/copies/" + stage.context(others).id()))
                        .status())
                .isEqualTo(404);
        Browser nextDoor = stage.launched(others, others.teacher());
        assertThat(nextDoor.open(stage.at(path)).status()).isEqualTo(404);
        String theirs = Long.toString(stage.badges(mine).get(1).id());
        assertThat(post(nextDoor, nextDoor.open(stage.at("/course")), Map.of("take", theirs))
                        .status())
                .isEqualTo(404);
    }

    @Test
    void aBadgeThatAsksForAnotherAsksForTheOneThatIsTakenOverWithIt() {
        Course source = sourceWithTwoBadges(Mode.GENERIC);
        RuleSet essayist = stage.badges(source).get(0);
        RuleSet master = master(source, essayist);
        Course copy = stage.lms().copy(source, "Writing II", "WRI-2");
        Browser teacher = stage.opened(copy);
        Page proposal = teacher.open(stage.at("/course/copies"));
        assertThat(proposal.text())
                .contains("Badge “Essayist”: which one counts here?", "nobody earns it here", "take over with it");

        Page left = take(teacher, proposal, List.of(master));
        assertThat(left.text()).contains("This badge asks for another one", "counts here: Essayist");
        assertThat(stage.badges(copy)).isEmpty();

        take(teacher, left, List.of(master, essayist));

        List<RuleSet> drafts = stage.badges(copy);
        assertThat(drafts).as("what is asked for first").hasSize(2);
        assertThat(drafts.get(0).achievementId()).isNotEqualTo(essayist.achievementId());
        assertThat(drafts.get(1).rule()).isEqualTo(new HeldBadge(drafts.get(0).achievementId()));
    }

    @Test
    void aBadgeThatIsHereAlreadyCountsAndTheOneOfTheOtherCourseMayStay() {
        Course source = sourceWithTwoBadges(Mode.GENERIC);
        RuleSet essayist = stage.badges(source).get(0);
        RuleSet allRounder = stage.badges(source).get(1);
        RuleSet master = master(source, essayist);
        RuleSet grandMaster = master(source, allRounder);
        Course copy = stage.lms().copy(source, "Writing II", "WRI-2");
        Browser teacher = stage.opened(copy);
        take(teacher, teacher.open(stage.at("/course/copies")), List.of(essayist));

        Page proposal = teacher.open(stage.at("/course/copies"));
        assertThat(proposal.text()).contains("Badge “Essayist”: the one you have");
        String stays = Long.toString(allRounder.achievementId());
        take(teacher, proposal, List.of(master, grandMaster), "badge." + stays, stays);

        assertThat(stage.badges(copy))
                .extracting(RuleSet::rule)
                .contains(new HeldBadge(stage.badges(copy).get(0).achievementId()), grandMaster.rule());
    }

    @Test
    void whatLaurelWroteNamesTheNewCourseAndWhatSomebodyWroteIsPointedOut() {
        stage = new CopyStage(app, Mode.GENERIC, true);
        Course source = stage.course();
        stage.opened(source);
        RuleSet ofLaurel =
                described(source, "Essayist", "Earned for good work in Essay 1, a part of Academic writing.", "80 %");
        RuleSet ofHers = described(source, "Poet", "The best of Academic writing.", "80 %");
        Course copy = stage.lms().copy(source, "Writing II", "WRI-2");
        Browser teacher = stage.opened(copy);

        Page proposal = teacher.open(stage.at("/course/copies"));
        assertThat(proposal.text().split("Its words name “Academic writing”", -1))
                .as("of one of two")
                .hasSize(2);
        take(teacher, proposal, List.of(ofLaurel, ofHers));

        assertThat(stage.badges(copy))
                .extracting(badge -> stage.words(badge).description())
                .containsExactlyInAnyOrder(
                        "Earned for good work in Essay 1, a part of Writing II.", "The best of Academic writing.");
    }

    @Test
    void whoeverTakesABadgeOverChoosesForWhichSectionsItIsHere() {
        stage = new CopyStage(app, Mode.CANVAS, true);
        Course source = stage.course();
        stage.opened(source);
        stage.inSections(source, Map.of("21", "Morning", "22", "Evening", "23", "Weekend"));
        RuleSet morning = forSection(source, "Morning badge", "21");
        RuleSet evening = forSection(source, "Evening badge", "22");
        RuleSet weekend = forSection(source, "Weekend badge", "23");
        Course copy = stage.lms().copy(source, "Writing II", "WRI-2");
        Browser teacher = stage.opened(copy);
        stage.inSections(copy, Map.of("31", "morning", "32", "Late"));

        Page proposal = teacher.open(stage.at("/course/copies"));
        assertThat(proposal.text())
                .contains(
                        "Be in section or group “Evening” (22) and score at least 80 % in Essay 1",
                        "It is for section or group Evening (22) there: who is it for here?",
                        "Late (32): one student",
                        "Everyone in this course");
        take(teacher, proposal, List.of(morning, evening, weekend), "section.22", "everyone");

        Rule score = leaf(stage.column(copy, "Essay 1"));
        assertThat(stage.badges(copy))
                .extracting(RuleSet::rule)
                .as("called the same, for everyone, and left open")
                .containsExactly(
                        new Rule.AllOf(List.of(new InGroup(List.of("31")), score)),
                        score,
                        new Rule.AllOf(List.of(new InGroup(List.of("23")), score)));
        assertThat(app.getBean(RuleSets.class)
                        .warnings(stage.tenant(), stage.context(copy).id()))
                .extracting(RuleWarning::ruleSetId)
                .containsExactly(stage.badges(copy).get(2).id());
    }

    @Test
    void aSectionThatIsNoneOfTheCourseIsNotTaken() {
        stage = new CopyStage(app, Mode.CANVAS, true);
        Course source = stage.course();
        stage.opened(source);
        stage.inSections(source, Map.of("22", "Evening"));
        RuleSet evening = forSection(source, "Evening badge", "22");
        Course copy = stage.lms().copy(source, "Writing II", "WRI-2");
        Browser teacher = stage.opened(copy);

        take(teacher, teacher.open(stage.at("/course/copies")), List.of(evening), "section.22", "4711");

        assertThat(stage.badges(copy).get(0).rule())
                .isEqualTo(new Rule.AllOf(List.of(new InGroup(List.of("22")), leaf(stage.column(copy, "Essay 1")))));
    }

    private RuleSet forSection(Course course, String name, String number) {
        return stage.draft(
                course,
                new AchievementDraft(name, "Does it well.", "80 %", "#1f4e79", null),
                new Rule.AllOf(List.of(new InGroup(List.of(number)), leaf(stage.column(course, "Essay 1")))));
    }

    private RuleSet described(Course course, String name, String description, String criteria) {
        return stage.draft(
                course,
                new AchievementDraft(name, description, criteria, "#1f4e79", null),
                leaf(stage.column(course, "Essay 1")));
    }

    /** A badge for holding this one. */
    private RuleSet master(Course course, RuleSet held) {
        return stage.draft(
                course,
                new AchievementDraft("Master " + held.id(), "Does it well.", "Hold it", "#1f4e79", null),
                new HeldBadge(held.achievementId()));
    }

    /** Posts what no page of theirs would. */
    private static Page post(Browser browser, Page page, Map<String, String> fields) {
        Map<String, String> token = page.formTo("/course/checks").fields();
        return browser.submit(page, new Page.Form("/course/copies", "post", token, false), fields);
    }

    /** A copy of a course with two badges, not opened yet. */
    private Course stage(Mode mode) {
        return stage(sourceWithTwoBadges(mode));
    }

    private Course stage(Course source) {
        return stage.lms().copy(source, "Writing II", "WRI-2");
    }

    /** "Essayist" for Essay 1, "All-rounder" for Essay 1 and Lab report. */
    private Course sourceWithTwoBadges(Mode mode) {
        stage = new CopyStage(app, mode, true);
        Course source = stage.course();
        stage.opened(source);
        stage.addGradedColumn(source, "Lab report");
        stage.activeBadge(source, "Essayist", stage.column(source, "Essay 1"));
        stage.activeBadge(source, "All-rounder", stage.column(source, "Essay 1"), stage.column(source, "Lab report"));
        return source;
    }

    private static Page take(Browser teacher, Page proposal, List<RuleSet> badges, String... more) {
        Map<String, String> filledIn = new LinkedHashMap<>();
        filledIn.put(
                "take",
                String.join(",", badges.stream().map(badge -> "" + badge.id()).toList()));
        for (int i = 0; i < more.length; i += 2) {
            filledIn.put(more[i], more[i + 1]);
        }
        Page.Form form = proposal.forms().stream()
                .filter(each -> each.action().equals("/course/copies"))
                .findFirst()
                .orElseThrow();
        return teacher.submit(proposal, form, filledIn);
    }

    private static Rule leaf(LineItem item) {
        return Score.atLeast(item.id(), java.math.BigDecimal.valueOf(80), Rule.Unit.PERCENT);
    }
}
