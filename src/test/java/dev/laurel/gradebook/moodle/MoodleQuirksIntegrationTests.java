package dev.laurel.gradebook.moodle;

import static com.github.tomakehurst.wiremock.client.WireMock.equalTo;
import static dev.laurel.WireMocks.json;
import static dev.laurel.gradebook.moodle.MoodleStub.calling;
import static dev.laurel.gradebook.moodle.MoodleStub.captured;
import static org.assertj.core.api.Assertions.assertThat;

import com.github.tomakehurst.wiremock.client.ResponseDefinitionBuilder;
import com.github.tomakehurst.wiremock.junit5.WireMockExtension;
import dev.laurel.LaurelTest;
import dev.laurel.WireMocks;
import dev.laurel.context.Contexts;
import dev.laurel.context.CourseContext;
import dev.laurel.context.LmsCourse;
import dev.laurel.context.Member;
import dev.laurel.gradebook.Gradebook;
import dev.laurel.gradebook.GradingScheme;
import dev.laurel.gradebook.LineItem;
import dev.laurel.gradebook.Observation.Status;
import dev.laurel.gradebook.Observation.Visibility;
import dev.laurel.gradebook.key.ReadingKeys;
import dev.laurel.gradebook.source.Column;
import dev.laurel.gradebook.source.ColumnResults;
import dev.laurel.gradebook.source.Look;
import dev.laurel.gradebook.source.Reading;
import dev.laurel.gradebook.source.Result;
import dev.laurel.launch.session.Role;
import dev.laurel.platform.ServiceProblem;
import java.math.BigDecimal;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import lms.LmsUser;
import lms.Mode;
import lms.ReferenceLms;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.context.ApplicationContext;
import org.springframework.jdbc.core.simple.JdbcClient;

/** Moodle's shapes and quirks, one by one, from answers as Moodle gives them. */
@LaurelTest
class MoodleQuirksIntegrationTests {

    private static final String TOKEN = "0123456789abcdef0123456789abcdef";

    private static final String ITEMS = """
            {"gradeItems":[{"id":"2","itemname":"Quiz","category":"Course"}],"warnings":[]}""";

    @Autowired
    ApplicationContext app;

    @Autowired
    MoodleSource source;

    @Autowired
    ReadingKeys keys;

    @Autowired
    Contexts contexts;

    private LmsCourse course;

    @RegisterExtension
    final WireMockExtension server = WireMocks.onLoopback();

    private MoodleStub moodle;

    @BeforeEach
    void start() {
        moodle = new MoodleStub(server);
        course = LmsCourse.start(app, ReferenceLms.builder().mode(Mode.MOODLE).students(2));
        contexts.refreshRoster(course.tenant(), course.contextId());
        moodle.on(MoodleFunction.ITEMS, ITEMS);
        report("\"graderaw\":7");
        allow(MoodleCapability.GRADES);
    }

    @AfterEach
    void close() {
        course.close();
    }

    @Test
    void whatARealMoodleAnsweredIsReadAsItIs() {
        moodle.on(MoodleFunction.ITEMS, captured("grade items of course"));
        moodle.on(MoodleFunction.GRADES, captured("grades: all students"));
        moodle.on(MoodleFunction.ASSIGNMENT_GRADES, captured("assign grades"));
        moodle.on(MoodleFunction.CONTENTS, captured("course contents"));
        moodle.on(MoodleFunction.COMPLETIONS, captured("activity completion, passed student"));
        moodle.on(MoodleFunction.COURSE_COMPLETION, captured("course completion, passed student"));
        moodle.on(MoodleFunction.COMPETENCIES, captured("competencies of course"));
        moodle.on(MoodleFunction.COMPETENCY_REPORT, captured("competency report user"));
        moodle.on(MoodleFunction.PEOPLE, captured("enrolled users"));
        allow(MoodleCapability.values());

        Reading reading = read();

        assertThat(problem(reading)).isEmpty();
        assertThat(reading.columns())
                .extracting(Column::label)
                .contains("Essay", "Final quiz", "Course total so far", "The whole course", "Academic writing");
        assertThat(result(reading, "item-2", "8").score()).isEqualByComparingTo("16.67");
        assertThat(result(reading, "item-2", "8").gradedBy()).isEqualTo("2");
        assertThat(result(reading, "item-3", "8").gradedBy()).as("a quiz").isNull();
        assertThat(result(reading, "completion-2", ada().id()).score()).isEqualByComparingTo("1");
        assertThat(result(reading, "completion-5", ada().id()).status())
                .as("a grade is asked for, but none to pass")
                .isEqualTo(Status.GRADED);
        assertThat(reading.warnings())
                .hasSize(2)
                .anySatisfy(warning -> assertThat(warning)
                        .contains("does not cover which members may grade")
                        .contains("can add the function core_enrol_get_enrolled_users_with_capability"))
                .anySatisfy(warning -> assertThat(warning).contains("can add the function mod_assign_get_submissions"));
    }

