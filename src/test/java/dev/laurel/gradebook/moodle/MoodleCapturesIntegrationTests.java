package dev.laurel.gradebook.moodle;

import static org.assertj.core.api.Assertions.assertThat;

import dev.laurel.LaurelTest;
import dev.laurel.Needs;
import dev.laurel.TestRegistrations;
import dev.laurel.context.Contexts;
import dev.laurel.context.CourseContext;
import dev.laurel.gradebook.Gradebook;
import dev.laurel.gradebook.LineItem;
import dev.laurel.gradebook.Looking;
import dev.laurel.gradebook.Observation;
import dev.laurel.gradebook.key.ReadingKeys;
import dev.laurel.platform.Platforms;
import dev.laurel.platform.Registration;
import dev.laurel.platform.tenant.PublicUrl;
import dev.laurel.platform.tenant.TenantId;
import java.net.URI;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import lms.Browser;
import lms.MoodleReplay;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.context.ApplicationContext;

/** A launch, a roster, columns and grades of a real Moodle 4.5 as they were captured, read over AGS and web services. */
@LaurelTest
class MoodleCapturesIntegrationTests {

    /** The tool type with all services, in whose course the captures were made. */
    private static final String CLIENT = "6Ar4KtknR8c0BAv";

    @Autowired
    ApplicationContext app;

    @Autowired
    Platforms platforms;

    @Autowired
    Contexts contexts;

    @Autowired
    Gradebook gradebook;

    @Autowired
    ReadingKeys keys;

    @Autowired
    PublicUrl publicUrl;

    private MoodleReplay moodle;

    private Registration registration;

    private TenantId tenant;

    private CourseContext course;

    @BeforeEach
    void launch() {
        moodle = MoodleReplay.start(Needs.shared(), URI.create(publicUrl.origin()));
        TestRegistrations.register(platforms, moodle.facts());
        registration = platforms.registration(moodle.issuer(), CLIENT).orElseThrow();
        tenant = Objects.requireNonNull(platforms.deployment(registration, "1").tenant());
        keys.save(
                tenant,
                registration.id(),
                "moodle",
                TestReadingKeys.of(
                        moodle.issuer(),
                        MoodleReplay.WEB_SERVICE_TOKEN,
                        MoodleCapability.GRADES,
                        MoodleCapability.NEW_GRADES,
                        MoodleCapability.PEOPLE));
        new Browser().launch(moodle.begin(moodle.launch("A1.instructor")));
        course = contexts.ofTenant(tenant).get(0);
        contexts.refreshRoster(tenant, course.id());
    }

    @AfterEach
    void stop() {
        moodle.close();
    }

    @Test
    void theQuizIsReadOverWebServicesTheToolsOwnColumnsOverAgsAndNoneTwice() {
        assertThat(CourseNumber.of(course)).hasValue(2);

        Looking.at(app, tenant, course.id());

        List<LineItem> items = gradebook.lineItems(tenant, course.id());
        assertThat(items).extracting(LineItem::label).doesNotHaveDuplicates();
        assertThat(item("Final quiz").source()).isEqualTo("moodle");
        assertThat(item("Essay").source()).isEqualTo("moodle");
        assertThat(item("A1 graded").source()).isEqualTo("ags");
        assertThat(seen("Final quiz", "8").score()).isEqualByComparingTo("83.33");
        assertThat(seen("Course total so far", "8").score()).isEqualByComparingTo("50");
        assertThat(seen("Essay", "28").score()).isEqualByComparingTo("100");
        assertThat(contexts.member(tenant, course.id(), person("5"))
                        .orElseThrow()
                        .groups())
                .as("as it was captured")
                .isNotEmpty();
    }

    private LineItem item(String label) {
        return gradebook.lineItems(tenant, course.id()).stream()
                .filter(item -> item.label().equals(label))
                .findFirst()
                .orElseThrow();
    }

    private Observation seen(String label, String account) {
        return gradebook
                .latest(tenant, course.id(), Set.of(item(label).id()), Set.of(person(account)))
                .get(0);
    }

    private long person(String account) {
        return contexts.personsBySub(tenant, registration.id(), List.of(account))
                .get(account);
    }
}
