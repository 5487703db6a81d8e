package dev.laurel.dashboard.dryrun;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.laurel.LaunchedCourse;
import dev.laurel.LaurelTest;
import dev.laurel.criteria.RuleSet;
import dev.laurel.criteria.RuleSets;
import dev.laurel.gradebook.Gradebook;
import dev.laurel.platform.tenant.PublicUrl;
import java.net.URI;
import java.time.Duration;
import java.util.Map;
import lms.Browser;
import lms.Column;
import lms.Course;
import lms.LmsUser;
import lms.Page;
import lms.ReferenceLms;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.context.ApplicationContext;

/** A column is deleted in the LMS and made anew: the badge's page leads to the new one, and one click takes it. */
@LaurelTest
class RemapPagesIntegrationTests {

    private static final Duration PATIENCE = Duration.ofSeconds(60);

    @Autowired
    ApplicationContext app;

    @Autowired
    Gradebook gradebook;

    @Autowired
    RuleSets ruleSets;

    @Autowired
    PublicUrl publicUrl;

    private LaunchedCourse launched;

    private Course course;

    private Column essay;

    private LmsUser ada;

    private LmsUser bao;

    private Browser teacher;

    private RuleSet badge;

    private long gone;

    @BeforeEach
    void aBadgeOnAColumn() {
        launched = LaunchedCourse.start(app, ReferenceLms.builder().students(2));
        course = launched.lms().course();
        ada = course.student(0);
        bao = course.student(1);
        essay = course.addColumn(course.link(), "Essay", 100, "essay-of-term");
        course.addColumn(course.link(), "Essay plan", 100, "plan-of-term");
        teacher = launched.launch(course.teacher());
        launched.activateBadge(teacher, "Essay");
        badge = launched.onlyBadge();
        gone = launched.column("Essay").id();
    }

    @AfterEach
    void stop() {
        launched.close();
    }

    @Test
    void theOneWithTheSameResourceIdIsOfferedWhateverItIsCalled() {
        isMadeAnew("Final paper", "essay-of-term");

        Page offered = offered();

        assertThat(offered.text()).contains("This fits best", "Use “Final paper” instead");
        isTaken(offered, "Final paper");
    }

    @Test
    void theOneWithTheSameTitleIsOfferedWhereNothingElseTellsThemApart() {
        isMadeAnew("Essay", "another-id");

        Page offered = offered();

        assertThat(offered.text()).contains("This fits best", "Use “Essay” instead");
        isTaken(offered, "Essay");
    }

    private void isMadeAnew(String title, String resourceId) {
        course.delete(essay);
        Column anew = course.addColumn(course.link(), title, 100, resourceId);
        course.typeGrade(ada, anew, "90");
        course.typeGrade(bao, anew, "70");
        gradebook.checkSoon(launched.tenant(), launched.context().id());
    }

    /** By the link beside the warning. */
    private Page offered() {
        String link = "/badges/" + badge.id() + "/columns/" + gone;
        Page warned = await().atMost(PATIENCE)
                .until(() -> page("/badges/" + badge.id()), page -> page.text().contains("href=\"" + link + "\""));
        assertThat(warned.text()).contains("The column “Essay” is not in the gradebook any more", "Use another column");
        return await().atMost(PATIENCE)
                .until(() -> page(link), page -> page.text().contains("One student would meet it too"));
    }

    private void isTaken(Page offered, String title) {
        assertThat(offered.text())
                .as("who changes")
                .contains("0 meet the rule so far, 1 would meet this one.", "<li>" + ada.name() + "</li>")
                .doesNotContain(bao.name());

        Page done = teacher.submit(offered, offered.formTo("/columns/" + gone), Map.of("to", value(offered)));

        assertThat(done.text()).contains("The rule looks at “" + title + "” in place of “Essay”.");
        assertThat(ruleSets.find(launched.tenant(), badge.id()))
                .hasValueSatisfying(now -> assertThat(now.rule().lineItemIds())
                        .doesNotContain(gone)
                        .hasSize(1));
        assertThat(page("/badges/" + badge.id()).text()).doesNotContain("Use another column");
    }

    /** Of the one button. */
    private static String value(Page offered) {
        return offered.text().replaceFirst("(?s).*name=\"to\" value=\"(\\d+)\".*", "$1");
    }

    private Page page(String path) {
        return teacher.open(URI.create(publicUrl.at(path)));
    }
}
