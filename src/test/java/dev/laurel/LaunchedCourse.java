package dev.laurel;

import static org.awaitility.Awaitility.await;

import dev.laurel.achievement.AchievementDraft;
import dev.laurel.achievement.AchievementVersion;
import dev.laurel.achievement.Achievements;
import dev.laurel.achievement.Issuers;
import dev.laurel.context.Contexts;
import dev.laurel.context.CourseContext;
import dev.laurel.criteria.RuleSet;
import dev.laurel.criteria.RuleSets;
import dev.laurel.criteria.rule.Rule;
import dev.laurel.gradebook.Gradebook;
import dev.laurel.gradebook.LineItem;
import dev.laurel.platform.Platforms;
import dev.laurel.platform.Registration;
import dev.laurel.platform.tenant.PublicUrl;
import dev.laurel.platform.tenant.TenantId;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.function.UnaryOperator;
import lms.Browser;
import lms.LmsUser;
import lms.Page;
import lms.ReferenceLms;
import lms.Tool;
import org.springframework.context.ApplicationContext;

/**
 * The first course of a reference LMS that is registered with the running Laurel, to be launched over HTTP as people do.
 * What a launch starts in the background runs as in life.
 */
public final class LaunchedCourse implements AutoCloseable {

    private static final Duration PATIENCE = Duration.ofSeconds(60);

    private final ApplicationContext app;

    private final ReferenceLms lms;

    private final Contexts contexts;

    private final Registration registration;

    private final TenantId tenant;

    private LaunchedCourse(ApplicationContext app, ReferenceLms lms) {
        this.app = app;
        this.lms = lms;
        this.contexts = app.getBean(Contexts.class);
        Platforms platforms = app.getBean(Platforms.class);
        this.registration = TestRegistrations.register(platforms, lms.facts()).get(0);
        String deployment = lms.tools().get(0).deployments().get(0);
        this.tenant = Objects.requireNonNull(
                platforms.deployment(registration, deployment).tenant());
    }

    public static LaunchedCourse start(ApplicationContext app, ReferenceLms.Builder lms) {
        return start(app, lms, UnaryOperator.identity());
    }

    /** With Laurel registered there in another way than usual. */
    public static LaunchedCourse start(
            ApplicationContext app, ReferenceLms.Builder lms, UnaryOperator<Tool> registered) {
        Tool laurel = Tool.laurel(app.getBean(PublicUrl.class).value());
        return new LaunchedCourse(app, lms.tool(registered.apply(laurel)).start());
    }

    public ReferenceLms lms() {
        return lms;
    }

    public TenantId tenant() {
        return tenant;
    }

    public Registration registration() {
        return registration;
    }

    /** Opens Laurel as somebody; answers the browser that did. */
    public Browser launch(LmsUser user) {
        Browser browser = new Browser();
        browser.launch(lms.launch(user));
        return browser;
    }

    /** The course as the latest launch left it. */
    public CourseContext context() {
        return contexts.ofTenant(tenant).stream()
                .filter(course -> course.registrationId() == registration.id())
                .findFirst()
                .orElseThrow();
    }

    public long person(LmsUser user) {
        return Objects.requireNonNull(contexts.personsBySub(tenant, registration.id(), List.of(user.id()))
                .get(user.id()));
    }

    /** Returns once Laurel knows so many who can earn something. */
    public void awaitEarners(int count) {
        await().atMost(PATIENCE)
                .until(() -> contexts.earners(tenant, context().id()).size() == count);
    }

    /** The column of this title, once Laurel has read it. */
    public LineItem column(String title) {
        Gradebook gradebook = app.getBean(Gradebook.class);
        return await().atMost(PATIENCE)
                .until(
                        () -> gradebook.lineItems(tenant, context().id()).stream()
                                .filter(item -> item.label().equals(title))
                                .findFirst(),
                        Optional::isPresent)
                .orElseThrow();
    }

    /** The instructor of this browser makes a badge for a column, all as the pages suggest it, and activates it. */
    public void activateBadge(Browser teacher, String column) {
        PublicUrl publicUrl = app.getBean(PublicUrl.class);
        Page form = teacher.open(
                URI.create(publicUrl.at("/badges/new?column=" + column(column).id())));
        Page asked = teacher.submit(form, form.formTo("/badges"), Map.of("action", "activate"));
        teacher.submit(asked, asked.formTo("/activation"), Map.of());
    }

    /** The one badge of the course. */
    public RuleSet onlyBadge() {
        List<RuleSet> all =
                app.getBean(RuleSets.class).ofContext(tenant, context().id());
        if (all.size() != 1) {
            throw new IllegalStateException("The course has " + all.size() + " badges");
        }
        return all.get(0);
    }

    /** An active badge of the teacher, who must have launched the course before. */
    public RuleSet activeBadge(AchievementDraft words, Rule rule) {
        Achievements achievements = app.getBean(Achievements.class);
        Issuers issuers = app.getBean(Issuers.class);
        RuleSets ruleSets = app.getBean(RuleSets.class);
        long contextId = context().id();
        long byPerson = person(lms.course().teacher());
        AchievementVersion version = achievements.create(
                tenant, issuers.of(tenant, contextId, context().title()).id(), words, byPerson);
        RuleSet badge = ruleSets.create(tenant, contextId, version.achievementId(), 1, rule, byPerson);
        ruleSets.activate(tenant, badge.id(), byPerson);
        return badge;
    }

    @Override
    public void close() {
        lms.close();
    }
}
