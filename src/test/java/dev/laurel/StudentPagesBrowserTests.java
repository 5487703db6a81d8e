package dev.laurel;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.microsoft.playwright.APIResponse;
import com.microsoft.playwright.BrowserContext;
import com.microsoft.playwright.FrameLocator;
import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.options.AriaRole;
import com.microsoft.playwright.options.RequestOptions;
import dev.laurel.achievement.AchievementDraft;
import dev.laurel.achievement.Issuer;
import dev.laurel.achievement.IssuerDetails;
import dev.laurel.achievement.Issuers;
import dev.laurel.award.Awards;
import dev.laurel.award.question.Questions;
import dev.laurel.context.Contexts;
import dev.laurel.context.CourseContext;
import dev.laurel.criteria.RuleSet;
import dev.laurel.criteria.RuleSets;
import dev.laurel.criteria.RuleTexts;
import dev.laurel.criteria.rule.HeldBadge;
import dev.laurel.criteria.rule.Period;
import dev.laurel.criteria.rule.Rule;
import dev.laurel.criteria.rule.Score;
import dev.laurel.criteria.rule.Terms;
import dev.laurel.dashboard.badge.BadgeDesk;
import dev.laurel.gradebook.Gradebook;
import dev.laurel.platform.tenant.TenantId;
import dev.laurel.publication.Disclosure;
import dev.laurel.publication.Disclosures;
import dev.laurel.publication.Shares;
import java.math.BigDecimal;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import lms.Course;
import lms.Fault;
import lms.LmsUser;
import lms.Service;
import lms.Tool;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestMethodOrder;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.springframework.jdbc.core.simple.JdbcClient;
import tools.jackson.databind.json.JsonMapper;

/**
 * What a student sees of her badges, in Chromium: every page by day and by night, wide and on a small phone, and from one to
 * the next by keyboard alone. The chapters build on each other.
 */
@Tag("browser")
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
class StudentPagesBrowserTests {

    private static final Duration PATIENCE = Duration.ofSeconds(60);

    private static final String ARABIC = "شارة القراءة 🎓";

    private static final String FOCUSED = """
            () => {
              const e = document.activeElement;
              if (!e || e === document.body) return '';
              const words = e.getAttribute('aria-label') || (e.labels && e.labels.length ? e.labels[0].textContent : '')
                  || e.textContent || '';
              return words.replace(/\\s+/g, ' ').trim();
            }""";

    @RegisterExtension
    static final Chromium chromium = new Chromium();

    @RegisterExtension
    static final Newcomer newcomer = new Newcomer();

    private static final Map<String, Long> COLUMNS = new HashMap<>();

    private static TenantId tenant;

    private static long contextId;

    private static Page ada;

    @BeforeAll
    static void aCourseWithABadgeInEveryState() {
        open(course(), course().teacher());
        ada = open(course(), course().student(0));
        open(course(), course().student(1));
        newcomer.bean(JdbcClient.class)
                .sql("SELECT tenant_id, id FROM context WHERE title = 'Academic writing'")
                .query((row, n) -> {
                    tenant = new TenantId(row.getLong("tenant_id"));
                    contextId = row.getLong("id");
                    return contextId;
                })
                .single();
        for (String label :
                List.of("Essay", "Final essay", "Quiz 3", "Quiz 4", "Quiz 5", "Quiz 6", "Quiz 7", "Project")) {
            COLUMNS.put(
                    label,
                    newcomer.bean(Gradebook.class)
                            .createColumn(
                                    tenant, contextId, label, new BigDecimal(100), false, "laurel-graded-" + label)
                            .id());
        }
        badge(
                "Essayist",
                new Rule.Levels(List.of(
                        new Rule.Levels.Level("Proficient", score("Essay", 80)),
                        new Rule.Levels.Level(
                                "Mastered", new Rule.AllOf(List.of(score("Essay", 95), score("Final essay", 90)))))));
        RuleSet reader = badge(
                "Careful reader",
                new Rule.AnyOf(List.of(
                        score("Quiz 3", 80),
                        new Rule.AtLeast(
                                2,
                                List.of(
                                        score("Quiz 4", 80),
                                        score("Quiz 5", 80),
                                        score("Quiz 6", 80),
                                        score("Quiz 7", 80))))));
        badge(ARABIC, score("Essay", 93));
        badge(
                "A hundred steps towards writing a very long text that nobody wants to read to its end",
                new Rule.AllOf(IntStream.rangeClosed(1, 100)
                        .<Rule>mapToObj(n -> score("Essay", n))
                        .toList()));
        badge(
                "Seminar champion",
                new Rule.AllOf(List.of(new HeldBadge(reader.achievementId()), score("Final essay", 80))));
        badge(
                "Early bird",
                new Score(
                        COLUMNS.get("Project"),
                        new BigDecimal(80),
                        Rule.Unit.PERCENT,
                        Score.Take.LATEST,
                        new Period(null, LocalDate.now(ZoneOffset.UTC).minusDays(6)),
                        Terms.STANDARD));
        grade(0, "Essay", "91");
        grade(0, "Quiz 3", "72.5");
        grade(0, "Quiz 5", "88");
        newcomer.bean(Gradebook.class).checkSoon(tenant, contextId);
        await().atMost(PATIENCE).until(() -> {
            ada.navigate(newcomer.laurelUrl() + "/shelf");
            return ada.getByText("7.5 more points in Quiz 3").count() > 0
                    && ada.getByText("You earned").count() > 0;
        });
    }

