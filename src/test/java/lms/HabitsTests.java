package lms;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.URI;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** One LMS that behaves in three ways at once. */
class HabitsTests {

    private static ReferenceLms lms;

    @BeforeAll
    static void start() {
        lms = ReferenceLms.withThreeCourses(URI.create("http://localhost:1")).start();
    }

    @AfterAll
    static void stop() {
        lms.close();
    }

    @Test
    void aVisitorFindsACourseForEach() {
        assertThat(lms.courses())
                .extracting(course -> lms.toolOf(course.link()).mode())
                .containsExactly(Mode.GENERIC, Mode.CANVAS, Mode.MOODLE);
        assertThat(lms.facts()).hasSize(3);
        assertThat(new Browser().open(lms.baseUrl()).text())
                .contains("Organic chemistry", "behaves like Canvas", "Modern history", "behaves like Moodle");
    }

    @Test
    void aLinkInTheMenuOfACanvasCourseBearsTheIdOfTheCourse() {
        Map<String, Object> claims = menuLaunch(lms.courses().get(1));

        assertThat(claims.get(LtiNames.RESOURCE_LINK))
                .extracting("id")
                .isEqualTo(((Map<?, ?>) claims.get(LtiNames.CONTEXT)).get("id"));
        assertThat(claims).containsEntry("https://www.instructure.com/placement", "course_navigation");
        assertThat(claims.get("aud")).isEqualTo(claims.get("azp"));
        assertThat(((Map<?, ?>) claims.get(LtiNames.AGS_ENDPOINT)).containsKey("lineitem"))
                .isFalse();
        assertThat((List<?>) claims.get(LtiNames.ROLES))
                .anySatisfy(role -> assertThat(role).asString().endsWith("Instructor#TeachingAssistant"))
                .anySatisfy(role -> assertThat(role).asString().endsWith("membership#Instructor"));
    }

    @Test
    void aMoodleLaunchIsShortLivedAndShortWorded() {
        Map<String, Object> claims = menuLaunch(lms.courses().get(2));

        assertThat(claims).doesNotContainKeys("azp", "locale");
        assertThat((long) claims.get("exp") - (long) claims.get("iat")).isEqualTo(60);
        assertThat(claims.get(LtiNames.CONTEXT)).extracting("type").isEqualTo(List.of("CourseSection"));
    }

    private static Map<String, Object> menuLaunch(Course course) {
        ResourceLink menu =
                course.links().stream().filter(ResourceLink::inMenu).findFirst().orElseThrow();
        return lms.idToken(lms.launch(course, menu, course.assistant()), "nonce")
                .claims();
    }
}
