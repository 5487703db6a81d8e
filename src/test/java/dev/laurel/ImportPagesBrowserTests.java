package dev.laurel;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;

import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.options.AriaRole;
import com.microsoft.playwright.options.FilePayload;
import java.nio.charset.StandardCharsets;
import java.util.regex.Pattern;
import lms.Course;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** Results from a file, as an instructor brings them in Chromium: wide, on a phone, by keyboard, by dropping. */
@Tag("browser")
class ImportPagesBrowserTests {

    @RegisterExtension
    static final Chromium chromium = new Chromium();

    @RegisterExtension
    static final Newcomer newcomer = new Newcomer();

    @Test
    void aFileIsChosenMappedLookedAtAndImported() {
        Course course = newcomer.lms().course();
        Page page = chromium.visitor().newPage();
        page.navigate(newcomer.lms()
                .launch(course, course.link(), course.teacher())
                .asUri()
                .toString());
        page.getByRole(AriaRole.LINK, new Page.GetByRoleOptions().setName("Bring in results from a file"))
                .click();
        assertThat(heading(page, "Results from a file")).isVisible();
        Screen.check(page, "import");

        page.getByLabel("File", new Page.GetByLabelOptions().setExact(true)).setInputFiles(file("just words"));
        press(page, "Look at its columns");
        assertThat(page.getByText("Only one column can be found in this file.")).isVisible();
        Screen.check(page, "import-refused");

        String mail = course.student(0).email();
        drop(page, "Student,E-mail,Lab report,Field trip\nAda," + mail + ",8.5,x\nNobody,nobody@example.org,3,y\n");
        press(page, "Look at its columns");
        assertThat(heading(page, "What the columns mean")).isVisible();
        Screen.check(page, "import-columns");
        page.getByLabel("What “Student” holds").selectOption("EMAIL");
        press(page, "See what it would change");
        assertThat(page.getByRole(AriaRole.ALERT)).containsText("Another column is said to hold the same.");
        Screen.check(page, "import-columns-refused");
        page.getByLabel("What “Student” holds").selectOption("IGNORE");
        page.getByLabel("What results in “Lab report” are out of").fill("10");
        press(page, "See what it would change");
        assertThat(heading(page, "What it would change")).isVisible();
        assertThat(page.getByText("Nobody in this course is known by this.")).isVisible();
        Screen.check(page, "import-preview");

        press(page, "Import one result");
        assertThat(page.getByText("The file is being imported.")).isVisible();
        // The list follows by itself.
        assertThat(page.getByText("one result was new or changed"))
                .isVisible(new com.microsoft.playwright.assertions.LocatorAssertions.IsVisibleOptions()
                        .setTimeout(30_000));
        Screen.check(page, "import-done");

        page.getByRole(AriaRole.LINK, new Page.GetByRoleOptions().setName("Back to the course"))
                .click();
        page.getByRole(
                        AriaRole.LINK,
                        new Page.GetByRoleOptions().setName(Pattern.compile("Rename or remove\\W+Lab report")))
                .click();
        page.getByLabel("Name", new Page.GetByLabelOptions().setExact(true)).fill("Lab report 1");
        press(page, "Rename the column");
        assertThat(heading(page, "Lab report 1")).isVisible();
        Screen.check(page, "column-of-a-file");
        page.getByRole(AriaRole.LINK, new Page.GetByRoleOptions().setName("Back to the course"))
                .click();
        page.getByRole(
                        AriaRole.LINK,
                        new Page.GetByRoleOptions().setName("What badges can ask for here, and how Laurel reads it"))
                .click();
        assertThat(heading(page, "What badges can ask for here")).isVisible();
        assertThat(page.getByText("results from a file").first()).isVisible();
        Screen.check(page, "sources");
    }

    private static FilePayload file(String text) {
        return new FilePayload("results.csv", "text/csv", text.getBytes(StandardCharsets.UTF_8));
    }

    private static void drop(Page page, String text) {
        page.evaluate("""
                text => {
                  const transfer = new DataTransfer();
                  transfer.items.add(new File([text], 'results.csv', {type: 'text/csv'}));
                  document.querySelector('.drop').dispatchEvent(
                      new DragEvent('drop', {dataTransfer: transfer, bubbles: true, cancelable: true}));
                }""", text);
    }

    private static void press(Page page, String button) {
        Locator found = page.getByRole(AriaRole.BUTTON, new Page.GetByRoleOptions().setName(button));
        found.focus();
        page.keyboard().press("Enter");
    }

    private static Locator heading(Page page, String name) {
        return page.getByRole(AriaRole.HEADING, new Page.GetByRoleOptions().setName(name))
                .first();
    }
}