    @Test
    @Order(1)
    void theShelfShowsWhatIsEarnedWhatIsMissingAndWhatIsLeft() {
        assertThat(heading("You earned “Essayist”")).isVisible();
        assertThat(ada.getByText(
                        "Still to go: 7.5 more points in Quiz 3, or 80 % or more in Quiz 4, Quiz 6 or Quiz 7."))
                .isVisible();
        assertThat(ada.getByText("Still to go: the badge “Careful reader” first and 80 % or more in Final essay."))
                .isVisible();
        assertThat(ada.getByText("91 of 100 reached").first()).isVisible();
        assertThat(ada.getByText("91 of 100 reached: what it takes, one by one"))
                .isVisible();
        assertThat(ada.getByText("Not possible any more (1)")).isVisible();
        Screen.check(ada, "student-shelf-arrived");
        ada.getByText("Not possible any more (1)").click();
        assertThat(ada.getByText("Project counted until")).isVisible();
        ada.getByText("91 of 100 reached: what it takes, one by one").click();
        Screen.check(ada, "student-shelf-unfolded");
    }

    @Test
    @Order(2)
    void sheKeepsItByKeyboardAndChoosesWhatIsShown() {
        ada.navigate(newcomer.laurelUrl() + "/shelf");
        // It has opened once; now it stands among the others.
        await().atMost(PATIENCE).until(() -> {
            ada.reload();
            return heading("You earned “Essayist”").count() == 0;
        });
        assertThat(ada.getByText("For “Mastered”: 4 more points in Essay and 90 % or more in Final essay."))
                .isVisible();
        Screen.check(ada, "student-shelf");
        press("Keep it");
        assertThat(heading("Keep “Essayist”")).isVisible();
        Screen.check(ada, "student-claim");
        tabTo("No name");
        ada.keyboard().press("ArrowDown");
        assertThat(ada.getByLabel("Only my initials")).isChecked();
        press("Keep it");
        assertThat(ada.getByText("It is yours. Only you can see it.")).isVisible();
        Screen.check(ada, "student-my-badge");
    }

    @Test
    @Order(3)
    void sheSaysThatSomethingIsWrongAndReadsTheAnswer() {
        tabTo("I think this is wrong");
        ada.keyboard().press("Enter");
        tabTo("What is wrong?");
        ada.keyboard().type("My second essay is missing here.");
        press("Send it");
        assertThat(ada.getByText("Nobody has answered yet.")).isVisible();
        Questions questions = newcomer.bean(Questions.class);
        long ruleSet =
                newcomer.bean(Awards.class).ofPerson(tenant, person(0)).get(0).ruleSetId();
        questions.answer(
                tenant,
                ruleSet,
                questions.open(tenant, ruleSet).get(0).id(),
                questions.open(tenant, ruleSet).get(0).askedAt(),
                "It counts for the final essay, which is graded in December.",
                person(course().teacher()));
        ada.reload();
        assertThat(ada.getByText("It counts for the final essay")).isVisible();
        Screen.check(ada, "student-my-badge-answered");
    }

