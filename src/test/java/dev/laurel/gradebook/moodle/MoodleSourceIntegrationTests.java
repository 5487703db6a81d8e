package dev.laurel.gradebook.moodle;

import static org.assertj.core.api.Assertions.assertThat;

import dev.laurel.LaurelTest;
import dev.laurel.context.Contexts;
import dev.laurel.context.CourseContext;
import dev.laurel.context.CourseSections;
import dev.laurel.context.Member;
import dev.laurel.gradebook.Gradebook;
import dev.laurel.gradebook.LineItem;
import dev.laurel.gradebook.Observation;
import dev.laurel.gradebook.ResultTrail;
import dev.laurel.gradebook.source.Column;
import dev.laurel.gradebook.source.Look;
import dev.laurel.gradebook.source.Reading;
import dev.laurel.gradebook.source.Result;
import dev.laurel.launch.session.Role;
import java.math.BigDecimal;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Set;
import lms.Fault;
import lms.LmsUser;
import lms.Mark;
import lms.Progress;
import lms.Service;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.context.ApplicationContext;

/** A course of a Moodle, read over its web services beside AGS. */
@LaurelTest
class MoodleSourceIntegrationTests {

    @Autowired
    ApplicationContext app;

    private MoodleStage stage;

    private LmsUser ada;

    @BeforeEach
    void start() {
        stage = MoodleStage.start(app, 4);
        ada = stage.course().student(0);
    }

    @AfterEach
    void close() {
        stage.close();
    }

    @Test
    void theQuizOfMoodleIsReadAndNoColumnComesTwice() {
        stage.course().progress().file(stage.course().columnCalled("Final quiz"), "Exams & tests");
        stage.type(ada, "Essay 1", "70");
        stage.type(ada, "Final quiz", "85");

        stage.look();

        assertThat(all())
                .filteredOn(item -> item.label().equals("Essay 1"))
                .singleElement()
                .satisfies(item -> assertThat(item.source()).isEqualTo("ags"));
        assertThat(stage.item("Final quiz"))
                .extracting(LineItem::kind, LineItem::group)
                .containsExactly(LineItem.Kind.SCORE, "Exams & tests");
        assertThat(stage.item("Final quiz").scoreMaximum()).isEqualByComparingTo("100");
        assertThat(stage.latest(ada, "Final quiz").orElseThrow()).satisfies(seen -> {
            assertThat(seen.score()).isEqualByComparingTo("85");
            assertThat(seen.visibility()).isEqualTo(Observation.Visibility.POSTED);
            assertThat(seen.late()).isNull();
        });
        assertThat(stage.problem()).isNull();
    }

    @Test
    void everyStateOfAGradeIsToldApart() {
        stage.type(ada, "Final quiz", "85");
        assertThat(state(Mark.HIDDEN).visibility()).isEqualTo(Observation.Visibility.HIDDEN);
        assertThat(state(Mark.EXCUSED).status()).as("excluded from totals").isEqualTo(Observation.Status.GRADED);
        assertThat(state(Mark.NONE).status()).isEqualTo(Observation.Status.GRADED);
        stage.type(ada, "Final quiz", "");
        assertThat(state(Mark.EXCUSED).status()).isEqualTo(Observation.Status.EXCUSED);
        assertThat(state(Mark.SUBMITTED).status()).isEqualTo(Observation.Status.SUBMITTED);
        assertThat(state(Mark.NONE).status()).isEqualTo(Observation.Status.NONE);
    }

    @Test
    void aGradeThatIsNotReleasedIsNoneThoughTheAssignmentTellsIt() {
        stage.course().addOwnColumn("Report", 20);
        stage.look();
        stage.type(ada, "Report", "18");
        stage.course().progress().mark(ada, stage.course().columnCalled("Report"), Mark.PROVISIONAL);

        stage.look();
        assertThat(stage.latest(ada, "Report")).isEmpty();

        stage.course().progress().mark(ada, stage.course().columnCalled("Report"), Mark.NONE);
        stage.look();
        assertThat(stage.score(ada, "Report")).isEqualByComparingTo("18");
    }

