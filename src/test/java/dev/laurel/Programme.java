package dev.laurel;

import static org.awaitility.Awaitility.await;

import dev.laurel.achievement.AchievementDraft;
import dev.laurel.award.Award;
import dev.laurel.award.Awards;
import dev.laurel.award.decision.Outlooks;
import dev.laurel.context.Contexts;
import dev.laurel.context.CourseContext;
import dev.laurel.context.LmsCourse;
import dev.laurel.criteria.PersonEvaluation;
import dev.laurel.criteria.RuleSet;
import dev.laurel.criteria.RuleSets;
import dev.laurel.criteria.RuleTexts;
import dev.laurel.criteria.Verdicts;
import dev.laurel.criteria.rule.Evaluation.Line;
import dev.laurel.criteria.rule.Evaluation.Verdict;
import dev.laurel.criteria.rule.Rule;
import dev.laurel.dashboard.badge.BadgeDesk;
import dev.laurel.gradebook.Gradebook;
import dev.laurel.gradebook.LineItem;
import dev.laurel.gradebook.PlayedSource;
import dev.laurel.gradebook.canvas.CanvasConnection;
import dev.laurel.gradebook.moodle.TestReadingKeys;
import dev.laurel.launch.session.Role;
import dev.laurel.platform.sql.Utc;
import dev.laurel.platform.tenant.TenantId;
import java.math.BigDecimal;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.Consumer;
import lms.Course;
import lms.LmsUser;
import lms.Mode;
import lms.ReferenceLms;
import org.jspecify.annotations.Nullable;
import org.springframework.context.ApplicationContext;
import org.springframework.jdbc.core.JdbcTemplate;

/**
 * Badges over the courses of an LMS that tells Laurel everything it knows. Badges are made by the commands that the pages
 * use, and earned by results alone.
 */
public final class Programme implements AutoCloseable {

    private static final Duration PATIENCE = Duration.ofSeconds(60);

    private final ApplicationContext app;

    private final LmsCourse first;

    private final List<Room> rooms = new ArrayList<>();

    private Programme(ApplicationContext app, LmsCourse first, Consumer<LmsCourse> readAlso) {
        this.app = app;
        this.first = first;
        readAlso.accept(first);
        rooms.add(new Room(first.course(), first.contextId()));
        look();
    }

    public static Programme start(ApplicationContext app) {
        return new Programme(
                app,
                LmsCourse.startWithJobs(app, ReferenceLms.builder().students(3)),
                course -> app.getBean(PlayedSource.class).readAlso(course.lms()));
    }

    /** In a Moodle that Laurel reads over its web services. */
    public static Programme overMoodle(ApplicationContext app) {
        return new Programme(
                app,
                LmsCourse.startWithJobs(
                        app, ReferenceLms.builder().mode(Mode.MOODLE).students(3)),
                course -> TestReadingKeys.forMoodle(app, course));
    }

    /** The same institution's Moodle, which is read in the same way. */
    public Programme besideOverMoodle() {
        return new Programme(
                app,
                first.startBesideWithJobs(
                        ReferenceLms.builder().mode(Mode.MOODLE).students(3)),
                course -> TestReadingKeys.forMoodle(app, course));
    }

    /** In a Canvas, which tells what it knows over its REST interface, by the teacher's permission. */
    public static Programme overCanvas(ApplicationContext app) {
        return new Programme(
                app,
                LmsCourse.startWithJobs(app, ReferenceLms.builder().students(3), CanvasConnection::tool),
                course -> CanvasConnection.connect(app, course));
    }

    /** A course of the programme. */
    public record Room(Course course, long id) {

        /** A column of the LMS's own, worth 100 points. */
        public lms.Column column(String label) {
            return course.addOwnColumn(label, 100);
        }

        public void grade(LmsUser user, String label, String score) {
            course.typeGrade(user, course.columnCalled(label), score);
        }
    }

    public ReferenceLms lms() {
        return first.lms();
    }

    public Room room() {
        return rooms.get(0);
    }

    /** Another course of the same LMS, with nobody but staff in it. */
    public Room another(String title) {
        Course course = first.lms().addCourse(title, title, 0, first.tool());
        long id = Objects.requireNonNull(
                first.admit(course, course.teacher(), Role.INSTRUCTOR).contextId());
        Room room = new Room(course, id);
        rooms.add(room);
        return room;
    }

    public LmsUser student(int index) {
        return room().course().student(index);
    }

    /** The student launches from a course that tells in which sections she is. */
    public void launchFrom(LmsUser user, String section) {
        first.admitTelling(Map.of("canvas_section_ids", section), user, Role.LEARNER);
        settle();
    }

    public long person(LmsUser user) {
        return first.person(user);
    }

    public long teacher() {
        return first.person(room().course().teacher());
    }

    public TenantId tenant() {
        return first.tenant();
    }

    public long registrationId() {
        return first.registrationId();
    }

