package dev.laurel.context;

import dev.laurel.gradebook.Gradebook;
import dev.laurel.gradebook.LineItem;
import dev.laurel.gradebook.Observation;
import dev.laurel.launch.Admission;
import dev.laurel.launch.Launch;
import dev.laurel.launch.session.Role;
import dev.laurel.platform.Deployment;
import dev.laurel.platform.Platforms;
import dev.laurel.platform.Registration;
import dev.laurel.platform.RegistrationEntry;
import dev.laurel.platform.road.Reference;
import dev.laurel.platform.tenant.PublicUrl;
import dev.laurel.platform.tenant.TenantId;
import java.net.URI;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.function.UnaryOperator;
import java.util.stream.Collectors;
import lms.Column;
import lms.Course;
import lms.LmsUser;
import lms.Mode;
import lms.ReferenceLms;
import lms.Tool;
import org.springframework.context.ApplicationContext;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.transaction.support.TransactionTemplate;
import org.springframework.web.util.UriComponentsBuilder;

/**
 * The first course of a reference LMS that is registered with the running Laurel, launched by its teacher. What the
 * launch would start in the background is taken out of the queue, unless asked for, so that a test decides when things
 * are read.
 */
public final class LmsCourse implements AutoCloseable {

    private static final String AGS = "https://purl.imsglobal.org/spec/lti-ags/scope/";

    private final ApplicationContext app;

    private final ReferenceLms lms;

    private final Registration registration;

    private final TenantId tenant;

    private final long deploymentPk;

    private final long contextId;

    private LmsCourse(ApplicationContext app, ReferenceLms lms, boolean background) {
        this(app, lms, background, "College at " + lms.issuer());
    }

    private LmsCourse(ApplicationContext app, ReferenceLms lms, boolean background, String institution) {
        this.app = app;
        this.lms = lms;
        Platforms platforms = app.getBean(Platforms.class);
        this.registration = platforms.register(
                new RegistrationEntry(
                        "Northfield College LMS",
                        lms.issuer(),
                        Tool.LAUREL_CLIENT_ID,
                        URI.create(lms.authUrl()),
                        URI.create(lms.tokenUrl()),
                        null,
                        URI.create(lms.jwksUrl()),
                        null,
                        tool().mode() != Mode.MOODLE,
                        1,
                        List.of(new RegistrationEntry.DeploymentEntry("1", institution))),
                false);
        Deployment deployment = platforms.deployment(registration, "1");
        this.tenant = Objects.requireNonNull(deployment.tenant());
        this.deploymentPk = deployment.pk();
        this.contextId = Objects.requireNonNull(
                admit(lms.course().teacher(), background, Role.INSTRUCTOR).contextId());
    }

    public static LmsCourse start(ApplicationContext app, ReferenceLms.Builder lms) {
        return start(app, lms, UnaryOperator.identity());
    }

    /** With Laurel registered there in another way than usual. */
    public static LmsCourse start(ApplicationContext app, ReferenceLms.Builder lms, UnaryOperator<Tool> registered) {
        return start(app, lms, registered, false);
    }

    /** Another LMS of the institution that has this one. */
    public LmsCourse startBeside(ReferenceLms.Builder another) {
        URI publicUrl = app.getBean(PublicUrl.class).value();
        return new LmsCourse(app, another.tool(Tool.laurel(publicUrl)).start(), false, "College at " + lms.issuer());
    }

    /** The same, with jobs running as they do in life. */
    public LmsCourse startBesideWithJobs(ReferenceLms.Builder another) {
        URI publicUrl = app.getBean(PublicUrl.class).value();
        return new LmsCourse(app, another.tool(Tool.laurel(publicUrl)).start(), true, "College at " + lms.issuer());
    }

    /** With jobs running as they do in life. */
    public static LmsCourse startWithJobs(ApplicationContext app, ReferenceLms.Builder lms) {
        return startWithJobs(app, lms, UnaryOperator.identity());
    }

    /** The same, with Laurel registered there in another way than usual. */
    public static LmsCourse startWithJobs(
            ApplicationContext app, ReferenceLms.Builder lms, UnaryOperator<Tool> registered) {
        return start(app, lms, registered, true);
    }

    private static LmsCourse start(
            ApplicationContext app, ReferenceLms.Builder lms, UnaryOperator<Tool> registered, boolean background) {
        URI publicUrl = app.getBean(PublicUrl.class).value();
        return new LmsCourse(
                app, lms.tool(registered.apply(Tool.laurel(publicUrl))).start(), background);
    }

    public ReferenceLms lms() {
        return lms;
    }

    public Tool tool() {
        return lms.tool(Tool.LAUREL_CLIENT_ID).orElseThrow();
    }

