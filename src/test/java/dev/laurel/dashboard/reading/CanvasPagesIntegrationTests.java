package dev.laurel.dashboard.reading;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.laurel.LaunchedCourse;
import dev.laurel.LaurelTest;
import dev.laurel.award.Awards;
import dev.laurel.gradebook.Gradebook;
import dev.laurel.gradebook.LineItem;
import dev.laurel.gradebook.Looking;
import dev.laurel.gradebook.canvas.CanvasApiKeys;
import dev.laurel.gradebook.canvas.CanvasAuthorization;
import dev.laurel.gradebook.canvas.CanvasCapability;
import dev.laurel.gradebook.canvas.CanvasConnection;
import dev.laurel.gradebook.canvas.CanvasPermissions;
import dev.laurel.platform.tenant.PublicUrl;
import java.net.URI;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import lms.Browser;
import lms.CanvasKeys;
import lms.LmsUser;
import lms.Page;
import lms.ReferenceLms;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.context.ApplicationContext;
import org.springframework.jdbc.core.simple.JdbcClient;

/** An administrator enters a key, a teacher allows her course, and the quiz of Canvas is there. */
@LaurelTest
class CanvasPagesIntegrationTests {

    private static final Pattern ON = Pattern.compile("href=\"([^\"]+/login/oauth2/auth[^\"]+)\"");

    @Autowired
    ApplicationContext app;

    @Autowired
    Gradebook gradebook;

    @Autowired
    CanvasApiKeys apiKeys;

    @Autowired
    CanvasPermissions permissions;

    @Autowired
    CanvasAuthorization authorization;

    @Autowired
    PublicUrl publicUrl;

    @Autowired
    JdbcClient jdbc;

    private LaunchedCourse course;

    private CanvasKeys.Key key;

    private Browser teacher;

    private Browser admin;

    @BeforeEach
    void start() {
        course = LaunchedCourse.start(app, ReferenceLms.builder().students(2), CanvasConnection::tool);
        key = course.lms()
                .canvas()
                .add(
                        authorization.redirectUri(),
                        Set.copyOf(CanvasCapability.scopes(List.of(CanvasCapability.values()))),
                        true);
        teacher = course.launch(teacher());
        admin = new Browser();
        admin.launch(course.lms().launchAsAdministrator(course.lms().tools().get(0)));
    }

    @AfterEach
    void close() {
        course.close();
    }

    @Test
    void aKeyAndAPermissionShowTheQuizThatLaurelDoesNotOwnAndABadgeRestsOnIt() {
        assertThat(teacher.open(at("/course")).text()).contains("Laurel sees only its own columns here");
        Page page = admin.open(at("/institution"));
        assertThat(page.text()).contains("Read more from Canvas");

        Page kept = enter(key.id(), key.secret(), "GRADES", "TOTALS");
        assertThat(kept.text())
                .contains("The key is kept", "url:GET|/api/v1/courses/:course_id/students/submissions")
                .contains(authorization.redirectUri())
                .doesNotContain(key.secret(), "url:GET|/api/v1/courses/:course_id/modules");
        assertThat(sealed()).as("nothing of it is readable in the database").doesNotContain(key.secret());

        Page done = allowCourse(teacher, teacher());

        assertThat(done.text()).contains("Laurel may read in Canvas now", "go back to Laurel in your course");
        assertThat(done.header("Content-Security-Policy").orElseThrow()).endsWith("frame-ancestors 'none'");
        assertThat(done.header("Cache-Control").orElseThrow()).contains("no-store");
        assertThat(quizOfCanvas().source()).isEqualTo("canvas");
        course.activateBadge(teacher, "Final quiz");
        LmsUser student = course.lms().course().student(0);
        course.lms().course().typeGrade(student, course.lms().course().columnCalled("Final quiz"), "100");
        await().atMost(Duration.ofSeconds(60))
                .until(() -> !app.getBean(Awards.class)
                        .ofRuleSet(course.tenant(), course.onlyBadge().id())
                        .isEmpty());
        Page card = teacher.open(at("/course"));
        assertThat(card.text()).contains("Laurel reads this course in Canvas", "Final quiz");
        assertThat(teacher.open(at("/course/canvas")).text())
                .contains(
                        "Laurel may read this course in Canvas",
                        "Given by " + teacher().name());
        assertThat(admin.open(keyPage()).text()).contains("Courses whose teachers allowed it", "Academic writing");
    }

