package dev.laurel.gradebook;

import static org.assertj.core.api.Assertions.assertThat;

import dev.laurel.LaurelTest;
import dev.laurel.Statements;
import dev.laurel.context.Contexts;
import dev.laurel.context.CourseContext;
import dev.laurel.context.LmsCourse;
import dev.laurel.gradebook.canvas.CanvasAuthorization;
import dev.laurel.gradebook.canvas.CanvasCapability;
import dev.laurel.gradebook.canvas.CanvasConnection;
import dev.laurel.gradebook.canvas.CanvasPermissions;
import dev.laurel.gradebook.source.GradebookSource;
import dev.laurel.launch.session.Role;
import dev.laurel.platform.road.Jobs;
import dev.laurel.platform.road.Reference;
import dev.laurel.publication.mail.StaffNews;
import java.math.BigDecimal;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import lms.CanvasKeys;
import lms.Column;
import lms.Course;
import lms.Fault;
import lms.Heard;
import lms.LmsRole;
import lms.LmsUser;
import lms.Mark;
import lms.Progress;
import lms.ReferenceLms;
import lms.Service;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.context.ApplicationContext;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.transaction.support.TransactionTemplate;

/** A course that is read over AGS and over Canvas's REST interface. */
@LaurelTest
class CanvasSourceIntegrationTests {

    @Autowired
    ApplicationContext app;

    @Autowired
    Gradebook gradebook;

    @Autowired
    SyncJob sync;

    @Autowired
    SyncRepository syncs;

    @Autowired
    CanvasPermissions permissions;

    @Autowired
    JdbcClient jdbc;

    @Autowired
    TransactionTemplate transaction;

    private LmsCourse course;

    private LmsUser ada;

    private Column essay;

    private Column quiz;

    @BeforeEach
    void start() {
        course = LmsCourse.start(app, ReferenceLms.builder().students(4), CanvasConnection::tool);
        app.getBean(Contexts.class).refreshRoster(course.tenant(), course.contextId());
        ada = course.course().student(0);
        essay = course.course().columnCalled("Essay 1");
        quiz = course.course().columnCalled("Final quiz");
    }

    @AfterEach
    void close() {
        course.close();
    }

    @Test
    void theQuizOfCanvasIsReadThoughAgsDoesNotShowItAndNoColumnComesTwice() {
        CanvasConnection.connect(app, course);
        course.course().progress().file(quiz, "Exams");
        type(essay, "70");
        type(quiz, "85");

        look();

        assertThat(problem()).isNull();
        assertThat(items())
                .filteredOn(item -> item.label().equals("Essay 1"))
                .singleElement()
                .satisfies(item -> assertThat(item.source()).isEqualTo("ags"));
        assertThat(item("Final quiz"))
                .extracting(LineItem::source, LineItem::group, LineItem::kind)
                .containsExactly("canvas", "Exams", LineItem.Kind.SCORE);
        Observation seen = latest("Final quiz").orElseThrow();
        assertThat(seen.score()).isEqualByComparingTo("85");
        assertThat(seen.scoreMaximum()).isEqualByComparingTo("100");
        assertThat(seen.visibility()).isEqualTo(Observation.Visibility.POSTED);
        assertThat(seen.late()).isFalse();
        assertThat(latest("Essay 1").orElseThrow().visibility()).isEqualTo(Observation.Visibility.UNKNOWN);
        assertThat(gradebook
                        .trailsOf(
                                course.tenant(),
                                course.contextId(),
                                List.of(course.person(ada)),
                                List.of(item("Final quiz").id()))
                        .get(course.person(ada)))
                .singleElement()
                .satisfies(trail -> assertThat(trail.entries())
                        .singleElement()
                        .satisfies(entry -> assertThat(entry.byPerson())
                                .as("the teacher who typed it")
                                .isEqualTo(course.person(course.course().teacher()))));
    }

    @Test
    void everyStateOfAGradeIsToldApart() {
        CanvasConnection.connect(app, course, CanvasCapability.GRADES);
        type(quiz, "85");
        assertThat(state(Mark.HIDDEN).visibility()).isEqualTo(Observation.Visibility.HIDDEN);
        assertThat(state(Mark.LATE).late()).isTrue();
        assertThat(state(Mark.PROVISIONAL).status()).isEqualTo(Observation.Status.PROVISIONAL);
        assertThat(state(Mark.EXCUSED).status()).isEqualTo(Observation.Status.EXCUSED);
        type(quiz, "");
        assertThat(state(Mark.SUBMITTED).status()).isEqualTo(Observation.Status.SUBMITTED);
        assertThat(state(Mark.LATE).late()).isTrue();
        assertThat(latest("Final quiz").orElseThrow().score()).isNull();
    }

