package dev.laurel.dashboard.course;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.laurel.LaunchedCourse;
import dev.laurel.LaurelTest;
import dev.laurel.criteria.RuleSet;
import dev.laurel.criteria.RuleSets;
import dev.laurel.criteria.rule.CourseTotal;
import dev.laurel.criteria.rule.Done;
import dev.laurel.criteria.rule.Mastery;
import dev.laurel.gradebook.Gradebook;
import dev.laurel.gradebook.LineItem;
import dev.laurel.gradebook.PlayedSource;
import dev.laurel.platform.tenant.PublicUrl;
import java.math.BigDecimal;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import lms.Browser;
import lms.Column;
import lms.Course;
import lms.Page;
import lms.Progress;
import lms.ReferenceLms;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.context.ApplicationContext;

/** What is complete, mastered or reached over the whole course is suggested too, where a source tells it. */
@LaurelTest
class SuggestionsIntegrationTests {

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

    private Browser teacher;

    @BeforeEach
    void aCourseThatTellsEverything() {
        launched = LaunchedCourse.start(app, ReferenceLms.builder().students(2));
        Course course = launched.lms().course();
        app.getBean(PlayedSource.class).readAlso(launched.lms());
        course.typeGrade(course.student(0), course.addOwnColumn("Report", 100), "85");
        Progress progress = course.progress();
        progress.put(course.student(0), progress.addActivity("Read chapter 1", "Week 1"), "1");
        progress.addOutcome("Cites sources", 5, 3);
        teacher = launched.launch(course.teacher());
        await().atMost(PATIENCE).until(() -> {
            gradebook.checkSoon(launched.tenant(), launched.context().id());
            return !gradebook
                            .gradedCounts(launched.tenant(), launched.context().id())
                            .isEmpty()
                    && !of(LineItem.Kind.OUTCOME).isEmpty();
        });
    }

    @AfterEach
    void stop() {
        launched.close();
    }

    @Test
    void eachSaysWhyAndTheBestComesFirst() {
        String page = teacher.open(at("/badges/new")).text();

        assertThat(page)
                .contains(
                        "“Read chapter 1” is complete",
                        "1 of 2 have completed it · suggests that it is complete",
                        "“Cites sources” is mastered",
                        "Nobody is rated in it yet · suggests mastery",
                        ": at least 80 %",
                        "rests on the whole course",
                        ": at least the letter B-",
                        "the letter of 80 % in the scheme of this course");
        assertThat(page.indexOf("Report")).as("graded, and worth points").isLessThan(page.indexOf("is complete"));
        assertThat(page.indexOf("is complete")).as("more have it").isLessThan(page.indexOf("is mastered"));
    }

    @Test
    void whereAsManyAreGradedThatWhichWeighsMoreComesFirstAndSaysSo() {
        Course course = launched.lms().course();
        for (String column : List.of("Small", "Large")) {
            Column added = course.addOwnColumn(column, column.equals("Small") ? 40 : 60);
            course.typeGrade(course.student(0), added, "30");
        }
        gradebook.checkSoon(launched.tenant(), launched.context().id());

        // Of 400 points, with those of the report, the essay and the quiz.
        await().atMost(PATIENCE)
                .untilAsserted(() -> assertThat(teacher.open(at("/badges/new")).text())
                        .containsSubsequence(
                                "Report</strong>",
                                "1 of 2 graded · 25 % of the points of the course",
                                "Large</strong>",
                                "1 of 2 graded · 15 % of the points of the course",
                                "Small</strong>",
                                "1 of 2 graded · 10 % of the points of the course"));
    }

