package dev.laurel.dashboard.account;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.laurel.LaunchedCourse;
import dev.laurel.LaurelTest;
import dev.laurel.achievement.AchievementDraft;
import dev.laurel.award.Award;
import dev.laurel.award.Awards;
import dev.laurel.context.Erasures;
import dev.laurel.context.link.LinkHistory;
import dev.laurel.context.link.LinkOutcome;
import dev.laurel.context.link.PersonLinks;
import dev.laurel.criteria.RuleSet;
import dev.laurel.criteria.Verdicts;
import dev.laurel.criteria.rule.Evaluation.Verdict;
import dev.laurel.criteria.rule.HeldBadge;
import dev.laurel.criteria.rule.Rule;
import dev.laurel.criteria.rule.Score;
import dev.laurel.gradebook.Gradebook;
import dev.laurel.platform.tenant.PublicUrl;
import java.math.BigDecimal;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Supplier;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
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
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.transaction.support.TransactionTemplate;
import tools.jackson.databind.json.JsonMapper;

/** SC5 over two platforms of one institution: a learner brings her accounts together, and nobody pools badges. */
@LaurelTest
class LinkedAccountsIntegrationTests {

    private static final Duration PATIENCE = Duration.ofSeconds(60);

    private static final Pattern CODE = Pattern.compile("<code>([0-9A-Z-]{14})</code>");

    @Autowired
    ApplicationContext app;

    @Autowired
    Awards awards;

    @Autowired
    Verdicts verdicts;

    @Autowired
    PersonLinks links;

    @Autowired
    PublicUrl publicUrl;

    private LaunchedCourse canvas;

    private LaunchedCourse moodle;

    private RuleSet half;

    private RuleSet whole;

    private LmsUser adaInCanvas;

    private LmsUser adaInMoodle;

    private Browser inCanvas;

    private Browser inMoodle;

    @BeforeEach
    void aProgrammeOverTwoPlatforms() {
        canvas = LaunchedCourse.start(app, ReferenceLms.builder().students(2));
        moodle = LaunchedCourse.start(app, ReferenceLms.builder().students(3));
        assertThat(canvas.tenant()).isEqualTo(moodle.tenant());
        adaInCanvas = canvas.lms().course().student(0);
        adaInMoodle = moodle.lms().course().student(0);
        assertThat(adaInCanvas.name()).isEqualTo(adaInMoodle.name());
        Column essay = addColumn(canvas, "Essay");
        addColumn(moodle, "Essay");
        canvas.launch(canvas.lms().course().teacher());
        moodle.launch(moodle.lms().course().teacher());
        inCanvas = canvas.launch(adaInCanvas);
        inMoodle = moodle.launch(adaInMoodle);
        half = canvas.activeBadge(
                words("First half"),
                Score.atLeast(canvas.column("Essay").id(), BigDecimal.valueOf(80), Rule.Unit.PERCENT));
        whole = moodle.activeBadge(
                words("Programme"),
                new Rule.AllOf(List.of(
                        new HeldBadge(half.achievementId()),
                        Score.atLeast(moodle.column("Essay").id(), BigDecimal.valueOf(80), Rule.Unit.PERCENT))));
        canvas.lms().course().typeGrade(adaInCanvas, essay, "90");
        moodle.lms().course().typeGrade(adaInMoodle, moodle.lms().course().columnCalled("Essay"), "90");
        lookAgain();
        await().atMost(PATIENCE).until(() -> has(canvas.person(adaInCanvas), half));
    }

    @AfterEach
    void stop() {
        canvas.close();
        moodle.close();
    }