    @Test
    void aLaterPostingIsSeenThoughCanvasDoesNotCountItAsGraded() {
        CanvasConnection.connect(app, course, CanvasCapability.GRADES);
        type(quiz, "85");
        assertThat(state(Mark.HIDDEN).visibility()).isEqualTo(Observation.Visibility.HIDDEN);
        ageBookmark();
        course.course().progress().mark(ada, quiz, Mark.NONE);

        look();

        assertThat(latest("Final quiz").orElseThrow().visibility()).isEqualTo(Observation.Visibility.POSTED);
        assertThat(apiCalls("submissions"))
                .filteredOn(call -> call.query().containsKey("grouped"))
                .noneMatch(call -> "all".equals(call.query().get("student_ids[]")));
    }

    @Test
    void aGradeThatIsHiddenAgainIsSeenThoughCanvasCallsNothingOfItNew() {
        CanvasConnection.connect(app, course, CanvasCapability.GRADES);
        type(quiz, "85");
        look();
        assertThat(latest("Final quiz").orElseThrow().visibility()).isEqualTo(Observation.Visibility.POSTED);
        ageBookmark();

        assertThat(state(Mark.HIDDEN).visibility()).isEqualTo(Observation.Visibility.HIDDEN);
        assertThat(state(Mark.NONE).visibility()).isEqualTo(Observation.Visibility.POSTED);
    }

    @Test
    void totalsComeWithLettersOfTheSchemeOfTheCourse() {
        CanvasConnection.connect(app, course, CanvasCapability.TOTALS);
        type(essay, "81");
        look();
        assertThat(item("Course total so far").kind()).isEqualTo(LineItem.Kind.TOTAL_CURRENT);
        assertThat(item("Course total").kind()).isEqualTo(LineItem.Kind.TOTAL_FINAL);
        assertThat(latest("Course total so far").orElseThrow())
                .satisfies(total -> assertThat(total.score()).isEqualByComparingTo("81"))
                .extracting(Observation::grade)
                .isEqualTo("B-");
        assertThat(latest("Course total").orElseThrow())
                .satisfies(total -> assertThat(total.score()).isEqualByComparingTo("40.5"))
                .extracting(Observation::grade)
                .isEqualTo("F");
        GradingScheme scheme =
                gradebook.gradingScheme(course.tenant(), course.contextId()).orElseThrow();
        assertThat(scheme.place("A")).hasValue(0);
        assertThat(scheme.place("B-")).hasValue(4);
        assertThat(item("Essay 1").source()).isEqualTo("ags");
        assertThat(items()).noneMatch(item -> item.label().equals("Final quiz"));
    }

    @Test
    void aGradeThatATeacherPutsInThePlaceOfTheTotalIsTheTotal() {
        CanvasConnection.connect(app, course, CanvasCapability.TOTALS);
        type(essay, "81");
        look();
        course.lms().canvas().override(course.course(), ada, "95");

        look();

        for (String total : List.of("Course total so far", "Course total")) {
            assertThat(latest(total).orElseThrow())
                    .satisfies(seen -> assertThat(seen.score()).isEqualByComparingTo("95"))
                    .extracting(Observation::grade)
                    .isEqualTo("A");
        }
    }

    @Test
    void completionsOutcomesAndRowsOfRubricsAreResultsOfTheirOwnKind() {
        CanvasConnection.connect(app, course);
        Progress progress = course.course().progress();
        Progress.Item read = progress.addActivity("Read chapter 1", "Week 1");
        Progress.Item reflect = progress.addActivity("Reflection", "Week 1");
        Progress.Item outcome = progress.addOutcome("Cites sources", 5, 3);
        Progress.Item row = progress.addRubricRow(quiz, "Argument", 4);
        type(quiz, "50");
        progress.put(ada, read, "1");
        progress.put(ada, outcome, "3.5");
        progress.put(ada, row, "2");

        look();

        assertThat(item("Read chapter 1"))
                .extracting(LineItem::kind, LineItem::group)
                .containsExactly(LineItem.Kind.COMPLETION, "Week 1");
        assertThat(score("Read chapter 1")).isEqualByComparingTo("1");
        assertThat(latest("Module: Week 1")).isEmpty();
        assertThat(item("Cites sources").kind()).isEqualTo(LineItem.Kind.OUTCOME);
        assertThat(item("Cites sources").mastery()).isEqualByComparingTo("3");
        assertThat(score("Cites sources")).isEqualByComparingTo("3.5");
        assertThat(item("Argument"))
                .extracting(LineItem::kind, LineItem::group)
                .containsExactly(LineItem.Kind.RUBRIC_ROW, "Final quiz");
        assertThat(score("Argument")).isEqualByComparingTo("2");
        assertThat(items()).noneMatch(item -> item.label().contains("Only to read"));

        progress.put(ada, reflect, "1");
        look();
        assertThat(score("Module: Week 1")).isEqualByComparingTo("1");
        assertThat(score("The whole course")).isEqualByComparingTo("1");

        progress.put(ada, reflect, "");
        look();
        assertThat(latest("Module: Week 1").orElseThrow().status()).isEqualTo(Observation.Status.NONE);
    }

