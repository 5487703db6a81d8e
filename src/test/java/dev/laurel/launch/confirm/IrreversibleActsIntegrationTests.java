package dev.laurel.launch.confirm;

import static org.assertj.core.api.Assertions.assertThat;

import dev.laurel.LaurelTest;
import dev.laurel.achievement.AchievementDraft;
import dev.laurel.achievement.AchievementVersion;
import dev.laurel.achievement.Achievements;
import dev.laurel.achievement.Issuers;
import dev.laurel.context.Contexts;
import dev.laurel.context.LmsCourse;
import dev.laurel.context.ObserverPolicy;
import dev.laurel.criteria.RuleSet;
import dev.laurel.criteria.RuleSets;
import dev.laurel.criteria.rule.Rule;
import dev.laurel.criteria.rule.Score;
import dev.laurel.gradebook.Gradebook;
import dev.laurel.launch.Admission;
import dev.laurel.launch.Launch;
import dev.laurel.launch.Launches;
import dev.laurel.launch.session.Acting;
import dev.laurel.launch.session.Role;
import dev.laurel.launch.session.SignedIn;
import dev.laurel.platform.road.Reference;
import dev.laurel.platform.secrets.MasterKey;
import dev.laurel.platform.tenant.PublicUrl;
import java.math.BigDecimal;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import lms.Browser;
import lms.Fault;
import lms.LmsRole;
import lms.LmsUser;
import lms.Mode;
import lms.Page;
import lms.ReferenceLms;
import lms.Service;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.context.ApplicationContext;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.mock.web.MockHttpServletRequest;

/** What cannot be undone happens only to those who may and who saw what they pressed. */
@LaurelTest
class IrreversibleActsIntegrationTests {

    private static final Duration MINUTES_5 = Duration.ofMinutes(5);

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
    ObserverPolicy observers;

    @Autowired
    Gradebook gradebook;

    @Autowired
    Launches launches;

    @Autowired
    Confirmations confirmations;

    @Autowired
    MasterKey masterKey;

    @Autowired
    PublicUrl publicUrl;

    @Autowired
    JdbcClient jdbc;

    private LmsCourse course;

    private RuleSet badge;

    private Act activation;

    private final Browser window = new Browser();

    @AfterEach
    void close() {
        course.close();
    }

    @Test
    void aTeacherWhoIsStillListedActivatesInAWindowThatNobodyCanFrame() {
        start(ReferenceLms.builder().students(2));
        Page question = ask(teacher(MINUTES_5));

        assertThat(question.text()).contains("Really?", "Activate now");
        assertThat(question.header("Content-Security-Policy").orElseThrow()).endsWith("frame-ancestors 'none'");
        assertThat(question.header("Set-Cookie")).isEmpty();
        Page done = press(question);

        assertThat(done.status()).isEqualTo(200);
        assertThat(done.text()).contains("The badge is active.", "You can close this window");
        assertThat(done.header("Content-Security-Policy").orElseThrow()).endsWith("frame-ancestors 'none'");
        assertThat(status()).isEqualTo(RuleSet.Status.ACTIVE);
    }

    @Test
    void aTeacherWhoWasRemovedMeanwhileActivatesNothing() {
        start(ReferenceLms.builder().students(2));
        Page question = ask(teacher(MINUTES_5));
        course.course().drop(course.course().teacher());

        Page refused = press(question);

        assertThat(refused.status()).isEqualTo(403);
        assertThat(refused.text()).contains("You no longer have this role in the course", "Reference number");
        assertThat(status()).isEqualTo(RuleSet.Status.DRAFT);
    }

    @Test
    void aTeacherWhoBecameAnAssistantMeanwhileActivatesNothing() {
        start(ReferenceLms.builder().students(2));
        LmsUser teacher = course.course().teacher();
        Page question = ask(teacher(MINUTES_5));
        course.course().drop(teacher);
        course.course()
                .enrol(new LmsUser(
                        teacher.id(),
                        teacher.givenName(),
                        teacher.familyName(),
                        teacher.email(),
                        LmsRole.TEACHING_ASSISTANT));

        assertThat(press(question).status()).isEqualTo(403);
        assertThat(status()).isEqualTo(RuleSet.Status.DRAFT);
    }