    @Test
    void badgesOfBothAccountsCountFromTheMomentWhenSheBringsThemTogetherAndNotAfterTheyAreApart() {
        assertThat(has(moodle.person(adaInMoodle), whole)).isFalse();
        Page asked = type(inMoodle, codeFrom(inCanvas));
        assertThat(asked.text()).contains("Is this you?", adaInCanvas.name());

        Page done = inMoodle.submit(asked, asked.formTo("/my/accounts/link"), Map.of());

        assertThat(done.text()).contains("Your accounts are together now.", "First half");
        await().atMost(PATIENCE).until(() -> has(moodle.person(adaInMoodle), whole));

        Page apart = inCanvas.open(at("/my/accounts"));
        inCanvas.submit(apart, apart.formTo("/unlink"), Map.of());

        await().atMost(PATIENCE)
                .untilAsserted(() ->
                        assertThat(verdict(moodle.person(adaInMoodle), whole)).isEqualTo(Verdict.NOT_MET));
        assertThat(has(canvas.person(adaInCanvas), half)).isTrue();
    }

    @Test
    void aCodeWorksOnceAndOnlyInTheOtherPlatform() {
        String code = codeFrom(inCanvas);
        Browser neighbour = canvas.launch(canvas.lms().course().student(1));
        assertThat(confirm(neighbour, code).text()).contains("The code has to come from the other one.");

        assertThat(confirm(inMoodle, code).text()).contains("Your accounts are together now.");

        Browser other = moodle.launch(moodle.lms().course().student(1));
        assertThat(type(other, code).text()).contains("This code is not good, or not any more.");
        assertThat(type(other, "0000-0000-0000").text()).contains("This code is not good, or not any more.");
    }

    @Test
    void whoseNamesDifferWaitsForTheInstitutionAndTwoStudentsCannotPoolTheirBadges() {
        LmsUser bo = moodle.lms().course().student(1);
        Browser boInMoodle = moodle.launch(bo);
        assertThat(confirm(boInMoodle, codeFrom(inCanvas)).text()).contains("Your institution looks at this first");
        assertThat(links.others(canvas.tenant(), List.of(moodle.person(bo)))).isEmpty();

        Browser admin = administrator();
        assertThat(admin.open(at("/institution/accounts")).text())
                .contains(adaInCanvas.name(), bo.name(), "The names differ");
        long mine = caseOf(bo);
        Page asked = admin.open(at("/institution/accounts/" + mine + "/ONE_PERSON"));
        assertThat(asked.text()).contains("One person: ", adaInCanvas.name(), bo.name());
        assertThat(links.others(canvas.tenant(), List.of(moodle.person(bo)))).isEmpty();
        assertThat(say(admin, mine, "ONE_PERSON").text()).contains("They are one person now.");
        assertThat(links.others(canvas.tenant(), List.of(moodle.person(bo))))
                .containsEntry(moodle.person(bo), Set.of(canvas.person(adaInCanvas)));

        // Her own account in Moodle cannot join too: one human has one account at each platform.
        assertThat(confirm(inMoodle, codeFrom(inCanvas)).text()).contains("Take those apart first.");
        Page apart = inCanvas.open(at("/my/accounts"));
        inCanvas.submit(apart, apart.formTo("/unlink"), Map.of());
        // And after that it is the institution's to say, since the badges of another one counted before.
        assertThat(confirm(inMoodle, codeFrom(inCanvas)).text()).contains("Your institution looks at this first");
    }

    @Test
    void aCodeThatTwoTypeAtTheSameMomentWorksForOneOfThem() throws Exception {
        String code = codeFrom(inCanvas);
        List<LmsUser> two =
                List.of(moodle.lms().course().student(1), moodle.lms().course().student(2));
        two.forEach(moodle::launch);
        long ada = canvas.person(adaInCanvas);
        ExecutorService both = Executors.newFixedThreadPool(2);
        try {
            List<Future<LinkOutcome>> outcomes = whileHeld(
                    "SELECT id FROM person WHERE id = " + ada + " FOR UPDATE",
                    () -> two.stream()
                            .map(user -> both.submit(() -> links.accept(
                                    moodle.tenant(),
                                    moodle.person(user),
                                    moodle.registration().id(),
                                    code)))
                            .toList());
            assertThat(List.of(outcomes.get(0).get(), outcomes.get(1).get()))
                    .containsExactlyInAnyOrder(LinkOutcome.WAITS_FOR_STAFF, LinkOutcome.UNKNOWN_CODE);
        } finally {
            both.shutdown();
        }
    }