    @Test
    void aColumnThatLaurelWritesIsNoResultWhateverItIsCalledLater() {
        CanvasConnection.connect(app, course, CanvasCapability.GRADES);
        look();
        LineItem output = gradebook.createColumn(
                course.tenant(), course.contextId(), "Badges", new BigDecimal("1"), true, "badges");
        look();
        assertThat(items()).filteredOn(item -> item.label().equals("Badges")).containsExactly(output);

        course.course().rename(course.course().columnCalled("Badges"), "Best quiz of all");
        course.lms().setFault(Service.LINE_ITEMS, Fault.status(500));
        look();

        assertThat(items())
                .noneMatch(
                        item -> item.source().equals("canvas") && item.label().equals("Best quiz of all"));
    }

    @Test
    void aLookAfterTheFirstAsksForWhatChangedAndForAShareOfTheRest() {
        CanvasConnection.connect(app, course, CanvasCapability.GRADES, CanvasCapability.TOTALS);
        type(quiz, "85");
        look();
        ageBookmark();
        long before = course.lms().calls(Service.CANVAS_API);
        type(quiz, "90");

        look();

        assertThat(score("Final quiz")).isEqualByComparingTo("90");
        assertThat(score("Course total so far")).isEqualByComparingTo("90");
        assertThat(course.lms().calls(Service.CANVAS_API) - before).isLessThanOrEqualTo(6);
        assertThat(course.lms().canvas().throttled()).isZero();
    }

    @Test
    void aLargeCourseWithoutOutcomesIsNotReadWholeAtEachLookToFindThatOut() {
        course.close();
        course = LmsCourse.start(app, ReferenceLms.builder().students(250), CanvasConnection::tool);
        app.getBean(Contexts.class).refreshRoster(course.tenant(), course.contextId());
        ada = course.course().student(0);
        quiz = course.course().columnCalled("Final quiz");
        LmsUser last = course.course().student(249);
        CanvasConnection.connect(app, course, CanvasCapability.GRADES, CanvasCapability.OUTCOMES);
        look();
        assertThat(rollups()).isEqualTo(3);

        ageBookmark();
        look();
        assertThat(rollups()).isEqualTo(4);

        Progress.Item outcome = course.course().progress().addOutcome("Cites sources", 5, 3);
        course.course().progress().put(last, outcome, "3.5");
        ageBookmark();
        look();
        ada = last;
        assertThat(score("Cites sources")).isEqualByComparingTo("3.5");
        long everybody = rollups();

        ageBookmark();
        look();
        assertThat(rollups() - everybody).isEqualTo(1);
    }

    private long rollups() {
        return course.lms().heard(Service.CANVAS_API).stream()
                .filter(call -> call.path().endsWith("/outcome_rollups"))
                .count();
    }

    @Test
    void withoutAKeyOrAPermissionItSaysWhatIsMissingAndReadsTheRest() {
        type(essay, "50");
        look();
        assertThat(score("Essay 1")).isEqualByComparingTo("50");
        assertThat(obstacle()).contains("no key");

        CanvasConnection.key(app, course);
        assertThat(obstacle()).contains("Nobody has let Laurel read this course");
        look();
        assertThat(course.lms().calls(Service.CANVAS_API)).isZero();
    }

    @Test
    void aPermissionThatCanvasEndsIsSaidAndCanBeGivenAgain() {
        CanvasConnection.connect(app, course, CanvasCapability.GRADES);
        type(quiz, "85");
        look();
        course.lms().canvas().endAll();
        look();
        assertThat(problem()).contains("does not accept the permission");
        assertThat(obstacle()).contains("can give it again");
        assertThat(items()).as("nothing is taken for deleted").noneMatch(LineItem::deleted);

        CanvasConnection.allow(app, course, course.course().teacher(), course.contextId());
        type(quiz, "86");
        look();
        assertThat(score("Final quiz")).isEqualByComparingTo("86");
    }

    @Test
    void anAccessTokenThatEndedIsRenewedOnTheWay() {
        CanvasConnection.connect(app, course, CanvasCapability.GRADES);
        look();
        course.lms().canvas().expireTokens();
        type(quiz, "85");

        look();

        assertThat(score("Final quiz")).isEqualByComparingTo("85");
        assertThat(problem()).isNull();
    }