    @Test
    void inMoodleWhoIsLearnerInTheRosterAndInstructorInLaunchesStaysInstructorButNotOnceSheIsGone() {
        start(ReferenceLms.builder().students(2).mode(Mode.MOODLE));
        LmsUser assistant = course.course().assistant();
        SignedIn me = signIn(assistant, MINUTES_5, Role.INSTRUCTOR);
        Page question = ask(me);
        Page another = ask(me);

        assertThat(press(question).status()).isEqualTo(200);
        assertThat(status()).isEqualTo(RuleSet.Status.ACTIVE);
        ruleSets.pause(course.tenant(), badge.id(), 1);
        course.course().drop(assistant);
        contexts.refreshRoster(course.tenant(), course.contextId());

        assertThat(press(another).status()).isEqualTo(403);
        assertThat(status()).isEqualTo(RuleSet.Status.PAUSED);
    }

    @Test
    void whereTheRosterCannotBeReadAYoungLaunchIsAnAnswerAndAnOldOneIsNot() {
        start(ReferenceLms.builder().students(2));
        course.lms().setFault(Service.ROSTER, Fault.status(500));

        Page refused = press(ask(teacher(Duration.ofMinutes(16))));

        assertThat(refused.status()).isEqualTo(403);
        assertThat(refused.text()).contains("open Laurel from your course again");
        assertThat(status()).isEqualTo(RuleSet.Status.DRAFT);
        assertThat(press(ask(teacher(Duration.ofMinutes(14)))).status()).isEqualTo(200);
        assertThat(status()).isEqualTo(RuleSet.Status.ACTIVE);
    }

    @Test
    void aClickInAFrameOnlyLeadsToTheWindowThatAsks() {
        start(ReferenceLms.builder().students(2));
        Browser frame = Browser.framed();
        LmsUser teacher = course.course().teacher();
        frame.launch(course.lms().launch(teacher));

        Page page = frame.open(at(asking()));
        assertThat(page.forms())
                .isNotEmpty()
                .noneMatch(form -> form.method().equals("post") && form.action().equals(activation.path()));
        Page clicked = frame.post(at(activation.path()), csrf(frame), publicUrl.origin());
        assertThat(clicked.text()).contains("Please confirm.");
        assertThat(status()).isEqualTo(RuleSet.Status.DRAFT);

        Page question = window.submit(page, page.formTo("/acts/confirmation"), Map.of());
        assertThat(status()).isEqualTo(RuleSet.Status.DRAFT);
        String number = attribute(page, "data-act");
        assertThat(frame.open(at("/acts/" + number)).text()).isEqualTo("waiting");
        assertThat(press(question).status()).isEqualTo(200);

        assertThat(frame.open(at("/acts/" + number)).text()).isEqualTo("done");
        assertThat(window.cookies().named("__Host-laurel")).isEmpty();
        assertThat(status()).isEqualTo(RuleSet.Status.ACTIVE);
    }

    @Test
    void aPageThatIsOpenForLongGetsAFreshTicketForItsOwnActAndNobodyElseDoes() {
        start(ReferenceLms.builder().students(2));
        Browser frame = Browser.framed();
        frame.launch(course.lms().launch(course.course().teacher()));
        Page page = frame.open(at(asking()));
        Map<String, String> fields =
                new HashMap<>(page.formTo("/acts/confirmation").fields());
        fields.putAll(csrf(frame));

        Page fresh = frame.post(at("/acts/ticket"), fields, publicUrl.origin());

        assertThat(fresh.status()).isEqualTo(200);
        String renewed = attribute(fresh, "value");
        assertThat(renewed).isNotEqualTo(fields.get("ticket"));
        assertThat(open(renewed).text()).contains("Activate “Essayist”");
        Browser other = Browser.framed();
        other.launch(course.lms().launch(course.course().assistant()));
        fields.putAll(csrf(other));
        assertThat(other.post(at("/acts/ticket"), fields, publicUrl.origin()).status())
                .isEqualTo(404);
    }

    @Test
    void aPageThatHasATabForItselfNeedsNoWindow() {
        start(ReferenceLms.builder().students(2));
        Browser tab = new Browser();
        tab.launch(course.lms().launch(course.course().teacher()));

        Page page = tab.open(at(asking()));
        tab.submit(page, page.formTo("/activation"), Map.of());

        assertThat(status()).isEqualTo(RuleSet.Status.ACTIVE);
    }

