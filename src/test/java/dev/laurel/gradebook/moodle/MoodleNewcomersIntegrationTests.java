package dev.laurel.gradebook.moodle;

import static org.assertj.core.api.Assertions.assertThat;

import dev.laurel.LaurelTest;
import dev.laurel.context.Contexts;
import lms.LmsRole;
import lms.LmsUser;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.context.ApplicationContext;
import org.springframework.jdbc.core.simple.JdbcClient;

/** Somebody joins a course, and Moodle tells what she reached before Laurel knows who she is. */
@LaurelTest
class MoodleNewcomersIntegrationTests {

    @Autowired
    ApplicationContext app;

    @Autowired
    JdbcClient jdbc;

    private MoodleStage stage;

    @BeforeEach
    void start() {
        stage = MoodleStage.start(app, 3);
        stage.look();
        stage.look();
        assertThat(bookmark().sweeping()).as("everybody was read").isFalse();
    }

    @AfterEach
    void close() {
        stage.close();
    }

    @Test
    void whoeverJoinsIsReadAndNobodyElseAnew() {
        LmsUser newcomer = stage.course().enrol("Zoe", "Late", LmsRole.LEARNER);
        stage.type(newcomer, "Final quiz", "80");
        stage.look();
        assertThat(unmatched()).isPositive();

        app.getBean(Contexts.class)
                .refreshRoster(stage.laurel().tenant(), stage.laurel().contextId());
        assertThat(waiting()).isEqualTo(1);
        stage.look();

        assertThat(stage.score(newcomer, "Final quiz")).isEqualByComparingTo("80");
        assertThat(waiting()).isZero();
        assertThat(bookmark().sweeping()).as("no look at everybody began").isFalse();
    }

    private Bookmark bookmark() {
        return Bookmark.read(jdbc.sql("SELECT bookmark FROM source_look WHERE tenant_id = ? AND source = 'moodle'")
                .param(stage.laurel().tenant().value())
                .query(String.class)
                .single());
    }

    private int unmatched() {
        return number("SELECT unmatched FROM source_look WHERE source = 'moodle' AND tenant_id = ?");
    }

    private int waiting() {
        return number("SELECT COUNT(*) FROM source_newcomer WHERE tenant_id = ?");
    }

    private int number(String sql) {
        return jdbc.sql(sql)
                .param(stage.laurel().tenant().value())
                .query(Integer.class)
                .single();
    }
}
