package dev.laurel.context.link;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import dev.laurel.LaurelTest;
import dev.laurel.context.Contexts;
import dev.laurel.context.CourseContext;
import dev.laurel.context.Erasures;
import dev.laurel.context.LmsCourse;
import dev.laurel.launch.session.Role;
import java.util.List;
import java.util.Map;
import java.util.Set;
import lms.Course;
import lms.LmsRole;
import lms.LmsUser;
import lms.Mode;
import lms.ReferenceLms;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.context.ApplicationContext;
import org.springframework.test.context.event.ApplicationEvents;
import org.springframework.test.context.event.RecordApplicationEvents;

/** What a Canvas says of its own users: which of their accounts are one. */
@LaurelTest
@RecordApplicationEvents
class AccountsOfOnePlatformIntegrationTests {

    private static final String ANOTHER_HOST = "elsewhere.example";

    @Autowired
    ApplicationContext app;

    @Autowired
    PersonLinks links;

    @Autowired
    Contexts contexts;

    @Autowired
    ApplicationEvents events;

    private LmsCourse course;

    /** Two accounts with one name. */
    private LmsUser ada;

    private LmsUser twin;

    private LmsUser bao;

    @BeforeEach
    void start() {
        course = LmsCourse.start(
                app,
                ReferenceLms.builder().students(2),
                tool -> tool.as(Mode.CANVAS).withCustom("canvas_user_id", "$Canvas.user.id"));
        ada = course.course().student(0);
        bao = course.course().student(1);
        twin = course.course().enrol(ada.givenName(), ada.familyName(), LmsRole.LEARNER);
    }

    @AfterEach
    void close() {
        course.close();
    }

    @Test
    void whoWereMergedByMistakeAreTwoAgainOnceTheirPlatformPartedThem() {
        reading("20", "20");
        assertThat(links.others(course.tenant(), List.of(course.person(ada))))
                .containsEntry(course.person(ada), Set.of(course.person(twin)));
        events.clear();

        reading("10", "20");

        assertThat(links.others(course.tenant(), both())).isEmpty();
        assertThat(events.stream(PersonLinksChanged.class))
                .as("what one holds is looked at without the other")
                .extracting(PersonLinksChanged::personIds)
                .contains(both());
        assertThat(links.open(course.tenant()))
                .as("the institution is shown it")
                .extracting(LinkCase::reason, each -> Set.of(each.one(), each.other()))
                .containsExactly(tuple(LinkCase.Reason.TOLD_APART, both()));

        reading("10", "10");
        assertThat(links.others(course.tenant(), both())).hasSize(2);
        assertThat(links.open(course.tenant())).as("nothing is left to decide").isEmpty();
    }

    @Test
    void whatALearnerLinkedHerselfStaysWithHerWhenThePlatformPartsItsAccounts() {
        try (LmsCourse moodle = course.startBeside(ReferenceLms.builder().students(1))) {
            LmsUser there = moodle.course().student(0);
            moodle.admit(there, Role.LEARNER);
            reading("20", "20");
            String code = links.offer(course.tenant(), course.person(ada), course.registrationId());
            assertThat(links.accept(course.tenant(), moodle.person(there), moodle.registrationId(), code))
                    .isEqualTo(LinkOutcome.LINKED);
            assertThat(links.others(course.tenant(), List.of(moodle.person(there))))
                    .containsEntry(moodle.person(there), both());

            reading("20", "30");

            assertThat(links.others(course.tenant(), null))
                    .isEqualTo(Map.of(
                            course.person(ada), Set.of(moodle.person(there)),
                            moodle.person(there), Set.of(course.person(ada))));
        }
    }

    @Test
    void whoTakesHerOwnLinkApartLeavesTogetherWhatThePlatformSaysIsOne() {
        try (LmsCourse moodle = course.startBeside(ReferenceLms.builder().students(1))) {
            LmsUser there = moodle.course().student(0);
            moodle.admit(there, Role.LEARNER);
            reading("20", "20");
            assertThat(links.canUnlink(course.tenant(), course.person(ada))).isFalse();
            String code = links.offer(course.tenant(), course.person(ada), course.registrationId());
            links.accept(course.tenant(), moodle.person(there), moodle.registrationId(), code);
            assertThat(links.canUnlink(course.tenant(), course.person(twin))).isTrue();

            assertThat(links.unlink(course.tenant(), moodle.person(there))).isTrue();

            assertThat(links.others(course.tenant(), null))
                    .isEqualTo(Map.of(
                            course.person(ada), Set.of(course.person(twin)),
                            course.person(twin), Set.of(course.person(ada))));
            assertThat(links.unlink(course.tenant(), course.person(ada)))
                    .as("what the platform says")
                    .isFalse();
            assertThat(links.others(course.tenant(), List.of(course.person(ada))))
                    .isNotEmpty();
        }
    }