    @Test
    void theWindowItselfOpensInNoFrame() {
        start(ReferenceLms.builder().students(2));
        SignedIn me = teacher(MINUTES_5);
        Page question = ask(me);

        assertThat(Browser.framed()
                        .post(at("/acts/confirmation"), Map.of("ticket", ticket(me)), publicUrl.origin())
                        .status())
                .isEqualTo(403);
        Page pressed = Browser.framed().submit(question, question.formTo("/activation"), Map.of());

        assertThat(pressed.status()).isEqualTo(403);
        assertThat(status()).isEqualTo(RuleSet.Status.DRAFT);
    }

    @Test
    void aTicketOpensOneWindowAndItsButtonWorksOnce() {
        start(ReferenceLms.builder().students(2));
        String ticket = ticket(teacher(MINUTES_5));
        Page question = open(ticket);

        assertThat(open(ticket).status()).isEqualTo(403);
        press(question);
        ruleSets.pause(course.tenant(), badge.id(), 1);
        Page again = press(question);

        assertThat(again.status()).isEqualTo(403);
        assertThat(again.text()).contains("This was confirmed before");
        assertThat(status()).isEqualTo(RuleSet.Status.PAUSED);
    }

    @Test
    void aTicketEndsAfterAMinute() {
        start(ReferenceLms.builder().students(2));
        SignedIn me = teacher(MINUTES_5);
        Ticket late = new Ticket(
                Ticket.Stage.ASK, me.tenant(), me.launchId(), Instant.now().minusSeconds(1), "late", activation);

        Page page = open(late.seal(masterKey));

        assertThat(Confirmations.TO_ASK).isEqualTo(Duration.ofSeconds(60));
        assertThat(page.status()).isEqualTo(403);
        assertThat(page.text()).contains("Please press the button again");
    }

    @Test
    void aTicketThatOpensTheWindowIsNotItsButton() {
        start(ReferenceLms.builder().students(2));

        Page page = window.post(at(activation.path()), Map.of("_act", ticket(teacher(MINUTES_5))), publicUrl.origin());

        assertThat(page.status()).isEqualTo(403);
        assertThat(status()).isEqualTo(RuleSet.Status.DRAFT);
    }

    @Test
    void aTicketIsForOneActOnly() {
        start(ReferenceLms.builder().students(2));
        SignedIn me = teacher(MINUTES_5);
        Act other = new Act("/badges/" + badge.id() + "/pause", "t", "", "b", "/course");
        String button = open(confirmations
                        .offer(new MockHttpServletRequest(), me, other)
                        .ticket())
                .formTo("/pause")
                .fields()
                .get("_act");

        assertThat(window.post(at(activation.path()), Map.of("_act", button), publicUrl.origin())
                        .status())
                .isEqualTo(403);
        String forNobody = ask(me).formTo(activation.path()).fields().get("_act");
        URI forMany = at(asking() + "/" + badge.version() + "/180");
        assertThat(window.post(forMany, Map.of("_act", forNobody), publicUrl.origin())
                        .status())
                .as("the number that was asked about")
                .isEqualTo(403);
        assertThat(status()).isEqualTo(RuleSet.Status.DRAFT);
    }

    @Test
    void whatTheWindowAskedAboutIsNotDoneOnceSomebodyChangedTheBadge() {
        start(ReferenceLms.builder().students(2));
        Browser frame = Browser.framed();
        frame.launch(course.lms().launch(course.course().teacher()));
        Page page = frame.open(at(asking()));
        Page question = window.submit(page, page.formTo("/acts/confirmation"), Map.of());
        ruleSets.edit(course.tenant(), badge.id(), 1, badge.rule(), 1);

        assertThat(press(question).text())
                .contains("Nothing was changed", "somebody changed this badge after the page was opened");

        assertThat(status()).isEqualTo(RuleSet.Status.DRAFT);
        assertThat(frame.open(at("/acts/" + attribute(page, "data-act"))).text())
                .as("the page behind goes on to what is true now")
                .isEqualTo("done");
    }

    @Test
    void aTicketThatSomebodyMadeUpIsNone() {
        start(ReferenceLms.builder().students(2));

        for (String made : List.of("", "x", "AAAA", changed(ticket(teacher(MINUTES_5))), "\u0000".repeat(9))) {
            assertThat(open(made).status()).isEqualTo(403);
            assertThat(window.post(at(activation.path()), Map.of("_act", made), publicUrl.origin())
                            .status())
                    .isEqualTo(403);
        }
        assertThat(status()).isEqualTo(RuleSet.Status.DRAFT);
    }