    @Test
    void everyCallIsAPostOfAFormAndTheTokenStandsInItsBodyOnly() {
        read();

        assertThat(moodle.asked()).isNotEmpty().allSatisfy(asked -> {
            assertThat(asked.getMethod().getName()).isEqualTo("POST");
            assertThat(asked.getUrl()).isEqualTo("/webservice/rest/server.php");
            assertThat(asked.getHeader("Authorization")).isNull();
            assertThat(asked.getHeader("Content-Type")).startsWith("application/x-www-form-urlencoded");
            assertThat(asked.getBodyAsString()).contains("wstoken=" + TOKEN, "moodlewsrestformat=json");
        });
    }

    @ParameterizedTest
    @CsvSource({
        "invalidtoken, does not accept the key",
        "accessexception, can add the function gradereport_user_get_grade_items",
        "servicenotavailable, can add the function gradereport_user_get_grade_items",
        "nopermissions, may not see grades",
        "requireloginerror, may not enter this course",
        "invalidrecord, this course is not there",
        "sitemaintenance, closed for maintenance",
        "dmlreadexception, (it says: dmlreadexception)",
        "<b>Ada</b>, could not tell grades. Laurel keeps trying"
    })
    void anErrorThatComesAsSuccessIsAProblemInPlainWordsAndNothingIsConcludedFromIt(String code, String words) {
        moodle.on(MoodleFunction.GRADES, MoodleStub.error(code));

        assertThat(failing()).contains(words).doesNotContain("Ada", "SELECT");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{\"exception\":\"invalid_parameter_exception\",\"message\":\"Invalid parameter value detected\"}",
                "{\"errorcode\":\"forcepasswordchangenotice\",\"error\":\"You must change your password\"}",
                "{\"exception\":\"Exception\",\"errorcode\":null,\"message\":null}",
                "null",
                "[]",
                "\"\"",
                "{\"usergrades\":null}",
                "{\"usergrades\":{\"5\":{\"userid\":5}}}",
                "{\"usergrades\":[{\"userid\":5,\"gradeitems\":null}]}",
                "{\"usergrades\":[{\"userid\":null,\"gradeitems\":[]}]}"
            })
    void anAnswerInAnotherFormIsAProblem(String body) {
        moodle.on(MoodleFunction.GRADES, body);

        assertThat(failing()).isNotBlank().doesNotContain("You must change", "Invalid parameter");
    }

    static Stream<ResponseDefinitionBuilder> whatStandsInTheWay() {
        return Stream.of(
                WireMocks.html(200),
                WireMocks.html(503),
                WireMocks.html(500),
                WireMocks.json(404, "{}"),
                WireMocks.truncated(reported("5", "\"graderaw\":9")),
                WireMocks.brokenOff(),
                WireMocks.closed());
    }

    @ParameterizedTest
    @MethodSource("whatStandsInTheWay")
    void aMaintenancePageOrHalfAnAnswerIsAProblemOfItsFunctionAlone(ResponseDefinitionBuilder answer) {
        moodle.on(MoodleFunction.GRADES, answer);
        assertThat(failing()).isNotBlank();

        report("\"graderaw\":7");
        moodle.on(MoodleFunction.ITEMS, answer);
        assertThat(failing()).isNotBlank();

        moodle.on(MoodleFunction.ITEMS, ITEMS);
        assertThat(result(read(), "item-2", "5").score()).isEqualByComparingTo("7");
    }