    @Test
    void accountsThatAreJoinedAtTheSameMomentFromBothSidesAreAllOneHuman() throws Exception {
        assertThat(confirm(inMoodle, codeFrom(inCanvas)).text()).contains("Your accounts are together now.");
        ExecutorService both = Executors.newFixedThreadPool(2);
        try (LaunchedCourse third =
                        LaunchedCourse.start(app, ReferenceLms.builder().students(1));
                LaunchedCourse fourth =
                        LaunchedCourse.start(app, ReferenceLms.builder().students(1))) {
            third.launch(third.lms().course().student(0));
            fourth.launch(fourth.lms().course().student(0));
            long inThird = third.person(third.lms().course().student(0));
            long inFourth = fourth.person(fourth.lms().course().student(0));
            long ada = canvas.person(adaInCanvas);
            String ofCanvas =
                    links.offer(canvas.tenant(), ada, canvas.registration().id());
            String ofMoodle = links.offer(
                    moodle.tenant(),
                    moodle.person(adaInMoodle),
                    moodle.registration().id());

            List<Future<LinkOutcome>> outcomes = whileHeld(
                    "SELECT person_id FROM person_link WHERE person_id = " + ada + " FOR UPDATE",
                    () -> List.of(
                            both.submit(() -> links.accept(
                                    third.tenant(),
                                    inThird,
                                    third.registration().id(),
                                    ofCanvas)),
                            both.submit(() -> links.accept(
                                    fourth.tenant(),
                                    inFourth,
                                    fourth.registration().id(),
                                    ofMoodle))));

            assertThat(outcomes.get(0).get()).isEqualTo(LinkOutcome.LINKED);
            assertThat(outcomes.get(1).get()).isEqualTo(LinkOutcome.LINKED);
            assertThat(links.others(canvas.tenant(), List.of(inThird)))
                    .containsEntry(inThird, Set.of(ada, moodle.person(adaInMoodle), inFourth));
        } finally {
            both.shutdown();
        }
    }

    @Test
    void whoWasLinkedWhileTheInstitutionLookedIsNotLinkedASecondTime() {
        LmsUser bo = moodle.lms().course().student(1);
        confirm(moodle.launch(bo), codeFrom(inCanvas));
        assertThat(confirm(inMoodle, codeFrom(inCanvas)).text()).contains("Your accounts are together now.");

        Page decided = decide(bo, true);

        assertThat(decided.text()).contains("another account at the same platform in the meantime");
        assertThat(links.others(canvas.tenant(), List.of(canvas.person(adaInCanvas))))
                .containsEntry(canvas.person(adaInCanvas), Set.of(moodle.person(adaInMoodle)));
        assertThat(decide(bo, false).text()).contains("They stay two people.");
    }

    @Test
    void whomTheInstitutionKeptApartDoesNotJoinByTakingAnotherName() {
        LmsUser bo = moodle.lms().course().student(1);
        confirm(moodle.launch(bo), codeFrom(inCanvas));
        assertThat(decide(bo, false).text()).contains("They stay two people.");
        Browser renamed = moodle.launch(
                new LmsUser(bo.id(), adaInCanvas.givenName(), adaInCanvas.familyName(), bo.email(), bo.role()));

        Page again = confirm(renamed, codeFrom(inCanvas));

        assertThat(again.text()).contains("Your institution looks at this first");
        assertThat(links.others(canvas.tenant(), List.of(moodle.person(bo)))).isEmpty();
    }

