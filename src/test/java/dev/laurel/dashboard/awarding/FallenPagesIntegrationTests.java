package dev.laurel.dashboard.awarding;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.laurel.LaunchedCourse;
import dev.laurel.LaurelTest;
import dev.laurel.achievement.AchievementDraft;
import dev.laurel.award.Award;
import dev.laurel.award.Awards;
import dev.laurel.award.fall.Fall;
import dev.laurel.award.fall.Falls;
import dev.laurel.award.policy.AwardPolicies;
import dev.laurel.award.policy.AwardPolicy.OnFall;
import dev.laurel.criteria.RuleSet;
import dev.laurel.criteria.rule.Rule;
import dev.laurel.criteria.rule.Score;
import dev.laurel.gradebook.Gradebook;
import dev.laurel.platform.tenant.PublicUrl;
import java.math.BigDecimal;
import java.net.URI;
import java.time.Duration;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.Callable;
import lms.Browser;
import lms.Column;
import lms.Course;
import lms.LmsUser;
import lms.LtiNames;
import lms.Page;
import lms.ReferenceLms;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.context.ApplicationContext;
import org.springframework.jdbc.core.JdbcTemplate;

/** What a student is shown of a badge whose result fell, from when on her time to object runs, and what the teacher reads of it. */
@LaurelTest
class FallenPagesIntegrationTests {

    private static final Duration PATIENCE = Duration.ofSeconds(60);

    private static final Duration GRACE = Duration.ofDays(3);

    @Autowired
    ApplicationContext app;

    @Autowired
    Gradebook gradebook;

    @Autowired
    Awards awards;

    @Autowired
    Falls falls;

    @Autowired
    AwardPolicies policies;

    @Autowired
    PublicUrl publicUrl;

    private LaunchedCourse launched;

    private Course course;

    private Column column;

    private RuleSet badge;

    private Browser teacher;

    private Browser student;

    private LmsUser ada;

    @BeforeEach
    void aBadgeThatSheHas() {
        launched = LaunchedCourse.start(app, ReferenceLms.builder().students(1));
        course = launched.lms().course();
        ada = course.student(0);
        column = course.addColumn(course.link(), "Essay", 100);
        teacher = launched.launch(course.teacher());
        student = launched.launch(ada);
        badge = launched.activeBadge(
                new AchievementDraft("Essayist", "Writes essays.", "80 % in the essay", "#1f4e79", null),
                Score.atLeast(launched.column("Essay").id(), BigDecimal.valueOf(80), Rule.Unit.PERCENT));
        policy(OnFall.REVOKE);
        grade(
                "91",
                () -> !awards.ofPerson(launched.tenant(), launched.person(ada)).isEmpty());
    }

    @AfterEach
    void stop() {
        launched.close();
    }

    @ParameterizedTest
    @ValueSource(strings = {"/shelf", "/my/badges/{award}", "/badges/{badge}/learners/{person}"})
    void herTimeRunsFromWhenAPageShowedHerThatItFell(String path) {
        fell();
        assertThat(teacher.open(at("/badges/{badge}/cases")).text())
                .contains("The student has neither opened Laurel nor had an e-mail since.")
                .contains("You can take the badge back 3 days after that, or from ")
                .doesNotContain(">Take it back<");
        assertThat(open().toldAt()).isNull();

        Page shown = student.open(at(path));

        assertThat(shown.text())
                .containsAnyOf("You do not meet any more what “Essayist” takes", "Your result is now below");
        assertThat(open().actAt())
                .isEqualTo(Objects.requireNonNull(open().toldAt()).plus(GRACE));
        assertThat(teacher.open(at("/badges/{badge}/cases")).text()).contains("The student was told on");
        Fall first = open();
        student.open(at(path));
        assertThat(open()).as("looking again begins nothing anew").isEqualTo(first);
    }

    @Test
    void whoeverActsAsHerDoesNotKeepHerFromBeingTold() {
        fell();
        launched.lms()
                .tamperWithLaunches(token -> token.claim(LtiNames.CUSTOM, Map.of("canvas_masquerading_user_id", "17")));
        Browser administrator = launched.launch(ada);

        assertThat(administrator.open(at("/my/badges/{award}")).text())
                .contains("You are acting as somebody else", "Your result is now below");
        administrator.open(at("/shelf"));

        assertThat(open().toldAt()).isNull();
    }