    @Test
    void aMoodleThatAsksToWaitIsLeftAloneForSoLong() {
        moodle.on(MoodleFunction.ITEMS, WireMocks.html(429).withHeader("Retry-After", "120"));

        assertThat(problemOf().orElseThrow().retryAfter()).isEqualTo(Duration.ofSeconds(120));
    }

    @Test
    void aSlowAnswerIsWaitedFor() {
        moodle.on(MoodleFunction.GRADES, WireMocks.dripping(reported("5", "\"graderaw\":8"), Duration.ofMillis(800)));

        assertThat(result(read(), "item-2", "5").score()).isEqualByComparingTo("8");
    }

    @ParameterizedTest
    @CsvSource({
        "'7.5', 7.5",
        "'\"7.50000\"', 7.5",
        "'0', 0",
        "'\"0.00000\"', 0",
        "'1e1', 10",
    })
    void aNumberMayBeOneOrStandInQuotes(String raw, String score) {
        report("\"graderaw\":" + raw + ",\"gradeformatted\":\"7,50\",\"percentageformatted\":\"37,50 %\"");

        assertThat(result(read(), "item-2", "5").score()).isEqualByComparingTo(score);
    }

    @ParameterizedTest
    @ValueSource(strings = {"\"7,50000\"", "\"1.234,5\"", "\"<b>7</b>\"", "\"Competent\"", "true", "{}"})
    void aNumberInTheWayOfSomeLanguageIsNothingKnownAndNeverAGuess(String raw) {
        report("\"graderaw\":" + raw);

        Reading reading = read();

        assertThat(results(reading, "item-2").results()).isEmpty();
        assertThat(results(reading, "item-2").unreadable()).containsExactly("5");
    }

    @ParameterizedTest
    @CsvSource({
        "'\"gradeishidden\":true', HIDDEN",
        "'\"gradeishidden\":1', HIDDEN",
        "'\"gradehiddenbydate\":true', HIDDEN",
        "'\"gradeishidden\":false,\"gradehiddenbydate\":false', POSTED",
        "'\"gradeishidden\":false', POSTED"
    })
    void aGradeThatItsStudentCannotSeeIsHiddenAndSoIsWhatItCountsIn(String members, Visibility visibility) {
        report("\"graderaw\":7,\"weightraw\":1," + members);

        Reading reading = read();

        assertThat(result(reading, "item-2", "5").visibility()).isEqualTo(visibility);
        assertThat(result(reading, "item-9", "5").visibility()).isEqualTo(visibility);
    }

    @Test
    void whatAMoodleThatHidesWeightsDoesNotTellIsSaid() {
        moodle.on(MoodleFunction.GRADES, reported("5", "\"graderaw\":7").replace("\"weightraw\":1,", ""));

        Reading reading = read();

        assertThat(reading.warnings())
                .singleElement()
                .satisfies(warning -> assertThat(warning).contains("does not tell which grades are excluded"));
        assertThat(reading.columns())
                .filteredOn(column -> column.externalId().equals("item-9"))
                .singleElement()
                .extracting(Column::kind)
                .isEqualTo(LineItem.Kind.SUBTOTAL);
        assertThat(result(reading, "item-9", "5").score()).isEqualByComparingTo("35");
    }

    @Test
    void ofWhomTheReportLeavesOutNothingIsSaid() {
        moodle.on(MoodleFunction.GRADES, reported("5", "\"graderaw\":7"));

        ColumnResults quiz = results(read(), "item-2");

        assertThat(quiz.results()).extracting(Result::account).containsExactly("5");
        assertThat(quiz.whole())
                .as("who is suspended is left out, and keeps what she has")
                .isFalse();
    }

