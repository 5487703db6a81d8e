package dev.laurel.dashboard.shelf;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.laurel.LaunchedCourse;
import dev.laurel.LaurelTest;
import dev.laurel.achievement.AchievementDraft;
import dev.laurel.achievement.Issuer;
import dev.laurel.achievement.IssuerDetails;
import dev.laurel.achievement.Issuers;
import dev.laurel.award.Award;
import dev.laurel.award.Awards;
import dev.laurel.context.CourseContext;
import dev.laurel.context.address.MailAddress;
import dev.laurel.context.address.OwnAddresses;
import dev.laurel.criteria.RuleSet;
import dev.laurel.criteria.RuleSets;
import dev.laurel.criteria.rule.Rule;
import dev.laurel.criteria.rule.Score;
import dev.laurel.dashboard.badge.BadgeDesk;
import dev.laurel.gradebook.Gradebook;
import dev.laurel.gradebook.LineItem;
import dev.laurel.platform.tenant.PublicUrl;
import dev.laurel.publication.Shares;
import java.math.BigDecimal;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.LocalDate;
import java.time.format.DateTimeFormatter;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.UUID;
import java.util.stream.IntStream;
import lms.Browser;
import lms.Column;
import lms.Course;
import lms.LmsRole;
import lms.LmsUser;
import lms.Page;
import lms.ReferenceLms;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.context.ApplicationContext;
import org.springframework.jdbc.core.simple.JdbcClient;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** A student's pages over HTTP, as she uses them and as somebody does who means harm. */
@Tag("once")
@LaurelTest
class StudentPagesIntegrationTests {

    private static final Duration PATIENCE = Duration.ofSeconds(60);

    @Autowired
    OwnAddresses addresses;

    @Autowired
    Issuers issuers;

    @Autowired
    ApplicationContext app;

    @Autowired
    BadgeDesk desk;

    @Autowired
    RuleSets ruleSets;

    @Autowired
    Awards awards;

    @Autowired
    Gradebook gradebook;

    @Autowired
    PublicUrl publicUrl;

    @Autowired
    JsonMapper json;

    @Autowired
    Shares shares;

    @Autowired
    JdbcClient jdbc;

    private LaunchedCourse launched;

    private Course course;

    private Column column;

    private long essay;

    private RuleSet badge;

    private Browser ada;

    private Browser bao;

    private Award award;

    @BeforeEach
    void oneOfTwoStudentsHasABadge() {
        launched = LaunchedCourse.start(
                app, ReferenceLms.builder().students(3).institution("University " + UUID.randomUUID()));
        course = launched.lms().course();
        launched.launch(course.teacher());
        ada = launched.launch(course.student(0));
        bao = launched.launch(course.student(1));
        LineItem item = gradebook.createColumn(
                launched.tenant(), context().id(), "Essay", new BigDecimal("100"), false, "laurel-graded-1");
        essay = item.id();
        column = course.columnCalled("Essay");
        badge = badge("Essayist", Score.atLeast(essay, new BigDecimal("80"), Rule.Unit.PERCENT));
        course.typeGrade(course.student(0), column, "91");
        course.typeGrade(course.student(1), column, "72.5");
        gradebook.checkSoon(launched.tenant(), context().id());
        award = await().atMost(PATIENCE)
                .until(
                        () -> awards.ofPerson(launched.tenant(), launched.person(course.student(0))),
                        has -> !has.isEmpty())
                .get(0);
        await().atMost(PATIENCE)
                .until(() -> bao.open(at("/shelf")).text().contains("7.5 more points in Essay and this is yours."));
    }

    @AfterEach
    void close() {
        launched.close();
    }

    @Test
    void aBadgeOpensOnceAndStaysToBeKept() {
        Page arrived = ada.open(at("/shelf"));
        assertThat(arrived.text()).contains("You earned “Essayist”", "Keep it", "Later");

        Page later = ada.submit(arrived, arrived.formTo("/arrival"), Map.of());

        assertThat(later.text()).doesNotContain("You earned “Essayist”").contains("Essayist", "New", "Keep it");
    }

