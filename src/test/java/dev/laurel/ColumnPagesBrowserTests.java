package dev.laurel;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;

import com.microsoft.playwright.Browser;
import com.microsoft.playwright.BrowserType;
import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.Playwright;
import com.microsoft.playwright.options.AriaRole;
import dev.laurel.context.Contexts;
import dev.laurel.context.CourseContext;
import dev.laurel.gradebook.Gradebook;
import dev.laurel.gradebook.LineItem;
import dev.laurel.platform.Platforms;
import dev.laurel.platform.Tenant;
import java.io.IOException;
import java.math.BigDecimal;
import java.util.List;
import lms.Course;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** The page of a column that Laurel added, as an instructor of the Canvas course sees it. */
@Tag("browser")
class ColumnPagesBrowserTests {

    private static Newcomer newcomer;

    private static Playwright playwright;

    private static Browser chromium;

    @BeforeAll
    static void start() throws IOException {
        var executable = Needs.chromium();
        newcomer = new Newcomer();
        playwright = Playwright.create();
        chromium = playwright
                .chromium()
                .launch(new BrowserType.LaunchOptions()
                        .setExecutablePath(executable)
                        .setArgs(List.of("--no-sandbox", "--disable-background-networking")));
    }

    @AfterAll
    static void stop() {
        if (playwright != null) {
            playwright.close();
        }
        if (newcomer != null) {
            newcomer.close();
        }
    }

    @Test
    void aColumnIsRenamedAndRemovedByPeopleWhoSeeWhatTheyDo() {
        Course canvas = newcomer.lms().courses().get(1);
        Page page = chromium.newPage(new Browser.NewPageOptions().setLocale("en-GB"));
        page.navigate(newcomer.lms()
                .launch(canvas, canvas.link(), canvas.teacher())
                .asUri()
                .toString());
        assertThat(page.getByRole(AriaRole.HEADING, new Page.GetByRoleOptions().setName("Badges in " + canvas.title())))
                .isVisible();
        LineItem oral = added(canvas.title());

        page.navigate(newcomer.laurelUrl() + "/course/columns/" + oral.id());
        assertThat(page.getByRole(AriaRole.HEADING, new Page.GetByRoleOptions().setName("Oral")))
                .isVisible();
        Screen.check(page, "column");
        page.getByRole(AriaRole.TEXTBOX, new Page.GetByRoleOptions().setName("Name"))
                .fill("Oral examination");
        button(page, "Rename the column").click();
        assertThat(page.getByText("The column is called “Oral examination” now."))
                .isVisible();
        page.getByRole(AriaRole.LINK, new Page.GetByRoleOptions().setName("Remove it …"))
                .click();
        assertThat(page.getByText("All grades that were typed in it go away.")).isVisible();
        Screen.check(page, "column-removal");
        button(page, "Remove the column").click();
        assertThat(page.getByText("The column “Oral examination” is no longer in the gradebook."))
                .isVisible();
        Screen.check(page, "course-column-removed");
    }

    private static LineItem added(String title) {
        CourseContext course = newcomer.bean(Platforms.class).tenants().stream()
                .map(Tenant::id)
                .flatMap(tenant -> newcomer.bean(Contexts.class).ofTenant(tenant).stream())
                .filter(each -> each.title().equals(title))
                .findFirst()
                .orElseThrow();
        return newcomer.bean(Gradebook.class)
                .createColumn(course.tenant(), course.id(), "Oral", new BigDecimal("30"), false, "oral");
    }

    private static Locator button(Page page, String name) {
        return page.getByRole(AriaRole.BUTTON, new Page.GetByRoleOptions().setName(name));
    }
}