    @Test
    void warningsThatComeWithAnAnswerTakeNothingFromIt() {
        allow(MoodleCapability.GRADES, MoodleCapability.NEW_GRADES);
        moodle.on(MoodleFunction.ASSIGNMENT_GRADES, """
                {"assignments":[],"warnings":[{"item":"assignment","itemid":1,"warningcode":"3","message":"No grades found"}]}""");
        moodle.on(MoodleFunction.GRADES, """
                {"usergrades":[{"userid":5,"gradeitems":[{"id":2,"itemname":"Quiz","itemtype":"mod","itemmodule":"assign",
                 "iteminstance":1,"weightraw":1,"graderaw":7,"grademin":0,"grademax":20}]}],
                 "warnings":[{"item":"user","itemid":6,"warningcode":"2","message":"Ada Lovelace is no student"}]}""");

        Reading reading = read();

        assertThat(problem(reading)).isEmpty();
        assertThat(reading.warnings()).isEmpty();
        assertThat(moodle.asked(MoodleFunction.ASSIGNMENT_GRADES)).hasSize(1);
        assertThat(result(reading, "item-2", "5").score()).isEqualByComparingTo("7");
    }

    @Test
    void whatTheKeyDoesNotCoverIsAWarningAndWhatItCoversIsRead() {
        allow(MoodleCapability.GRADES, MoodleCapability.COMPLETIONS, MoodleCapability.COMPETENCIES);
        moodle.on(MoodleFunction.CONTENTS, captured("groups"));
        moodle.on(MoodleFunction.COMPETENCIES, captured("function not in service"));

        Reading reading = read();

        assertThat(problem(reading)).isEmpty();
        assertThat(result(reading, "item-2", "5").score()).isEqualByComparingTo("7");
        assertThat(reading.warnings())
                .hasSize(2)
                .anySatisfy(warning -> assertThat(warning).contains("may not see the activities of the course"))
                .anySatisfy(warning ->
                        assertThat(warning).contains("can add the function core_competency_list_course_competencies"));
    }

