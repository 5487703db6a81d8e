package dev.laurel.launch.web;

import static org.assertj.core.api.Assertions.assertThat;

import dev.laurel.LaurelTest;
import dev.laurel.TestRegistrations;
import dev.laurel.platform.Platforms;
import dev.laurel.platform.tenant.PublicUrl;
import java.net.URI;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import lms.Browser;
import lms.Course;
import lms.LmsUser;
import lms.Page;
import lms.ReferenceLms;
import lms.Tool;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.jdbc.core.simple.JdbcClient;

/** One browser, several launches: nothing is ever done in a course that the page does not show. */
@LaurelTest
class InterleavedLaunchesConformanceTests {

    private static final Pattern HX_HEADERS =
            Pattern.compile("hx-headers=\"\\{&quot;X-CSRF-TOKEN&quot;: &quot;([^&]+)&quot;\\}\"");

    @Autowired
    Platforms platforms;

    @Autowired
    PublicUrl publicUrl;

    @Autowired
    JdbcClient jdbc;

    private ReferenceLms lms;

    private Course chemistry;

    private final Browser browser = new Browser();

    @BeforeEach
    void start() {
        Tool laurel = Tool.laurel(URI.create(publicUrl.origin()));
        lms = ReferenceLms.builder().tool(laurel).start();
        chemistry = lms.addCourse("Chemistry", "CHE-1", 3, laurel);
        TestRegistrations.register(platforms, lms.facts());
    }

    @AfterEach
    void stop() {
        lms.close();
    }

    @Test
    @DisplayName("S51 a form of one course changes nothing once another course was opened in the browser")
    void aFormBelongsToTheLaunchThatItWasShownIn() {
        Page writing = launch(lms.course());
        Page badge = browser.open(writing.uri().resolve("/badges/new?several=on"));
        launch(chemistry);
        long before = badges();

        Page answer = browser.submit(badge, badge.formTo("/badges"), Map.of("name", "In the wrong course"));

        assertThat(answer.status()).isEqualTo(403);
        assertThat(answer.text())
                .contains("<h1>Laurel was opened again since</h1>")
                .contains("Nothing was saved", "href=\"/home\"")
                .contains("Reference number");
        assertThat(badges()).isEqualTo(before);
        assertThat(browser.open(answer.uri().resolve("/home")).text()).contains("Badges in Chemistry");
    }

    @Test
    @DisplayName("S51 a page of one course takes in no part of another course's page")
    void aPartOfAPageBelongsToItsLaunchToo() {
        Page writing = launch(lms.course());
        String token = token(writing);
        URI checks = writing.uri().resolve("/course/checks");
        assertThat(browser.get(checks, "HX-Request", "true", "X-CSRF-TOKEN", token)
                        .status())
                .isEqualTo(200);

        launch(chemistry);

        assertThat(browser.get(checks, "HX-Request", "true", "X-CSRF-TOKEN", token)
                        .status())
                .isEqualTo(403);
    }

    @Test
    @DisplayName("S51 the page that was opened last goes on working")
    void thePageOpenedLastGoesOnWorking() {
        launch(lms.course());
        Page page = launch(chemistry);

        Page answer = browser.submit(page, page.formTo("/course/checks"), Map.of());

        assertThat(answer.status()).isEqualTo(200);
        assertThat(answer.text()).contains("Badges in Chemistry");
    }

    private Page launch(Course course) {
        LmsUser teacher = course.teacher();
        return browser.launch(lms.launch(course, course.link(), teacher));
    }

    private long badges() {
        return jdbc.sql("SELECT COUNT(*) FROM rule_set").query(Long.class).single();
    }

    private static String token(Page page) {
        Matcher headers = HX_HEADERS.matcher(page.text());
        assertThat(headers.find()).as(page.text()).isTrue();
        return headers.group(1);
    }
}