    private LineItem quizOfCanvas() {
        return await().atMost(Duration.ofSeconds(60))
                .until(
                        () -> gradebook
                                .lineItems(course.tenant(), course.context().id())
                                .stream()
                                .filter(item -> item.label().equals("Final quiz"))
                                .findFirst(),
                        java.util.Optional::isPresent)
                .orElseThrow();
    }

    @Test
    void aCourseThatEndedSaysSoAndNotThatNobodyGivesAKey() {
        enter(key.id(), key.secret(), "GRADES");
        allowCourse(teacher, teacher());
        quizOfCanvas();
        course.activateBadge(teacher, "Final quiz");
        course.lms().course().conclude();
        Looking.atEverything(app, course.tenant(), course.context().id());

        assertThat(teacher.open(at("/course")).text())
                .contains("The course has ended in your learning platform: “Final quiz” stays as it was last read")
                .doesNotContain("cannot read the column");
        assertThat(teacher.open(at("/course/canvas")).text()).contains("This course has ended in Canvas");
    }

    @Test
    void theAdministratorAllowsEveryCourseAtOnce() {
        enter(key.id(), key.secret(), "GRADES");

        Page page = admin.open(keyPage());
        Page left = admin.submit(page, page.formTo("/permission"), Map.of());
        Page done = comeBack(admin, left, course.lms().administrator(), Map.of());

        assertThat(done.text()).contains("Laurel may read in Canvas now");
        assertThat(permissions.obstacle(course.context())).isEmpty();
        assertThat(teacher.open(at("/course/canvas")).text()).contains("every course of the institution");
    }

    @Test
    void whatSomebodyAllowedIsAmongWhatIsStoredAboutHerAndNoTokenIs() {
        enter(key.id(), key.secret(), "GRADES", "TOTALS");
        allowCourse(teacher, teacher());

        Page page = teacher.open(at("/privacy"));
        Page file = teacher.open(at("/privacy/data.json"));

        assertThat(page.text())
                .contains("What you let Laurel read", "Totals of the course")
                .contains("Grades of all assignments and quizzes");
        assertThat(file.text())
                .as("this and no more")
                .containsPattern(
                        "\"permissions\":\\[\\{\"course\":\"" + course.context().title()
                                + "\",\"reads\":\\[\"GRADES\",\"TOTALS\"\\],\"givenAt\":\"[^\"]+\",\"endedAt\":null\\}\\]");
        assertThat(new Browser().get(at("/privacy/data.json")).status()).isNotEqualTo(200);
    }

    @Test
    void takingItBackTellsCanvas() {
        enter(key.id(), key.secret(), "GRADES");
        allowCourse(teacher, teacher());
        assertThat(course.lms().canvas().permissions()).isEqualTo(1);

        Page page = teacher.open(at("/course/canvas"));
        Page back = teacher.submit(page, page.formTo("/withdrawal"), Map.of());

        assertThat(back.text()).contains("does not read in Canvas with this permission any more");
        assertThat(course.lms().canvas().permissions()).isZero();
        assertThat(permissions.obstacle(course.context()).orElse("")).contains("Nobody has let Laurel read");
    }

    @Test
    void removingTheKeyEndsEveryPermissionInCanvasToo() {
        enter(key.id(), key.secret(), "GRADES");
        allowCourse(teacher, teacher());

        Page page = admin.open(keyPage());
        Page back = admin.submit(page, page.formTo("/removal"), Map.of());

        assertThat(back.text()).contains("The key is removed");
        assertThat(course.lms().canvas().permissions()).isZero();
        assertThat(apiKeys.key(course.tenant(), course.registration().id())).isEmpty();
    }

