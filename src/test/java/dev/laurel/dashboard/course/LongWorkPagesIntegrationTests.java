package dev.laurel.dashboard.course;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.laurel.LaunchedCourse;
import dev.laurel.LaurelTest;
import dev.laurel.context.Contexts;
import dev.laurel.criteria.RuleSet;
import dev.laurel.platform.tenant.PublicUrl;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import lms.Browser;
import lms.Column;
import lms.Course;
import lms.Fault;
import lms.Page;
import lms.ReferenceLms;
import lms.Service;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.context.ApplicationContext;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.test.context.TestPropertySource;
import org.springframework.transaction.PlatformTransactionManager;
import org.springframework.transaction.TransactionDefinition;
import org.springframework.transaction.support.TransactionTemplate;

/** Work that takes long shows how far it is, to whoever looks, goes on while nobody does, and says when it is over. */
@LaurelTest
@TestPropertySource(properties = "laurel.criteria.chunk=40")
class LongWorkPagesIntegrationTests {

    private static final Duration PATIENCE = Duration.ofSeconds(90);

    private static final int STUDENTS = 300;

    private static final Pattern READING =
            Pattern.compile("reading the gradebook: ([\\d,]+) of ([\\d,]+) columns so far");

    private static final Pattern EVALUATING =
            Pattern.compile("everybody’s results: ([\\d,]+) of ([\\d,]+) done so far");

    @Autowired
    ApplicationContext app;

    @Autowired
    Contexts contexts;

    @Autowired
    PlatformTransactionManager transactions;

    @Autowired
    PublicUrl publicUrl;

    @Autowired
    JdbcClient jdbc;

    private LaunchedCourse launched;

    private Course course;

    private Browser teacher;

    private Browser assistant;

    @AfterEach
    void stop() {
        launched.lms().clearFaults();
        launched.close();
    }

    @Test
    void theFirstReadingOfALargeCourseCanBeLeftAndComeBackTo() {
        aCourse(40);
        launched.lms().setFault(Service.RESULTS, Fault.neverAnswers());
        open();
        assertThat(page(teacher, "/course"))
                .contains("Laurel is reading this course for the first time", "it goes on when you leave");

        long first = await().atMost(PATIENCE).until(() -> afterOneMoreAnswer(teacher), done -> done > 0);

        await().atMost(PATIENCE)
                .untilAsserted(() -> assertThat(done(READING, assistant))
                        .as("in another session")
                        .isGreaterThanOrEqualTo(first)
                        .isEqualTo(done(READING, teacher)));
        Browser back = launched.launch(course.teacher());
        await().atMost(PATIENCE).until(() -> afterOneMoreAnswer(back), done -> done > first);

        launched.lms().clearFaults();
        await().atMost(PATIENCE)
                .untilAsserted(() -> assertThat(page(assistant, "/course"))
                        .contains("Last checked")
                        .doesNotContain("so far", "for the first time"));
        assertThat(results()).isEqualTo(40 * STUDENTS);
    }

    @Test
    void awardingWhatWasEarnedBeforeTheBadgeCanBeLeftAndComeBackTo() {
        aCourse(1);
        open();
        await().atMost(PATIENCE).until(() -> results() == STUDENTS);
        Page form = teacher.open(
                at("/badges/new?column=" + launched.column("Task 1").id()));
        Page asked = teacher.submit(form, form.formTo("/badges"), Map.of("action", "activate"));
        RuleSet badge = launched.onlyBadge();
        List<Long> people = contexts
                .earners(launched.tenant(), launched.context().id())
                .stream()
                .sorted()
                .toList();
        assertThat(people).hasSize(STUDENTS);

        long[] first = new long[1];
        whileHeld(badge, people.get(210), () -> {
            whileHeld(badge, people.get(90), () -> {
                teacher.submit(asked, asked.formTo("/activation"), Map.of());
                first[0] = await().atMost(PATIENCE).until(() -> done(EVALUATING, teacher), done -> done > 0);
                assertThat(page(assistant, "/course")).as("in another session").contains("done so far");
            });
            Browser back = launched.launch(course.teacher());
            await().atMost(PATIENCE).until(() -> done(EVALUATING, back), done -> done > first[0]);
        });

        await().atMost(PATIENCE)
                .untilAsserted(() -> assertThat(page(assistant, "/course")).doesNotContain("so far"));
        await().atMost(PATIENCE)
                .untilAsserted(() -> assertThat(page(teacher, "/badges/" + badge.id()))
                        .contains("Earned by " + STUDENTS)
                        .doesNotContain("on their way"));
    }

    private void aCourse(int columns) {
        launched = LaunchedCourse.start(
                app,
                ReferenceLms.builder()
                        .institution("Large " + UUID.randomUUID())
                        .students(STUDENTS)
                        .pageSize(100));
        course = launched.lms().course();
        for (int i = 1; i <= columns; i++) {
            Column column = course.addColumn(course.link(), "Task " + i, 100);
            course.students().forEach(student -> course.typeGrade(student, column, "90"));
        }
    }

    private void open() {
        teacher = launched.launch(course.teacher());
        assistant = launched.launch(course.assistant());
    }

    /** The LMS answers one request or a few more and falls silent again, so that the reading goes on step by step. */
    private long afterOneMoreAnswer(Browser browser) {
        launched.lms().clearFaults();
        launched.lms().setFault(Service.RESULTS, Fault.neverAnswers().after(1));
        return done(READING, browser);
    }

    /** How much the course's page says is done; 0 where it says nothing of it. */
    private long done(Pattern words, Browser browser) {
        Page page = browser.open(at("/course"));
        Matcher said = words.matcher(page.text());
        if (!said.find()) {
            return 0;
        }
        long done = Long.parseLong(said.group(1).replace(",", ""));
        long of = Long.parseLong(said.group(2).replace(",", ""));
        assertThat(done).isLessThanOrEqualTo(of);
        assertThat(page.text()).contains("max=\"" + of + "\"", "value=\"" + done + "\"");
        return done;
    }

    /** What is worked out of this person cannot be written until this is over. */
    private void whileHeld(RuleSet badge, long person, Runnable work) {
        TransactionTemplate apart = new TransactionTemplate(transactions);
        apart.setPropagationBehavior(TransactionDefinition.PROPAGATION_REQUIRES_NEW);
        apart.executeWithoutResult(held -> {
            jdbc.sql("""
                    INSERT INTO evaluation (tenant_id, rule_set_id, person_id, version, verdict, explanation, evaluated_at)
                    VALUES (?, ?, ?, 1, 'UNDECIDED', '[]', UTC_TIMESTAMP(6))""").params(launched.tenant().value(), badge.id(), person).update();
            work.run();
            held.setRollbackOnly();
        });
    }

    private int results() {
        return jdbc.sql("SELECT COUNT(*) FROM latest_observation WHERE tenant_id = ?")
                .param(launched.tenant().value())
                .query(Integer.class)
                .single();
    }

    private String page(Browser browser, String path) {
        return browser.open(at(path)).text();
    }

    private URI at(String path) {
        return URI.create(publicUrl.at(path));
    }
}