    @Test
    @Order(4)
    void theRecordSaysHowItWasDecided() {
        press("How this was decided");
        assertThat(heading("How “Essayist” was decided")).isVisible();
        assertThat(ada.getByText("91 of 100 (91 %)").first()).isVisible();
        Screen.check(ada, "student-record");
    }

    @Test
    @Order(5)
    void whyNotYetIsOneKeyAway() {
        ada.navigate(newcomer.laurelUrl() + "/shelf");
        press("How this is worked out: Careful reader");
        assertThat(heading("Careful reader")).isVisible();
        assertThat(ada.getByText("72.5 of 100 (72.5 %)").first()).isVisible();
        Screen.check(ada, "student-why-not-yet");
        press("Back to your badges");
        press("How this is worked out: " + ARABIC);
        Screen.check(ada, "student-why-right-to-left");
    }

    @Test
    @Order(6)
    void everythingIsOnOneShelf() {
        ada.navigate(newcomer.laurelUrl() + "/shelf");
        press("Everything");
        assertThat(heading("Academic writing")).isVisible();
        Screen.check(ada, "student-shelf-everything");
        ada.navigate(newcomer.laurelUrl() + "/my/messages");
        Screen.check(ada, "student-messages");
        ada.navigate(newcomer.laurelUrl() + "/privacy");
        Screen.check(ada, "student-privacy");
        ada.navigate(newcomer.laurelUrl() + "/shelf?badges=nonsense");
        assertThat(ada.locator("h1")).isVisible();
        Screen.check(ada, "student-bad-address");
    }

    @Test
    @Order(7)
    void withoutScriptsEveryFormDoesTheSame() {
        BrowserContext visitor = chromium.visitor();
        grade(1, "Essay", "85");
        newcomer.bean(Gradebook.class).checkSoon(tenant, contextId);
        Page bao = open(visitor, course(), course().student(1));
        visitor.route("**/*.js", route -> route.abort());
        await().atMost(PATIENCE).until(() -> {
            bao.navigate(newcomer.laurelUrl() + "/shelf");
            return bao.getByText("You earned “Essayist”").count() > 0;
        });
        bao.getByRole(AriaRole.BUTTON, named("Later")).click();
        assertThat(bao.getByText("You earned “Essayist”")).hasCount(0);
        bao.getByRole(AriaRole.LINK, named("Keep it")).click();
        bao.getByRole(AriaRole.BUTTON, named("No, thank you")).click();
        assertThat(bao.getByText("Declined. Nobody else sees it")).isVisible();
        Screen.check(bao, "student-declined");
        bao.getByRole(AriaRole.LINK, named("Keep it")).click();
        bao.getByLabel("Anyone who has the address of its page").check();
        bao.getByRole(AriaRole.BUTTON, named("Keep it")).click();
        assertThat(bao.getByRole(AriaRole.BUTTON, named("Make a page for others")))
                .isVisible();
        Screen.check(bao, "student-share");
        bao.navigate(newcomer.laurelUrl() + "/shelf");
        bao.getByRole(AriaRole.LINK, named("How this is worked out: Early bird"))
                .or(bao.getByRole(AriaRole.LINK, named("How this is worked out")))
                .first()
                .click();
        bao.getByText("I think this is wrong").click();
        bao.getByLabel("What is wrong?").fill("I was on time.");
        bao.getByRole(AriaRole.BUTTON, named("Send it")).click();
        assertThat(bao.getByText("I was on time.")).isVisible();
        visitor.close();
    }

    @Test
    @Order(8)
    void aShelfWithNothingOnItSaysWhatWillBe() {
        Course history = newcomer.lms().courses().get(2);
        Page page = open(history, history.student(0));
        page.navigate(newcomer.laurelUrl() + "/shelf");
        assertThat(page.getByText("There are no badges in this course yet.")).isVisible();
        Screen.check(page, "student-shelf-empty");
    }