    @Test
    void aTicketGivesAStudentOrAnAssistantNoRightThatTheyDoNotHave() {
        start(ReferenceLms.builder().students(2));

        assertThat(press(ask(signIn(course.course().student(0), MINUTES_5, Role.LEARNER)))
                        .status())
                .isEqualTo(404);
        assertThat(press(ask(signIn(course.course().assistant(), MINUTES_5, Role.TEACHING_ASSISTANT)))
                        .status())
                .isEqualTo(404);
        assertThat(status()).isEqualTo(RuleSet.Status.DRAFT);
    }

    @Test
    void whoActsAsATeacherConfirmsNothing() {
        start(ReferenceLms.builder().students(2));
        SignedIn me = signIn(
                course.course().teacher(), MINUTES_5, new Acting(Acting.ReadOnly.MASQUERADING, false), Role.INSTRUCTOR);

        Page refused = press(ask(me));

        assertThat(refused.status()).isEqualTo(403);
        assertThat(refused.text()).contains("acting as somebody else");
        assertThat(status()).isEqualTo(RuleSet.Status.DRAFT);
    }

    @Test
    void theSessionOfATeacherWhoWasRemovedEndsWithTheNextRosterAndSaysWhy() {
        start(ReferenceLms.builder().students(2));
        contexts.refreshRoster(course.tenant(), course.contextId());
        Browser teacher = new Browser();
        Browser assistant = new Browser();
        teacher.launch(course.lms().launch(course.course().teacher()));
        assistant.launch(course.lms().launch(course.course().assistant()));
        String ticket = ticket(teacher(MINUTES_5));
        course.course().drop(course.course().teacher());

        contexts.refreshRoster(course.tenant(), course.contextId());

        Page gone = teacher.open(at("/course"));
        assertThat(gone.status()).isEqualTo(401);
        assertThat(gone.text()).contains("You are no longer listed for this course");
        assertThat(open(ticket).status()).isEqualTo(403);
        assertThat(assistant.open(at("/course")).status()).isEqualTo(200);
    }

    @Test
    void aTeacherWhoComesBackLaunchesAgain() {
        start(ReferenceLms.builder().students(2));
        LmsUser teacher = course.course().teacher();
        contexts.refreshRoster(course.tenant(), course.contextId());
        course.course().drop(teacher);
        contexts.refreshRoster(course.tenant(), course.contextId());
        course.course().enrol(teacher);

        Browser again = new Browser();

        assertThat(again.launch(course.lms().launch(teacher)).status()).isEqualTo(200);
        assertThat(again.open(at("/course")).status()).isEqualTo(200);
    }

    @Test
    void inMoodleAManagerWhoIsOnNoRosterKeepsHerSessionAndActsWhileHerLaunchIsYoung() {
        start(ReferenceLms.builder().students(2).mode(Mode.MOODLE));
        LmsUser manager = course.course().enrol("Mona", "Manager", LmsRole.INSTRUCTOR);
        Browser browser = new Browser();
        browser.launch(course.lms().launch(manager));
        course.course().drop(manager);

        contexts.refreshRoster(course.tenant(), course.contextId());

        assertThat(browser.open(at("/course")).status()).isEqualTo(200);
        assertThat(press(ask(signIn(manager, Duration.ofMinutes(16), Role.INSTRUCTOR)))
                        .status())
                .isEqualTo(403);
        assertThat(press(ask(signIn(manager, MINUTES_5, Role.INSTRUCTOR))).status())
                .isEqualTo(200);
    }

    @Test
    void theInstitutionsNameIsGivenInAWindowOfItsOwn() {
        start(ReferenceLms.builder().students(2));
        long issuer = issuers.createForInstitution(course.tenant(), "Northfield College", 1)
                .id();
        Browser frame = Browser.framed();
        Page institution = frame.launch(
                course.lms().launchAsAdministrator(course.lms().tools().get(0)));

        Page asked = frame.submit(
                institution,
                institution.formTo("/institution/courses/" + course.contextId() + "/issuer"),
                Map.of("issuerId", Long.toString(issuer)));

        assertThat(issuers.grants(course.tenant())).isEmpty();
        Page done = press(window.submit(asked, asked.formTo("/acts/confirmation"), Map.of()));
        assertThat(done.status()).isEqualTo(200);
        assertThat(issuers.grants(course.tenant())).containsKey(course.contextId());
    }

