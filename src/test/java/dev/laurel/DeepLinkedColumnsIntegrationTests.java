package dev.laurel;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.laurel.achievement.AchievementDraft;
import dev.laurel.achievement.AchievementVersion;
import dev.laurel.achievement.Achievements;
import dev.laurel.achievement.Issuers;
import dev.laurel.context.LmsCourse;
import dev.laurel.criteria.RuleSet;
import dev.laurel.criteria.RuleSets;
import dev.laurel.criteria.rule.Rule;
import dev.laurel.criteria.rule.Score;
import dev.laurel.gradebook.Gradebook;
import dev.laurel.gradebook.LineItem;
import java.math.BigDecimal;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import lms.Browser;
import lms.Column;
import lms.LmsUser;
import lms.Page;
import lms.ReferenceLms;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.context.ApplicationContext;

/** Columns that the LMS makes together with a deep link: one that people grade, one that Laurel fills. */
@LaurelTest
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class DeepLinkedColumnsIntegrationTests {

    private static final Duration SOON = Duration.ofSeconds(60);

    @Autowired
    ApplicationContext app;

    @Autowired
    Achievements achievements;

    @Autowired
    Issuers issuers;

    @Autowired
    RuleSets ruleSets;

    @Autowired
    Gradebook gradebook;

    private LmsCourse here;

    @BeforeAll
    void aCourse() {
        here = LmsCourse.startWithJobs(app, ReferenceLms.builder().students(3));
    }

    @AfterAll
    void stop() {
        here.close();
    }

    @Test
    void aColumnThatTheInstructorGradesIsReadAsAnInput() {
        Page chosen = choose(Map.of("links", "course", "column", "GRADED", "columnName", "Oral exam", "maximum", "20"));

        assertThat(chosen.status()).as(chosen.text()).isEqualTo(200);
        LineItem column = column("Oral exam");
        assertThat(column.output()).isFalse();
        assertThat(column.scoreMaximum()).isEqualByComparingTo("20");
    }

    @Test
    void aColumnThatLaurelFillsIsTheOneThatTheLmsMadeAndNoSecondOne() {
        AchievementVersion badge = badge("Essayist", column("Essay 1"));

        Page chosen = choose(Map.of("links", badge.achievementPublicId().toString(), "column", "WRITTEN"));
        LmsUser student = here.course().student(0);
        here.course().typeGrade(student, here.course().columnCalled("Essay 1"), "91");

        assertThat(chosen.status()).as(chosen.text()).isEqualTo(200);
        await().atMost(SOON)
                .untilAsserted(() -> assertThat(made("Essayist"))
                        .singleElement()
                        .satisfies(column -> assertThat(column.grade(student))
                                .hasValueSatisfying(
                                        grade -> assertThat(grade.score()).isEqualByComparingTo("1"))));
        assertThat(column("Essayist").output()).isTrue();
    }

    private Page choose(Map<String, String> typed) {
        Browser teacher = new Browser();
        Page picker = teacher.launch(here.lms()
                .choose(here.course(), here.lms().tools().get(0), here.course().teacher(), true));
        Page answer = teacher.submit(picker, picker.formTo("/deep-linking"), typed);
        return teacher.submit(answer, answer.formTo(here.lms().issuer()), Map.of());
    }

    private LineItem column(String label) {
        return await().atMost(SOON)
                .until(
                        () -> gradebook.lineItems(here.tenant(), here.contextId()).stream()
                                .filter(item -> item.label().equals(label))
                                .findFirst(),
                        Optional::isPresent)
                .orElseThrow();
    }

    private List<Column> made(String label) {
        return here.course().columns().stream()
                .filter(column -> column.label().equals(label))
                .toList();
    }

    private AchievementVersion badge(String name, LineItem column) {
        long teacher = here.person(here.course().teacher());
        AchievementVersion badge = achievements.create(
                here.tenant(),
                issuers.of(here.tenant(), here.contextId(), "Academic writing").id(),
                new AchievementDraft(name, "Writes essays.", "80 %", "#1f4e79", null),
                teacher);
        RuleSet ruleSet = ruleSets.create(
                here.tenant(),
                here.contextId(),
                badge.achievementId(),
                badge.version(),
                Score.atLeast(column.id(), BigDecimal.valueOf(80), Rule.Unit.PERCENT),
                teacher);
        achievements.activate(here.tenant(), badge.achievementId(), badge.version(), teacher);
        ruleSets.activate(here.tenant(), ruleSet.id(), teacher);
        return badge;
    }
}