    @Test
    @Order(9)
    void aGradebookThatCannotBeReadIsSaidWithoutAlarm() {
        newcomer.lms().setFault(Service.LINE_ITEMS, Fault.status(503));
        newcomer.lms().setFault(Service.RESULTS, Fault.status(503));
        newcomer.bean(Gradebook.class).checkSoon(tenant, contextId);
        await().atMost(PATIENCE).until(() -> {
            ada.navigate(newcomer.laurelUrl() + "/shelf");
            return ada.getByText("Laurel has not been able to read the gradebook")
                            .count()
                    > 0;
        });
        Screen.check(ada, "student-shelf-stale");
        newcomer.lms().clearFaults();
    }

    @Test
    @Order(10)
    void sheSaysWhatOthersSeeAndUntilWhenByKeyboard() {
        long badge = kept();
        ada.navigate(newcomer.laurelUrl() + "/my/badges/" + badge);
        press("Change what others see");
        assertThat(heading("What others see of “Essayist”")).isVisible();
        assertThat(ada.getByLabel("Only my initials")).isChecked();
        assertThat(ada.getByLabel("My level (Proficient), and no results")).isChecked();
        Screen.check(ada, "student-disclosure");
        tabTo("My level (Proficient), and no results");
        ada.keyboard().press("ArrowDown");
        press("Save what others see");
        assertThat(ada.getByText("The record of how it was decided is on it")).isVisible();

        press("Choose until when it works");
        ada.getByLabel("Until a day that I choose").check();
        press("Go on");
        assertThat(ada.locator("#day-error")).isVisible();
        Screen.check(ada, "student-share-end-refused");
        ada.getByLabel("For 30 days").check();
        press("Go on");
        assertThat(ada.getByText("The link works until the end of")).isVisible();
        Screen.check(ada, "student-share-until");
        press("Make a page for others");
        assertThat(ada.getByText("The link works until the end of")).isVisible();
        assertThat(ada.getByText("Its page shows the badge")).isVisible();
        Screen.check(ada, "student-shared");
        String shared = ada.locator("#shared-address").textContent();
        press("Change or lift this");
        assertThat(ada.getByLabel("Until a day that I choose")).isChecked();
        Screen.check(ada, "student-share-end");

        try (BrowserContext context = chromium.visitor()) {
            Page stranger = context.newPage();
            stranger.navigate(shared);
            assertThat(stranger.getByText("Level", new Page.GetByTextOptions().setExact(true)))
                    .isVisible();
            Screen.check(stranger, "shared-with-results");
            stranger.getByText("How it was decided, with the results").click();
            assertThat(stranger.getByText("91 of 100 (91 %)").first()).isVisible();
            Screen.check(stranger, "shared-record");
            newcomer.bean(Disclosures.class)
                    .choose(tenant, badge, person(0), new Disclosure(Disclosure.Detail.BADGE, true));
            stranger.navigate(shared);
            // What it takes still names both levels; which one she has does not stand there.
            assertThat(stranger.getByText("Level", new Page.GetByTextOptions().setExact(true)))
                    .hasCount(0);
            Screen.check(stranger, "shared-without-level");
            stranger.navigate(shared + "/work");
            Screen.check(stranger, "shared-work");
        }
    }

    @Test
    @Order(11)
    void shePutsItIntoAWalletByKeyboard() {
        long badge = kept();
        ada.navigate(newcomer.laurelUrl() + "/my/badges/" + badge);
        press("Put it into a wallet");
        assertThat(heading("Put “Essayist” into a wallet")).isVisible();
        Screen.check(ada, "student-wallet");
        press("Make a code for my wallet");
        assertThat(heading("Scan this with your wallet")).isVisible();
        ada.getByText("For the Learner Credential Wallet").click();
        Screen.check(ada, "student-wallet-code");
        press("Take the code away");
        assertThat(ada.getByText("The code works no longer.")).isVisible();

        press("Back to the badge");
        press("Sites that fetch your badges");
        assertThat(heading("Sites that fetch your badges")).isVisible();
        Screen.check(ada, "student-backpacks");

        ada.navigate(newcomer.laurelUrl() + "/my/badges/" + badge + "/backpack");
        assertThat(ada.getByText("your institution has entered none")).isVisible();
        Screen.check(ada, "student-backpack-without-address");
        Issuers issuers = newcomer.bean(Issuers.class);
        Issuer college = issuers.createForInstitution(tenant, "College", 1);
        issuers.describe(
                tenant,
                college.id(),
                college.name(),
                new IssuerDetails(null, "badges@college.example", null, null, null, null),
                null);
        for (String page : List.of("backpack", "name", "endorsement")) {
            ada.navigate(newcomer.laurelUrl() + "/my/badges/" + badge + "/" + page);
            assertThat(ada.locator("main form button.primary")).isVisible();
            Screen.check(ada, "student-" + page);
        }
        ada.navigate(newcomer.laurelUrl() + "/verify");
        Screen.check(ada, "verify");
    }