    @Test
    void whatIsTypedWrongIsSaidAtItsFieldAndNothingIsKept() {
        Page page = admin.open(keyPage());
        Page wrong = admin.submit(
                page,
                keyForm(page),
                Map.of("address", "https://canvas.elsewhere.example", "clientId", " ", "secret", ""));

        assertThat(wrong.text())
                .contains("No course of yours is at this address")
                .contains("Type the number that Canvas shows")
                .contains("Paste the secret");
        assertThat(apiKeys.key(course.tenant(), course.registration().id())).isEmpty();
        assertThat(admin.submit(wrong, keyForm(wrong), Map.of("address", "a b c"))
                        .text())
                .contains("Type the web address of your Canvas");
    }

    @Test
    void aRefusedFormKeepsWhatWasTypedAndAsksForTheSecretOnceMore() {
        enter(key.id(), key.secret(), "GRADES");
        Page page = admin.open(keyPage());

        Page wrong = admin.submit(
                page,
                keyForm(page),
                Map.of("address", "a b c", "clientId", "4711", "secret", "a new secret", "capabilities", "TOTALS"));

        assertThat(wrong.text())
                .contains("Type the web address of your Canvas", "Type the secret once more", "href=\"#secret\"")
                .doesNotContain("a new secret");
        assertThat(keyForm(wrong).fields()).containsEntry("address", "a b c").containsEntry("clientId", "4711");
        assertThat(admin.submit(page, keyForm(page), Map.of("address", "a b c", "secret", ""))
                        .text())
                .doesNotContain("Type the secret once more");
    }

    @Test
    void aSecretOnceEnteredIsNeverShownAndStaysWhereTheFieldIsEmpty() {
        enter(key.id(), key.secret(), "GRADES");
        Page page = admin.open(keyPage());
        assertThat(keyForm(page).fields().get("secret")).isNullOrEmpty();

        Page again = admin.submit(page, keyForm(page), Map.of("capabilities", "TOTALS"));

        assertThat(again.text()).contains("The key is kept");
        assertThat(allowCourse(teacher, teacher()).text()).contains("Laurel may read in Canvas now");
    }

    @Test
    void anotherKeyEndsWhatWasAllowedUnderTheOldOne() {
        enter(key.id(), key.secret(), "GRADES");
        allowCourse(teacher, teacher());
        CanvasKeys.Key other = course.lms().canvas().add(authorization.redirectUri(), key.scopes(), true);

        enter(other.id(), other.secret(), "GRADES");

        assertThat(permissions.ofCourse(course.context())).isEmpty();
        assertThat(course.lms().canvas().permissions()).isZero();
    }

    @Test
    void whoComesBackInAnotherBrowserOrTwiceGivesNothing() {
        enter(key.id(), key.secret(), "GRADES");
        Page left = leave(teacher);
        Map<String, String> back = CanvasConnection.answer(course.lms(), on(left), teacher());
        URI callback = at(CanvasAuthorization.CALLBACK + "?code=" + back.get("code") + "&state=" + back.get("state"));

        assertThat(new Browser().get(callback).status()).as("another browser").isEqualTo(403);
        assertThat(permissions.ofCourse(course.context())).isEmpty();
        assertThat(teacher.get(callback).text()).contains("Laurel may read in Canvas now");
        assertThat(teacher.get(callback).status()).as("the second time").isEqualTo(403);
        assertThat(teacher.get(at(CanvasAuthorization.CALLBACK + "?code=x&state=made-up"))
                        .status())
                .isEqualTo(403);
        assertThat(teacher.get(at(CanvasAuthorization.CALLBACK)).status()).isEqualTo(403);
    }

    @Test
    void whoSaysNoOrIsSomebodyElseInCanvasGivesNothing() {
        enter(key.id(), key.secret(), "GRADES");
        Page no = comeBack(teacher, leave(teacher), teacher(), Map.of("answer", "no"));
        assertThat(no.text()).contains("Laurel may not read in Canvas");

        Page other = comeBack(teacher, leave(teacher), course.lms().course().assistant(), Map.of());

        assertThat(other.text()).contains("Somebody else is logged in to Canvas");
        assertThat(permissions.ofCourse(course.context())).isEmpty();
        assertThat(course.lms().canvas().permissions()).isZero();
    }

