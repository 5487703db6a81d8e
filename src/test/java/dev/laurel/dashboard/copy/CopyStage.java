package dev.laurel.dashboard.copy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.laurel.achievement.AchievementDraft;
import dev.laurel.achievement.AchievementVersion;
import dev.laurel.achievement.Achievements;
import dev.laurel.achievement.Issuers;
import dev.laurel.context.Contexts;
import dev.laurel.context.CourseContext;
import dev.laurel.context.CourseSections;
import dev.laurel.criteria.RuleSet;
import dev.laurel.criteria.RuleSets;
import dev.laurel.criteria.rule.Rule;
import dev.laurel.criteria.rule.Score;
import dev.laurel.gradebook.Gradebook;
import dev.laurel.gradebook.LineItem;
import dev.laurel.launch.session.Role;
import dev.laurel.platform.Platforms;
import dev.laurel.platform.Registration;
import dev.laurel.platform.RegistrationEntry;
import dev.laurel.platform.tenant.PublicUrl;
import dev.laurel.platform.tenant.TenantId;
import java.math.BigDecimal;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.UUID;
import lms.Browser;
import lms.Course;
import lms.LmsRole;
import lms.LmsUser;
import lms.Mode;
import lms.Page;
import lms.ReferenceLms;
import lms.Tool;
import org.springframework.context.ApplicationContext;

/**
 * An LMS with the habits of one product, registered with the running Laurel under two deployments, "1" and "2", of two
 * institutions.
 */
public final class CopyStage implements AutoCloseable {

    public static final String HERE = "1";

    public static final String ELSEWHERE = "2";

    static final Duration PATIENCE = Duration.ofSeconds(60);

    private final ApplicationContext app;

    private final ReferenceLms lms;

    private final Tool tool;

    private final TenantId tenant;

    private final TenantId otherTenant;

    public CopyStage(ApplicationContext app, Mode mode, boolean tellsHistory) {
        this.app = app;
        URI laurel = app.getBean(PublicUrl.class).value();
        Tool plain = Tool.laurel(laurel, "client-" + mode, HERE, ELSEWHERE).as(mode);
        this.tool = tellsHistory ? plain.withCustom("context_history", "$Context.id.history") : plain;
        this.lms = ReferenceLms.builder().students(2).mode(mode).tool(tool).start();
        String name = "College " + UUID.randomUUID();
        Platforms platforms = app.getBean(Platforms.class);
        Registration registration = platforms.register(
                new RegistrationEntry(
                        "Northfield College LMS",
                        lms.issuer(),
                        tool.clientId(),
                        URI.create(lms.authUrl()),
                        URI.create(lms.tokenUrl()),
                        null,
                        URI.create(lms.jwksUrl()),
                        null,
                        mode != Mode.MOODLE,
                        1,
                        List.of(
                                new RegistrationEntry.DeploymentEntry(HERE, name),
                                new RegistrationEntry.DeploymentEntry(ELSEWHERE, "Other " + name))),
                false);
        this.tenant =
                Objects.requireNonNull(platforms.deployment(registration, HERE).tenant());
        this.otherTenant = Objects.requireNonNull(
                platforms.deployment(registration, ELSEWHERE).tenant());
    }

    public ReferenceLms lms() {
        return lms;
    }

    public Tool tool() {
        return tool;
    }

    public TenantId tenant() {
        return tenant;
    }

    /** The tenant of the deployment {@link #ELSEWHERE}. */
    public TenantId otherTenant() {
        return otherTenant;
    }

    public Course course() {
        return lms.course();
    }

    /** Opens Laurel from the first link of a course; a teacher looked at what she could place there before. */
    public Browser launched(Course course, LmsUser user) {
        if (user.role() == LmsRole.INSTRUCTOR) {
            Tool registered = lms.tools().stream()
                    .filter(each -> each.clientId().equals(tool.clientId()))
                    .findFirst()
                    .orElseThrow();
            new Browser().launch(lms.choose(course, registered, user, true));
        }
        return linked(course, user);
    }

    /** Opens Laurel from the first link of a course and from nowhere else. */
    Browser linked(Course course, LmsUser user) {
        Browser browser = new Browser();
        Page page = browser.launch(lms.launch(course, course.link(), user));
        assertThat(page.status()).as("" + page.uri()).isEqualTo(200);
        return browser;
    }

    /** The teacher opens Laurel, and its columns are read. */
    public Browser opened(Course course) {
        Browser teacher = launched(course, course.teacher());
        long tools = course.columns().stream()
                .filter(column -> !column.belongsToLms())
                .count();
        await().atMost(PATIENCE).until(() -> columns(course).size() == tools);
        return teacher;
    }

