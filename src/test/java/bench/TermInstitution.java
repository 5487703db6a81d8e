package bench;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.URI;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.UnaryOperator;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import lms.Browser;
import lms.CanvasKeys;
import lms.Course;
import lms.Page;
import lms.ReferenceLms;

/**
 * One institution at the end of its term: a Canvas with courses in which Laurel is placed, may read grades, and has a badge
 * on the quiz of each. All of it is done on the pages on which people do it.
 */
final class TermInstitution {

    /** A column of the LMS itself, which no tool sees over LTI. */
    static final String QUIZ = "Final quiz";

    private static final Pattern KEY_PAGE = Pattern.compile("/institution/canvas/\\d+");

    private static final Pattern ON = Pattern.compile("href=\"([^\"]+/login/oauth2/auth[^\"]+)\"");

    private record Visit(Browser browser, Page landing) {}

    private final TestBed bed;

    private final ReferenceLms lms;

    private final String name;

    private final Map<Course, Visit> teachers = new LinkedHashMap<>();

    private TermInstitution(TestBed bed, ReferenceLms lms, String name) {
        this.bed = bed;
        this.lms = lms;
        this.name = name;
    }

    static String name(int number) {
        return "Institution %d".formatted(number);
    }

    static UnaryOperator<ReferenceLms.Builder> settings(int number, int studentsPerCourse) {
        return builder -> builder.institution(name(number)).students(studentsPerCourse);
    }

    /** Adds courses to the one that every LMS begins with, and throttles as Canvas does. */
    static TermInstitution with(TestBed bed, int number, int courses, int studentsPerCourse) {
        ReferenceLms lms = bed.platforms().get(number);
        for (int i = 1; i < courses; i++) {
            String title = "Course %d".formatted(i);
            lms.addCourse(title, title, studentsPerCourse, lms.tools().get(0));
        }
        lms.canvas().throttleServices();
        return new TermInstitution(bed, lms, name(number));
    }

    String name() {
        return name;
    }

    ReferenceLms lms() {
        return lms;
    }

    List<Course> courses() {
        return lms.courses();
    }

    void teachersLaunch() {
        for (Course course : courses()) {
            Browser browser = new Browser();
            Page landing = browser.launch(lms.launch(course, course.link(), course.teacher()));
            assertThat(landing.status()).isEqualTo(200);
            teachers.put(course, new Visit(browser, landing));
        }
    }

    /** The administrator enters the key of her Canvas and lets Laurel read every course's grades. */
    void administratorLetsLaurelRead() {
        Browser admin = new Browser();
        admin.launch(lms.launchAsAdministrator(lms.tools().get(0)));
        Matcher link =
                KEY_PAGE.matcher(admin.open(bed.url().resolve("/institution")).text());
        assertThat(link.find()).as("a way to the page of the key").isTrue();
        String path = link.group();
        Page page = admin.open(bed.url().resolve(path));
        CanvasKeys.Key key = lms.canvas().all().get(0);
        Page kept = admin.submit(
                page,
                page.formTo(path),
                Map.of(
                        "address", lms.issuer(),
                        "clientId", key.id(),
                        "secret", key.secret(),
                        "capabilities", "GRADES"));
        Page left = admin.submit(kept, kept.formTo("/permission"), Map.of());
        Matcher on = ON.matcher(left.text());
        assertThat(on.find()).as("the way to Canvas").isTrue();
        Page question = admin.open(URI.create(on.group(1).replace("&amp;", "&")));
        admin.submit(
                question,
                question.formTo("/login/oauth2/accept"),
                Map.of("user", lms.numberOf(lms.administrator().id())));
        assertThat(lms.canvas().permissions()).isEqualTo(1);
    }

    /** Of those that Laurel has read, how many. */
    long quizzesSeen() {
        return bed.database().number("SELECT COUNT(*)" + quizzes());
    }

    void teachersActivateBadges() {
        teachers.forEach((course, teacher) -> {
            long quiz =
                    bed.database().number("SELECT l.id" + quizzes() + " AND c.title = '%s'".formatted(course.title()));
            Page form = teacher.browser().open(teacher.landing().uri().resolve("/badges/new?column=" + quiz));
            Page asked = teacher.browser().submit(form, form.formTo("/badges"), Map.of("action", "activate"));
            Page done = teacher.browser().submit(asked, asked.formTo("/activation"), Map.of());
            assertThat(done.status()).isEqualTo(200);
        });
    }

    private String quizzes() {
        return """
                 FROM line_item l
                JOIN context c ON c.tenant_id = l.tenant_id AND c.id = l.context_id
                JOIN tenant t ON t.id = l.tenant_id
                WHERE t.name = '%s' AND l.source = 'canvas' AND l.label = '%s'""".formatted(name, QUIZ);
    }
}
