package dev.laurel;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.laurel.context.Contexts;
import dev.laurel.context.CourseContext;
import dev.laurel.gradebook.Gradebook;
import dev.laurel.gradebook.LineItem;
import dev.laurel.gradebook.Observation;
import dev.laurel.platform.Platforms;
import dev.laurel.platform.Registration;
import dev.laurel.platform.tenant.PublicUrl;
import dev.laurel.platform.tenant.TenantId;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import lms.Browser;
import lms.Column;
import lms.LmsUser;
import lms.Page;
import lms.ReferenceLms;
import lms.Tool;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;

/** The running tool with the reference LMS beside it, over HTTP in both directions. */
@LaurelTest
class ReferenceLmsIntegrationTests {

    @Autowired
    Platforms platforms;

    @Autowired
    Contexts contexts;

    @Autowired
    Gradebook gradebook;

    @Autowired
    PublicUrl publicUrl;

    private ReferenceLms lms;

    private Registration registration;

    private TenantId tenant;

    @BeforeEach
    void start() {
        lms = ReferenceLms.builder()
                .pageSize(12)
                .tool(Tool.laurel(URI.create(publicUrl.origin())))
                .start();
        registration = TestRegistrations.register(platforms, lms.facts()).get(0);
        tenant = platforms.deployment(registration, "1").tenant();
    }

    @AfterEach
    void stop() {
        lms.close();
    }

    @Test
    void everybodyLandsOnAPage() {
        for (LmsUser user : List.of(
                lms.course().teacher(), lms.course().assistant(), lms.course().student(0))) {
            Page page = new Browser().launch(lms.launch(user));
            assertThat(page.status()).as(user.role() + " at " + page.uri()).isEqualTo(200);
        }
        Page institution =
                new Browser().launch(lms.launchAsAdministrator(lms.tools().get(0)));
        assertThat(institution.status()).as("" + institution.uri()).isEqualTo(200);
    }

    @Test
    void theWholeRosterIsReadPageByPageAndAssistantsDoNotEarn() {
        new Browser().launch(lms.launch(lms.course().teacher()));

        contexts.refreshRoster(tenant, course().id());

        assertThat(contexts.earners(tenant, course().id())).hasSize(30);
        assertThat(contexts.members(tenant, course().id())).hasSize(32);
        assertThat(contexts.earners(tenant, course().id()))
                .doesNotContain(person(lms.course().assistant()));
    }

    @Test
    void theQuizOfTheLmsIsNeverSeenAndATypedGradeIsWithinFiveSeconds() {
        Column essay = lms.course().columnCalled("Essay 1");
        Column quiz = lms.course().columnCalled("Final quiz");
        LmsUser student = lms.course().student(2);
        new Browser().launch(lms.launch(lms.course().teacher()));
        contexts.refreshRoster(tenant, course().id());
        lms.course().typeGrade(student, quiz, "99");
        LineItem item = await().atMost(Duration.ofSeconds(20))
                .until(() -> gradebook.lineItems(tenant, course().id()), items -> !items.isEmpty())
                .get(0);

        lms.course().typeGrade(student, essay, "85,5");

        await().atMost(Duration.ofSeconds(5))
                .untilAsserted(() -> assertThat(latest(item, student))
                        .singleElement()
                        .satisfies(seen -> assertThat(seen.score()).isEqualByComparingTo("85.5")));
        assertThat(gradebook.lineItems(tenant, course().id()))
                .extracting(LineItem::label)
                .containsExactly("Essay 1");
    }

    private List<Observation> latest(LineItem item, LmsUser student) {
        return gradebook.latest(tenant, course().id(), List.of(item.id()), List.of(person(student)));
    }

    private CourseContext course() {
        return contexts.ofTenant(tenant).stream()
                .filter(course -> course.registrationId() == registration.id())
                .findFirst()
                .orElseThrow();
    }

    private long person(LmsUser user) {
        return contexts.personsBySub(tenant, registration.id(), List.of(user.id()))
                .get(user.id());
    }
}