    @Test
    void whoGradedAnAssignmentIsKnown() {
        stage.course().addOwnColumn("Report", 20);
        stage.look();
        stage.type(ada, "Report", "18");

        stage.look();

        long item = stage.item("Report").id();
        long person = stage.laurel().person(ada);
        ResultTrail trail = stage.gradebook()
                .trailsOf(stage.laurel().tenant(), stage.laurel().contextId(), List.of(person), List.of(item))
                .get(person)
                .get(0);
        assertThat(trail.entries().get(0).byPerson())
                .isEqualTo(stage.laurel().person(stage.course().teacher()));
    }

    @Test
    void theTotalIsTheOneOfWhatIsGradedAndHiddenWhereAPartOfItIs() {
        stage.type(ada, "Essay 1", "81");
        stage.look();

        assertThat(stage.item("Course total so far").kind()).isEqualTo(LineItem.Kind.TOTAL_CURRENT);
        assertThat(stage.score(ada, "Course total so far")).isEqualByComparingTo("81");
        assertThat(stage.items()).noneMatch(item -> item.kind() == LineItem.Kind.TOTAL_FINAL);
    }

    @Test
    void theTotalOfACategoryCanBeAskedForAndGoesWithItsCategory() {
        stage.course().progress().file(stage.course().columnCalled("Final quiz"), "Exams & tests");
        stage.type(ada, "Final quiz", "70");
        stage.look();

        LineItem exams = stage.item("Total of Exams & tests");
        assertThat(exams.kind()).isEqualTo(LineItem.Kind.SUBTOTAL);
        assertThat(exams.group()).isNull();
        assertThat(stage.score(ada, "Total of Exams & tests")).isEqualByComparingTo("70");
        stage.type(ada, "Final quiz", "75");
        stage.look();
        assertThat(stage.score(ada, "Total of Exams & tests")).isEqualByComparingTo("75");

        stage.course().progress().file(stage.course().columnCalled("Final quiz"), "Assignments");
        stage.look();
        assertThat(stage.items())
                .filteredOn(LineItem::deleted)
                .extracting(LineItem::label)
                .containsExactly("Total of Exams & tests");
    }

    @Test
    void whoMayGradeByARoleOfTheSitesOwnMakingIsAnAssistantWhateverElseTheyAre() {
        LmsUser marker = stage.course().student(1);
        LmsUser both = stage.course().student(2);
        LmsUser note = stage.course().student(3);
        stage.lms().moodle().giveOwnRole(marker, "marker", true);
        stage.lms().moodle().giveOwnRoleToo(both, "tutor", true);
        stage.lms().moodle().giveOwnRole(note, "notetaker", false);
        assertThat(member(marker).earns()).as("as the roster has it").isTrue();

        stage.look();

        assertThat(member(marker).earns()).isFalse();
        assertThat(member(marker).roles()).contains(Role.TEACHING_ASSISTANT);
        assertThat(member(both).earns()).isFalse();
        assertThat(member(note).earns()).as("may grade nothing").isTrue();
        assertThat(stage.problem()).isNull();
    }

    @Test
    void whereMoodleDoesNotTellWhoMayGradeARoleOfTheSitesOwnMakingIsUnknown() {
        LmsUser marker = stage.course().student(1);
        LmsUser both = stage.course().student(2);
        stage.lms().moodle().giveOwnRole(marker, "marker", true);
        stage.lms().moodle().giveOwnRoleToo(both, "class-speaker", false);
        stage.lms().moodle().setError("core_enrol_get_enrolled_users_with_capability", "nopermissions");

        stage.look();

        assertThat(member(marker))
                .satisfies(member -> assertThat(member.earns()).isFalse())
                .satisfies(member -> assertThat(member.roles()).contains(Role.UNKNOWN));
        assertThat(member(both).earns())
                .as("Moodle says that this is a student")
                .isTrue();
        assertThat(stage.problem())
                .contains("1 member has only roles that this Moodle made itself", "may not see which members may grade")
                .doesNotContain(marker.name());
    }