    @Test
    void aKeyWithAWrongSecretEndsNoPermission() {
        CanvasKeys.Key key = CanvasConnection.connect(app, course, CanvasCapability.GRADES);
        CanvasKeys.Key other = new CanvasKeys.Key(key.id(), "another", key.redirectUri(), key.scopes(), key.includes());
        course.lms().canvas().change(other);
        course.lms().canvas().expireTokens();
        type(quiz, "85");

        look();

        assertThat(problem()).contains("does not accept the developer key", "secret");
        assertThat(permissions.ofCourse(context()).orElseThrow().endedAt()).isNull();

        CanvasConnection.keep(app, course, other, CanvasCapability.GRADES);
        look();
        assertThat(score("Final quiz")).isEqualByComparingTo("85");
        assertThat(problem()).isNull();
    }

    @Test
    void aPermissionWhoseOwnerLeftWarnsBeforeItDies() {
        CanvasConnection.connect(app, course, CanvasCapability.GRADES);
        look();
        LmsUser teacher = course.course().teacher();
        course.course().enrol("Una", "Okafor", LmsRole.INSTRUCTOR);
        jdbc.sql("UPDATE membership SET active = FALSE WHERE tenant_id = ? AND context_id = ? AND person_id = ?")
                .params(course.tenant().value(), course.contextId(), course.person(teacher))
                .update();

        look();

        assertThat(problem()).contains("does not teach it any more");
        assertThat(permissions.ofCourse(context()).orElseThrow().ownerLeft()).isTrue();
    }

    @Test
    void ofAllPermissionsIsAskedAtOnceWhoGaveThemAndIsStillThere() {
        CanvasConnection.connect(app, course, CanvasCapability.GRADES);
        long forOne = statementsForAll();
        for (int i = 1; i <= 3; i++) {
            Course other = course.lms().addCourse("Course " + i, "C-" + i, 2, course.tool());
            long context = Objects.requireNonNull(
                    course.admit(other, other.teacher(), Role.INSTRUCTOR).contextId());
            alsoFor(context, i == 1 ? course.course().teacher() : other.teacher());
        }

        assertThat(statementsForAll()).isEqualTo(forOne);
        assertThat(permissions.permissions(course.tenant(), course.registrationId()))
                .extracting(CanvasPermissions.Permission::ownerLeft)
                .as("of the second course she is no teacher")
                .containsExactly(false, true, false, false);
    }

    private void alsoFor(long context, LmsUser owner) {
        jdbc.sql("""
                INSERT INTO reading_grant (tenant_id, registration_id, source, context_id, owner_person, owner_user, shard,
                    refresh_sealed, access_sealed, access_until, capabilities, granted_at)
                SELECT tenant_id, registration_id, source, ?, ?, owner_user, shard,
                    refresh_sealed, access_sealed, access_until, capabilities, granted_at
                FROM reading_grant WHERE tenant_id = ? AND context_id = ?""")
                .params(context, course.person(owner), course.tenant().value(), course.contextId())
                .update();
    }

    private long statementsForAll() {
        return Statements.of(
                transaction, jdbc, () -> permissions.permissions(course.tenant(), course.registrationId()));
    }

    @Test
    void thePermissionOfAnAdministratorWhoIsNoneAnyMoreWarnsBeforeItDies() {
        allowEverything();
        openedOutsideCourses("INSTITUTION_ADMIN");
        look();
        assertThat(problem()).isNull();

        openedOutsideCourses("");
        look();

        assertThat(problem()).contains("seems to have left the institution", "Another administrator can give");
        assertThat(everywhere().ownerLeft()).isTrue();
        assertThat(everywhere().endedAt()).as("Canvas accepts it still").isNull();
    }

    @Test
    void thePermissionOfWhoeverHasNoPlaceInAnyCourseAnyMoreWarnsUnlessSheAdministers() {
        allowEverything();
        jdbc.sql("UPDATE membership SET active = FALSE WHERE tenant_id = ? AND person_id = ?")
                .params(course.tenant().value(), course.person(course.course().teacher()))
                .update();
        assertThat(everywhere().ownerLeft()).isTrue();

        openedOutsideCourses("INSTITUTION_ADMIN");

        assertThat(everywhere().ownerLeft()).isFalse();
    }

    @Test
    void whoeverGaveAPermissionAndHasNotOpenedLaurelForTwoMonthsIsSpokenOfUntilSheDoes() {
        CanvasConnection.connect(app, course, CanvasCapability.GRADES);
        assertThat(permissions.ofCourse(context()).orElseThrow().notSeenSince()).isNull();
        assertThat(permissions.endangered(context())).isEmpty();

        longAgo();

        assertThat(app.getBean(StaffNews.class).of(course.tenant(), course.contextId()))
                .singleElement()
                .asString()
                .contains("has not opened Laurel for two months", "another teacher should give");
        assertThat(permissions.ofCourse(context()).orElseThrow().notSeenSince()).isBefore(Instant.now());
        assertThat(permissions.endangered(context()))
                .contains(new CanvasPermissions.Endangered(CanvasPermissions.Danger.OWNER_NOT_SEEN, false));
        jdbc.sql("DELETE FROM launch WHERE tenant_id = ?")
                .param(course.tenant().value())
                .update();
        assertThat(permissions.endangered(context()))
                .as("launches of long ago are not kept")
                .isPresent();

        openedOutsideCourses("INSTITUTION_ADMIN");
        assertThat(permissions.endangered(context())).isEmpty();
    }

