package dev.laurel.dashboard.course;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.laurel.LaunchedCourse;
import dev.laurel.LaurelTest;
import dev.laurel.achievement.AchievementDraft;
import dev.laurel.achievement.AchievementVersion;
import dev.laurel.achievement.Achievements;
import dev.laurel.achievement.Issuers;
import dev.laurel.award.Award;
import dev.laurel.award.AwardMoment;
import dev.laurel.award.Awards;
import dev.laurel.award.policy.AwardPolicies;
import dev.laurel.context.Contexts;
import dev.laurel.criteria.RuleSet;
import dev.laurel.criteria.RuleSets;
import dev.laurel.criteria.RuleTexts;
import dev.laurel.gradebook.manual.Entering;
import dev.laurel.gradebook.manual.ManualGradebook;
import dev.laurel.platform.tenant.PublicUrl;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import lms.Browser;
import lms.Course;
import lms.LmsRole;
import lms.LmsUser;
import lms.Page;
import lms.ReferenceLms;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.context.ApplicationContext;

/** What an instructor lets a teaching assistant do, over HTTP as people do it. */
@LaurelTest
class DelegationIntegrationTests {

    private static final Duration PATIENCE = Duration.ofSeconds(60);

    @Autowired
    ApplicationContext app;

    @Autowired
    Contexts contexts;

    @Autowired
    Achievements achievements;

    @Autowired
    Issuers issuers;

    @Autowired
    RuleSets ruleSets;

    @Autowired
    RuleTexts texts;

    @Autowired
    AwardPolicies policies;

    @Autowired
    Awards awards;

    @Autowired
    ManualGradebook manual;

    @Autowired
    PublicUrl publicUrl;

    private LaunchedCourse launched;

    private Course course;

    private Browser teacher;

    private Browser assistant;

    private long entry;

    private RuleSet badge;

    @BeforeEach
    void aBadgeForAConfirmation() {
        launched = LaunchedCourse.start(app, ReferenceLms.builder().students(2));
        course = launched.lms().course();
        teacher = launched.launch(course.teacher());
        assistant = launched.launch(course.assistant());
        launched.launch(course.student(0));
        launched.launch(course.student(1));
        long contextId = launched.context().id();
        await().atMost(PATIENCE)
                .until(() -> contexts.earners(launched.tenant(), contextId).size() == 2);
        long byPerson = launched.person(course.teacher());
        entry = manual.addConfirmation(
                        new Entering(launched.tenant(), contextId, byPerson), UUID.randomUUID(), "Laboratory safety")
                .id();
        AchievementVersion version = achievements.create(
                launched.tenant(),
                issuers.of(launched.tenant(), contextId, "Academic writing").id(),
                new AchievementDraft("Safe hands", "Works safely.", "Confirmed", "#1f4e79", null),
                byPerson);
        badge = ruleSets.create(
                launched.tenant(),
                contextId,
                version.achievementId(),
                1,
                texts.parse("{\"v\":2,\"rule\":{\"type\":\"confirmation\",\"lineItem\":" + entry + "}}"),
                byPerson);
        policies.put(
                launched.tenant(),
                badge.id(),
                policies.of(launched.tenant(), badge.id()).withReview(true),
                byPerson);
        ruleSets.activate(launched.tenant(), badge.id(), byPerson);
    }

    @AfterEach
    void stop() {
        launched.close();
    }

    @Test
    void anAssistantDoesNothingUnlessAnInstructorLetHerAndThatIsWrittenDown() {
        Page seen = assistant.open(at("/course/entries/" + entry));
        assertThat(seen.text()).contains("Entering results is for the teachers of the course.");
        assertThat(confirm(seen, 0).status()).isEqualTo(404);
        assertThat(assistant.open(at("/course/assistants")).status()).isEqualTo(404);

        Page allowed = allow("ENTER_RESULTS", launched.person(course.assistant()));
        assertThat(allowed.text())
                .contains(
                        "Allowed from now on.",
                        "Enter results: " + course.assistant().name())
                .contains("Allowed by " + course.teacher().name());
        Page form = assistant.open(at("/course/entries/" + entry));
        assertThat(form.text()).doesNotContain("Entering results is for the teachers", "Remove this");
        assertThat(confirm(form, 0).text()).contains("Saved for 1 student.");
        assertThat(assistant.open(at("/course/entries/" + entry + "/removal")).status())
                .as("and nothing else")
                .isEqualTo(404);
        assertThat(assistant.open(at("/badges/" + badge.id() + "/activation")).status())
                .isEqualTo(404);
        assertThat(assistant.open(at(cases())).status()).isEqualTo(404);

        Page ended = teacher.submit(allowed, allowed.formTo("/assistants/end"), Map.of());
        assertThat(ended.text())
                .contains(
                        "Ended. What was done until now stays.",
                        "ended by " + course.teacher().name());
        assertThat(confirm(form, 1).status()).isEqualTo(404);
        assertThat(awards.ofPerson(launched.tenant(), launched.person(course.assistant())))
                .as("an assistant earns nothing")
                .isEmpty();
    }

