package dev.laurel.dashboard.course;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.laurel.LaurelTest;
import dev.laurel.achievement.AchievementDraft;
import dev.laurel.achievement.Issuer;
import dev.laurel.achievement.Issuers;
import dev.laurel.context.Contexts;
import dev.laurel.context.CourseContext;
import dev.laurel.context.LmsCourse;
import dev.laurel.criteria.Authority;
import dev.laurel.criteria.RuleSet;
import dev.laurel.criteria.RuleSets;
import dev.laurel.criteria.rule.CourseTotal;
import dev.laurel.criteria.rule.Terms;
import dev.laurel.dashboard.badge.BadgeDesk;
import dev.laurel.gradebook.Gradebook;
import dev.laurel.gradebook.GradingScheme;
import dev.laurel.gradebook.Looking;
import dev.laurel.gradebook.moodle.MoodleCapability;
import dev.laurel.gradebook.moodle.TestReadingKeys;
import dev.laurel.platform.tenant.PublicUrl;
import java.net.URI;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import lms.Browser;
import lms.LmsUser;
import lms.Mode;
import lms.Page;
import lms.ReferenceLms;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.context.ApplicationContext;
import org.springframework.web.util.HtmlUtils;

/** Letters that an instructor stated: changed and taken back with the badges in mind that ask for them. */
@LaurelTest
class LettersIntegrationTests {

    private static final String LETTERS = "/course/letters";

    private static final String MEANWHILE = "were changed after you opened";

    @Autowired
    ApplicationContext app;

    @Autowired
    Contexts contexts;

    @Autowired
    Gradebook gradebook;

    @Autowired
    RuleSets ruleSets;

    @Autowired
    Authority authority;

    @Autowired
    BadgeDesk desk;

    @Autowired
    Issuers issuers;

    @Autowired
    PublicUrl publicUrl;

    private LmsCourse course;

    private Browser teacher;

    @BeforeEach
    void aCourseOfMoodleWithLetters() {
        course = LmsCourse.start(app, ReferenceLms.builder().mode(Mode.MOODLE).students(1));
        course.course().addOwnColumn("Essay", 100);
        TestReadingKeys.forMoodle(app, course, MoodleCapability.GRADES);
        Looking.at(app, course.tenant(), course.contextId());
        teacher = browser(course.course().teacher());
        save(teacher, teacher.open(at(LETTERS)), "90 A\n80 B\n0 F");
    }

    @AfterEach
    void close() {
        course.close();
    }

    @Test
    void lettersThatNoActiveBadgeAsksForAreTakenBackAfterALastQuestion() {
        RuleSet draft = badge("Essayist");

        Page question = teacher.open(at(LETTERS + "/withdrawal"));
        assertThat(text(question))
                .contains("Take back the letters of this course?", "The badge “Essayist” asks for a letter.");
        assertThat(scheme()).isEqualTo("90 A, 80 B, 0 F");
        Page done = teacher.submit(question, question.formTo(LETTERS + "/withdrawal/"), Map.of());

        assertThat(text(done)).contains("The letters were taken back.", "Nobody has said it yet");
        assertThat(scheme()).isEmpty();
        assertThatThrownBy(() -> ruleSets.activate(course.tenant(), draft.id(), 1))
                .hasMessage("rule.bad.letter");
    }

    @Test
    void lettersThatAnActiveBadgeAsksForStayAndAreChangedOnlyAfterALastQuestion() {
        RuleSet badge = badge("Essayist");
        ruleSets.activate(course.tenant(), badge.id(), 1);
        String why = "The badge “Essayist” asks for a letter, so these cannot be taken back now.";

        Page page = teacher.open(at(LETTERS));
        assertThat(text(page)).contains(why).doesNotContain(LETTERS + "/withdrawal");
        assertThat(text(teacher.open(at(LETTERS + "/withdrawal")))).contains(why);
        assertThat(text(save(teacher, page, "90 A\n0 F"))).contains("A badge of this course asks for “B”.");
        Page question = save(teacher, page, "90 A\n70 B\n0 F");
        assertThat(text(question)).contains("The badge “Essayist” asks for a letter", "90 A, 70 B, 0 F");
        assertThat(scheme()).isEqualTo("90 A, 80 B, 0 F");

        Page done = teacher.submit(question, question.formTo(LETTERS + "/use/"), Map.of());

        assertThat(text(done)).contains("Badges of this course can ask for these letters.");
        assertThat(scheme()).isEqualTo("90 A, 70 B, 0 F");

        ruleSets.pause(course.tenant(), badge.id(), 1);
        question = teacher.open(at(LETTERS + "/withdrawal"));
        teacher.submit(question, question.formTo(LETTERS + "/withdrawal/"), Map.of());
        assertThat(scheme()).isEmpty();
    }