    @Test
    void whatEndangersThePermissionForEveryCourseIsKnownToItsCoursesUntilOneHasItsOwn() {
        allowEverything();
        openedOutsideCourses("");
        assertThat(permissions.endangered(context()))
                .contains(new CanvasPermissions.Endangered(CanvasPermissions.Danger.OWNER_LEFT, true));
        assertThat(permissions.endangeredEverywhere(course.tenant(), course.registrationId()))
                .contains(CanvasPermissions.Danger.OWNER_LEFT);

        jdbc.sql("UPDATE reading_grant SET ended_at = UTC_TIMESTAMP(6) WHERE tenant_id = ?")
                .param(course.tenant().value())
                .update();
        assertThat(permissions.endangered(context()))
                .contains(new CanvasPermissions.Endangered(CanvasPermissions.Danger.ENDED, true));

        CanvasConnection.allow(app, course, course.course().teacher(), course.contextId());
        assertThat(permissions.endangered(context())).isEmpty();
    }

    /** As if nobody had launched or allowed anything for a while. */
    private void longAgo() {
        for (String each : List.of("launch SET created_at = created_at", "reading_grant SET granted_at = granted_at")) {
            jdbc.sql("UPDATE " + each + " - INTERVAL 61 DAY WHERE tenant_id = ?")
                    .param(course.tenant().value())
                    .update();
        }
    }

    private void allowEverything() {
        CanvasConnection.key(app, course, CanvasCapability.GRADES);
        CanvasConnection.allow(app, course, course.course().teacher(), null);
        assertThat(everywhere().ownerLeft()).isFalse();
    }

    private CanvasPermissions.Permission everywhere() {
        return permissions
                .ofInstitution(course.tenant(), course.registrationId())
                .orElseThrow();
    }

    private void openedOutsideCourses(String roles) {
        jdbc.sql("""
                INSERT INTO launch (tenant_id, reference, registration_id, deployment_pk, person_id, roles, message_type,
                    created_at) VALUES (?, ?, ?, 1, ?, ?, 'LtiResourceLinkRequest', UTC_TIMESTAMP(6))""")
                .params(
                        course.tenant().value(),
                        Reference.next().value(),
                        course.registrationId(),
                        course.person(course.course().teacher()),
                        roles)
                .update();
    }

    @Test
    void anotherCanvasUserThanTheLaunchedOneLendsNobodyHerEyes() {
        CanvasConnection.key(app, course);

        assertThat(CanvasConnection.allow(app, course, course.lms().administrator(), course.contextId()))
                .isEqualTo(CanvasAuthorization.Ending.SOMEBODY_ELSE);

        assertThat(permissions.ofCourse(context())).isEmpty();
        assertThat(course.lms().canvas().permissions()).as("given back at once").isZero();
    }

    @Test
    void aKeyThatIgnoresIncludesIsSaidAndWhatWorksIsRead() {
        CanvasKeys.Key key = CanvasConnection.connect(app, course);
        course.lms()
                .canvas()
                .change(new CanvasKeys.Key(key.id(), key.secret(), key.redirectUri(), key.scopes(), false));
        CanvasConnection.allow(app, course, course.course().teacher(), course.contextId());
        Progress progress = course.course().progress();
        progress.put(ada, progress.addActivity("Read chapter 1", "Week 1"), "1");
        progress.addOutcome("Cites sources", 5, 3);
        progress.addRubricRow(quiz, "Argument", 4);
        type(quiz, "85");

        look();

        assertThat(problem()).contains("Allow Include Parameters");
        assertThat(score("Final quiz")).isEqualByComparingTo("85");
        assertThat(score("Module: Week 1")).isEqualByComparingTo("1");
        assertThat(items())
                .as("of neither anything would ever be told")
                .noneMatch(item -> item.label().equals("Cites sources"))
                .noneMatch(item -> item.label().equals("Argument"));
    }

