package dev.laurel;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.laurel.award.Award;
import dev.laurel.award.Awards;
import dev.laurel.criteria.RuleSet;
import dev.laurel.platform.tenant.PublicUrl;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.Map;
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

/** A badge on a quiz that Laurel does not own: by the pages, once the administrator has given a key of Moodle. */
@LaurelTest
class BadgeOnAQuizIntegrationTests {

    @Autowired
    ApplicationContext app;

    @Autowired
    Awards awards;

    @Autowired
    PublicUrl publicUrl;

    private LaunchedCourse course;

    @BeforeEach
    void start() {
        course = LaunchedCourse.start(
                app, ReferenceLms.builder().mode(Mode.MOODLE).students(4));
    }

    @AfterEach
    void close() {
        course.close();
    }

    @Test
    void whoPassesTheQuizOfMoodleGetsTheBadge() {
        LmsUser ada = course.lms().course().student(0);
        LmsUser bao = course.lms().course().student(1);
        Browser teacher = course.launch(course.lms().course().teacher());
        course.column("Essay 1");
        assertThat(teacher.open(at("/badges/new")).text()).doesNotContain("Final quiz");
        assertThat(teacher.open(at("/course")).text()).contains("only Laurel’s own columns");

        giveKey();
        course.activateBadge(teacher, "Final quiz");
        assertThat(teacher.open(at("/course")).text()).doesNotContain("only Laurel’s own columns");
        grade(ada, "95");
        grade(bao, "20");

        RuleSet badge = course.onlyBadge();
        await().atMost(Duration.ofSeconds(60))
                .untilAsserted(() -> assertThat(holders(badge)).containsExactly(course.person(ada)));
        assertThat(holders(badge)).doesNotContain(course.person(bao));
    }

    private void giveKey() {
        Browser admin = new Browser();
        admin.launch(course.lms().launchAsAdministrator(course.lms().tools().get(0)));
        String path = "/institution/moodle/" + course.registration().id();
        Page page = admin.open(at(path));
        Page done = admin.submit(
                page, page.formTo(path), Map.of("token", course.lms().moodle().token()));
        assertThat(done.text()).contains("The key works.");
    }

    private void grade(LmsUser user, String points) {
        course.lms().course().typeGrade(user, course.lms().course().columnCalled("Final quiz"), points);
    }

    private List<Long> holders(RuleSet badge) {
        return awards.ofRuleSet(course.tenant(), badge.id()).stream()
                .map(Award::personId)
                .toList();
    }

    private URI at(String path) {
        return URI.create(publicUrl.at(path));
    }
}