    /** Laurel looks at every course, and all that follows has happened. */
    public void look() {
        rooms.forEach(room -> app.getBean(Contexts.class).refreshRoster(tenant(), room.id()));
        // A look that was going on already may have read before the change; the one after it has not.
        lookOnce();
        lookOnce();
        settle();
    }

    /** Waits for the end of a look through every source. */
    private void lookOnce() {
        Instant asked = Instant.now();
        for (Room room : rooms) {
            app.getBean(Gradebook.class).checkSoon(tenant(), room.id());
        }
        await().atMost(PATIENCE)
                .until(() -> rooms.stream()
                        .allMatch(room -> count(
                                        "SELECT COUNT(*) FROM scheduled_tasks WHERE task_name = 'gradebook-sync'"
                                                + " AND task_instance = ? AND last_success > ?",
                                        tenant() + ":" + room.id() + ":0",
                                        Utc.of(asked))
                                == 1));
    }

    /** Everything that was noticed is decided. */
    public void settle() {
        await().atMost(PATIENCE)
                .until(() -> count("SELECT COUNT(*) FROM criteria_due WHERE tenant_id = ?", tenant().value()) == 0
                        && count("""
                                SELECT COUNT(*) FROM gradebook g
                                JOIN criteria_cursor c ON c.tenant_id = g.tenant_id AND c.context_id = g.context_id
                                WHERE g.tenant_id = ? AND g.last_seq > c.seq""", tenant().value()) == 0
                        && count(
                                        "SELECT COUNT(*) FROM scheduled_tasks WHERE task_name LIKE 'criteria-evaluate'"
                                                + " AND task_instance LIKE ?",
                                        tenant() + ":%")
                                == 0);
    }

    public int count(String sql, Object... arguments) {
        Integer count = app.getBean(JdbcTemplate.class).queryForObject(sql, Integer.class, arguments);
        return count == null ? 0 : count;
    }

    /** The column as Laurel knows it; Laurel must have looked. */
    public long column(Room room, String label) {
        return app.getBean(Gradebook.class).lineItems(tenant(), room.id()).stream()
                .filter(item -> item.label().equals(label) && !item.deleted())
                .mapToLong(LineItem::id)
                .findFirst()
                .orElseThrow();
    }

    /** An active badge of a course. */
    public RuleSet badge(Room room, String name, Rule rule) {
        return badge(room, name, AchievementDraft.Worth.NOTHING, rule);
    }

    public RuleSet badge(Room room, String name, @Nullable String credits, Rule rule) {
        return badge(
                room, name, new AchievementDraft.Worth(credits == null ? null : new BigDecimal(credits), null), rule);
    }

    /** Made, looked at and activated for whoever meets it by then, as on the pages. */
    public RuleSet badge(Room room, String name, AchievementDraft.Worth worth, Rule rule) {
        BadgeDesk desk = app.getBean(BadgeDesk.class);
        CourseContext course =
                app.getBean(Contexts.class).find(tenant(), room.id()).orElseThrow();
        String criteria = app.getBean(RuleTexts.class).sentence(tenant(), room.id(), rule);
        RuleSet draft = desk.draft(
                course,
                new AchievementDraft(name, "Can do " + name, criteria, "#1f5f8b", null, worth),
                rule,
                teacher());
        int heads = app.getBean(Outlooks.class)
                .of(tenant(), draft, app.getBean(Verdicts.class).preview(tenant(), room.id(), rule))
                .heads();
        if (!desk.activate(course, draft, true, heads, teacher())) {
            throw new IllegalStateException(name + " was not activated");
        }
        return app.getBean(RuleSets.class).find(tenant(), draft.id()).orElseThrow();
    }

    /** Whether the student has it and may know. */
    public boolean holds(LmsUser user, RuleSet badge) {
        return app.getBean(Awards.class).ofPerson(tenant(), person(user)).stream()
                .anyMatch(award -> award.achievementId() == badge.achievementId());
    }

    /** All that she has and had of the badge and may know of, oldest first. */
    public List<Award> chain(LmsUser user, RuleSet badge) {
        List<Award> all = new ArrayList<>(app.getBean(Awards.class).ofPerson(tenant(), person(user)).stream()
                .filter(award -> award.achievementId() == badge.achievementId())
                .toList());
        Collections.reverse(all);
        return all;
    }

    public void goesBy(Duration time) {
        Past.goBy(app, tenant(), time);
    }

    /** What is stored of a student under a badge, or worked out where nothing is. */
    public PersonEvaluation evaluation(LmsUser user, RuleSet badge) {
        return app.getBean(Verdicts.class).ofLearner(tenant(), badge.contextId(), person(user)).stream()
                .filter(each -> each.ruleSetId() == badge.id())
                .findFirst()
                .orElseThrow();
    }

    public Verdict verdict(LmsUser user, RuleSet badge) {
        return evaluation(user, badge).evaluation().verdict();
    }

    public Line line(LmsUser user, RuleSet badge, int index) {
        return evaluation(user, badge).evaluation().lines().get(index);
    }

    @Override
    public void close() {
        first.close();
    }
}