    @Test
    void whatTheInstitutionPutTogetherByMistakeItTakesApartAgain() {
        LmsUser bo = moodle.lms().course().student(1);
        Browser boInMoodle = moodle.launch(bo);
        confirm(boInMoodle, codeFrom(inCanvas));
        long mistaken = caseOf(bo);
        Browser admin = administrator();
        say(admin, mistaken, "ONE_PERSON");
        assertThat(boInMoodle.open(at("/my/accounts")).text()).contains("First half");
        assertThat(admin.open(at("/institution/accounts")).text())
                .contains("Decided lately", "said on", "/institution/accounts/" + mistaken + "/TWO_AFTER_ALL");

        Page parted = say(admin, mistaken, "TWO_AFTER_ALL");

        assertThat(parted.text())
                .contains("They are two people again.", "took that back on")
                .doesNotContain("/institution/accounts/" + mistaken + "/TWO_AFTER_ALL");
        assertThat(links.others(canvas.tenant(), List.of(moodle.person(bo)))).isEmpty();
        assertThat(boInMoodle.open(at("/my/accounts")).text()).doesNotContain("First half");
        // Who once was told so does not join by asking again.
        assertThat(confirm(boInMoodle, codeFrom(inCanvas)).text()).contains("Your institution looks at this first");
        assertThat(admin.open(at("/institution/accounts")).text())
                .contains("Your institution said before that these are two people.");
        assertThat(say(admin, mistaken, "TWO_AFTER_ALL").text()).contains("Somebody decided this before you.");
    }

    @Test
    void whatTheInstitutionSaidAndStillHoldsComesBeforeWhatItSaidLaterAndDoesNot() {
        LmsUser bo = moodle.lms().course().student(1);
        LmsUser cy = moodle.lms().course().student(2);
        confirm(moodle.launch(bo), codeFrom(inCanvas));
        confirm(moodle.launch(cy), codeFrom(canvas.launch(canvas.lms().course().student(1))));
        long holding = caseOf(bo);
        long refused = caseOf(cy);
        decide(bo, true);
        decide(cy, false);
        assertThat(decided()).containsSubsequence(holding, refused);

        links.part(canvas.tenant(), holding, 1);

        assertThat(decided()).containsSubsequence(refused, holding);
        assertThat(administrator().open(at("/institution/accounts")).text())
                .doesNotContain("/institution/accounts/" + holding + "/TWO_AFTER_ALL");
    }

    private List<Long> decided() {
        return app.getBean(LinkHistory.class).decided(canvas.tenant(), 100).stream()
                .map(each -> each.said().id())
                .toList();
    }

    @Test
    void whoDeletesOneAccountIsToldThatTheOtherOneStays() {
        String inMoodleToo = "Your account in " + moodle.registration().name() + " ";
        assertThat(inCanvas.open(at("/privacy")).text()).doesNotContain(inMoodleToo);
        confirm(inMoodle, codeFrom(inCanvas));

        Page stored = inCanvas.open(at("/privacy"));
        assertThat(stored.text())
                .contains(inMoodleToo + "is not part of this", inMoodleToo + "stays", "so the person said");
        String file = inCanvas.open(at("/privacy/data.json")).text();
        assertThat(file)
                .contains("\"links\"", "\"LEARNER\"", moodle.registration().name())
                .doesNotContain("\"empty\"");
        assertThat(JsonMapper.shared().readTree(file).path("links").propertyNames())
                .containsExactlyInAnyOrder("elsewhere", "said", "doubts");
        Page gone = inCanvas.submit(stored, stored.formTo("/privacy/erasure"), Map.of());

        assertThat(gone.text()).contains("Everything about you is deleted", inMoodleToo + "stays");
        assertThat(inMoodle.open(at("/my/accounts")).status()).isEqualTo(200);
    }

    @Test
    void whatIsInDoubtAboutSomebodyIsToldToHerWithoutSayingWhoTheOtherIs() {
        LmsUser bo = moodle.lms().course().student(1);
        Browser boInMoodle = moodle.launch(bo);
        confirm(boInMoodle, codeFrom(inCanvas));
        assertThat(inCanvas.open(at("/privacy")).text())
                .contains(
                        "the institution has yet to decide",
                        moodle.registration().name())
                .doesNotContain(bo.name());

        decide(bo, false);

        assertThat(boInMoodle.open(at("/privacy")).text())
                .contains("is somebody else’s", canvas.registration().name());
    }