    /** The course as Laurel knows it in the institution of deployment "1". */
    public CourseContext context(Course course) {
        return context(tenant, course);
    }

    CourseContext elsewhere(Course course) {
        return context(otherTenant, course);
    }

    private CourseContext context(TenantId of, Course course) {
        return app.getBean(Contexts.class).ofTenant(of).stream()
                .filter(known -> known.title().equals(course.title()))
                .findFirst()
                .orElseThrow();
    }

    public List<LineItem> columns(Course course) {
        return app.getBean(Gradebook.class).lineItems(tenant, context(course).id()).stream()
                .filter(item -> !item.deleted())
                .toList();
    }

    public LineItem column(Course course, String label) {
        return columns(course).stream()
                .filter(item -> item.label().equals(label))
                .findFirst()
                .orElseThrow();
    }

    /** Makes Laurel look until it has read what the teacher changed. */
    void awaitColumns(Course course, String... labels) {
        app.getBean(Gradebook.class).checkSoon(tenant, context(course).id());
        await().atMost(PATIENCE)
                .untilAsserted(() ->
                        assertThat(columns(course)).extracting(LineItem::label).containsExactlyInAnyOrder(labels));
    }

    public LineItem addGradedColumn(Course course, String label) {
        return app.getBean(Gradebook.class)
                .createColumn(
                        tenant, context(course).id(), label, BigDecimal.valueOf(100), false, "laurel-graded-" + label);
    }

    /** An active badge for 80 % in each of these columns. */
    public RuleSet activeBadge(Course course, String name, LineItem... columns) {
        RuleSet draft = draft(course, name, columns);
        app.getBean(RuleSets.class).activate(tenant, draft.id(), 1);
        return app.getBean(RuleSets.class).find(tenant, draft.id()).orElseThrow();
    }

    public RuleSet draft(Course course, String name, LineItem... columns) {
        return draft(tenant, context(course), name, columns);
    }

    /** A badge of the course as the institution of deployment "2" knows it. */
    RuleSet draftElsewhere(Course course, String name) {
        CourseContext context = elsewhere(course);
        Gradebook gradebook = app.getBean(Gradebook.class);
        await().atMost(PATIENCE)
                .until(() -> !gradebook.lineItems(otherTenant, context.id()).isEmpty());
        return draft(
                otherTenant,
                context,
                name,
                gradebook.lineItems(otherTenant, context.id()).get(0));
    }

    /** A badge by any rule. */
    RuleSet draft(Course course, AchievementDraft words, Rule rule) {
        return draft(tenant, context(course), words, rule);
    }

    /** The platform says what sections there are, and that the first student is in all of them. */
    public void inSections(Course course, Map<String, String> names) {
        long contextId = context(course).id();
        app.getBean(CourseSections.class).tell(tenant, contextId, names);
        Contexts contexts = app.getBean(Contexts.class);
        contexts.refreshRoster(tenant, contextId);
        contexts.tellRoles(
                tenant,
                contextId,
                List.of(new Contexts.Told(course.student(0).id(), Set.of(Role.LEARNER), names.keySet())));
    }

    /** What the badge says. */
    AchievementVersion words(RuleSet ruleSet) {
        return app.getBean(Achievements.class)
                .version(tenant, ruleSet.achievementId(), ruleSet.achievementVersion())
                .orElseThrow();
    }

    private RuleSet draft(TenantId of, CourseContext context, String name, LineItem... columns) {
        List<Rule> parts = List.of(columns).stream()
                .<Rule>map(item -> Score.atLeast(item.id(), BigDecimal.valueOf(80), Rule.Unit.PERCENT))
                .toList();
        Rule rule = parts.size() == 1 ? parts.get(0) : new Rule.AllOf(parts);
        return draft(of, context, new AchievementDraft(name, "Does it well.", "80 %", "#1f4e79", null), rule);
    }

    private RuleSet draft(TenantId of, CourseContext context, AchievementDraft words, Rule rule) {
        long issuer =
                app.getBean(Issuers.class).of(of, context.id(), context.title()).id();
        AchievementVersion badge = app.getBean(Achievements.class).create(of, issuer, words, 1);
        return app.getBean(RuleSets.class).create(of, context.id(), badge.achievementId(), badge.version(), rule, 1);
    }

    public List<RuleSet> badges(Course course) {
        return app.getBean(RuleSets.class).ofContext(tenant, context(course).id());
    }

    public URI at(String path) {
        return URI.create(app.getBean(PublicUrl.class).at(path));
    }

    @Override
    public void close() {
        lms.clearFaults();
        lms.close();
    }
}