    @Test
    void anOlderBackpackGetsTheBadgeForHerOwnAddressAndForNobodyElses() {
        awards.claim(launched.tenant(), award.id(), award.personId(), Award.NameShown.NONE);
        assertThat(ada.open(at(mine("/backpack"))).text())
                .contains("your institution has entered none", "E-mail address for questions about badges")
                .doesNotContain("Make it for this backpack");
        Issuer college = issuers.createForInstitution(launched.tenant(), "College", 1);
        issuers.describe(
                launched.tenant(),
                college.id(),
                college.name(),
                new IssuerDetails(null, "badges@college.example", null, null, null, null),
                null);
        Page page = ada.open(at(mine("/backpack")));

        Page refused = ada.submit(page, page.formTo("/backpack"), Map.of("email", "friend@elsewhere.example"));
        assertThat(refused.text()).contains("This is not an address that your learning platform tells of you");
        assertThat(refused.text()).doesNotContain("/assertions/");

        MailAddress own = MailAddress.of("ada@own.example").orElseThrow();
        addresses.wish(launched.tenant(), award.personId(), own);
        String code = addresses
                .newCode(launched.tenant(), award.personId(), addresses.hash(launched.tenant(), own))
                .orElseThrow();
        assertThat(ada.submit(refused, refused.formTo("/backpack"), Map.of("email", "ada@own.example"))
                        .text())
                .as("not confirmed")
                .contains("This is not an address");
        addresses.confirm(launched.tenant(), award.personId(), code);

        for (String mine : List.of(course.student(0).email().toUpperCase(Locale.ROOT), "Ada@own.example")) {
            Page made = ada.submit(refused, refused.formTo("/backpack"), Map.of("email", mine));
            assertThat(new String(made.body(), java.nio.charset.StandardCharsets.UTF_8))
                    .as(mine)
                    .contains("/assertions/")
                    .doesNotContain("This is not an address");
        }
    }

    @Test
    void whatSheKeepsDoesNotArriveAgainAndSaysWhatOthersSee() {
        Page claim = ada.open(at(mine("/claim")));
        assertThat(claim.text())
                .contains(
                        "Your results and grades are on it only if you choose so above",
                        course.student(0).name());

        Page kept = ada.submit(claim, claim.formTo("/claim"), Map.of("name", "INITIALS", "audience", "me"));

        assertThat(kept.text()).contains("It is yours. Only you can see it.");
        assertThat(found().nameShown()).isEqualTo(Award.NameShown.INITIALS);
        assertThat(ada.open(at("/shelf")).text()).doesNotContain("You earned “Essayist”");
    }

    @Test
    void whatIsSuspendedIsKeptForHerselfAndSharedOnceItHoldsAgain() {
        suspended(true);
        Page claim = ada.open(at(mine("/claim")));
        assertThat(claim.text()).doesNotContain("Anyone who has the address");

        Page kept = ada.submit(claim, claim.formTo("/claim"), Map.of("name", "NONE", "audience", "link"));

        assertThat(kept.status()).isEqualTo(200);
        assertThat(kept.text()).contains("This badge is suspended, so it cannot be shown to others now.");
        assertThat(shares.link(launched.tenant(), award.id())).isEmpty();
        suspended(false);
        assertThat(ada.open(at(mine("/share"))).text()).contains("The link works");
    }

    private void suspended(boolean now) {
        jdbc.sql("UPDATE award SET suspended_at = " + (now ? "NOW(6)" : "NULL") + " WHERE tenant_id = ? AND id = ?")
                .params(launched.tenant().value(), award.id())
                .update();
    }

    @Test
    void sheMakesACodeForHerWalletAndTakesItAway() {
        assertThat(ada.open(at(mine("/wallet"))).status()).isEqualTo(404);
        Page claim = ada.open(at(mine("/claim")));
        ada.submit(claim, claim.formTo("/claim"), Map.of("name", "NONE"));
        Page empty = await().atMost(PATIENCE)
                .until(() -> ada.open(at(mine("/wallet"))), page -> page.text().contains("Make a code"));

        Page made = ada.submit(empty, empty.formTo("/wallet"), Map.of("code", "true"));

        assertThat(made.text())
                .contains("Scan this with your wallet", "<svg", "openid-credential-offer://?credential_offer_uri=http")
                .containsPattern("[0-9]{6}</strong>");
        Page ended = ada.submit(made, made.formTo("/wallet/removal"), Map.of());
        assertThat(ended.text())
                .contains("The code works no longer.", "Make a code")
                .doesNotContain("<svg xmlns");
    }