    @Test
    void whatWasReadWithIncludesStaysWhenAKeyBeginsToIgnoreThem() {
        CanvasKeys.Key key = CanvasConnection.connect(app, course);
        Progress progress = course.course().progress();
        Progress.Item outcome = progress.addOutcome("Cites sources", 5, 3);
        Progress.Item row = progress.addRubricRow(quiz, "Argument", 4);
        type(quiz, "85");
        progress.put(ada, outcome, "3.5");
        progress.put(ada, row, "2");
        look();
        assertThat(score("Argument")).isEqualByComparingTo("2");
        assertThat(score("Cites sources")).isEqualByComparingTo("3.5");

        course.lms()
                .canvas()
                .change(new CanvasKeys.Key(key.id(), key.secret(), key.redirectUri(), key.scopes(), false));
        CanvasConnection.allow(app, course, course.course().teacher(), course.contextId());
        type(quiz, "86");
        progress.put(ada, outcome, "4");
        lookAtEverything();

        assertThat(problem()).contains("Allow Include Parameters");
        assertThat(score("Final quiz")).isEqualByComparingTo("86");
        assertThat(score("Argument")).as("of which Canvas says nothing now").isEqualByComparingTo("2");
        assertThat(item("Cites sources").deleted()).isFalse();
        assertThat(item("Cites sources").mastery()).isEqualByComparingTo("3");
        assertThat(score("Cites sources")).as("which needs no include").isEqualByComparingTo("4");
    }

    @Test
    void aPartThatIsNotAllowedHidesNoOther() {
        CanvasKeys.Key key = CanvasConnection.key(app, course);
        Set<String> fewer = Set.copyOf(CanvasCapability.scopes(
                List.of(CanvasCapability.GRADES, CanvasCapability.MODULES, CanvasCapability.TOTALS)));
        course.lms().canvas().change(new CanvasKeys.Key(key.id(), key.secret(), key.redirectUri(), fewer, true));
        CanvasConnection.keep(app, course, key, CanvasCapability.GRADES);
        CanvasConnection.allow(app, course, course.course().teacher(), course.contextId());
        jdbc.sql("UPDATE reading_grant SET capabilities = 'GRADES,OUTCOMES' WHERE tenant_id = ?")
                .params(course.tenant().value())
                .update();
        CanvasConnection.keep(app, course, key, CanvasCapability.GRADES, CanvasCapability.OUTCOMES);
        type(quiz, "85");

        look();

        assertThat(score("Final quiz")).isEqualByComparingTo("85");
        assertThat(problem()).contains("does not let Laurel read the outcomes");
    }

    @Test
    void whoIsInTwoSectionsIsOnePersonAndTestStudentsAndObserversAreNone() {
        CanvasConnection.connect(app, course);
        course.course().putInto(ada, "21", "22");
        course.course().enrol("Test", "Student", LmsRole.TEST_STUDENT);
        LmsUser observer = course.course().enrol("Otto", "Zweig", LmsRole.OBSERVER);
        course.course().observe(observer, ada);
        type(quiz, "85");

        look();
        look();

        assertThat(score("Course total so far")).isEqualByComparingTo("85");
        assertThat(gradebook.history(
                        course.tenant(),
                        course.contextId(),
                        List.of(item("Final quiz").id(), item("Course total").id()),
                        null))
                .filteredOn(each -> each.status() == Observation.Status.GRADED && each.personId() == course.person(ada))
                .hasSize(2);
    }

    @Test
    void anUnpublishedAssignmentIsNoColumnAndAnAnonymousOneSaysSo() {
        CanvasConnection.connect(app, course, CanvasCapability.GRADES);
        Column secret = course.course().addOwnColumn("Blind exam", 50);
        course.lms().canvas().gradeAnonymously(secret);
        course.lms().canvas().unpublish(quiz);

        look();

        assertThat(items()).noneMatch(item -> item.label().equals("Final quiz"));
        assertThat(problem()).contains("Blind exam", "anonymously");
        course.course().typeGrade(ada, secret, "40");
        look();
        assertThat(score("Blind exam")).isEqualByComparingTo("40");
    }

    @Test
    void theTimeZoneOfTheCourseInCanvasIsThatOfTheCourse() {
        CanvasConnection.connect(app, course, CanvasCapability.GRADES);
        course.course().in("America/New_York");
        look();
        assertThat(zone()).isEqualTo("America/New_York");

        course.course().in("Mars/Base");
        look();
        assertThat(zone()).isEqualTo("America/New_York");
    }

    private String zone() {
        return app.getBean(Contexts.class)
                .find(course.tenant(), course.contextId())
                .orElseThrow()
                .zone()
                .getId();
    }

    @Test
    void aCourseThatEndedIsReadNoMoreAndKeepsWhatWasSaid() {
        CanvasConnection.connect(app, course, CanvasCapability.GRADES);
        type(quiz, "85");
        course.course().conclude();
        look();
        assertThat(score("Final quiz")).isEqualByComparingTo("85");
        long before = course.lms().calls(Service.CANVAS_API);

        look();

        assertThat(course.lms().calls(Service.CANVAS_API)).isEqualTo(before);
        assertThat(obstacle()).contains("has ended in Canvas");
        Sources.Silent silent = app.getBean(Sources.class).silent(course.tenant(), course.contextId());
        assertThat(silent.ended()).containsExactly("canvas");
        assertThat(silent.withoutKey()).doesNotContain("canvas");
    }