    @Test
    void theInstitutionsNameIsTakenAwayInAWindowOfItsOwn() {
        start(ReferenceLms.builder().students(2));
        long issuer = issuers.createForInstitution(course.tenant(), "Northfield College", 1)
                .id();
        issuers.grant(course.tenant(), issuer, course.contextId(), 1);
        Browser frame = Browser.framed();
        Page institution = frame.launch(
                course.lms().launchAsAdministrator(course.lms().tools().get(0)));

        Page asked = frame.submit(
                institution,
                institution.formTo("/institution/courses/" + course.contextId() + "/issuer"),
                Map.of("issuerId", "0"));

        assertThat(issuers.grants(course.tenant())).containsKey(course.contextId());
        press(window.submit(asked, asked.formTo("/acts/confirmation"), Map.of()));
        assertThat(issuers.grants(course.tenant())).isEmpty();
    }

    @Test
    void observersAreLetInOnlyInAWindowOfItsOwn() {
        start(ReferenceLms.builder().students(2));
        Browser frame = Browser.framed();
        Page institution = frame.launch(
                course.lms().launchAsAdministrator(course.lms().tools().get(0)));
        assertThat(institution.text()).contains("/institution/observers/ALLOWED");
        URI letIn = at("/institution/observers/ALLOWED");
        String token = institution.formTo("/institution/issuers").fields().get("_csrf");

        Page clicked = frame.post(letIn, Map.of("_csrf", token), publicUrl.origin());
        assertThat(clicked.text()).contains("Please confirm.");
        assertThat(observers.isAllowed(course.tenant())).isFalse();

        Page asked = frame.open(letIn);
        Page done = press(window.submit(asked, asked.formTo("/acts/confirmation"), Map.of()));
        assertThat(done.status()).isEqualTo(200);
        assertThat(observers.isAllowed(course.tenant())).isTrue();
    }

    @Test
    void aClickInsideAFrameRemovesNoColumn() {
        start(ReferenceLms.builder().students(2));
        jdbc.sql("UPDATE line_item SET created_here = TRUE WHERE tenant_id = ?")
                .param(course.tenant().value())
                .update();
        long item =
                gradebook.lineItems(course.tenant(), course.contextId()).get(0).id();
        URI removal = at("/course/columns/" + item + "/removal");
        Browser frame = Browser.framed();
        frame.launch(course.lms().launch(course.course().teacher()));

        Page clicked = frame.post(removal, csrf(frame), publicUrl.origin());
        assertThat(clicked.text()).contains("Please confirm.", "All grades that were typed in it go away");
        Page question = window.submit(clicked, clicked.formTo("/acts/confirmation"), Map.of());

        assertThat(question.text()).contains("Laurel asks in a window of its own", "Remove the column");
        assertThat(gradebook.lineItems(course.tenant(), course.contextId()))
                .filteredOn(each -> each.id() == item)
                .noneMatch(each -> each.deleted());
    }

    @Test
    void anAdministratorWhoOpenedLaurelLongAgoOpensItAgainBeforeSheGivesTheName() {
        start(ReferenceLms.builder().students(2));
        long issuer = issuers.createForInstitution(course.tenant(), "Northfield College", 1)
                .id();
        Act giving = new Act(
                "/institution/courses/" + course.contextId() + "/issuers/" + issuer,
                "Really?",
                "",
                "Yes",
                "/institution");
        Admission admission = new Admission(77, null, null, Set.of(Role.INSTITUTION_ADMIN), null, Set.of());
        LmsUser admin = course.course().teacher();
        SignedIn old = launches.add(past(admin, Duration.ofMinutes(16), Acting.ONESELF), admission);
        SignedIn young = launches.add(past(admin, MINUTES_5, Acting.ONESELF), admission);

        Page refused = press(open(
                confirmations.offer(new MockHttpServletRequest(), old, giving).ticket()));
        assertThat(refused.status()).isEqualTo(403);
        assertThat(refused.text()).contains("open Laurel from your course again");
        assertThat(issuers.grants(course.tenant())).isEmpty();
        press(open(
                confirmations.offer(new MockHttpServletRequest(), young, giving).ticket()));
        assertThat(issuers.grants(course.tenant())).containsKey(course.contextId());
    }