    @Test
    void completionsAndCompetenciesAreResultsOfTheirOwnKind() {
        Progress progress = stage.course().progress();
        Progress.Item read = progress.addActivity("Read chapter 1", "Week 1");
        Progress.Item reflect = progress.addActivity("Reflection", "Week 2");
        Progress.Item outcome = progress.addOutcome("Cites sources", 5, 3);
        progress.put(ada, read, "1");
        progress.put(ada, outcome, "2");

        stage.look();

        assertThat(stage.item("Read chapter 1"))
                .extracting(LineItem::kind, LineItem::group)
                .containsExactly(LineItem.Kind.COMPLETION, "Week 1");
        assertThat(stage.score(ada, "Read chapter 1")).isEqualByComparingTo("1");
        assertThat(stage.latest(ada, "Reflection")).isEmpty();
        assertThat(stage.latest(ada, "The whole course")).isEmpty();
        assertThat(stage.item("Cites sources").kind()).isEqualTo(LineItem.Kind.OUTCOME);
        assertThat(stage.item("Cites sources").mastery()).isEqualByComparingTo("1");
        assertThat(stage.latest(ada, "Cites sources").orElseThrow())
                .satisfies(rating -> assertThat(rating.score()).isZero())
                .extracting(Observation::grade)
                .isEqualTo("Not yet competent");

        progress.put(ada, reflect, "1");
        progress.put(ada, outcome, "3");
        stage.look();
        assertThat(stage.score(ada, "The whole course")).isEqualByComparingTo("1");
        assertThat(stage.score(ada, "Cites sources")).isEqualByComparingTo("1");

        progress.put(ada, reflect, "");
        stage.look();
        assertThat(stage.latest(ada, "Reflection").orElseThrow().status()).isEqualTo(Observation.Status.NONE);
        assertThat(stage.latest(ada, "The whole course").orElseThrow().status()).isEqualTo(Observation.Status.NONE);
    }

    @Test
    void whoFailedAnActivityHasCompletedItOnlyWhereMoodleSaysSo() {
        Progress progress = stage.course().progress();
        Progress.Item any = progress.addActivity("Any grade", "Week 1");
        Progress.Item toPass = progress.addActivity("A grade to pass", "Week 1");
        stage.lms().moodle().fail(any, true);
        stage.lms().moodle().fail(toPass, false);
        progress.put(ada, any, "1");
        progress.put(ada, toPass, "1");

        stage.look();

        assertThat(stage.score(ada, "Any grade")).isEqualByComparingTo("1");
        assertThat(stage.latest(ada, "A grade to pass")).isEmpty();
    }

    @Test
    void anAssistantWhomTheRosterCallsALearnerEarnsNothing() {
        LmsUser theo = stage.course().assistant();
        assertThat(member(theo).earns()).isTrue();

        stage.look();

        assertThat(member(theo))
                .satisfies(member -> assertThat(member.earns()).isFalse())
                .satisfies(member -> assertThat(member.roles()).contains(Role.TEACHING_ASSISTANT));
        assertThat(member(ada).earns()).isTrue();

        app.getBean(Contexts.class)
                .refreshRoster(stage.laurel().tenant(), stage.laurel().contextId());
        assertThat(member(theo).earns()).isFalse();
    }

    @Test
    void groupsAreKnownOfEverybody() {
        stage.course().putInto(ada, "17");

        stage.look();

        assertThat(member(ada).groups()).containsExactly("17");
        assertThat(member(stage.course().student(1)).groups()).isEmpty();
    }

    @Test
    void groupsAreCalledAsMoodleCallsThemNowAndKeepTheirNamesWhileItDoesNotTell() {
        stage.course().putInto(ada, "17");
        stage.course().nameSection("17", "Group &amp; <b>one</b>");
        stage.look();
        assertThat(names()).containsExactly(Map.entry("17", "Group & one"));

        stage.course().nameSection("17", "Evening group");
        lookAtMembers();
        assertThat(names()).containsExactly(Map.entry("17", "Evening group"));

        stage.course().putInto(ada, "17", "18");
        stage.lms().moodle().setError("core_enrol_get_enrolled_users", "nopermissions");
        lookAtMembers();
        assertThat(names()).containsExactly(Map.entry("17", "Evening group"));
        assertThat(member(ada).groups()).containsExactly("17");
        assertThat(stage.problem()).contains("may not see roles and groups of members");
    }

    @Test
    void aGroupThatNobodyIsInAnyMoreIsGoneUntilSomebodyIs() {
        stage.course().putInto(ada, "17");
        stage.look();

        stage.course().putInto(ada, "18");
        lookAtMembers();
        assertThat(gone()).containsExactly("17");

        stage.lms().moodle().setError("core_enrol_get_enrolled_users", "nopermissions");
        lookAtMembers();
        assertThat(gone()).as("nothing is said").containsExactly("17");
        stage.lms().moodle().setError("core_enrol_get_enrolled_users", null);
        stage.course().putInto(ada, "17", "18");
        lookAtMembers();
        assertThat(gone()).isEmpty();
    }