    public Course course() {
        return lms.course();
    }

    public TenantId tenant() {
        return tenant;
    }

    public long contextId() {
        return contextId;
    }

    public long registrationId() {
        return registration.id();
    }

    public long person(LmsUser user) {
        return Objects.requireNonNull(app.getBean(Contexts.class)
                .personsBySub(tenant, registration.id(), List.of(user.id()))
                .get(user.id()));
    }

    /** The platform tells its own number of the course. */
    public void isNumbered(String platformCourse) {
        app.getBean(JdbcClient.class)
                .sql("UPDATE context SET platform_course = ? WHERE id = ?")
                .params(platformCourse, contextId)
                .update();
    }

    /** What is known last of somebody in the column of this name. */
    public Optional<Observation> latest(String label, LmsUser user) {
        Gradebook gradebook = app.getBean(Gradebook.class);
        List<Long> columns = gradebook.lineItems(tenant, contextId).stream()
                .filter(item -> item.label().equals(label))
                .map(LineItem::id)
                .toList();
        return gradebook.latest(tenant, contextId, columns, List.of(person(user))).stream()
                .findFirst();
    }

    public Column addColumn(String label, int maximum) {
        return course().addColumn(course().link(), label, maximum);
    }

    public Admission admit(LmsUser user, Role... roles) {
        return admit(user, false, roles);
    }

    /** A launch from another course of the same LMS. */
    public Admission admit(Course from, LmsUser user, Role... roles) {
        return admit(from, user, false, roles);
    }

    /**
     * A launch from a course whose columns are at another host behind the same registration. Its roster stays where the
     * LMS of the test can be reached.
     */
    public Admission admitAt(String host, Course from, LmsUser user, Role... roles) {
        String base = UriComponentsBuilder.fromUriString(lms.issuer())
                .host(host)
                .build()
                .toUriString();
        return admit(launch(base, from, user, Map.of(), roles), false);
    }

    private Admission admit(LmsUser user, boolean background, Role... roles) {
        return admit(course(), user, background, roles);
    }

    /** A launch that tells custom parameters, with jobs running as they do in life. */
    public Admission admitTelling(Map<String, String> custom, LmsUser user, Role... roles) {
        return admit(launch(course(), user, custom, roles), true);
    }

    private Admission admit(Course from, LmsUser user, boolean background, Role... roles) {
        return admit(launch(from, user, Map.of(), roles), background);
    }

    private Admission admit(Launch launch, boolean background) {
        return Objects.requireNonNull(app.getBean(TransactionTemplate.class).execute(status -> {
            Admission admission = app.getBean(Admission.Desk.class).admit(launch);
            if (!background) {
                app.getBean(JdbcClient.class)
                        .sql("DELETE FROM scheduled_tasks WHERE task_instance LIKE ?")
                        .param(tenant + ":%")
                        .update();
            }
            return admission;
        }));
    }

    public Launch launch(LmsUser user, Role... roles) {
        return launch(course(), user, Map.of(), roles);
    }

    private Launch launch(Course from, LmsUser user, Map<String, String> custom, Role... roles) {
        return launch(lms.issuer(), from, user, custom, roles);
    }

    private Launch launch(String columns, Course from, LmsUser user, Map<String, String> custom, Role... roles) {
        boolean canvas = tool().mode() == Mode.CANVAS;
        String course = (canvas ? "/api/lti/courses/" : "/services/") + from.id();
        String query = tool().mode() == Mode.MOODLE ? "?type_id=1" : "";
        return new Launch(
                Reference.next(),
                tenant,
                registration.id(),
                deploymentPk,
                "LtiResourceLinkRequest",
                new Launch.User(user.id(), user.name(), user.givenName(), user.familyName(), user.email(), null, "en"),
                Set.of(roles),
                new Launch.Course(from.contextId(tool()), from.title(), from.label(), null),
                new Launch.Link(from.link().id(), from.link().title()),
                new Launch.AgsEndpoint(
                        URI.create(columns + course + (canvas ? "/line_items" : "/lineitems") + query),
                        null,
                        ags(tool().scopes())),
                URI.create(lms.issuer() + course + (canvas ? "/names_and_roles" : "/memberships")),
                null,
                URI.create("http://localhost/lti/launch"),
                null,
                custom,
                Launch.About.NOBODY,
                null,
                tool().mode().productFamily(),
                Instant.now());
    }

    private static Set<String> ags(Set<String> scopes) {
        return scopes.stream().filter(scope -> scope.startsWith(AGS)).collect(Collectors.toSet());
    }

    @Override
    public void close() {
        lms.clearFaults();
        lms.close();
    }
}