    @Test
    void aCompletionAnOutcomeAndALetterBecomeActiveBadgesWithNothingTyped() {
        activate("column=" + of(LineItem.Kind.COMPLETION).get(0).id());
        activate("column=" + of(LineItem.Kind.OUTCOME).get(0).id());
        activate("column=" + of(LineItem.Kind.TOTAL_CURRENT).get(0).id() + "&letter=B-");
        activate("column=" + of(LineItem.Kind.TOTAL_CURRENT).get(0).id());

        List<RuleSet> badges =
                ruleSets.ofContext(launched.tenant(), launched.context().id());
        assertThat(badges)
                .hasSize(4)
                .allSatisfy(badge -> assertThat(badge.status()).isEqualTo(RuleSet.Status.ACTIVE));
        assertThat(badges.get(0).rule()).isInstanceOf(Done.class);
        assertThat(badges.get(1).rule()).isInstanceOf(Mastery.class);
        assertThat(((CourseTotal) badges.get(2).rule()).letter()).isEqualTo("B-");
        assertThat(((CourseTotal) badges.get(3).rule()).percent()).isEqualByComparingTo("80");
        assertThat(teacher.open(at("/course")).text())
                .as("what there is a badge for is not suggested again")
                .doesNotContain("Badge for “Read chapter 1”", "at least the letter");
    }

    @Test
    void theBuilderBeginsWithWhatWasSuggested() {
        Page form = teacher.open(at(
                "/badges/new?column=" + of(LineItem.Kind.TOTAL_CURRENT).get(0).id() + "&letter=B-"));
        assertThat(form.text())
                .contains("/badges/rule?column="
                        + of(LineItem.Kind.TOTAL_CURRENT).get(0).id() + "&amp;letter=B-");

        Page builder = teacher.open(at(
                "/badges/rule?column=" + of(LineItem.Kind.TOTAL_CURRENT).get(0).id() + "&letter=B-"));

        assertThat(builder.status()).isEqualTo(200);
        assertThat(builder.text()).contains("value=\"B-\"");
        assertThat(teacher.open(at("/badges/rule?column=" + Long.MAX_VALUE)).status())
                .isEqualTo(404);
    }

    @Test
    void aRuleThatSomebodyTamperedWithIsRefusedInWords() {
        Page form = teacher.open(
                at("/badges/new?column=" + of(LineItem.Kind.COMPLETION).get(0).id()));
        for (String rule :
                new String[] {"{", "{\"version\":2,\"rule\":{\"type\":\"completion\",\"lineItem\":999999}}"}) {
            Page again = teacher.submit(form, form.formTo("/badges"), Map.of("rule", rule, "action", "draft"));

            assertThat(again.status()).isEqualTo(200);
            assertThat(again.text()).contains("Read chapter 1");
        }
        assertThat(ruleSets.ofContext(launched.tenant(), launched.context().id()))
                .isEmpty();
    }

    @Test
    void noTotalIsSuggestedOnceLaurelWritesAColumnThatMayCountInIt() {
        gradebook.createColumn(
                launched.tenant(), launched.context().id(), "Badge: Writer", BigDecimal.ONE, true, "writer");

        assertThat(teacher.open(at("/badges/new")).text())
                .contains("is complete")
                .doesNotContain(": at least 80 %", "at least the letter");
        long total = of(LineItem.Kind.TOTAL_CURRENT).get(0).id();
        assertThat(teacher.open(at("/badges/new?column=" + total)).status()).isEqualTo(404);
        Page builder = teacher.open(at("/badges/rule?column=" + total));
        Page refused = teacher.submit(builder, builder.formTo("/badges/rule"), Map.of("act", "save"));
        assertThat(refused.text()).contains("Laurel writes a column of this course, which may count in its total");
        assertThat(ruleSets.ofContext(launched.tenant(), launched.context().id()))
                .isEmpty();
    }

    private void activate(String query) {
        Page form = teacher.open(at("/badges/new?" + query));
        Page asked = teacher.submit(form, form.formTo("/badges"), Map.of("action", "activate"));
        teacher.submit(asked, asked.formTo("/activation"), Map.of());
    }

    private List<LineItem> of(LineItem.Kind kind) {
        return gradebook.lineItems(launched.tenant(), launched.context().id()).stream()
                .filter(item -> item.kind() == kind && !item.deleted())
                .toList();
    }

    private URI at(String path) {
        return URI.create(publicUrl.at(path));
    }
}
