package dev.laurel.publication.mail;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.laurel.LaunchedCourse;
import dev.laurel.award.Award;
import dev.laurel.award.Awards;
import dev.laurel.award.policy.AwardPolicies;
import dev.laurel.award.policy.AwardPolicy;
import dev.laurel.credential.Credentials;
import dev.laurel.criteria.RuleSet;
import dev.laurel.gradebook.Gradebook;
import dev.laurel.platform.tenant.PublicUrl;
import dev.laurel.platform.tenant.TenantId;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;
import lms.Browser;
import lms.Course;
import lms.LmsRole;
import lms.LmsUser;
import lms.Page;
import lms.ReferenceLms;
import lms.Service;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Named;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.context.ApplicationContext;
import org.springframework.jdbc.core.simple.JdbcClient;

/**
 * A badge that is decided and not released yet, by each way in which it can wait: it reaches no page, file, gradebook,
 * mailbox or status list; and once it is released it reaches them all.
 */
@Tag("once")
class BeforeReleaseIntegrationTests extends LaurelWithMail {

    private static final Duration PATIENCE = Duration.ofSeconds(60);

    private static final List<String> OF_THE_HOLDER = List.of(
            "",
            "/claim",
            "/share",
            "/share/end",
            "/image.png",
            "/image.svg",
            "/credential.json",
            "/credential.jwt",
            "/certificate.pdf",
            "/backpack",
            "/backpack.png",
            "/wallet",
            "/disclosure",
            "/name",
            "/endorsement");

    @Autowired
    ApplicationContext app;

    @Autowired
    Gradebook gradebook;

    @Autowired
    Awards awards;

    @Autowired
    AwardPolicies policies;

    @Autowired
    Credentials credentials;

    @Autowired
    Digests digests;

    @Autowired
    PublicUrl publicUrl;

    @Autowired
    JdbcClient jdbc;

    private LaunchedCourse launched;

    private Course course;

    private LmsUser ada;

    private TenantId tenant;

    private Browser teacher;

    private Browser student;

    private RuleSet badge;

    @BeforeEach
    void aBadgeWithEveryOutletOpen() {
        launched = LaunchedCourse.start(
                app,
                ReferenceLms.builder()
                        .institution("Waiting " + UUID.randomUUID())
                        .students(0));
        course = launched.lms().course();
        tenant = launched.tenant();
        String id = UUID.randomUUID().toString();
        ada = course.enrol(new LmsUser(id, "Ada", "Marlow", id + "@northfield.example", LmsRole.LEARNER));
        teacher = launched.launch(course.teacher());
        launched.activateBadge(teacher, "Essay 1");
        badge = launched.onlyBadge();
        Page page = teacher.open(at("/badges/" + badge.id()));
        teacher.submit(page, page.formTo("/passback"), Map.of("on", "true"));
        student = launched.launch(ada);
        Page messages = student.open(at("/my/messages"));
        student.submit(messages, messages.formTo("/my/messages"), Map.of());
    }

    @AfterEach
    void stop() {
        launched.close();
    }

    static Stream<Named<UnaryOperator<AwardPolicy>>> waysToWait() {
        return Stream.of(
                Named.of("until the result has settled", policy -> policy.settlingFor(Duration.ofDays(3))),
                Named.of(
                        "until a date",
                        policy -> policy.releasedOn(Instant.now().plus(Duration.ofDays(3)))),
                Named.of("until the instructor releases it", AwardPolicy::releasedByInstructor),
                Named.of("for a review", policy -> policy.withReview(true)));
    }

    @ParameterizedTest(name = "waits {0}")
    @MethodSource("waysToWait")
    void whatIsDecidedAndNotReleasedReachesNobodyByAnyWay(UnaryOperator<AwardPolicy> wait) {
        policy(wait);

        Award award = decided("95");

        assertThat(award.releasedAt()).isNull();
        assertThat(teacher.open(at("/badges/" + badge.id())).text())
                .as("staff sees that it is decided")
                .contains(award.reference().value());
        nothingIsToBeSeen(award);
        everythingOnceItIsReleased(award);
    }

