package dev.laurel.award;

import dev.laurel.TestCourse;
import java.io.IOException;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.jdbc.datasource.DataSourceTransactionManager;
import org.springframework.transaction.support.TransactionTemplate;

/**
 * A course whose grades change at random: scores, excused work, and the group of a column. Its awards wait for the
 * instructor, so that whoever falls again loses hers: in the end everybody has what her results say.
 */
final class ChangingCourse {

    private static final int LEARNERS = 60;

    private static final long FIRST = 1000;

    final long seed = System.nanoTime();

    final Random random = new Random(seed);

    final TestCourse course;

    private final JdbcTemplate jdbc;

    private final TransactionTemplate transaction;

    private final List<Long> columns;

    private final List<Long> badges;

    private ChangingCourse(JdbcTemplate jdbc) {
        this.jdbc = jdbc;
        this.transaction = new TransactionTemplate(new DataSourceTransactionManager(jdbc.getDataSource()));
        this.course = TestCourse.in(jdbc);
        course.learners(FIRST, LEARNERS);
        this.columns = List.of(column("Essay"), column("Quiz 1"), column("Quiz 2"), column("Quiz 3"));
        this.badges = List.of(badge(1, """
                        {"v":2,"rule":{"type":"allOf","of":[
                            {"type":"score","lineItem":%d,"atLeast":50,"unit":"percent"},
                            {"type":"countInGroup","group":"Quizzes","count":1,"atLeast":50,"unit":"percent"}]}}"""), badge(2, """
                        {"v":2,"rule":{"type":"average","items":[{"lineItem":%d},{"lineItem":%d,"weight":2}],
                            "atLeast":50,"unit":"percent","excused":"notMet"}}"""), badge(3, """
                        {"v":2,"rule":{"type":"score","lineItem":%d,"atLeast":90,"unit":"percent","take":"best"}}"""));
    }

    static ChangingCourse in(JdbcTemplate jdbc) {
        return new ChangingCourse(jdbc);
    }

    List<Long> badges() {
        return badges;
    }

    /** Some grades change, in one reading. */
    int change() {
        long column = columns.get(random.nextInt(columns.size()));
        Map<Long, String> scores = new HashMap<>();
        for (int i = 0; i <= random.nextInt(20); i++) {
            scores.put(FIRST + random.nextInt(LEARNERS), Integer.toString(random.nextInt(101)));
        }
        transaction.executeWithoutResult(status -> {
            course.grade(column, scores, "100");
            if (random.nextInt(4) == 0) {
                excuseTheLast();
            }
        });
        return scores.size();
    }

    /** What was just recorded of one learner says that she is excused. */
    private void excuseTheLast() {
        for (String table : List.of("observation", "latest_observation")) {
            jdbc.update(
                    "UPDATE " + table
                            + " SET status = 'EXCUSED', score = NULL WHERE tenant_id = ? AND context_id = ? AND seq ="
                            + " (SELECT last_seq FROM gradebook g WHERE g.tenant_id = ? AND g.context_id = ?)",
                    course.tenant.value(),
                    course.id,
                    course.tenant.value(),
                    course.id);
        }
    }

    /** A node hears that there is something new; now and then it is a column that is filed elsewhere. */
    void tell(TwoProcessesTests.Node node) throws IOException {
        if (random.nextInt(10) == 0) {
            String group = random.nextBoolean() ? "Quizzes" : "Practice";
            long column = columns.get(1 + random.nextInt(columns.size() - 1));
            node.say(course.tenant + " " + course.id + " " + column + " " + group);
        }
        node.evaluate(course);
    }

    long unread() {
        return one("""
                SELECT COALESCE(SUM(g.last_seq - c.seq), 1) FROM gradebook g
                JOIN criteria_cursor c ON c.tenant_id = g.tenant_id AND c.context_id = g.context_id""");
    }