    @Test
    void aCourseThatEndedLongAgoIsAskedOnlyWhetherItIsOpenAgain() {
        CanvasConnection.connect(app, course, CanvasCapability.GRADES);
        type(quiz, "85");
        course.course().conclude();
        look();

        aDayAfterTheEnd();
        long before = course.lms().calls(Service.CANVAS_API);
        lookAtEverything();

        assertThat(course.lms().calls(Service.CANVAS_API) - before).isEqualTo(1);
        assertThat(item("Final quiz").deleted()).isFalse();
        assertThat(score("Final quiz")).isEqualByComparingTo("85");
        assertThat(obstacle()).contains("has ended in Canvas");

        aDayAfterTheEnd();
        course.course().reopen();
        type(quiz, "90");
        lookAtEverything();

        assertThat(score("Final quiz")).isEqualByComparingTo("90");
        assertThat(obstacle()).isEmpty();
    }

    @Test
    void aCourseThatOnlyCanvasTellsOfIsAskedDailyWhetherItIsOpenAgainWhereBadgesAreGiven() {
        CanvasConnection.connect(app, course, CanvasCapability.GRADES);
        course.course().conclude();
        look();

        assertThat(nextOf(true)).isBefore(Instant.now().plus(Duration.ofDays(2)));
        assertThat(nextOf(false)).isAfter(Instant.now().plus(Duration.ofDays(20)));
    }

    private Instant nextOf(boolean inUse) {
        SyncJob canvasOnly = new SyncJob(
                app.getBean(Contexts.class),
                app.getBeansOfType(GradebookSource.class).values().stream()
                        .filter(source -> source.name().equals("canvas"))
                        .toList(),
                app.getBean(SourceLooks.class),
                app.getBean(SyncRepository.class),
                app.getBean(Newcomers.class),
                (tenant, contextId) -> inUse,
                app.getBean(Jobs.class),
                Clock.systemUTC());
        return canvasOnly.run(course.tenant(), Long.toString(course.contextId()));
    }

    private void aDayAfterTheEnd() {
        jdbc.sql("UPDATE canvas_ended_course SET checked_at = checked_at - INTERVAL 25 HOUR WHERE tenant_id = ?")
                .params(course.tenant().value())
                .update();
    }

    @Test
    void theLastGradesOfACourseThatEndedAreReadThoughALookAtThemFailed() {
        CanvasConnection.connect(app, course, CanvasCapability.GRADES);
        look();
        type(quiz, "85");
        course.course().conclude();
        course.lms().setFault(Service.CANVAS_API, Fault.status(502).after(2));
        Looking.atEverything(app, course.tenant(), course.contextId());
        assertThat(problem()).contains("fault of its own");
        assertThat(obstacle()).isEmpty();

        course.lms().clearFaults();
        look();

        assertThat(score("Final quiz")).isEqualByComparingTo("85");
        long before = course.lms().calls(Service.CANVAS_API);
        look();
        assertThat(course.lms().calls(Service.CANVAS_API)).isEqualTo(before);
        assertThat(obstacle()).contains("has ended in Canvas");
    }

    @Test
    void aPartThatIsNeverAllowedKeepsNobodyElsesTurnFromComing() {
        course.close();
        course = LmsCourse.start(app, ReferenceLms.builder().students(90), CanvasConnection::tool);
        quiz = course.course().columnCalled("Final quiz");
        Progress progress = course.course().progress();
        Progress.Item chapter = progress.addActivity("Read chapter 1", "Week 1");
        course.course().students().forEach(student -> progress.put(student, chapter, "1"));
        connectWithoutOutcomes();

        for (int i = 0; i < 4; i++) {
            look();
            assertThat(problem()).contains("does not let Laurel read the outcomes");
        }

        assertThat(gradebook.latest(
                        course.tenant(),
                        course.contextId(),
                        List.of(item("Module: Week 1").id()),
                        null))
                .filteredOn(seen -> seen.status() == Observation.Status.GRADED)
                .hasSize(90);
        assertThat(course.lms().heard(Service.CANVAS_API))
                .as("only the first look asks for everybody's grades")
                .filteredOn(call -> call.path().endsWith("/students/submissions")
                        && call.query().containsKey("grouped")
                        && "all".equals(call.query().get("student_ids[]")))
                .hasSize(1);
    }

    @Test
    void gradesThatWereNotAllowedForAWhileAreAllReadOnceTheyAre() {
        CanvasConnection.connect(app, course, CanvasCapability.GRADES);
        look();
        course.lms()
                .setFault(Service.CANVAS_API, Fault.status(403, "{}").after(1).times(3));
        type(quiz, "85");
        look();
        assertThat(problem()).contains("does not let Laurel read");
        ageBookmark();

        course.lms().clearFaults();
        look();

        assertThat(problem()).isNull();
        assertThat(score("Final quiz")).isEqualByComparingTo("85");
    }

