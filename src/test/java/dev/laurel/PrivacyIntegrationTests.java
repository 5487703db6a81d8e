package dev.laurel;

import static org.assertj.core.api.Assertions.assertThat;

import dev.laurel.platform.tenant.PublicUrl;
import java.net.URI;
import lms.Browser;
import lms.Course;
import lms.LmsUser;
import lms.Mode;
import lms.Page;
import lms.ReferenceLms;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.context.ApplicationContext;

/** Everybody sees all of what is stored about them. */
@LaurelTest
class PrivacyIntegrationTests {

    @Autowired
    ApplicationContext app;

    @Autowired
    PublicUrl publicUrl;

    @Test
    void thePageAndTheFileListTheNumbersOfTheLmsAndOfTheGroups() {
        try (LaunchedCourse launched = LaunchedCourse.start(
                app,
                ReferenceLms.builder().students(1),
                tool -> tool.as(Mode.CANVAS)
                        .withCustom("canvas_user_id", "$Canvas.user.id")
                        .withCustom("canvas_section_ids", "$Canvas.course.sectionIds"))) {
            Course course = launched.lms().course();
            LmsUser student = course.student(0);
            course.putInto(student, "712", "915");
            Browser browser = new Browser();
            browser.launch(launched.lms()
                    .launch(course, course.addNavigation(launched.lms().tools().get(0)), student));
            String number = launched.lms().numberOf(student.id());

            Page page = browser.open(URI.create(publicUrl.at("/privacy")));
            Page file = browser.open(URI.create(publicUrl.at("/privacy/data.json")));

            assertThat(page.text())
                    .contains("uses inside", ">" + number + "<")
                    .contains("Sections or groups, by the numbers that your learning platform gives them: 712, 915");
            assertThat(file.text()).contains("\"platformUserId\":\"" + number + "\"", "\"groups\":[\"712\",\"915\"]");
        }
    }
}
