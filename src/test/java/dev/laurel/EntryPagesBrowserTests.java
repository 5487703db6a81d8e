package dev.laurel;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.APIResponse;
import com.microsoft.playwright.BrowserContext;
import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.options.AriaRole;
import com.microsoft.playwright.options.FilePayload;
import java.nio.charset.StandardCharsets;
import lms.Course;
import lms.LmsUser;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** Results that people enter in Laurel, as a teacher, an assistant and students see them in Chromium. */
@Tag("browser")
class EntryPagesBrowserTests {

    private static final String FOCUSED = """
            () => {
              const e = document.activeElement;
              const words = e.getAttribute('aria-label') || (e.labels && e.labels.length ? e.labels[0].textContent : '')
                  || e.textContent || '';
              return words.replace(/\\s+/g, ' ').trim();
            }""";

    @RegisterExtension
    static final Chromium chromium = new Chromium();

    @RegisterExtension
    static final Newcomer newcomer = new Newcomer();

    @Test
    void confirmationsAndAttendanceAreEnteredByKeyboardAndSeenByTheStudent() {
        Page student = open(course().student(0));
        Page teacher = open(course().teacher());
        go(teacher, "Results you enter here");
        Screen.check(teacher, "entries-none");

        press(teacher, "Something that you confirm");
        tabTo(teacher, "Name");
        teacher.keyboard().type("Laboratory safety");
        teacher.keyboard().press("Enter");
        assertThat(heading(teacher, "Laboratory safety")).isVisible();
        press(teacher, "Confirmed: " + course().student(0).name(), "Space");
        press(teacher, "Save");
        assertThat(teacher.getByText("Saved for 1 student.")).isVisible();
        Screen.check(teacher, "entry-confirmation");

        go(teacher, "Back to the results you enter");
        press(teacher, "A session with attendance");
        tabTo(teacher, "Name");
        teacher.keyboard().type("Seminar 1");
        tabTo(teacher, "Series");
        teacher.keyboard().type("Seminars");
        teacher.keyboard().press("Enter");
        assertThat(heading(teacher, "Seminar 1")).isVisible();
        tabTo(teacher, "Attendance of " + course().student(0).name());
        teacher.keyboard().press("ArrowDown");
        press(teacher, "Save");
        assertThat(teacher.getByText("Saved for 1 student.")).isVisible();
        Screen.check(teacher, "entry-attendance");

        student.navigate(newcomer.laurelUrl() + "/shelf");
        go(student, "Your work: what you hand in, and what your teacher noted");
        assertThat(student.getByText("Confirmed", new Page.GetByTextOptions().setExact(true)))
                .isVisible();
        assertThat(student.getByText("You were there")).isVisible();
        Screen.check(student, "my-entries");
    }