    private Set<String> gone() {
        return app.getBean(CourseSections.class)
                .known(stage.laurel().tenant(), stage.laurel().contextId())
                .gone();
    }

    private void lookAtMembers() {
        app.getBean(Contexts.class)
                .refreshRoster(stage.laurel().tenant(), stage.laurel().contextId());
        stage.look();
    }

    private Map<String, String> names() {
        return app.getBean(CourseSections.class)
                .names(stage.laurel().tenant(), stage.laurel().contextId());
    }

    @Test
    void everyPageOfTheEnrolmentsIsRead() {
        stage.close();
        stage = MoodleStage.start(app, 260);
        LmsUser last = stage.course().student(259);
        stage.course().putInto(last, "18");

        stage.look();

        assertThat(member(last).groups()).containsExactly("18");
        assertThat(member(stage.course().assistant()).earns()).isFalse();
    }

    @Test
    void aColumnThatLaurelWritesIsNeverRead() {
        LineItem badge = stage.gradebook()
                .createColumn(
                        stage.laurel().tenant(),
                        stage.laurel().contextId(),
                        "Badge: Writer",
                        BigDecimal.ONE,
                        true,
                        "writer");
        stage.type(ada, "Badge: Writer", "1");

        stage.look();
        stage.look();

        assertThat(badge.output()).isTrue();
        assertThat(all())
                .filteredOn(item -> item.label().equals("Badge: Writer"))
                .singleElement()
                .satisfies(item -> assertThat(item.output()).isTrue());
    }

    @Test
    void whoIsSuspendedKeepsTheGrades() {
        stage.type(ada, "Final quiz", "85");
        stage.look();

        stage.course().suspend(ada);
        stage.look();

        assertThat(stage.score(ada, "Final quiz")).isEqualByComparingTo("85");
    }

    @Test
    void aColumnThatIsDeletedIsGoneAndOnlyThatOne() {
        stage.course().progress().addActivity("Read chapter 1", "Week 1");
        stage.look();

        stage.course().delete(stage.course().columnCalled("Final quiz"));
        stage.look();

        assertThat(all())
                .filteredOn(LineItem::deleted)
                .extracting(LineItem::label)
                .containsExactly("Final quiz");
    }

    @Test
    void whatOneFunctionRefusesKeepsNothingElseFromBeingRead() {
        Progress.Item read = stage.course().progress().addActivity("Read chapter 1", "Week 1");
        stage.course().progress().put(ada, read, "1");
        stage.look();
        stage.type(ada, "Final quiz", "60");
        stage.lms().moodle().setError("core_completion_get_activities_completion_status", "nopermissions");

        stage.look();

        assertThat(stage.score(ada, "Final quiz")).isEqualByComparingTo("60");
        assertThat(stage.score(ada, "Read chapter 1")).isEqualByComparingTo("1");
        assertThat(stage.items()).noneMatch(LineItem::deleted);
        assertThat(stage.problem()).contains("may not see which activities are complete");
    }

    @Test
    void whomMoodleDoesNotTellOfKeepsNobodyElseFromCompletingTheCourse() {
        Progress.Item read = stage.course().progress().addActivity("Read chapter 1", "Week 1");
        stage.course().students().forEach(student -> stage.course().progress().put(student, read, "1"));
        stage.course().suspend(ada);

        stage.look();

        assertThat(stage.latest(ada, "The whole course")).isEmpty();
        for (int other = 1; other < 4; other++) {
            assertThat(stage.score(stage.course().student(other), "The whole course"))
                    .isEqualByComparingTo("1");
        }
        assertThat(stage.score(ada, "Read chapter 1")).isEqualByComparingTo("1");
        assertThat(stage.problem()).isEqualTo("Moodle does not tell Laurel everything about 1 learner.");
    }