    private void nothingIsToBeSeen(Award award) {
        lookAgain();
        for (String path : List.of("/shelf", "/shelf?all=true", "/my/badges/" + award.id())) {
            assertThat(student.open(at(path)).text())
                    .as(path)
                    .doesNotContain(
                            "Take it with you",
                            "/my/badges/" + award.id(),
                            award.reference().value());
        }
        for (String path : OF_THE_HOLDER) {
            assertThat(student.open(at("/my/badges/" + award.id() + path)).status())
                    .as("her own %s", path)
                    .isEqualTo(404);
        }
        assertThat(student.open(at("/my/transcript.pdf")).status()).isEqualTo(404);
        assertThat(awards.ofPerson(tenant, award.personId()))
                .as("every outlet asks this")
                .isEmpty();
        assertThat(credentials.find(tenant, award.id())).as("nothing is signed").isEmpty();
        assertThat(count("SELECT COUNT(*) FROM status_entry WHERE tenant_id = ?"))
                .as("no place on a status list")
                .isZero();
        assertThat(count("SELECT COUNT(*) FROM held_achievement WHERE tenant_id = ?"))
                .as("no other badge may rest on it")
                .isZero();
        assertThat(count("SELECT COUNT(*) FROM score_outbox WHERE tenant_id = ?"))
                .isZero();
        assertThat(written()).as("no column, no score in the LMS").isEmpty();
        assertThat(launched.lms().calls(Service.SCORES)).isZero();
        digests.run();
        assertThat(mailed()).as("no mail").isZero();
        for (String path : List.of("/b/", "/assertions/")) {
            assertThat(new Browser().open(at(path + award.publicId())).status())
                    .as("public %s", path)
                    .isEqualTo(404);
        }
    }

    private void everythingOnceItIsReleased(Award award) {
        if (award.waitsFor() == Award.Wait.REVIEW) {
            Page cases = teacher.open(at("/badges/" + badge.id() + "/cases"));
            teacher.submit(cases, cases.formTo("/cases/review/acceptance"), Map.of());
        } else {
            policy(AwardPolicy::releasedByInstructor);
            Page release = teacher.open(at("/badges/" + badge.id() + "/release"));
            teacher.submit(release, release.formTo("/release"), Map.of());
        }

        await().atMost(PATIENCE)
                .until(
                        () -> credentials.find(tenant, award.id()).filter(each -> each.jwt() != null),
                        Optional::isPresent);
        assertThat(student.open(at("/shelf")).text()).contains("/my/badges/" + award.id());
        Page asked = student.open(at("/my/badges/" + award.id() + "/claim"));
        student.submit(asked, asked.formTo("/claim"), Map.of("audience", "me"));
        for (String path : List.of("", "/image.png", "/credential.json", "/credential.jwt", "/certificate.pdf")) {
            assertThat(student.open(at("/my/badges/" + award.id() + path)).status())
                    .as("her own %s", path)
                    .isEqualTo(200);
        }
        assertThat(student.open(at("/my/transcript.pdf")).status()).isEqualTo(200);
        assertThat(count("SELECT COUNT(*) FROM status_entry WHERE tenant_id = ?"))
                .isPositive();
        await().atMost(PATIENCE).until(this::written, Optional::isPresent);
        // Digests that the application itself sends just then leave nothing to this run.
        await().atMost(PATIENCE).until(() -> {
            digests.run();
            return mailed() == 1;
        });
    }

    private void policy(UnaryOperator<AwardPolicy> change) {
        policies.put(
                tenant, badge.id(), change.apply(policies.of(tenant, badge.id())), launched.person(course.teacher()));
    }

    private Award decided(String score) {
        course.typeGrade(ada, course.columnCalled("Essay 1"), score);
        gradebook.checkSoon(tenant, launched.context().id());
        return await().atMost(PATIENCE)
                .until(() -> awards.ofRuleSet(tenant, badge.id()), found -> !found.isEmpty())
                .get(0);
    }

    /** Another result comes in and is worked out, so that every job that the decision started has had its turn. */
    private void lookAgain() {
        course.typeGrade(ada, course.columnCalled("Essay 1"), "96");
        gradebook.checkSoon(tenant, launched.context().id());
        await().atMost(PATIENCE)
                .until(() -> jdbc
                        .sql("SELECT explanation FROM evaluation WHERE tenant_id = ?")
                        .param(tenant.value())
                        .query(String.class)
                        .list()
                        .stream()
                        .anyMatch(lines -> lines.contains("96")));
    }

    private Optional<lms.Grade> written() {
        return course.columns().stream()
                .filter(column -> column.maximum().intValue() == 1)
                .findFirst()
                .flatMap(column -> column.grade(ada));
    }

    private int mailed() {
        return (int) Stream.of(SERVER.getReceivedMessages())
                .filter(message -> UndonePassIntegrationTests.recipient(message).equals(ada.email()))
                .count();
    }

    private int count(String sql) {
        return jdbc.sql(sql).param(tenant.value()).query(Integer.class).single();
    }

    private URI at(String path) {
        return URI.create(publicUrl.at(path));
    }
}