    @Test
    void workIsHandedInAssessedByTheRubricAndHandedInAgain() {
        Course chemistry = newcomer.lms().courses().get(1);
        LmsUser ada = chemistry.student(0);
        Page student = open(chemistry, ada);
        Page teacher = open(chemistry, chemistry.teacher());
        teacher.navigate(newcomer.laurelUrl() + "/course/entries");
        teacher.getByText("Work that students hand in").click();
        Locator form = teacher.locator("#evidence");
        form.getByLabel("Name").fill("Portfolio");
        form.getByLabel("What students should hand in").fill("Your best essay.\nAnd why it is the best.");
        form.getByLabel("What you look at").fill("Argument\nSources");
        Screen.check(teacher, "entries-evidence");
        form.getByLabel("How good it can be").fill("Only one");
        form.getByRole(AriaRole.BUTTON).click();
        assertThat(teacher.getByText("A rubric needs at least two different levels"))
                .isVisible();
        Screen.check(teacher, "entries-refused");
        assertThat(form.getByLabel("What students should hand in"))
                .hasValue("Your best essay.\nAnd why it is the best.");
        form.getByLabel("How good it can be").fill("Not yet\nGood\nVery good");
        form.getByRole(AriaRole.BUTTON).click();
        assertThat(heading(teacher, "Portfolio")).isVisible();
        String page = teacher.url();

        student.navigate(newcomer.laurelUrl() + "/my/entries");
        go(student, "Portfolio");
        Screen.check(student, "my-evidence-new");
        student.getByLabel("Text").fill("My essay on glassware.");
        student.getByLabel("Links").fill("example.org/no-scheme");
        button(student, "Hand it in").click();
        assertThat(student.getByText("A link is a whole web address")).isVisible();
        assertThat(student.getByLabel("Text")).hasValue("My essay on glassware.");
        Screen.check(student, "my-evidence-refused");
        student.getByLabel("Links").fill("https://example.org/glassware");
        student.getByLabel("Files")
                .setInputFiles(new FilePayload(
                        "glassware.html", "text/html", "<script>alert(1)</script>".getBytes(StandardCharsets.UTF_8)));
        button(student, "Hand it in").click();
        assertThat(student.getByText("Handed in. You see here")).isVisible();
        Screen.check(student, "my-evidence-waiting");

        APIResponse file = student.request().get(link(student, "glassware.html.txt"));
        assertThat(file.status()).isEqualTo(200);
        assertThat(file.headers())
                .containsEntry("x-content-type-options", "nosniff")
                .hasEntrySatisfying("content-type", type -> assertThat(type).startsWith("text/plain"))
                .hasEntrySatisfying(
                        "content-disposition", how -> assertThat(how).startsWith("attachment"));
        assertThat(file.text()).isEqualTo("<script>alert(1)</script>");

        teacher.navigate(page);
        Screen.check(teacher, "entry-evidence");
        go(teacher, ada.name());
        teacher.locator("fieldset", new Page.LocatorOptions().setHasText("Argument"))
                .getByLabel("Very good")
                .check();
        teacher.locator("fieldset", new Page.LocatorOptions().setHasText("Sources"))
                .getByLabel("Good", new Locator.GetByLabelOptions())
                .first()
                .check();
        teacher.getByLabel("Not accepted").check();
        teacher.getByLabel("Comment for the student").fill("Cite where you found it.");
        Screen.check(teacher, "assess");
        button(teacher, "Save the assessment").click();
        assertThat(teacher.getByText("The assessment for " + ada.name() + " is saved."))
                .isVisible();

        student.reload();
        assertThat(student.getByText("Cite where you found it.")).isVisible();
        assertThat(student.getByText("Very good (2 / 2)")).isVisible();
        Screen.check(student, "my-evidence-assessed");
        student.getByLabel("Text").fill("My essay on glassware, with sources.");
        button(student, "Hand it in").click();
        assertThat(heading(student, "Version 2")).isVisible();

        teacher.navigate(page);
        assertThat(teacher.getByText("waits for you")).isVisible();
        go(teacher, "Remove this …");
        Screen.check(teacher, "entry-removal");
        button(teacher, "Remove it").click();
        assertThat(teacher.getByText("“Portfolio” was removed.")).isVisible();
    }

    @Test
    void anAssistantSeesButDoesNotEnter() {
        Page assistant = open(course().assistant());
        assistant.navigate(newcomer.laurelUrl() + "/course/entries");

        assertThat(assistant.getByText("Entering results is for the teachers of the course."))
                .isVisible();
        assertThat(assistant.getByText("Add something")).hasCount(0);
    }

    private static Course course() {
        return newcomer.lms().course();
    }

    private static Page open(LmsUser user) {
        return open(course(), user);
    }

    private static Page open(Course course, LmsUser user) {
        BrowserContext visitor = chromium.visitor();
        Page page = visitor.newPage();
        page.navigate(newcomer.lms().launch(course, course.link(), user).asUri().toString());
        assertThat(page.locator("h1")).isVisible();
        return page;
    }

    private static void go(Page page, String link) {
        page.getByRole(AriaRole.LINK, new Page.GetByRoleOptions().setName(link))
                .first()
                .click();
    }

    private static String link(Page page, String name) {
        return newcomer.laurelUrl()
                + page.getByRole(AriaRole.LINK, new Page.GetByRoleOptions().setName(name))
                        .getAttribute("href");
    }

    private static void press(Page page, String name) {
        press(page, name, "Enter");
    }

    private static void press(Page page, String name, String key) {
        tabTo(page, name);
        page.keyboard().press(key);
    }

    private static void tabTo(Page page, String name) {
        for (int stop = 0; stop < 120; stop++) {
            page.keyboard().press("Tab");
            if (String.valueOf(page.evaluate(FOCUSED)).equals(name)) {
                return;
            }
        }
        throw new AssertionError("Tab never comes to " + name);
    }

    private static Locator heading(Page page, String name) {
        return page.getByRole(AriaRole.HEADING, new Page.GetByRoleOptions().setName(name))
                .first();
    }

    private static Locator button(Page page, String name) {
        return page.getByRole(AriaRole.BUTTON, new Page.GetByRoleOptions().setName(name));
    }
}
