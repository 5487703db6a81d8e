package dev.laurel;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.laurel.context.Contexts;
import dev.laurel.context.CourseContext;
import dev.laurel.gradebook.Gradebook;
import dev.laurel.gradebook.LineItem;
import dev.laurel.gradebook.Observation;
import dev.laurel.platform.tenant.TenantId;
import java.time.Duration;
import java.util.List;
import lms.Browser;
import lms.Column;
import lms.LmsUser;
import lms.Page;
import lms.ReferenceLms;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.context.ApplicationContext;

/** The running tool with the reference LMS beside it, over HTTP in both directions. */
@LaurelTest
class ReferenceLmsIntegrationTests {

    @Autowired
    ApplicationContext app;

    @Autowired
    Contexts contexts;

    @Autowired
    Gradebook gradebook;

    private LaunchedCourse launched;

    private ReferenceLms lms;

    private TenantId tenant;

    @BeforeEach
    void start() {
        launched = LaunchedCourse.start(app, ReferenceLms.builder().pageSize(12));
        lms = launched.lms();
        tenant = launched.tenant();
    }

    @AfterEach
    void stop() {
        launched.close();
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
    void theQuizOfTheLmsIsNeverSeenAndATypedGradeIsSoon() {
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

        await().atMost(Duration.ofSeconds(20))
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
        return launched.context();
    }

    private long person(LmsUser user) {
        return launched.person(user);
    }
}