    @Test
    @Order(12)
    void sheSaysThatABadgeIsHersToSomebodyWhoAsks() {
        long badge = kept();
        String shared = newcomer.bean(Shares.class).url(tenant, badge).orElseThrow();
        try (BrowserContext context = chromium.visitor()) {
            Page stranger = context.newPage();
            stranger.navigate(shared);
            stranger.getByText("Ask the holder to prove it is theirs").click();
            Screen.check(stranger, "owner-ask");
            stranger.getByLabel("Who asks").fill("Example Ltd");
            stranger.getByRole(AriaRole.BUTTON, named("Ask the holder")).click();
            assertThat(stranger.getByText("The code of your question is")).isVisible();
            Screen.check(stranger, "owner-waiting");
            ada.navigate(newcomer.laurelUrl() + "/my/badges/" + badge);
            assertThat(ada.getByText("Example Ltd")).isVisible();
            Screen.check(ada, "student-asked");
            press("Yes, it is mine: the codes are the same");
            assertThat(ada.getByText("They can see now that it is yours")).isVisible();
            stranger.getByRole(AriaRole.LINK, named("Look for the answer")).click();
            assertThat(stranger.getByText("Yes: its holder confirmed it just now"))
                    .isVisible();
            Screen.check(stranger, "owner-confirmed");
        }
    }

    @Test
    @Order(13)
    void sheSaysWhatABadgeIsWorthToHerByKeyboardAndTakesItBack() {
        ada.navigate(newcomer.laurelUrl() + "/my/badges/" + kept() + "/endorsement");
        tabTo("What it is worth to you");
        ada.keyboard().type("Since then I write for our magazine.");
        press("Send it to be read");
        assertThat(ada.getByText("Your institution reads it before it is shown."))
                .isVisible();
        press("Say something about this badge");
        assertThat(ada.getByText("Your institution has not read it yet.")).isVisible();
        Screen.check(ada, "student-endorsement-said");
        try (BrowserContext context = chromium.visitor()) {
            Page admin = context.newPage();
            admin.navigate(newcomer.lms().issuer() + "/institution/" + Tool.LAUREL_CLIENT_ID);
            admin.frameLocator("iframe[name=tool]")
                    .getByRole(AriaRole.LINK, new FrameLocator.GetByRoleOptions().setName("Endorsements"))
                    .click();
            assertThat(admin.frameLocator("iframe[name=tool]").getByText("Since then I write for our magazine."))
                    .isVisible();
            Screen.checkFrame(admin, "institution-endorsements-said");
        }

        press("Take it back");

        assertThat(ada.getByText("It is gone.")).isVisible();
    }

