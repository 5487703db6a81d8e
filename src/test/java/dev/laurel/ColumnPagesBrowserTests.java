package dev.laurel;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;

import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.options.AriaRole;
import dev.laurel.context.Contexts;
import dev.laurel.context.CourseContext;
import dev.laurel.gradebook.Gradebook;
import dev.laurel.gradebook.LineItem;
import dev.laurel.platform.Platforms;
import dev.laurel.platform.Tenant;
import java.math.BigDecimal;
import lms.Course;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** The page of a column that Laurel added, as an instructor of the Canvas course sees it. */
@Tag("browser")
class ColumnPagesBrowserTests {

    @RegisterExtension
    static final Chromium chromium = new Chromium();

    @RegisterExtension
    static final Newcomer newcomer = new Newcomer();

    @Test
    void aColumnIsRenamedAndRemovedByPeopleWhoSeeWhatTheyDo() {
        Course canvas = newcomer.lms().courses().get(1);
        Page page = chromium.page();
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
        assertThat(page.getByRole(AriaRole.ROWHEADER)).hasText(new String[] {"Essay 1"});
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