    @Test
    void whoMayGradeIsAskedOncePerCapabilityAndWhoeverMayAnyIsAnAssistant() {
        allow(MoodleCapability.GRADES, MoodleCapability.PEOPLE, MoodleCapability.OWN_ROLES);
        LmsUser bao = course.course().student(1);
        moodle.on(MoodleFunction.PEOPLE, """
                [{"id":%s,"roles":[{"roleid":5,"shortname":"student"},{"roleid":12,"shortname":"marker"}]},
                 {"id":"%s","roles":[{"roleid":13,"shortname":"fernstudent"}]}]""".formatted(ada().id(), bao.id()));
        moodle.on(
                calling(MoodleFunction.GRADING_PEOPLE)
                        .withFormParam("coursecapabilities[0][capabilities][0]", equalTo("moodle/grade:edit"))
                        .withFormParam("options[0][name]", equalTo("limitfrom")),
                json("""
                        [{"courseid":2,"capability":"moodle/grade:edit","users":[]},
                         {"courseid":2,"capability":"mod/assign:grade","users":[{"id":%s,"fullname":"Ada"}]}]""".formatted(ada().id())));

        Reading reading = read();

        assertThat(reading.warnings()).isEmpty();
        assertThat(moodle.asked(MoodleFunction.GRADING_PEOPLE)).hasSize(1);
        assertThat(member(ada()).roles()).contains(Role.TEACHING_ASSISTANT);
        assertThat(member(ada()).earns()).isFalse();
        assertThat(member(bao).earns())
                .as("a role of the site's own that may grade nothing")
                .isTrue();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "6|50 required|true",
                "8|<a href=\"https://m.example/course/view.php?id=%s\">This</a>|true",
                "8|<a href=\"https://m.example/course/view.php?id=99999\">Other</a>|false",
                "2|31 May|false"
            })
    void aCompletionThatMayRestOnAGradeThatLaurelWritesIsNoInput(int type, String criterion, boolean rests) {
        completions("{\"cmid\":30,\"state\":0}");
        long number = CourseNumber.of(context()).orElseThrow();
        moodle.on(MoodleFunction.COURSE_COMPLETION, """
                {"completionstatus":{"completed":true,"aggregation":1,"completions":[{"type":%d,"complete":true,
                  "timecompleted":1795393220,"details":{"criteria":"%s"}}]}}""".formatted(
                        type, criterion.formatted(number).replace("\"", "\\\"")));
        assertThat(result(read(), "course-completion", ada().id()).score()).isEqualByComparingTo("1");

        app.getBean(Gradebook.class)
                .createColumn(course.tenant(), course.contextId(), "Badges", BigDecimal.ONE, true, "badges");
        Reading reading = read();

        assertThat(reading.columns()).extracting(Column::externalId).contains("completion-30");
        assertThat(reading.columns().stream()
                        .noneMatch(column -> column.externalId().equals("course-completion")))
                .isEqualTo(rests);
        assertThat(reading.warnings().stream().anyMatch(words -> words.contains("a badge would feed itself")))
                .isEqualTo(rests);
    }

    @Test
    void aCompletionThatRestsOnAnotherCourseIsFollowedToWhereLaurelWritesAndNotInCircles() {
        completions("{\"cmid\":30,\"state\":0}");
        long number = CourseNumber.of(context()).orElseThrow();
        app.getBean(Gradebook.class)
                .createColumn(course.tenant(), course.contextId(), "Badges", BigDecimal.ONE, true, "badges");
        after(number, 90501);
        after(90501, 90502);
        after(90502, 90501);
        assertThat(read().columns()).extracting(Column::externalId).contains("course-completion");
        assertThat(moodle.asked(MoodleFunction.COURSE_COMPLETION))
                .as("each course once, and this one of each learner")
                .hasSizeLessThan(8);

        after(90502, number);

        Reading reading = read();
        assertThat(reading.columns()).extracting(Column::externalId).doesNotContain("course-completion");
        assertThat(reading.warnings()).anyMatch(words -> words.contains("a badge would feed itself"));
    }

    static Stream<ResponseDefinitionBuilder> whatTellsNothingOfACourse() {
        return Stream.of(
                json(MoodleStub.error("nopermissions")),
                json(MoodleStub.error("usernotenroled")),
                json(MoodleStub.error("dmlreadexception")),
                json("{\"completionstatus\":{\"completed\":true}}"),
                WireMocks.html(502));
    }

    @ParameterizedTest
    @MethodSource("whatTellsNothingOfACourse")
    void aCompletionOfWhichNobodyKnowsWhatItRestsOnIsNoInputAndThatIsSaid(ResponseDefinitionBuilder answer) {
        completions("{\"cmid\":30,\"state\":0}");
        long number = CourseNumber.of(context()).orElseThrow();
        moodle.on(MoodleFunction.COURSE_COMPLETION, answer);
        after(number, 90501);

        Reading reading = read();

        assertThat(problem(reading)).isEmpty();
        assertThat(reading.columns())
                .extracting(Column::externalId)
                .contains("completion-30")
                .doesNotContain("course-completion");
        assertThat(reading.warnings())
                .as("and nothing of this course failed")
                .singleElement()
                .satisfies(words -> assertThat(words).contains("rests on other courses"));
        assertThat(moodle.asked(MoodleFunction.COURSE_COMPLETION)).hasSizeLessThan(10);
    }

    @Test
    void aCompletionThatRestsOnMoreCoursesThanAreAskedForIsNoInputEither() {
        completions("{\"cmid\":30,\"state\":0}");
        long number = CourseNumber.of(context()).orElseThrow();
        after(number, 90500);
        for (int course = 90500; course < 90515; course++) {
            after(course, course + 1);
        }

        Reading reading = read();

        assertThat(reading.columns()).extracting(Column::externalId).doesNotContain("course-completion");
        assertThat(reading.warnings()).anyMatch(words -> words.contains("rests on other courses"));
    }

    @Test
    void aTestCopyIsAskedWhetherLaurelWritesInTheOtherCoursesOfTheTestCopy() {
        completions("{\"cmid\":30,\"state\":0}");
        long number = CourseNumber.of(context()).orElseThrow();
        after(number, 90501);
        after(90501, 90501);
        app.getBean(Gradebook.class)
                .createColumn(course.tenant(), course.contextId(), "Badges", BigDecimal.ONE, true, "badges");
        moveOutputToTestCopy(90501);
        assertThat(read().columns())
                .as("a real course does not rest on a test copy")
                .extracting(Column::externalId)
                .contains("course-completion");

        sql("UPDATE context SET sample = TRUE WHERE tenant_id = ?");

        assertThat(read().columns()).extracting(Column::externalId).doesNotContain("course-completion");
    }

    private void moveOutputToTestCopy(long number) {
        sql("""
                INSERT INTO context (tenant_id, registration_id, deployment_pk, context_hash, context_id, title, platform_course,
                    sample, last_launch_at, created_at)
                SELECT tenant_id, registration_id, deployment_pk, 'other', 'other', 'Other', '%d', TRUE, last_launch_at, created_at
                FROM context WHERE tenant_id = ?""".formatted(number));
        sql(
                "UPDATE line_item SET context_id = (SELECT id FROM context WHERE title = 'Other' AND context.tenant_id = line_item.tenant_id)"
                        + " WHERE tenant_id = ? AND is_output");
    }

    private void sql(String statement) {
        app.getBean(JdbcClient.class)
                .sql(statement)
                .param(course.tenant().value())
                .update();
    }

    private void after(long course, long other) {
        moodle.on(
                calling(MoodleFunction.COURSE_COMPLETION).withFormParam("courseid", equalTo(Long.toString(course))),
                json("""
                        {"completionstatus":{"completed":true,"aggregation":1,"completions":[{"type":8,"complete":true,
                          "details":{"criteria":"<a href=\\"https://m.example/course/view.php?id=%d\\">It</a>"}}]}}""".formatted(other)));
    }

    @ParameterizedTest
    @ValueSource(strings = {"null", "\"\"", "\"complete\"", "{}", "true"})
    void aCompletionThatCannotBeReadIsNotTakenForNone(String state) {
        completions("{\"cmid\":30,\"state\":" + state + "}");
        moodle.on(
                MoodleFunction.COURSE_COMPLETION,
                "{\"completionstatus\":{\"completed\":" + (state.equals("true") ? "null" : state)
                        + ",\"completions\":[]}}");

        Reading reading = read();

        for (String column : List.of("completion-30", "course-completion")) {
            assertThat(results(reading, column).results()).isEmpty();
            assertThat(results(reading, column).unreadable()).contains(ada().id());
        }
    }

    @ParameterizedTest
    @CsvSource({"true, GRADED", "false, NONE", "null, NONE"})
    void aGradeThatIsNotEnoughCompletesAnActivityWhereMoodleSaysSo(String overall, Status status) {
        completions("{\"cmid\":30,\"state\":3,\"timecompleted\":1795393219,\"isoverallcomplete\":" + overall + "}");

        assertThat(result(read(), "completion-30", ada().id()).status()).isEqualTo(status);
    }

    @Test
    void anActivityThatIsNotNamedIsNotComplete() {
        completions("{\"cmid\":31,\"state\":1}");

        assertThat(result(read(), "completion-30", ada().id()).status()).isEqualTo(Status.NONE);
    }

    private void completions(String status) {
        allow(MoodleCapability.GRADES, MoodleCapability.COMPLETIONS, MoodleCapability.COURSE_COMPLETION);
        moodle.on(MoodleFunction.CONTENTS, """
                [{"id":1,"name":"Week 1","modules":[{"id":30,"name":"Read","modname":"page","completion":1}]}]""");
        moodle.on(MoodleFunction.COMPLETIONS, "{\"statuses\":[" + status + "],\"warnings\":[]}");
        moodle.on(MoodleFunction.COURSE_COMPLETION, "{\"completionstatus\":{\"completed\":false,\"completions\":[]}}");
    }

    @ParameterizedTest
    @CsvSource({"B, false", "A, true", "Well done, true", "-, false"})
    void lettersThatMoodleShowsAndThatAreNotThoseThatWereStatedAreSaid(String letter, boolean said) {
        String one = reported("5", "\"graderaw\":7")
                .replace(
                        "\"itemtype\":\"course\",",
                        "\"itemtype\":\"course\",\"lettergradeformatted\":\"" + letter + "\",");
        String two = one.replace("\"userid\":5", "\"userid\":6");
        String end = "],\"warnings\"";
        moodle.on(
                MoodleFunction.GRADES,
                one.replace(end, "," + two.substring(two.indexOf('[') + 1, two.indexOf(end)) + end));
        assertThat(read().warnings()).isEmpty();

        app.getBean(Gradebook.class)
                .stateLetters(
                        context(),
                        GradingScheme.NONE,
                        new GradingScheme(List.of(
                                new GradingScheme.Step("A", new BigDecimal(50)),
                                new GradingScheme.Step("B", new BigDecimal(35)),
                                new GradingScheme.Step("F", BigDecimal.ZERO))));

        assertThat(read().warnings().stream().anyMatch(words -> words.contains("under other letters")))
                .isEqualTo(said);
    }

    @Test
    void hiddenGradesThatTheAccountMayNotSeeAreSaid() {
        report("\"graderaw\":null,\"gradeishidden\":true,\"gradedategraded\":1795653342");

        assertThat(read().warnings())
                .singleElement()
                .satisfies(words -> assertThat(words).contains("moodle/grade:viewhidden"));
    }

    @Test
    void thePersonWithoutTheNumberOfAMoodleIsNotTakenForAnybody() {
        allow(MoodleCapability.GRADES, MoodleCapability.PEOPLE);
        moodle.on(MoodleFunction.PEOPLE, """
                [{"id":null,"roles":[{"shortname":"teacher"}]},{"id":"x","roles":[{"shortname":"teacher"}]}]""");

        assertThat(problem(read())).isEmpty();
        assertThat(member(ada()).earns()).isTrue();
    }

    // ---- one course of one item

    private void report(String members) {
        moodle.on(MoodleFunction.GRADES, reported("5", members));
    }

    private static String reported(String account, String members) {
        return """
                {"usergrades":[{"courseid":2,"userid":%s,"userfullname":"Somebody","maxdepth":2,"gradeitems":[
                  {"id":2,"itemname":"Quiz","itemtype":"mod","itemmodule":"quiz","iteminstance":3,"grademin":0,"grademax":20,
                   "weightraw":1,%s},
                  {"id":9,"itemname":null,"itemtype":"course","graderaw":7,"grademin":0,"grademax":20}]}],"warnings":[]}""".formatted(account, members);
    }

    private void allow(MoodleCapability... capabilities) {
        keys.save(
                course.tenant(),
                course.registrationId(),
                "moodle",
                TestReadingKeys.of(moodle.address().toString(), TOKEN, capabilities));
    }

    private CourseContext context() {
        return contexts.find(course.tenant(), course.contextId()).orElseThrow();
    }

    private LmsUser ada() {
        return course.course().student(0);
    }

    private Member member(LmsUser user) {
        return contexts.member(course.tenant(), course.contextId(), course.person(user))
                .orElseThrow();
    }

    private Reading read() {
        return source.read(context(), Look.atEverything(column -> true), (done, of) -> {});
    }

    private Optional<ServiceProblem> problemOf() {
        try {
            return Optional.ofNullable(read().problem());
        } catch (ServiceProblem problem) {
            return Optional.of(problem);
        }
    }

    /** In what words a reading fails, from which nothing may be concluded. */
    private String failing() {
        return problemOf().map(ServiceProblem::getMessage).orElse("");
    }

    private static Optional<String> problem(Reading reading) {
        return Optional.ofNullable(reading.problem()).map(ServiceProblem::getMessage);
    }

    private static ColumnResults results(Reading reading, String externalId) {
        return reading.results().stream()
                .filter(column -> column.externalId().equals(externalId))
                .findFirst()
                .orElseThrow();
    }

    private static Result result(Reading reading, String externalId, String account) {
        return results(reading, externalId).results().stream()
                .filter(result -> result.account().equals(account))
                .findFirst()
                .orElseThrow();
    }
}