    @Test
    void whereOneOfThreeAccountsIsErasedTheOthersStayOne() {
        LmsUser third = course.course().enrol(ada.givenName(), ada.familyName(), LmsRole.LEARNER);
        List.of(ada, twin, third).forEach(account -> course.lms().giveNumber(account, "20"));
        refresh(course.contextId());
        Set<Long> all = Set.of(course.person(ada), course.person(twin), course.person(third));
        assertThat(links.others(course.tenant(), all)).hasSize(3);

        long erased = all.stream().min(Long::compare).orElseThrow();
        app.getBean(Erasures.class).erase(course.tenant(), erased);

        assertThat(links.others(course.tenant(), null)).hasSize(2).doesNotContainKey(erased);
    }

    @Test
    void theInstitutionMaySayThatPartedAccountsAreOnePersonsAllTheSame() {
        reading("20", "20");
        reading("10", "20");

        LinkCase parted = links.open(course.tenant()).get(0);
        assertThat(links.decide(
                        course.tenant(),
                        parted.id(),
                        true,
                        course.person(course.course().teacher())))
                .contains(CaseOutcome.LINKED);
        reading("10", "30");

        assertThat(links.others(course.tenant(), both())).hasSize(2);
    }

    @Test
    void accountsThatDifferInNameAreNotOneByTheirNumberBeforeTheInstitutionSaysSo() {
        course.lms().giveNumber(ada, "20");
        course.lms().giveNumber(bao, "20");
        refresh(course.contextId());

        assertThat(links.others(course.tenant(), null)).isEmpty();
        LinkCase open = links.open(course.tenant()).get(0);
        assertThat(open.reason()).isEqualTo(LinkCase.Reason.NAMES);
        assertThat(links.decide(
                        course.tenant(),
                        open.id(),
                        true,
                        course.person(course.course().teacher())))
                .contains(CaseOutcome.LINKED);
        assertThat(links.others(course.tenant(), List.of(course.person(ada))))
                .containsEntry(course.person(ada), Set.of(course.person(bao)));
    }

    @Test
    void accountsThatTheStudentSystemKnowsUnderTwoIdsAreNotOneByTheirNumber() {
        course.lms().giveSisId(ada, "S-1");
        course.lms().giveSisId(twin, "S-2");
        reading("20", "20");

        assertThat(links.others(course.tenant(), null)).isEmpty();
        assertThat(links.open(course.tenant())).extracting(LinkCase::reason).containsExactly(LinkCase.Reason.SIS_IDS);
    }

    @Test
    void theSameNumberAtAnotherHostBehindTheRegistrationIsSomebodyElse() {
        Course elsewhere = course.lms().addCourse("Rhetoric", "RHE-1", 1, course.tool());
        LmsUser namesake = elsewhere.student(0);
        assertThat(namesake.name()).isEqualTo(ada.name());
        long other = course.admitAt(ANOTHER_HOST, elsewhere, elsewhere.teacher(), Role.INSTRUCTOR)
                .contextId();
        course.lms().giveNumber(ada, "42");
        course.lms().giveNumber(namesake, "42");
        refresh(course.contextId());
        refresh(other);

        assertThat(context(other).rosterProblem()).isNull();
        assertThat(links.others(course.tenant(), null)).isEmpty();
        assertThat(contexts.personsByPlatformUser(context(course.contextId()), List.of("42")))
                .containsExactly(Map.entry("42", course.person(ada)));
        assertThat(contexts.personsByPlatformUser(context(other), List.of("42")))
                .containsExactly(Map.entry("42", course.person(namesake)));
        assertThat(contexts.platformUsers(context(other), both())).isEmpty();
    }

    @Test
    void theNumberOfSomebodyWhoIsNotInTheCourseIsNobodysThere() {
        Course elsewhere = course.lms().addCourse("Rhetoric", "RHE-1", 1, course.tool());
        long other =
                course.admit(elsewhere, elsewhere.teacher(), Role.INSTRUCTOR).contextId();
        refresh(course.contextId());
        refresh(other);
        String number = course.lms().numberOf(ada.id());

        assertThat(contexts.personsByPlatformUser(context(course.contextId()), List.of(number)))
                .isNotEmpty();
        assertThat(contexts.personsByPlatformUser(context(other), List.of(number)))
                .isEmpty();
    }

    private Set<Long> both() {
        return Set.of(course.person(ada), course.person(twin));
    }

    private void reading(String ofAda, String ofTwin) {
        course.lms().giveNumber(ada, ofAda);
        course.lms().giveNumber(twin, ofTwin);
        refresh(course.contextId());
    }

    private void refresh(long contextId) {
        contexts.refreshRoster(course.tenant(), contextId);
    }

    private CourseContext context(long contextId) {
        return contexts.find(course.tenant(), contextId).orElseThrow();
    }
}