    private void start(ReferenceLms.Builder lms) {
        course = LmsCourse.start(app, lms);
        jdbc.sql("INSERT IGNORE INTO gradebook (tenant_id, context_id, last_seq, failures) VALUES (?, ?, 0, 0)")
                .params(course.tenant().value(), course.contextId())
                .update();
        String external = UUID.randomUUID().toString();
        jdbc.sql("""
                INSERT INTO line_item (tenant_id, context_id, source, external_hash, external_id, label, score_maximum,
                    is_output, created_here, readable, created_at)
                VALUES (?, ?, 'ags', UNHEX(SHA2(?, 256)), ?, 'Essay', 100, FALSE, FALSE, TRUE, UTC_TIMESTAMP(6))""")
                .params(course.tenant().value(), course.contextId(), external, external)
                .update();
        long item =
                gradebook.lineItems(course.tenant(), course.contextId()).get(0).id();
        AchievementVersion version = achievements.create(
                course.tenant(),
                issuers.of(course.tenant(), course.contextId(), "Academic writing")
                        .id(),
                new AchievementDraft("Essayist", "Can do it.", "At least 80 %.", "#1f4e79", null),
                1);
        badge = ruleSets.create(
                course.tenant(),
                course.contextId(),
                version.achievementId(),
                version.version(),
                Score.atLeast(item, BigDecimal.valueOf(80), Rule.Unit.PERCENT),
                1);
        activation = new Act(
                asking() + "/" + badge.version() + "/0", "Really?", "", "Activate now", "/badges/" + badge.id());
    }

    /** The page that says how many people it reaches. */
    private String asking() {
        return "/badges/" + badge.id() + "/activation";
    }

    private SignedIn teacher(Duration ago) {
        return signIn(course.course().teacher(), ago, Role.INSTRUCTOR);
    }

    private SignedIn signIn(LmsUser user, Duration ago, Role role) {
        return signIn(user, ago, Acting.ONESELF, role);
    }

    /** A launch of some time ago: what a session would stand for. */
    private SignedIn signIn(LmsUser user, Duration ago, Acting acting, Role role) {
        return launches.add(past(user, ago, acting, role), course.admit(user, role));
    }

    private Launch past(LmsUser user, Duration ago, Acting acting, Role... roles) {
        Launch launch = course.launch(user, roles);
        return new Launch(
                Reference.next(),
                launch.tenant(),
                launch.registrationId(),
                launch.deploymentPk(),
                launch.messageType(),
                launch.user(),
                launch.roles(),
                launch.context(),
                launch.resourceLink(),
                launch.ags(),
                launch.membershipsUrl(),
                launch.notices(),
                launch.targetLinkUri(),
                null,
                Map.of(),
                launch.about(),
                null,
                launch.platformFamily(),
                Instant.now().minus(ago),
                acting);
    }

    private String ticket(SignedIn me) {
        return confirmations.offer(new MockHttpServletRequest(), me, activation).ticket();
    }

    private static String changed(String ticket) {
        char other = ticket.charAt(40) == 'A' ? 'B' : 'A';
        return ticket.substring(0, 40) + other + ticket.substring(41);
    }

    private Page ask(SignedIn me) {
        return open(ticket(me));
    }

    private Page open(String ticket) {
        return window.post(at("/acts/confirmation"), Map.of("ticket", ticket), publicUrl.origin());
    }

    private Page press(Page question) {
        return window.submit(question, question.forms().get(0), Map.of());
    }

    private RuleSet.Status status() {
        return ruleSets.find(course.tenant(), badge.id()).orElseThrow().status();
    }

    private URI at(String path) {
        return URI.create(publicUrl.at(path));
    }

    /** What a hostile page cannot read, but a click inside the frame sends along. */
    private Map<String, String> csrf(Browser frame) {
        return Map.of(
                "_csrf",
                frame.open(at("/course")).formTo("/course/checks").fields().get("_csrf"));
    }

    private static String attribute(Page page, String name) {
        String text = page.text();
        int start = text.indexOf(name + "=\"") + name.length() + 2;
        return text.substring(start, text.indexOf('"', start));
    }
}
