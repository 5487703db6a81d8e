package dev.laurel.dashboard.course;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.laurel.LaunchedCourse;
import dev.laurel.LaurelTest;
import dev.laurel.criteria.RuleSet;
import dev.laurel.criteria.RuleSets;
import dev.laurel.criteria.rule.Rule;
import dev.laurel.criteria.rule.Score;
import dev.laurel.gradebook.Gradebook;
import dev.laurel.gradebook.PlayedSource;
import dev.laurel.platform.tenant.PublicUrl;
import java.net.URI;
import java.time.Duration;
import java.util.Map;
import lms.Browser;
import lms.Course;
import lms.Page;
import lms.ReferenceLms;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.context.ApplicationContext;

/** What the LMS files together is suggested together, where it tells. */
@LaurelTest
class GroupSuggestionIntegrationTests {

    @Autowired
    ApplicationContext app;

    @Autowired
    Gradebook gradebook;

    @Autowired
    RuleSets ruleSets;

    @Autowired
    PublicUrl publicUrl;

    @Test
    void allOfAGroupIsSuggestedAndActivatedWithNothingTyped() {
        try (LaunchedCourse launched =
                LaunchedCourse.start(app, ReferenceLms.builder().students(2))) {
            Course course = launched.lms().course();
            app.getBean(PlayedSource.class).readAlso(launched.lms());
            for (int lab = 1; lab <= 3; lab++) {
                course.progress().file(course.addOwnColumn("Lab " + lab, 50), "Labs");
            }
            Browser teacher = launched.launch(course.teacher());
            await().atMost(Duration.ofSeconds(60)).until(() -> {
                gradebook.checkSoon(launched.tenant(), launched.context().id());
                return gradebook.lineItems(launched.tenant(), launched.context().id()).stream()
                                .filter(item -> "Labs".equals(item.group()))
                                .count()
                        == 3;
            });

            Page suggestions = teacher.open(at("/badges/new"));
            assertThat(suggestions.text()).contains("All 3 of “Labs” · each 80 %", "% of the points of the course");
            Page form = teacher.open(at("/badges/new?group=Labs"));
            assertThat(form.text()).contains("Lab 1", "Lab 2", "Lab 3").doesNotContain("Essay 1");
            Page asked = teacher.submit(form, form.formTo("/badges"), Map.of("action", "activate"));
            teacher.submit(asked, asked.formTo("/activation"), Map.of());

            RuleSet badge = ruleSets.ofContext(
                            launched.tenant(), launched.context().id())
                    .get(0);
            assertThat(badge.status()).isEqualTo(RuleSet.Status.ACTIVE);
            assertThat(badge.rule()).isInstanceOf(Rule.AllOf.class);
            assertThat(badge.rule().leaves())
                    .hasSize(3)
                    .allSatisfy(leaf -> assertThat(((Score) leaf).threshold()).isEqualByComparingTo("80"));
            assertThat(teacher.open(at("/badges/new?group=Essays")).status()).isEqualTo(404);
        }
    }

    private URI at(String path) {
        return URI.create(publicUrl.at(path));
    }
}