    @Test
    void whatSheDeclinesStaysHersToKeepLater() {
        Page claim = ada.open(at(mine("/claim")));

        assertThat(ada.submit(claim, claim.formTo("/refusal"), Map.of()).text())
                .contains("Declined. Nobody else sees it, and you can still change your mind.");
        assertThat(ada.open(at("/shelf")).text()).contains("Declined");
        Page again = ada.open(at(mine("/claim")));
        assertThat(ada.submit(again, again.formTo("/claim"), Map.of("name", "NONE"))
                        .text())
                .contains("It is yours.");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "/claim",
                "/share",
                "/share/end",
                "/record",
                "/record.json",
                "/image.png",
                "/credential.json",
                "/wallet"
            })
    void anotherStudentsBadgeIsNotThere(String page) {
        assertThat(bao.open(at(mine(page))).status()).isEqualTo(404);
        assertThat(new Browser().open(at(mine(page))).status()).isIn(401, 403, 404);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "/arrival",
                "/claim",
                "/refusal",
                "/share",
                "/share/until/2066-01-01",
                "/share/end",
                "/share/withdrawal",
                "/wallet",
                "/wallet/removal",
                "/questions"
            })
    void nobodyDoesAnythingToAnotherStudentsBadge(String act) {
        Page own = bao.open(at("/badges/" + badge.id() + "/learners/" + person(1)));
        Map<String, String> fields = new HashMap<>(own.formTo("/questions").fields());
        fields.put("words", "Give it to me.");

        Page answer = bao.submit(own, new Page.Form(at(mine(act)).toString(), "post", fields, false), Map.of());

        assertThat(answer.status()).isEqualTo(404);
        assertThat(found()).isEqualTo(award);
        assertThat(ada.open(at("/shelf")).text()).contains("You earned “Essayist”");
    }

    @Test
    void sheSaysUntilWhenTheLinkToHerPageWorksAndChangesHerMind() {
        LocalDate today = LocalDate.now(context().zone());
        Page claim = ada.open(at(mine("/claim")));
        Page ask = ada.submit(claim, claim.formTo("/claim"), Map.of("audience", "link", "end", "DAYS_30"));
        assertThat(ask.text()).contains("The link works until the end of " + day(today.plusDays(30)));

        Page mine = ada.submit(ask, ask.formTo("/share/until/" + today.plusDays(30)), Map.of());

        assertThat(mine.text())
                .contains(
                        "Its page is there for everybody who has the address.",
                        "The link works until the end of " + day(today.plusDays(30)));
        URI shared = URI.create(shares.url(launched.tenant(), award.id()).orElseThrow());
        assertThat(new Browser().open(shared).status()).isEqualTo(200);
        Page end = ada.open(at(mine("/share/end")));
        assertThat(end.formTo("/share/end").fields())
                .containsEntry("end", "DAY")
                .containsEntry("day", today.plusDays(30).toString());

        Page lifted = ada.submit(end, end.formTo("/share/end"), Map.of("end", "NONE"));

        assertThat(lifted.text()).contains("The link works until you stop sharing.");
        assertThat(new Browser().open(shared).status()).isEqualTo(200);
        jdbc.sql("UPDATE share SET ends_at = UTC_TIMESTAMP(6) WHERE tenant_id = ? AND award_id = ?")
                .params(launched.tenant().value(), award.id())
                .update();
        assertThat(new Browser().open(shared).status()).isEqualTo(404);
        assertThat(ada.open(at(mine(""))).text())
                .contains("The link to its page worked until the end of", "Make a page for others");
        assertThat(ada.open(at(mine("/share/end"))).status()).isEqualTo(404);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "yesterday", "2020-02-30", "2020-02-29", "9999-12-31", "1e9"})
    void aDayThatCannotBeTheLastIsSaidAtItsFieldAndNothingIsLost(String typed) {
        Page claim = ada.open(at(mine("/claim")));
        Page question = ada.submit(claim, claim.formTo("/claim"), Map.of("audience", "link", "end", "DAY"));
        assertThat(question.text()).contains("Choose the last day: today or a later one.");

        Page refused = ada.submit(question, question.formTo("/share"), Map.of("end", "DAY", "day", typed));

        assertThat(refused.status()).isEqualTo(200);
        assertThat(refused.text()).contains("Choose the last day: today or a later one.");
        assertThat(refused.formTo("/share").fields())
                .containsEntry("end", "DAY")
                .containsEntry("day", typed);
        assertThat(shares.url(launched.tenant(), award.id())).isEmpty();
    }

    private static String day(LocalDate day) {
        return DateTimeFormatter.ofPattern("EEEE d MMMM", Locale.ENGLISH).format(day);
    }

    @Test
    void aForgedFormChangesNothing() {
        String away = "https://elsewhere.example";
        assertThat(ada.post(at(mine("/claim")), Map.of("name", "NAME"), publicUrl.origin())
                        .status())
                .isEqualTo(403);
        assertThat(ada.post(at(mine("/refusal")), Map.of(), away).status()).isEqualTo(403);
        Page claim = ada.open(at(mine("/claim")));
        assertThat(ada.submit(claim, claim.formTo("/claim"), Map.of("name", "EVERYBODY"))
                        .status())
                .isEqualTo(400);

        assertThat(found()).isEqualTo(award);
    }

    @Test
    void whatASentenceSaysOfHerIsHersAlone() {
        assertThat(bao.open(at("/badges/" + badge.id() + "/learners/" + person(0)))
                        .status())
                .isEqualTo(404);
        assertThat(bao.open(at("/learners/" + person(0))).status()).isEqualTo(404);
        assertThat(bao.open(at("/badges/" + badge.id())).status()).isEqualTo(404);
        assertThat(bao.open(at("/badges/" + badge.id() + "/awards/" + award.id() + "/record"))
                        .status())
                .isEqualTo(404);
        assertThat(bao.open(at("/shelf")).text())
                .doesNotContain(course.student(0).name(), course.student(0).givenName());
    }

    @Test
    void anObserverHasNoShelf() {
        LmsUser observer = course.enrol("Olive", "Observer", LmsRole.OBSERVER);
        Browser olive = launched.launch(observer);

        assertThat(olive.open(at("/shelf")).status()).isEqualTo(404);
        assertThat(olive.open(at(mine(""))).status()).isEqualTo(404);
    }

    @Test
    void tooManyWordsAreSaidAndNotLost() {
        String words = "It should say 95. ".repeat(40);
        Page mine = ada.open(at(mine("")));

        Page refused = ada.submit(mine, mine.formTo("/questions"), Map.of("words", words));

        assertThat(refused.text()).contains("Say in at most 500 characters what is wrong.", words.strip());
        assertThat(refused.body()).isNotEmpty();
        Page asked = ada.submit(refused, refused.formTo("/questions"), Map.of("words", "<b>95</b> 🎓"));
        assertThat(asked.text()).contains("Sent.").contains("95", "🎓");
    }

    @Test
    void aQuestionAboutABadgeNotEarnedIsShownWithItsAnswer() {
        Page why = bao.open(at("/badges/" + badge.id() + "/learners/" + person(1)));
        assertThat(why.text())
                .contains("7.5 more points in Essay and this is yours.", "72.5 of 100", "I think this is wrong");

        Page asked = bao.submit(why, why.formTo("/questions"), Map.of("words", "I had 82.5."));

        assertThat(asked.text()).contains("I had 82.5.", "Nobody has answered yet.");
        Browser teacher = launched.launch(course.teacher());
        Page cases = teacher.open(at("/badges/" + badge.id() + "/cases"));
        teacher.submit(cases, cases.formTo("/questions/"), Map.of("answer", "Two answers were copied."));
        assertThat(bao.open(why.uri()).text()).contains("Two answers were copied.");
    }

    @Test
    void aNestedRuleWithTiersIsShownPartByPart() {
        Rule half = Score.atLeast(essay, new BigDecimal("50"), Rule.Unit.PERCENT);
        Rule most = Score.atLeast(essay, new BigDecimal("75"), Rule.Unit.PERCENT);
        Rule nested = new Rule.AllOf(List.of(half, new Rule.AnyOf(List.of(most, new Rule.AllOf(List.of(most, half))))));
        RuleSet tiers = badge(
                "Writer",
                new Rule.Levels(List.of(
                        new Rule.Levels.Level("Proficient", nested),
                        new Rule.Levels.Level(
                                "Mastered", Score.atLeast(essay, new BigDecimal("95"), Rule.Unit.PERCENT)))));

        Page why = bao.open(at("/badges/" + tiers.id() + "/learners/" + person(1)));

        assertThat(why.status()).isEqualTo(200);
        assertThat(why.text()).contains("All of these:", "Any one of these:", "For “Mastered”", "22.5 points to go");
        Award earned = await().atMost(PATIENCE)
                .until(() -> awards.ofRuleSet(launched.tenant(), tiers.id()), found -> !found.isEmpty())
                .get(0);
        Page record = ada.open(at("/my/badges/" + earned.id() + "/record"));
        assertThat(record.text()).contains("All of these:", "Any one of these:", "For “Mastered”", "4 points to go");
        assertThat(record.text().split("class=\"why indented\"", -1))
                .as("nested three deep")
                .hasSize(4);
    }

    @Test
    void aBadgeWithAHundredCriteriaFoldsThemUnderOneSentence() {
        badge(
                "Hundred steps",
                new Rule.AllOf(IntStream.rangeClosed(1, 100)
                        .<Rule>mapToObj(n -> Score.atLeast(essay, new BigDecimal(n), Rule.Unit.PERCENT))
                        .toList()));
        await().atMost(PATIENCE)
                .until(() -> bao.open(at("/shelf")).text().contains("72 of 100 reached: what it takes, one by one"));

        assertThat(bao.open(at("/shelf")).text()).contains("and 25 more");
    }

    @Test
    void whatASentencePromisesInNamesIsShownAsItIs() {
        badge("<script>alert(1)</script> شارة 🎓", Score.atLeast(essay, new BigDecimal("99"), Rule.Unit.PERCENT));

        Page shelf = await().atMost(PATIENCE)
                .until(() -> bao.open(at("/shelf")), page -> page.text().contains("شارة"));

        assertThat(new String(shelf.body(), StandardCharsets.UTF_8))
                .contains("&lt;script&gt;alert(1)&lt;/script&gt;")
                .doesNotContain("<script>alert(1)");
    }

    @Test
    void theRecordSaysWhoAndWhatAndWhenAndWithWhichNumbers() {
        Page record = ada.open(at(mine("/record")));

        assertThat(record.text())
                .contains(
                        "How “Essayist” was decided",
                        course.student(0).name(),
                        "Version 1 of the badge, version 1 of its rule",
                        "91 of 100 (91 %)",
                        "It takes at least 80 % (80 of 100)",
                        "seen in the gradebook",
                        "reached");
        JsonNode whole = json.readTree(ada.open(at(mine("/record.json"))).body());
        assertThat(whole.at("/award/id").stringValue()).isEqualTo("urn:uuid:" + award.publicId());
        assertThat(whole.at("/award/holder").stringValue()).isEqualTo("urn:uuid:" + award.subjectId());
        assertThat(whole.at("/award/badge").stringValue()).isEqualTo("Essayist");
        assertThat(whole.at("/award/decidedBy").stringValue()).isEqualTo("LAUREL");
        assertThat(whole.at("/decision/achievementVersion").intValue()).isEqualTo(1);
        assertThat(whole.at("/decision/ruleSetVersion").intValue()).isEqualTo(1);
        assertThat(whole.at("/decision/verdict").stringValue()).isEqualTo("MET");
        assertThat(whole.at("/decision/evaluatedAt").isMissingNode()).isFalse();
        assertThat(whole.at("/decision/rule/v").isMissingNode()).isFalse();
        JsonNode line = whole.at("/decision/lines/0");
        assertThat(line.propertyNames())
                .contains(
                        "label", "atLeast", "unit", "value", "maximum", "percent", "source", "seenAt", "seq",
                        "verdict");
    }

    private RuleSet badge(String name, Rule rule) {
        RuleSet draft = desk.draft(
                context(),
                new AchievementDraft(name, "Writes.", "80 %.", "#1f4e79", null),
                rule,
                launched.person(course.teacher()));
        desk.activate(context(), draft, true, 3, launched.person(course.teacher()));
        return ruleSets.find(launched.tenant(), draft.id()).orElseThrow();
    }

    private Award found() {
        return awards.find(launched.tenant(), List.of(award.id())).get(0);
    }

    private CourseContext context() {
        return launched.context();
    }

    private long person(int index) {
        return launched.person(course.student(index));
    }

    private String mine(String page) {
        return "/my/badges/" + award.id() + page;
    }

    private URI at(String path) {
        return URI.create(publicUrl.at(path));
    }
}