    @Test
    void whoAnswersAboutABadgeThatIsToBeSuspendedReadsThatAnAnswerAloneDoesNotKeepIt() {
        policy(OnFall.SUSPEND);
        ask(student.open(at("/my/badges/{award}")));
        assertThat(teacher.open(at("/badges/{badge}/cases")).text()).doesNotContain("an answer alone does not keep");

        fell();

        assertThat(teacher.open(at("/badges/{badge}/cases")).text())
                .contains("an answer alone does not keep the badge from being suspended");
    }

    @ParameterizedTest
    @ValueSource(strings = {"/my/badges/{award}", "/badges/{badge}/learners/{person}"})
    void anAnswerIsNewsUntilSheHasOpenedThePageOnWhichItStaysToBeRead(String path) {
        ask(student.open(at("/my/badges/{award}")));
        answer();
        assertThat(student.open(at("/shelf")).text()).contains("Your question about “Essayist” was answered");

        assertThat(student.open(at(path)).text()).contains("The second grade counts.");

        assertThat(student.open(at("/shelf")).text()).doesNotContain("was answered");
        assertThat(student.open(at(path)).text()).contains("The second grade counts.");
    }

    @Test
    void anAnswerThatAPageDoesNotShowYetStaysNews() {
        ask(student.open(at("/my/badges/{award}")));
        answer();
        app.getBean(JdbcTemplate.class)
                .update(
                        "UPDATE award SET released_at = NULL, waits_for = 'INSTRUCTOR' WHERE tenant_id = ?",
                        launched.tenant().value());
        String why = "/badges/" + badge.id() + "/learners/" + launched.person(ada);

        assertThat(student.open(URI.create(publicUrl.at(why))).text())
                .contains("Your results for this badge are not final yet.")
                .doesNotContain("The second grade counts.");

        assertThat(student.open(URI.create(publicUrl.at("/shelf"))).text()).contains("was answered");
    }

    @Test
    void anAnswerIsNewsNoMoreOnceSheSaysThatSheHasReadIt() {
        ask(student.open(at("/my/badges/{award}")));
        answer();
        Page shelf = student.open(at("/shelf"));

        Page read = student.submit(shelf, shelf.formTo("/shelf/news"), Map.of());

        assertThat(read.text()).doesNotContain("was answered");
    }

    @Test
    void whatCameAfterSheOpenedThePageStaysNews() {
        ask(student.open(at("/my/badges/{award}")));
        answer();
        Page shelf = student.open(at("/shelf"));
        fell();

        Page read = student.submit(shelf, shelf.formTo("/shelf/news"), Map.of());

        assertThat(read.text()).doesNotContain("was answered").contains("Since you were here", "/my/badges/");
    }

    private void policy(OnFall what) {
        policies.put(
                launched.tenant(),
                badge.id(),
                policies.of(launched.tenant(), badge.id()).onFall(what, GRACE),
                1);
    }

    private void ask(Page page) {
        student.submit(page, page.formTo("/questions"), Map.of("words", "My essay was graded twice."));
    }

    private void answer() {
        Page cases = teacher.open(at("/badges/{badge}/cases"));
        teacher.submit(cases, cases.formTo("/questions/"), Map.of("answer", "The second grade counts."));
    }

    private void fell() {
        grade("40", () -> !falls.open(launched.tenant(), badge.id()).isEmpty());
    }

    private Fall open() {
        return falls.open(launched.tenant(), badge.id()).get(0);
    }

    private void grade(String grade, Callable<Boolean> noticed) {
        course.typeGrade(ada, column, grade);
        gradebook.checkSoon(launched.tenant(), launched.context().id());
        await().atMost(PATIENCE).until(noticed);
    }

    private URI at(String path) {
        long person = launched.person(ada);
        Award award = awards.ofPerson(launched.tenant(), person).get(0);
        return URI.create(publicUrl.at(path.replace("{badge}", Long.toString(badge.id()))
                .replace("{award}", Long.toString(award.id()))
                .replace("{person}", Long.toString(person))));
    }
}