    /** Canvas lets Laurel read all but what was taken from the key since. */
    private void connectWithoutOutcomes() {
        CanvasCapability[] all = {CanvasCapability.GRADES, CanvasCapability.MODULES, CanvasCapability.OUTCOMES};
        CanvasKeys.Key key = CanvasConnection.key(app, course);
        Set<String> fewer =
                Set.copyOf(CanvasCapability.scopes(List.of(CanvasCapability.GRADES, CanvasCapability.MODULES)));
        course.lms().canvas().change(new CanvasKeys.Key(key.id(), key.secret(), key.redirectUri(), fewer, true));
        CanvasConnection.keep(app, course, key, CanvasCapability.GRADES, CanvasCapability.MODULES);
        CanvasConnection.allow(app, course, course.course().teacher(), course.contextId());
        jdbc.sql("UPDATE reading_grant SET capabilities = 'GRADES,MODULES,OUTCOMES' WHERE tenant_id = ?")
                .params(course.tenant().value())
                .update();
        CanvasConnection.keep(app, course, key, all);
    }

    @Test
    void laurelSlowsDownBeforeCanvasAsksFor() {
        CanvasConnection.connect(app, course);
        look();
        course.lms().canvas().fillBucket(560);
        type(quiz, "85");

        look();
        look();

        assertThat(course.lms().canvas().throttled()).isZero();
        assertThat(course.lms().canvas().mostInBucket()).isLessThan(700);
    }

    @Test
    void aThrottledLookWaitsAndLosesNothing() {
        CanvasConnection.connect(app, course, CanvasCapability.GRADES);
        look();
        type(quiz, "85");
        course.lms().setFault(Service.CANVAS_API, Fault.status(403, "403 Forbidden (Rate Limit Exceeded)"));
        look();
        assertThat(problem()).contains("slow down");
        long calls = course.lms().calls(Service.CANVAS_API);
        look();
        assertThat(course.lms().calls(Service.CANVAS_API))
                .as("it was asked to wait")
                .isEqualTo(calls);

        course.lms().clearFaults();
        jdbc.sql("UPDATE source_look SET not_before = NULL WHERE tenant_id = ?")
                .params(course.tenant().value())
                .update();
        look();
        assertThat(score("Final quiz")).isEqualByComparingTo("85");
        assertThat(items()).noneMatch(LineItem::deleted);
    }

    private Observation state(Mark mark) {
        course.course().progress().mark(ada, quiz, mark);
        look();
        return latest("Final quiz").orElseThrow();
    }

    private void type(Column column, String grade) {
        course.course().typeGrade(ada, column, grade);
    }

    private void look() {
        syncs.ask(course.tenant(), course.contextId(), Instant.now(), null);
        sync.run(course.tenant(), Long.toString(course.contextId()));
    }

    private void lookAtEverything() {
        jdbc.sql("UPDATE source_look SET bookmark = NULL WHERE tenant_id = ? AND source = 'canvas'")
                .params(course.tenant().value())
                .update();
        look();
    }

    /** As if the last look had been long before whatever happened since. */
    private void ageBookmark() {
        jdbc.sql("UPDATE source_look SET bookmark = CONCAT(?, SUBSTRING(bookmark, LOCATE(CHAR(10), bookmark)))"
                        + " WHERE tenant_id = ? AND source = 'canvas'")
                .params(Instant.now().toString(), course.tenant().value())
                .update();
    }

    private List<Heard> apiCalls(String path) {
        List<Heard> all = course.lms().heard(Service.CANVAS_API);
        return all.subList(Math.max(0, all.size() - 4), all.size()).stream()
                .filter(call -> call.path().endsWith(path))
                .toList();
    }

    private CourseContext context() {
        return app.getBean(Contexts.class)
                .find(course.tenant(), course.contextId())
                .orElseThrow();
    }

    private String obstacle() {
        return permissions.obstacle(context()).orElse("");
    }

    private String problem() {
        return gradebook.status(course.tenant(), course.contextId()).problem();
    }

    private List<LineItem> items() {
        return gradebook.lineItems(course.tenant(), course.contextId());
    }

    private LineItem item(String label) {
        return items().stream()
                .filter(item -> item.label().equals(label))
                .findFirst()
                .orElseThrow();
    }

    private BigDecimal score(String label) {
        return Objects.requireNonNull(latest(label).orElseThrow().score());
    }

    private Optional<Observation> latest(String label) {
        return gradebook
                .latest(course.tenant(), course.contextId(), List.of(item(label).id()), List.of(course.person(ada)))
                .stream()
                .findFirst();
    }
}
