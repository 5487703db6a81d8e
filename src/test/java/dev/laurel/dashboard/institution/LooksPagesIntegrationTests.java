package dev.laurel.dashboard.institution;

import static org.assertj.core.api.Assertions.assertThat;

import dev.laurel.LaurelTest;
import dev.laurel.TestCourse;
import dev.laurel.TestRegistrations;
import dev.laurel.platform.Platforms;
import dev.laurel.platform.Registration;
import dev.laurel.platform.tenant.PublicUrl;
import dev.laurel.platform.tenant.TenantId;
import java.util.Objects;
import java.util.UUID;
import lms.Browser;
import lms.Page;
import lms.ReferenceLms;
import lms.Tool;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.jdbc.core.JdbcTemplate;

/** The list of what reading costs, as an institution's administrator sees it. */
@LaurelTest
class LooksPagesIntegrationTests {

    @Autowired
    Platforms platforms;

    @Autowired
    PublicUrl publicUrl;

    @Autowired
    JdbcTemplate jdbc;

    private ReferenceLms lms;

    private TenantId tenant;

    private Browser admin;

    @BeforeEach
    void start() {
        Tool tool = Tool.laurel(publicUrl.value(), "client-" + UUID.randomUUID(), "1");
        lms = ReferenceLms.builder()
                .institution("Looks " + UUID.randomUUID())
                .students(1)
                .tool(tool)
                .start();
        Registration registration =
                TestRegistrations.register(platforms, lms.facts()).get(0);
        tenant = Objects.requireNonNull(platforms.deployment(registration, "1").tenant());
        admin = new Browser();
        assertThat(admin.launch(lms.launchAsAdministrator(tool)).text()).contains("/institution/looks");
    }

    @AfterEach
    void stop() {
        lms.close();
    }

    @Test
    void saysThatNothingWasReadYet() {
        assertThat(looks(1).text()).contains("Laurel has read no course yet.").doesNotContain("<table");
    }

    @Test
    void whatCostsMostComesFirstAndPageByPage() {
        for (int i = 1; i <= 60; i++) {
            read(tenant, "Course " + i + ".", "ags", i, null);
        }
        TestCourse foreign = TestCourse.in(jdbc);
        read(foreign.tenant, "Foreign course.", "ags", 1_000, null);

        String first = looks(1).text();
        assertThat(first)
                .containsSubsequence("Course 60.", "Course 59.", "Course 11.", "Page 1 of 2")
                .doesNotContain("Course 10.", "Foreign course");
        assertThat(looks(2).text())
                .containsSubsequence("Course 10.", "Course 1.", "Page 2 of 2")
                .doesNotContain("Course 11.", "Foreign course");
        assertThat(looks(99).text()).contains("Page 2 of 2");
    }

    @Test
    void whatDoesNotWorkSaysSinceWhenAndWhyBesideWhatDoes() {
        long course = read(tenant, "Chemistry", "ags", 7, null);
        look(tenant, course, "moodle", 0, "The LMS has a fault of its own.");

        assertThat(looks(1).text())
                .containsSubsequence(
                        "Chemistry", "Works", "Chemistry", "3 November", "The LMS has a fault of its own.");
    }

    private Page looks(int page) {
        return admin.open(publicUrl.value().resolve("/institution/looks?page=" + page));
    }

    private long read(TenantId of, String title, String source, int requests, String problem) {
        TestCourse course = TestCourse.another(jdbc, of);
        jdbc.update("UPDATE context SET title = ? WHERE tenant_id = ? AND id = ?", title, of.value(), course.id);
        look(of, course.id, source, requests, problem);
        return course.id;
    }

    private void look(TenantId of, long course, String source, int requests, String problem) {
        jdbc.update(
                """
                INSERT INTO source_look (tenant_id, context_id, source, tried_at, answered_at, looked_at, next_look_at, failures,
                    failing_since, unmatched, problem, requests, results, changes)
                VALUES (?, ?, ?, UTC_TIMESTAMP(6), UTC_TIMESTAMP(6), UTC_TIMESTAMP(6), UTC_TIMESTAMP(6), ?, ?, 0, ?, ?, 5, 1)""",
                of.value(),
                course,
                source,
                problem == null ? 0 : 3,
                problem == null ? null : "2026-11-03 10:00:00",
                problem,
                requests);
    }
}