    @Test
    void whoReviewsForAnInstructorDoesNotReviewHerOwnEntry() {
        allow("ENTER_RESULTS", 0);
        allow("REVIEW_CASES", 0);
        confirm(assistant.open(at("/course/entries/" + entry)), 0);
        manual.confirm(
                new Entering(launched.tenant(), launched.context().id(), launched.person(course.teacher())),
                entry,
                List.of(launched.person(course.student(1))),
                true);
        Award own = awaitAward(0);
        Award others = awaitAward(1);
        assertThat(assistant.open(at("/badges/" + badge.id())).text()).contains("2 cases need your decision.");

        assertThat(review(own).text()).contains("These cases rest on results that you entered", ">Seen.</textarea>");
        assertThat(awards.find(launched.tenant(), own.id()).orElseThrow().releasedAt())
                .isNull();
        assertThat(review(others).text()).contains("Accepted.");
        assertThat(awards.find(launched.tenant(), others.id()).orElseThrow().releasedAt())
                .isNotNull();
        assertThat(awards.history(launched.tenant(), others.id()))
                .extracting(AwardMoment::byPerson)
                .contains(launched.person(course.assistant()));

        Page page = assistant.open(at(cases()));
        assistant.submit(page, page.formTo("/cases/review/acceptance"), Map.of());
        assertThat(awards.find(launched.tenant(), own.id()).orElseThrow().releasedAt())
                .as("not among all of them either")
                .isNull();
        Page instructors = teacher.open(at(cases()));
        assertThat(teacher.submit(instructors, instructors.formTo("/cases/review/acceptance"), Map.of())
                        .text())
                .contains("Accepted.");
        assertThat(awards.find(launched.tenant(), own.id()).orElseThrow().releasedAt())
                .isNotNull();
    }

    @Test
    void aBadgeWhoseMakerLeftIsManagedByAnyOtherInstructorOfTheCourse() {
        LmsUser other = course.enrol("Ruth", "Okafor", LmsRole.INSTRUCTOR);
        course.drop(course.teacher());
        Browser colleague = launched.launch(other);

        Page page = colleague.open(at("/badges/" + badge.id()));
        assertThat(page.text()).contains("Safe hands", "Change");
        Page paused = colleague.submit(page, page.formTo("/pause"), Map.of());
        assertThat(paused.status()).isEqualTo(200);
        assertThat(ruleSets.find(launched.tenant(), badge.id()).orElseThrow().status())
                .isEqualTo(RuleSet.Status.PAUSED);
        assertThat(colleague.open(at(cases())).status()).isEqualTo(200);
        assertThat(colleague.open(at("/badges/" + badge.id() + "/activation")).status())
                .isEqualTo(200);
    }

    private Page allow(String what, long person) {
        Page page = teacher.open(at("/course/assistants"));
        return teacher.submit(
                page,
                page.forms().stream()
                        .filter(form -> form.action().equals("/course/assistants"))
                        .findFirst()
                        .orElseThrow(),
                Map.of("what", what, "person", Long.toString(person)));
    }

    private Page confirm(Page page, int student) {
        return assistant.submit(
                page,
                page.formTo("/confirmations"),
                Map.of("is", Long.toString(launched.person(course.student(student)))));
    }

    private Page review(Award award) {
        Page page = assistant.open(at(cases()));
        Page.Form form = page.forms().stream()
                .filter(each -> each.action().endsWith("/cases/review"))
                .findFirst()
                .orElseThrow();
        return assistant.submit(
                page, form, Map.of("award", Long.toString(award.id()), "decision", "accept", "reason", "Seen."));
    }

    private Award awaitAward(int student) {
        long person = launched.person(course.student(student));
        return await().atMost(PATIENCE)
                .until(
                        () -> awards.ofRuleSet(launched.tenant(), badge.id()).stream()
                                .filter(award -> award.personId() == person)
                                .findFirst(),
                        Optional::isPresent)
                .orElseThrow();
    }

    private String cases() {
        return "/badges/" + badge.id() + "/cases";
    }

    private URI at(String path) {
        return URI.create(publicUrl.at(path));
    }
}