    @Test
    @Order(14)
    void sheReadsWhoAsksForHerBadgesAndReachesBothAnswersByKeyboard() {
        String callback = "https://backpack.example/callback";
        String scope = "https://purl.imsglobal.org/spec/ob/v3p0/scope/credential.readonly offline_access";
        APIResponse registered = ada.request()
                .post(
                        newcomer.laurelUrl() + "/backpacks/register",
                        RequestOptions.create()
                                .setData(Map.of(
                                        "client_name",
                                        "Acme Backpack",
                                        "client_uri",
                                        "https://backpack.example",
                                        "logo_uri",
                                        "https://backpack.example/logo.png",
                                        "tos_uri",
                                        "https://backpack.example/terms",
                                        "policy_uri",
                                        "https://backpack.example/privacy",
                                        "redirect_uris",
                                        List.of(callback),
                                        "token_endpoint_auth_method",
                                        "client_secret_basic",
                                        "scope",
                                        scope)));
        String client = JsonMapper.shared()
                .readTree(registered.text())
                .path("client_id")
                .asString();
        String asked = newcomer.laurelUrl() + "/backpacks/authorize?response_type=code&state=s-1&client_id=" + client
                + "&redirect_uri=" + URLEncoder.encode(callback, StandardCharsets.UTF_8)
                + "&scope=" + URLEncoder.encode(scope, StandardCharsets.UTF_8)
                + "&code_challenge=E9Melhoa2OwvFrEMTJguCHaoeK1t8URWbuGJSstw-cM&code_challenge_method=S256";

        ada.navigate(asked);

        assertThat(heading("May Acme Backpack have your badges?")).isVisible();
        Screen.check(ada, "student-backpack-consent");
        tabTo("Yes, it may");
        tabTo("No");
        try (BrowserContext context = chromium.visitor()) {
            Page stranger = context.newPage();
            stranger.navigate(asked);
            assertThat(stranger.getByText("First open Laurel from your course")).isVisible();
            Screen.check(stranger, "backpack-about");
        }
    }

    /** The badge that she kept first. */
    private static long kept() {
        return newcomer.bean(Awards.class).ofPerson(tenant, person(0)).stream()
                .filter(award -> award.claimedAt() != null)
                .findFirst()
                .orElseThrow()
                .id();
    }

    private static RuleSet badge(String name, Rule rule) {
        BadgeDesk desk = newcomer.bean(BadgeDesk.class);
        CourseContext context =
                newcomer.bean(Contexts.class).find(tenant, contextId).orElseThrow();
        long teacher = person(course().teacher());
        RuleSet draft = desk.draft(
                context,
                new AchievementDraft(
                        name,
                        "Argues a case in writing, with sources, for readers who know nothing of it.",
                        newcomer.bean(RuleTexts.class).sentence(tenant, contextId, rule),
                        List.of("#1f5f8b", "#2a5a36", "#8a3b12", "#5b3a8c").get(name.length() % 4),
                        null),
                rule,
                teacher);
        desk.activate(context, draft, true, 30, teacher);
        return newcomer.bean(RuleSets.class).find(tenant, draft.id()).orElseThrow();
    }

    private static Score score(String column, int percent) {
        return Score.atLeast(COLUMNS.get(column), new BigDecimal(percent), Rule.Unit.PERCENT);
    }

    private static void grade(int student, String column, String score) {
        course().typeGrade(course().student(student), course().columnCalled(column), score);
    }

    private static long person(int student) {
        return person(course().student(student));
    }

    private static long person(LmsUser user) {
        Contexts contexts = newcomer.bean(Contexts.class);
        CourseContext context = contexts.find(tenant, contextId).orElseThrow();
        return contexts.personsBySub(tenant, context.registrationId(), List.of(user.id()))
                .get(user.id());
    }

    private static Course course() {
        return newcomer.lms().course();
    }

    private static Page open(Course course, LmsUser user) {
        return open(chromium.visitor(), course, user);
    }

    private static Page open(BrowserContext visitor, Course course, LmsUser user) {
        Page page = visitor.newPage();
        page.navigate(newcomer.lms().launch(course, course.link(), user).asUri().toString());
        assertThat(page.locator("h1")).isVisible();
        return page;
    }

    private static Locator heading(String name) {
        return ada.getByRole(AriaRole.HEADING, named(name));
    }

    private static Page.GetByRoleOptions named(String name) {
        return new Page.GetByRoleOptions().setName(name);
    }

    private static void press(String name) {
        tabTo(name);
        ada.waitForNavigation(() -> ada.keyboard().press("Enter"));
    }

    private static void tabTo(String name) {
        StringBuilder way = new StringBuilder();
        for (int stop = 0; stop < 120; stop++) {
            ada.keyboard().press("Tab");
            String focused = String.valueOf(ada.evaluate(FOCUSED));
            if (focused.equals(name) || focused.startsWith(name + " ")) {
                return;
            }
            way.append(" → ").append(focused);
        }
        throw new AssertionError("“" + name + "” is not reached by Tab:" + way);
    }
}