    @Test
    void whatAnErasedAccountHeldCountsForNobodyAnyMore() {
        confirm(inMoodle, codeFrom(inCanvas));
        await().atMost(PATIENCE).until(() -> has(moodle.person(adaInMoodle), whole));

        app.getBean(Erasures.class).erase(canvas.tenant(), canvas.person(adaInCanvas));

        await().atMost(PATIENCE)
                .untilAsserted(() ->
                        assertThat(verdict(moodle.person(adaInMoodle), whole)).isEqualTo(Verdict.NOT_MET));
    }

    /** Lets work begin while rows are held, so that all of it comes to the same place before any goes on. */
    private <T> T whileHeld(String rows, Supplier<T> begin) {
        return app.getBean(TransactionTemplate.class).execute(status -> {
            app.getBean(JdbcClient.class).sql(rows).query(Long.class).list();
            T begun = begin.get();
            LockSupport.parkNanos(Duration.ofSeconds(1).toNanos());
            return begun;
        });
    }

    private Page decide(LmsUser inMoodle, boolean same) {
        return say(administrator(), caseOf(inMoodle), same ? "ONE_PERSON" : "TWO_PEOPLE");
    }

    private Browser administrator() {
        Browser admin = new Browser();
        admin.launch(canvas.lms().launchAsAdministrator(canvas.lms().tools().get(0)));
        return admin;
    }

    private long caseOf(LmsUser inMoodle) {
        return links.open(canvas.tenant()).stream()
                .filter(each -> each.other() == moodle.person(inMoodle))
                .findFirst()
                .orElseThrow()
                .id();
    }

    /** After the question. */
    private Page say(Browser admin, long caseId, String word) {
        Page asked = admin.open(at("/institution/accounts/" + caseId + "/" + word));
        return admin.submit(asked, asked.formTo("/institution/accounts/" + caseId), Map.of());
    }

    private static AchievementDraft words(String name) {
        return new AchievementDraft(name, "Half a programme.", "80 % in the essay", "#1f4e79", null);
    }

    private static Column addColumn(LaunchedCourse at, String label) {
        return at.lms().course().addColumn(at.lms().course().link(), label, 100);
    }

    private void lookAgain() {
        for (LaunchedCourse each : List.of(canvas, moodle)) {
            app.getBean(Gradebook.class).checkSoon(each.tenant(), each.context().id());
        }
    }

    private String codeFrom(Browser browser) {
        Page page = browser.open(at("/my/accounts"));
        Page with = browser.submit(page, page.formTo("/code"), Map.of());
        Matcher code = CODE.matcher(with.text());
        assertThat(code.find()).isTrue();
        return code.group(1);
    }

    private Page type(Browser browser, String code) {
        Page page = browser.open(at("/my/accounts"));
        return browser.submit(page, page.formTo("/my/accounts/link"), Map.of("code", code));
    }

    private Page confirm(Browser browser, String code) {
        Page asked = type(browser, code);
        return browser.submit(asked, asked.formTo("/my/accounts/link"), Map.of());
    }

    private boolean has(long personId, RuleSet badge) {
        return awards.ofPerson(canvas.tenant(), personId).stream()
                .map(Award::ruleSetId)
                .anyMatch(id -> id == badge.id());
    }

    private Verdict verdict(long personId, RuleSet badge) {
        return verdicts.ofLearner(canvas.tenant(), badge.contextId(), personId).stream()
                .filter(each -> each.ruleSetId() == badge.id())
                .findFirst()
                .orElseThrow()
                .evaluation()
                .verdict();
    }

    private URI at(String path) {
        return URI.create(publicUrl.at(path));
    }
}
