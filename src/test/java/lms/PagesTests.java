package lms;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.net.URI;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class PagesTests {

    private static ReferenceLms lms;

    private final Browser browser = new Browser();

    @BeforeAll
    static void start() {
        lms = ReferenceLms.start(0);
    }

    @AfterAll
    static void stop() {
        lms.close();
    }

    @Test
    void theCoursePageHasThirtyStudentsWithALaunchEach() {
        Page page = open("/courses/" + lms.course().id());

        assertThat(lms.course().students()).hasSize(30);
        assertThat(lms.course().students())
                .allSatisfy(student -> assertThat(page.text())
                        .contains(Pages.launchPath(lms.course(), lms.course().link(), student)));
        assertThat(page.text()).contains("Final quiz", "Essay 1");
    }

    @Test
    void aGradeIsTypedOnThePage() {
        Page gradebook = open(gradebookPath());
        Column essay = lms.course().columnCalled("Essay 1");
        LmsUser student = lms.course().student(4);
        var fields = Map.of("user", student.id(), "column", essay.id(), "grade", "85,5");

        Page saved = browser.submit(gradebook, gradebook.formTo("gradebook"), fields);

        assertThat(saved.status()).isEqualTo(200);
        assertThat(saved.text()).contains(student.name() + " has 85.5 of 100 in Essay 1.");
        assertThat(essay.grade(student).orElseThrow().score()).isEqualByComparingTo("85.5");
    }

    @ParameterizedTest
    @ValueSource(strings = {"101", "-1", "eighty", "1.000,5", "1e1", "NaN", "100.000001", "<b>"})
    void aGradeThatIsNoneIsRefusedWithASentence(String typed) {
        Page gradebook = open(gradebookPath());
        Column essay = lms.course().columnCalled("Essay 1");
        LmsUser student = lms.course().student(5);
        var fields = Map.of("user", student.id(), "column", essay.id(), "grade", typed);

        Page refused = browser.submit(gradebook, gradebook.formTo("gradebook"), fields);

        assertThat(refused.status()).isEqualTo(422);
        assertThat(refused.text()).contains("role=\"alert\"").doesNotContain("<b>");
        assertThat(essay.grade(student)).isEmpty();
        assertThatThrownBy(() -> lms.course().typeGrade(5, essay.id(), typed))
                .isInstanceOf(RefusedGradeException.class);
    }

    @Test
    void aLaunchPageFramesTheToolAndOffersANewTab() {
        Page page = open(
                Pages.launchPath(lms.course(), lms.course().link(), lms.course().teacher()));

        assertThat(page.text())
                .contains("<iframe name=\"tool\" title=\"Laurel, opened as Tina Marlow\"")
                .contains("target=\"_blank\"");
    }

    @Test
    void theStartPagePostsTheLoginToTheTool() {
        LmsUser teacher = lms.course().teacher();
        Page page = browser.get(lms.baseUrl()
                .resolve("/courses/" + lms.course().id() + "/links/"
                        + lms.course().link().id() + "/start?user=" + teacher.id()));

        Page.Form form = page.forms().get(0);
        assertThat(form.action()).isEqualTo("http://localhost:8080/lti/login");
        assertThat(form.fields())
                .containsEntry("iss", lms.issuer())
                .containsEntry("login_hint", teacher.id())
                .containsEntry("client_id", Tool.LAUREL_CLIENT_ID)
                .containsEntry("lti_deployment_id", "1");
    }

    @Test
    void theHomePageSaysWhatToClick() {
        assertThat(open("/").text()).contains("What to click first", "as the institution’s administrator");
        assertThat(open("/nowhere").status()).isEqualTo(404);
    }

    private Page open(String path) {
        return browser.open(URI.create(lms.issuer() + path));
    }

    private static String gradebookPath() {
        return "/courses/" + lms.course().id() + "/gradebook";
    }
}
