package dev.laurel;

import static org.assertj.core.api.Assertions.assertThat;

import dev.laurel.context.Contexts;
import dev.laurel.context.CourseContext;
import dev.laurel.context.Member;
import dev.laurel.launch.session.Role;
import dev.laurel.platform.Platforms;
import dev.laurel.platform.Registration;
import dev.laurel.platform.tenant.PublicUrl;
import dev.laurel.platform.tenant.TenantId;
import java.net.URI;
import java.util.List;
import lms.Browser;
import lms.MoodleReplay;
import lms.Page;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;

/** What a real Moodle 4.5 sent, against the running tool. */
@LaurelTest
class MoodleReplayIntegrationTests {

    /** The tool type with all services, in whose course the captures were made. */
    private static final String CLIENT = "6Ar4KtknR8c0BAv";

    private static MoodleReplay moodle;

    @Autowired
    Platforms platforms;

    @Autowired
    Contexts contexts;

    @Autowired
    PublicUrl publicUrl;

    private Registration registration;

    private TenantId tenant;

    @BeforeEach
    void register() {
        if (moodle == null) {
            moodle = MoodleReplay.start(Needs.shared(), URI.create(publicUrl.origin()));
        }
        TestRegistrations.register(platforms, moodle.facts());
        registration = platforms.registration(moodle.issuer(), CLIENT).orElseThrow();
        tenant = platforms.deployment(registration, "1").tenant();
    }

    @AfterAll
    static void stop() {
        if (moodle != null) {
            moodle.close();
            moodle = null;
        }
    }

    @Test
    void everyCapturedLaunchLandsOnAPage() {
        List<MoodleReplay.Captured> launches = moodle.launches().stream()
                .filter(launch -> !launch.messageType().equals("LtiDeepLinkingRequest"))
                .toList();

        assertThat(launches).hasSizeGreaterThanOrEqualTo(15).allSatisfy(launch -> {
            Page page = new Browser().launch(moodle.begin(launch));
            assertThat(page.status()).as(launch.name() + " at " + page.uri()).isEqualTo(200);
            assertThat(page.uri().getPath()).isNotEqualTo("/lti/launch");
        });
    }

    @Test
    void aDeepLinkingRequestIsRefusedWithAPage() {
        Page page = new Browser().launch(moodle.begin(moodle.launch("DL")));

        assertThat(page.status()).isBetween(400, 499);
        assertThat(page.text()).contains("<html");
    }

    @Test
    void theRosterWithItsShortRoleNamesIsRead() {
        launch("A1.instructor");
        contexts.refreshRoster(tenant, course().id());

        assertThat(contexts.earners(tenant, course().id())).contains(person("4"), person("32"));
        assertThat(contexts.members(tenant, course().id())).hasSizeGreaterThanOrEqualTo(30);
        assertThat(member("3").roles()).contains(Role.INSTRUCTOR);
        assertThat(member("3").earns()).isFalse();
    }

    @Test
    void anAssistantWhomALaunchShowedAsStaffNeverEarnsAlthoughTheRosterSaysLearner() {
        launch("A1.nonediting-teacher");
        moodle.listAssistantAndAdministrator(true);
        try {
            contexts.refreshRoster(tenant, course().id());
        } finally {
            moodle.listAssistantAndAdministrator(false);
        }

        assertThat(member("2035").earns()).isFalse();
        assertThat(member("2").earns()).isFalse();
        assertThat(member("4").earns()).isTrue();
        assertThat(course().tellsAssistants()).isFalse();
    }

    private void launch(String name) {
        new Browser().launch(moodle.begin(moodle.launch(name)));
    }

    private CourseContext course() {
        return contexts.ofTenant(tenant).stream()
                .filter(course -> course.registrationId() == registration.id())
                .findFirst()
                .orElseThrow();
    }

    private long person(String sub) {
        return contexts.personsBySub(tenant, registration.id(), List.of(sub)).get(sub);
    }

    private Member member(String sub) {
        return contexts.member(tenant, course().id(), person(sub)).orElseThrow();
    }
}