    @Test
    void aKeyWithTooFewScopesOrAWrongSecretIsSaid() {
        CanvasKeys.Key narrow = course.lms()
                .canvas()
                .add(authorization.redirectUri(), Set.copyOf(CanvasCapability.TOTALS.scopes()), true);
        enter(narrow.id(), narrow.secret(), "GRADES");
        assertThat(teacher.open(on(leave(teacher))).text()).contains("Canvas does not know what Laurel asks for");

        enter(key.id(), "wrong", "GRADES");
        assertThat(allowCourse(teacher, teacher()).text()).contains("Canvas did not accept Laurel’s key");
    }

    @Test
    void insideAFrameTheButtonOpensAWindowThatGoesOnToCanvas() {
        enter(key.id(), key.secret(), "GRADES");
        Browser frame = Browser.framed();
        frame.launch(course.lms().launch(teacher()));
        Page page = frame.open(at("/course/canvas"));
        Browser window = new Browser();

        Page question = window.submit(page, page.formTo("/acts/confirmation"), Map.of());
        Page left = window.submit(question, question.formTo("/course/canvas/permission"), Map.of());

        assertThat(window.cookies().named("__Host-laurel")).isEmpty();
        assertThat(window.cookies().named("__Host-laurel-reading").orElseThrow().has("HttpOnly"))
                .isTrue();
        assertThat(comeBack(window, left, teacher(), Map.of()).text()).contains("Laurel may read in Canvas now");
    }

    @Test
    void aPageOfAnotherSiteSendsNobodyOnTheWay() {
        enter(key.id(), key.secret(), "GRADES");
        Browser frame = Browser.framed();
        frame.launch(course.lms().launch(teacher()));
        Page page = frame.open(at("/course/canvas"));
        Page question = new Browser().submit(page, page.formTo("/acts/confirmation"), Map.of());
        Page.Form button = question.formTo("/course/canvas/permission");

        Page refused = new Browser()
                .post(question.uri().resolve(button.action()), button.fields(), "https://elsewhere.example");

        assertThat(refused.status()).isEqualTo(404);
    }

    private LmsUser teacher() {
        return course.lms().course().teacher();
    }

    private URI at(String path) {
        return URI.create(publicUrl.at(path));
    }

    private URI keyPage() {
        return at("/institution/canvas/" + course.registration().id());
    }

    private Page.Form keyForm(Page page) {
        return page.forms().stream()
                .filter(form -> form.action()
                        .endsWith("/canvas/" + course.registration().id()))
                .findFirst()
                .orElseThrow();
    }

    /** One part after the other: a form of this browser has one value of each name. */
    private Page enter(String id, String secret, String... parts) {
        Page page = admin.open(keyPage());
        Map<String, String> typed = new HashMap<>(Map.of("clientId", id, "secret", secret));
        typed.put("capabilities", String.join(",", parts));
        Page kept = admin.submit(page, keyForm(page), typed);
        assertThat(kept.text()).contains("The key is kept");
        return kept;
    }

    private Page leave(Browser browser) {
        Page page = browser.open(at("/course/canvas"));
        return browser.submit(page, page.formTo("/course/canvas/permission"), Map.of());
    }

    private static URI on(Page left) {
        Matcher link = ON.matcher(left.text());
        assertThat(link.find()).as(left.text()).isTrue();
        String to = link.group(1).replace("&amp;", "&");
        assertThat(left.header("Refresh").orElseThrow()).endsWith(to);
        return URI.create(to);
    }

    private Page allowCourse(Browser browser, LmsUser inCanvas) {
        return comeBack(browser, leave(browser), inCanvas, Map.of());
    }

    private Page comeBack(Browser browser, Page left, LmsUser inCanvas, Map<String, String> more) {
        Page question = browser.open(on(left));
        Map<String, String> fields = new HashMap<>(Map.of("user", course.lms().numberOf(inCanvas.id())));
        fields.putAll(more);
        return browser.submit(question, question.formTo("/login/oauth2/accept"), fields);
    }

    private String sealed() {
        return jdbc
                .sql("SELECT CONCAT(HEX(secret_sealed), ' ', secret_sealed) FROM reading_key WHERE tenant_id = ?")
                .params(course.tenant().value())
                .query(byte[].class)
                .list()
                .stream()
                .map(bytes -> new String(bytes, java.nio.charset.StandardCharsets.ISO_8859_1))
                .reduce("", String::concat);
    }
}