    @Test
    void whoSavesAfterSomebodyElseDidIsToldFirst() {
        Browser other = browser(course.course().teacher());
        Page opened = teacher.open(at(LETTERS));
        Page withdrawal = teacher.open(at(LETTERS + "/withdrawal"));
        save(other, other.open(at(LETTERS)), "95 A\n0 F");

        Page told = save(teacher, opened, "85 A\n0 F");
        assertThat(text(told)).contains(MEANWHILE, "Saved now: 95 A, 0 F", "85 A\n0 F");
        assertThat(text(teacher.submit(withdrawal, withdrawal.formTo(LETTERS + "/withdrawal/"), Map.of())))
                .contains(MEANWHILE, "nothing was done");
        assertThat(scheme()).isEqualTo("95 A, 0 F");

        save(teacher, told, "85 A\n0 F");
        assertThat(scheme()).isEqualTo("85 A, 0 F");
    }

    @Test
    void anAnswerToAQuestionAboutOtherLettersDoesNothing() {
        RuleSet badge = badge("Essayist");
        ruleSets.activate(course.tenant(), badge.id(), 1);
        Page question = save(teacher, teacher.open(at(LETTERS)), "90 A\n70 B\n0 F");
        gradebook.stateLetters(
                context(), known(), new GradingScheme(known().steps().subList(0, 2)));

        Page told = teacher.submit(question, question.formTo(LETTERS + "/use/"), Map.of());

        assertThat(text(told)).contains(MEANWHILE, "nothing was done");
        assertThat(scheme()).isEqualTo("90 A, 80 B");
    }

    @Test
    void noStudentMayStateOrTakeBackLetters() {
        Browser student = browser(course.course().student(0));

        assertThat(student.open(at(LETTERS)).status()).isEqualTo(404);
        assertThat(student.open(at(LETTERS + "/withdrawal")).status()).isEqualTo(404);
        Page form = teacher.open(at(LETTERS + "/withdrawal"));
        assertThat(student.submit(form, form.formTo(LETTERS + "/withdrawal/"), Map.of())
                        .status())
                .isIn(403, 404);
        assertThat(scheme()).isEqualTo("90 A, 80 B, 0 F");
    }

    @Test
    void aBadgeWhoseLettersAreGoneDoesNotGoOnByItselfAndItsPageSaysWhy() {
        Issuer college = issuers.createForInstitution(course.tenant(), "Northfield College", 1);
        issuers.grant(course.tenant(), college.id(), course.contextId(), 1);
        RuleSet badge = badge("Essayist");
        ruleSets.activate(course.tenant(), badge.id(), 1);
        issuers.withdrawGrant(course.tenant(), course.contextId(), 1);
        gradebook.stateLetters(context(), known(), GradingScheme.NONE);
        Authority.Change change = authority.change(course.tenant(), course.contextId(), college.id());
        assertThat(change.resumed()).isEmpty();
        assertThat(change.stuck()).extracting(RuleSet::id).containsExactly(badge.id());

        issuers.grant(course.tenant(), college.id(), course.contextId(), 1);

        assertThat(ruleSets.find(course.tenant(), badge.id()).orElseThrow().status())
                .isEqualTo(RuleSet.Status.PAUSED);
        assertThat(text(teacher.open(at("/badges/" + badge.id())))).contains("does not have the letter “B” any more");
    }

    private RuleSet badge(String name) {
        return desk.draft(
                context(),
                new AchievementDraft(name, "Can do it.", "At least B.", "#1f4e79", null),
                new CourseTotal(CourseTotal.Which.CURRENT, null, "B", Terms.STANDARD),
                course.person(course.course().teacher()));
    }

    private CourseContext context() {
        return contexts.find(course.tenant(), course.contextId()).orElseThrow();
    }

    private GradingScheme known() {
        return gradebook.gradingScheme(course.tenant(), course.contextId()).orElse(GradingScheme.NONE);
    }

    private String scheme() {
        List<GradingScheme.Step> steps = known().steps();
        return steps.stream()
                .map(step -> step.fromPercent().toPlainString() + " " + step.letter())
                .collect(Collectors.joining(", "));
    }

    private static Page save(Browser browser, Page page, String letters) {
        return browser.submit(page, page.formTo(LETTERS), Map.of("letters", letters));
    }

    private static String text(Page page) {
        return HtmlUtils.htmlUnescape(page.text());
    }

    private Browser browser(LmsUser user) {
        Browser browser = new Browser();
        browser.launch(course.lms().launch(user));
        return browser;
    }

    private URI at(String path) {
        return URI.create(publicUrl.at(path));
    }
}