    @ParameterizedTest
    @ValueSource(strings = {"usernotenroled", "accessdenied", "notenroled"})
    void howeverManyMoodleRefusesTheLookGoesOnAndEachIsCountedOnce(String code) {
        Progress.Item read = stage.course().progress().addActivity("Read chapter 1", "Week 1");
        stage.course().students().forEach(student -> stage.course().progress().put(student, read, "1"));
        stage.lms().moodle().setError("core_completion_get_activities_completion_status", code);
        stage.lms().moodle().setError("core_completion_get_course_completion_status", code);

        stage.look();

        assertThat(stage.problem()).isEqualTo("Moodle does not tell Laurel everything about 4 learners.");

        stage.lms().moodle().setError("core_completion_get_activities_completion_status", null);
        stage.lms().moodle().setError("core_completion_get_course_completion_status", null);
        stage.look();
        assertThat(stage.score(ada, "The whole course")).isEqualByComparingTo("1");
        assertThat(stage.problem()).isNull();
    }

    @Test
    void thatTheCompletionOfTheCourseMayNotBeSeenIsSaid() {
        stage.course().progress().addActivity("Read chapter 1", "Week 1");
        stage.lms().moodle().setError("core_completion_get_course_completion_status", "cannotviewreport");

        stage.look();

        assertThat(stage.problem()).contains("may not see whether the course is complete");
    }

    @Test
    void aCourseWithoutConditionsOfBeingCompleteIsNoTrouble() {
        stage.course().progress().addActivity("Read chapter 1", "Week 1");
        stage.lms().moodle().setError("core_completion_get_course_completion_status", "nocriteriaset");

        stage.look();

        assertThat(stage.problem()).isNull();
        assertThat(stage.items()).noneMatch(item -> item.label().equals("The whole course"));
    }

    @Test
    void halfAnAnswerChangesNothing() {
        stage.type(ada, "Final quiz", "60");
        stage.look();
        stage.type(ada, "Final quiz", "70");
        stage.lms().setFault(Service.READING, Fault.halfBody());

        stage.look();

        assertThat(stage.score(ada, "Final quiz")).isEqualByComparingTo("60");
        assertThat(stage.items()).noneMatch(LineItem::deleted);
        assertThat(stage.problem()).contains("breaks off");
    }

    @Test
    void whoIsHintedAtIsReadAloneWithoutMovingTheBookmark() {
        LmsUser bao = stage.course().student(1);
        Progress.Item read = stage.course().progress().addActivity("Read chapter 1", "Week 1");
        stage.look();
        stage.type(ada, "Final quiz", "85");
        stage.type(bao, "Final quiz", "75");
        stage.course().progress().put(ada, read, "1");
        CourseContext course = app.getBean(Contexts.class)
                .find(stage.laurel().tenant(), stage.laurel().contextId())
                .orElseThrow();
        String bookmark = Bookmark.start(Instant.now(), null).write();
        long calls = stage.lms().calls(Service.READING);

        Reading reading = app.getBean(MoodleSource.class)
                .read(
                        course,
                        new Look(column -> true, bookmark, Set.of(stage.laurel().person(ada))),
                        (done, of) -> {});

        assertThat(reading.bookmark()).isEqualTo(bookmark);
        assertThat(reading.results())
                .isNotEmpty()
                .allSatisfy(column ->
                        assertThat(column.results()).extracting(Result::account).containsOnly(ada.id()));
        assertThat(reading.columns())
                .extracting(Column::label)
                .contains("Final quiz", "Read chapter 1", "Course total so far");
        assertThat(stage.lms().calls(Service.READING) - calls).isLessThanOrEqualTo(5);
    }

    @Test
    void theTokenTravelsInTheBodyOnly() {
        stage.look();

        assertThat(stage.lms().heard(Service.READING)).isNotEmpty().allSatisfy(heard -> {
            assertThat(heard.toString().split(stage.lms().moodle().token(), -1)).hasSize(2);
            assertThat(heard.body()).contains("wstoken=" + stage.lms().moodle().token());
        });
    }

    private Observation state(Mark mark) {
        stage.course().progress().mark(ada, stage.course().columnCalled("Final quiz"), mark);
        stage.look();
        return stage.latest(ada, "Final quiz").orElseThrow();
    }

    private Member member(LmsUser user) {
        return app.getBean(Contexts.class)
                .members(
                        stage.laurel().tenant(),
                        stage.laurel().contextId(),
                        Set.of(stage.laurel().person(user)))
                .get(0);
    }

    private List<LineItem> all() {
        return app.getBean(Gradebook.class)
                .lineItems(stage.laurel().tenant(), stage.laurel().contextId());
    }
}
