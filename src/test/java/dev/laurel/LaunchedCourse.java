package dev.laurel;

import dev.laurel.context.Contexts;
import dev.laurel.context.CourseContext;
import dev.laurel.platform.Platforms;
import dev.laurel.platform.Registration;
import dev.laurel.platform.tenant.PublicUrl;
import dev.laurel.platform.tenant.TenantId;
import java.util.List;
import java.util.Objects;
import java.util.function.UnaryOperator;
import lms.Browser;
import lms.LmsUser;
import lms.ReferenceLms;
import lms.Tool;
import org.springframework.context.ApplicationContext;

/**
 * The first course of a reference LMS that is registered with the running Laurel, to be launched over HTTP as people do.
 * What a launch starts in the background runs as in life.
 */
public final class LaunchedCourse implements AutoCloseable {

    private final ReferenceLms lms;

    private final Contexts contexts;

    private final Registration registration;

    private final TenantId tenant;

    private LaunchedCourse(ApplicationContext app, ReferenceLms lms) {
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

    @Override
    public void close() {
        lms.close();
    }
}