    private long one(String sql) {
        Long number = jdbc.queryForObject(sql, Long.class);
        return number == null ? 0 : number;
    }

    /** What is stored of everybody. */
    Map<String, String> evaluations() {
        Map<String, String> stored = new TreeMap<>();
        jdbc.query("SELECT rule_set_id, person_id, verdict, explanation FROM evaluation", row -> {
            stored.put(
                    row.getLong("rule_set_id") + " " + row.getLong("person_id"),
                    row.getString("verdict") + " " + row.getString("explanation"));
        });
        return stored;
    }

    /** Who meets a rule and has no badge of it, or has one and does not meet it, at one moment. */
    List<Map<String, Object>> contradictions() {
        return jdbc.queryForList("""
                SELECT e.rule_set_id, e.person_id, e.verdict, e.evaluated_at, a.id, a.occurrence, a.decided_at, a.waits_for,
                    a.released_at, a.accepted_by, a.pass_id, e.explanation
                FROM evaluation e LEFT JOIN award a ON a.tenant_id = e.tenant_id AND a.rule_set_id = e.rule_set_id
                    AND a.person_id = e.person_id
                WHERE (e.verdict = 'MET') <> (a.id IS NOT NULL)""");
    }

    List<String> awards() {
        return jdbc.queryForList(
                "SELECT CONCAT(rule_set_id, ' ', person_id) AS one FROM award ORDER BY rule_set_id, person_id",
                String.class);
    }

    void forgetWhatWasDecided() {
        for (String table : List.of("evaluation", "award", "decision_record", "held_achievement")) {
            jdbc.update("DELETE FROM " + table);
        }
    }

    private long column(String label) {
        long column = course.column(label, "100");
        if (!label.equals("Essay")) {
            jdbc.update("UPDATE line_item SET group_name = 'Quizzes' WHERE id = ?", column);
        }
        return column;
    }

    private long badge(int number, String rule) {
        long tenant = course.tenant.value();
        long id = tenant * 100 + number;
        String json = rule.formatted(columns.get(0), columns.get(1));
        jdbc.update("""
                INSERT INTO achievement (tenant_id, id, public_id, issuer_id, latest_version, created_by, created_at)
                VALUES (?, ?, UUID(), 1, 1, 1, UTC_TIMESTAMP(6))""", tenant, id);
        jdbc.update("""
                INSERT INTO achievement_version (tenant_id, achievement_id, version, name, description, criteria,
                    achievement_type, image_id, colour, created_at, activated_at)
                VALUES (?, ?, 1, 'Badge', '', '', 'Badge', 1, '#1f5f8b', UTC_TIMESTAMP(6), UTC_TIMESTAMP(6))""", tenant, id);
        jdbc.update("""
                INSERT INTO rule_set (tenant_id, id, context_id, achievement_id, status, version, created_by, created_at)
                VALUES (?, ?, ?, ?, 'ACTIVE', 1, 1, UTC_TIMESTAMP(6))""", tenant, id, course.id, id);
        jdbc.update("""
                INSERT INTO rule_set_version (tenant_id, rule_set_id, version, achievement_version, rule, created_by, created_at)
                VALUES (?, ?, 1, 1, ?, 1, UTC_TIMESTAMP(6))""", tenant, id, json);
        jdbc.update("""
                INSERT INTO award_policy (tenant_id, rule_set_id, version, review, releases, on_fall, grace_seconds,
                    brake_share, changed_by, changed_at)
                VALUES (?, ?, 1, FALSE, 'INSTRUCTOR', 'KEEP', 0, 100, 1, UTC_TIMESTAMP(6))""", tenant, id);
        jdbc.update("""
                INSERT INTO criteria_due (tenant_id, context_id, what, subject_id, after_person, asked_at)
                VALUES (?, ?, 'RULE_SET', ?, 0, UTC_TIMESTAMP(6))""", tenant, course.id, id);
        return id;
    }
}
