package dev.laurel.dashboard.awarding;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.laurel.LaunchedCourse;
import dev.laurel.LaurelTest;
import dev.laurel.achievement.AchievementDraft;
import dev.laurel.award.Award;
import dev.laurel.award.Awards;
import dev.laurel.award.decision.Passes;
import dev.laurel.award.policy.AwardPolicies;
import dev.laurel.award.policy.AwardPolicy;
import dev.laurel.credential.Credentials;
import dev.laurel.criteria.RuleSet;
import dev.laurel.criteria.rule.Rule;
import dev.laurel.criteria.rule.Score;
import dev.laurel.dashboard.badge.BadgeDesk;
import dev.laurel.gradebook.Gradebook;
import dev.laurel.launch.Launches;
import dev.laurel.platform.tenant.PublicUrl;
import java.math.BigDecimal;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDateTime;
import java.util.Collections;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.function.LongFunction;
import java.util.stream.Collectors;
import lms.Browser;
import lms.Column;
import lms.Course;
import lms.Fault;
import lms.LmsUser;
import lms.Mode;
import lms.Page;
import lms.ReferenceLms;
import lms.Service;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.context.ApplicationContext;
import org.springframework.jdbc.core.JdbcTemplate;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** How a badge is awarded, reviewed, questioned and taken back, over HTTP as people do it. */
@LaurelTest
class AwardingPagesIntegrationTests {

    private static final Duration PATIENCE = Duration.ofSeconds(60);

    @Autowired
    ApplicationContext app;

    @Autowired
    Gradebook gradebook;

    @Autowired
    Awards awards;

    @Autowired
    Passes passes;

    @Autowired
    AwardPolicies policies;

    @Autowired
    PublicUrl publicUrl;

    @Autowired
    Credentials credentials;

    @Autowired
    JsonMapper json;

    @Autowired
    Launches launches;

    @Autowired
    JdbcTemplate jdbc;

    private LaunchedCourse launched;

    private Course course;

    private Column column;

    private RuleSet badge;

    private Browser teacher;

    private Browser student;

    @BeforeEach
    void anActiveBadge() {
        launched = LaunchedCourse.start(app, ReferenceLms.builder().students(3));
        course = launched.lms().course();
        column = course.addColumn(course.link(), "Essay", 100);
        teacher = launched.launch(course.teacher());
        student = launched.launch(course.student(0));
        badge = launched.activeBadge(
                new AchievementDraft("Essayist", "Writes essays.", "80 % in the essay", "#1f4e79", null),
                Score.atLeast(launched.column("Essay").id(), BigDecimal.valueOf(80), Rule.Unit.PERCENT));
    }

    @AfterEach
    void stop() {
        launched.close();
    }

    @Test
    void aBadgeOnAResultThatCameAfterTheEndOfTheCourseIsWorthALook() {
        launched.close();
        launched = LaunchedCourse.start(
                app,
                ReferenceLms.builder().students(3),
                tool -> tool.as(Mode.MOODLE).withCustom("course_end", "$CourseSection.timeFrame.end"));
        course = launched.lms().course();
        course.endAt(Instant.now().minus(Duration.ofDays(3)));
        column = course.addColumn(course.link(), "Essay", 100);
        teacher = launched.launch(course.teacher());
        launched.launch(course.student(0));
        launched.activateBadge(teacher, "Essay");
        long badgeId = launched.onlyBadge().id();
        course.typeGrade(course.student(0), column, "90");
        gradebook.checkSoon(launched.tenant(), launched.context().id());

        await().atMost(PATIENCE)
                .untilAsserted(
                        () -> assertThat(teacher.open(at("/badges/" + badgeId)).text())
                                .contains("A result was entered after the course had ended."));
    }

    @Test
    void whoChoosesOnAPageThatIsOutOfDateIsToldSoAndTheSameTwiceIsOneChoice() {
        Page one = teacher.open(at("/badges/" + badge.id() + "/policy"));
        Page other = teacher.open(at("/badges/" + badge.id() + "/policy"));
        Map<String, String> released = Map.of("releases", "INSTRUCTOR");

        teacher.submit(one, one.formTo("/policy"), released);
        assertThat(teacher.submit(one, one.formTo("/policy"), released).text())
                .as("a double click")
                .contains("Saved.");
        Page late = teacher.submit(other, other.formTo("/policy"), Map.of("brakeShare", "50"));

        assertThat(late.text())
                .contains("somebody else changed this after you opened the page")
                .contains("See what was chosen meanwhile (opens in a new tab)")
                .containsPattern("<a target=\"_blank\" rel=\"noopener\" href=\"/badges/" + badge.id() + "/policy\">See")
                .as("what was typed")
                .contains("value=\"50\"");
        assertThat(policies.history(launched.tenant(), badge.id())).hasSize(1);
        assertThat(policies.of(launched.tenant(), badge.id()).releases()).isEqualTo(AwardPolicy.Releases.INSTRUCTOR);
        teacher.submit(late, late.formTo("/policy"), Map.of("brakeShare", "50"));
        assertThat(policies.of(launched.tenant(), badge.id()).brakeShare()).isEqualTo(50);
    }

    @Test
    void anInstructorChoosesHowItIsAwardedAndIsToldWhatIsWrongWithWhatSheTyped() {
        Page form = teacher.open(at("/badges/" + badge.id() + "/policy"));
        Page refused = teacher.submit(
                form, form.formTo("/policy"), Map.of("brakeShare", "120", "releases", "DATE", "releaseOn", "soon"));
        assertThat(refused.text()).contains("Type a percentage between 1 and 100.", "Choose a date and a time.");

        Page saved = teacher.submit(
                form,
                form.formTo("/policy"),
                Map.of(
                        "review", "true",
                        "releases", "INSTRUCTOR",
                        "settlingMinutes", "15",
                        "onFall", "SUSPEND",
                        "graceDays", "3",
                        "brakeShare", "50"));

        assertThat(saved.text())
                .contains(
                        "Saved.",
                        "Somebody who teaches here looks at each case first.",
                        "Students see it when you release it.",
                        "suspended 3 days later");
        AwardPolicy policy = policies.of(launched.tenant(), badge.id());
        assertThat(policy.review()).isTrue();
        assertThat(policy.releases()).isEqualTo(AwardPolicy.Releases.INSTRUCTOR);
        assertThat(policy.settling()).isEqualTo(Duration.ofMinutes(15));
        assertThat(policy.onFall()).isEqualTo(AwardPolicy.OnFall.SUSPEND);
        assertThat(policy.grace()).isEqualTo(Duration.ofDays(3));
        assertThat(policy.brakeShare()).isEqualTo(50);
    }

    @Test
    void aCaseIsReviewedReleasedQuestionedAndTakenBackAndTheStudentReadsEveryReason() {
        policies.put(
                launched.tenant(),
                badge.id(),
                policies.of(launched.tenant(), badge.id()).withReview(true).releasedByInstructor(),
                1);
        Award award = graded(course.student(0), "91");

        assertThat(student.open(at("/shelf")).text())
                .contains("Your results for this badge are not final yet.")
                .doesNotContain("91 of 100", "You have reached it");
        assertThat(student.open(why(0)).text())
                .contains("Your results for this badge are not final yet.")
                .doesNotContain("91 of 100");

        assertThat(teacher.open(at("/badges/" + badge.id())).text())
                .contains(
                        "One case needs your decision.", "waits for your review", "Earned by nobody yet, 1 to review");
        assertThat(teacher.open(at("/course")).text()).contains("1 to review").doesNotContain("question to answer");
        Page cases = teacher.open(at("/badges/" + badge.id() + "/cases"));
        assertThat(cases.text())
                .contains("One case for your review", course.student(0).name(), "91");
        Page.Form some = cases.forms().stream()
                .filter(form -> form.action().endsWith("/cases/review"))
                .findFirst()
                .orElseThrow();
        assertThat(teacher.submit(cases, some, Map.of("decision", "accept", "reason", "Good."))
                        .text())
                .contains("Tick at least one case.", ">Good.</textarea>");
        assertThat(teacher.submit(cases, some, Map.of("award", Long.toString(award.id()), "decision", "decline"))
                        .text())
                .contains("Say why, in at most 500 characters.");
        assertThat(teacher.submit(cases, some, Map.of("award", Long.toString(award.id()), "reason", "Good."))
                        .text())
                .as("sent without either button")
                .contains("Nothing was done: choose one of the two buttons.");
        assertThat(teacher.submit(cases, cases.formTo("/cases/review/acceptance"), Map.of())
                        .text())
                .contains("Accepted.");
        assertThat(student.open(at("/shelf")).text()).doesNotContain("You earned");

        Page release = teacher.open(at("/badges/" + badge.id() + "/release"));
        assertThat(teacher.submit(release, release.formTo("/release"), Map.of()).text())
                .contains("One student can see it now.");
        assertThat(student.open(at("/shelf")).text()).contains("You earned “Essayist”");

        Page mine = student.open(at("/my/badges/" + award.id()));
        assertThat(student.submit(mine, mine.formTo("/questions"), Map.of("words", "It should say 95."))
                        .text())
                .contains("Sent.", "It should say 95.", "Nobody has answered yet.");
        assertThat(teacher.open(at("/course")).text()).contains("1 question to answer");
        Page asked = teacher.open(at("/badges/" + badge.id() + "/cases"));
        assertThat(asked.text()).contains("A student thinks that something is wrong", "It should say 95.", "91");
        assertThat(teacher.submit(asked, asked.formTo("/questions/"), Map.of("answer", "The 95 was a typo."))
                        .text())
                .contains("Answered.");
        assertThat(student.open(at("/shelf")).text()).contains("Your question about “Essayist” was answered");
        assertThat(student.open(at("/my/badges/" + award.id())).text()).contains("The 95 was a typo.");

        Page person = teacher.open(why(0));
        Page sure = teacher.submit(person, person.formTo("/withdrawal"), Map.of("reason", "The essay is copied."));
        assertThat(sure.text())
                .contains("Take “Essayist” back from", course.student(0).name(), "The essay is copied.");
        assertThat(awards.find(launched.tenant(), award.id()).orElseThrow().revokedAt())
                .isNull();
        assertThat(teacher.submit(sure, sure.formTo("/withdrawal"), Map.of()).text())
                .contains("Taken back from", course.student(0).name(), "One person does not get it");
        assertThat(student.open(at("/my/badges/" + award.id())).text())
                .contains("This badge was taken back on", "The essay is copied.");
        assertThat(student.open(why(0)).text())
                .contains("It was taken back on", ": The essay is copied.")
                .doesNotContain("You have had it since");
        assertThat(student.open(at("/my/badges/" + award.id() + "/record")).text())
                .contains("What it rests on", "91", "accepted by a person", "taken back by a person");
        String link = "/badges/" + badge.id() + "/awards/" + award.id() + "/record.json";
        assertThat(teacher.open(at("/badges/" + badge.id() + "/awards/" + award.id() + "/record"))
                        .text())
                .contains("href=\"" + link + "\"");
        JsonNode record = json.readTree(
                student.open(at("/my/badges/" + award.id() + "/record.json")).body());
        assertThat(json.readTree(teacher.open(at(link)).body()))
                .as("who it was, and what looks odd, is said by the instructor's page alone")
                .isEqualTo(record);
        assertThat(record.at("/decision/lines/0/value").decimalValue()).isEqualByComparingTo("91");
        assertThat(record.at("/history").findValuesAsString("what")).containsExactly("ACCEPTED", "REVOKED");
        assertThat(record.at("/history/0/by").stringValue()).isEqualTo("STAFF");
    }

    /** Worked out as docs/decision-records.md says, with nothing of Laurel's own. */
    @Test
    void theRecordThatTheStudentTakesAwayIsTheOneThatIsSignedByItsHash() throws Exception {
        Award award = graded(course.student(0), "91.50");
        JsonNode credential = json.readTree(await().atMost(PATIENCE)
                .until(() -> credentials.find(launched.tenant(), award.id()), java.util.Optional::isPresent)
                .orElseThrow()
                .embedded());

        JsonNode taken = json.readTree(
                student.open(at("/my/badges/" + award.id() + "/record.json")).body());
        String hash = HexFormat.of()
                .formatHex(MessageDigest.getInstance("SHA-256")
                        .digest(canonical(taken.path("decision")).getBytes(StandardCharsets.UTF_8)));

        assertThat(taken.path("hash").stringValue()).isEqualTo("sha256$" + hash);
        assertThat(credential.at("/evidence/0/narrative").stringValue()).endsWith("sha256$" + hash);
        assertThat(credential.at("/evidence/0/id").stringValue()).endsWith("/decisions/" + hash);
        assertThat(taken.at("/decision/salt").stringValue()).matches("[0-9a-f]{32}");
        assertThat(student.open(URI.create(credential.at("/evidence/0/id").stringValue()))
                        .text())
                .contains("sha256$" + hash, "canonical form of JSON");
    }

    /** RFC 8785 as far as a record needs it. */
    private static String canonical(JsonNode node) {
        if (node.isObject()) {
            return node.propertyNames().stream()
                    .sorted()
                    .map(name -> "\"" + name + "\":" + canonical(node.get(name)))
                    .collect(Collectors.joining(",", "{", "}"));
        }
        if (node.isArray()) {
            return node.valueStream()
                    .map(AwardingPagesIntegrationTests::canonical)
                    .collect(Collectors.joining(",", "[", "]"));
        }
        return node.isNumber() ? node.decimalValue().stripTrailingZeros().toPlainString() : node.toString();
    }

    @Test
    void aBadgeIsGivenByHandOnTheStudentsPage() {
        Browser holder = launched.launch(course.student(1));
        Page person = teacher.open(why(1, holder));
        Page refused = teacher.submit(
                person,
                person.formTo("/grant"),
                Map.of("reason", "She sat the make-up exam.", "evidence", "Oral exam", "address", "ftp://nowhere"));
        assertThat(refused.text())
                .contains(
                        "This is no web address that Laurel understands.",
                        ">She sat the make-up exam.</textarea>",
                        ">Oral exam</textarea>",
                        "value=\"ftp://nowhere\"");

        assertThat(teacher.submit(
                                person,
                                person.formTo("/grant"),
                                Map.of("reason", "She sat the make-up exam.", "evidence", "Oral exam, 40 minutes"))
                        .text())
                .contains("Given.", "One exception", "She sat the make-up exam.");

        Award award = awards.ofRuleSet(launched.tenant(), badge.id()).get(0);
        assertThat(award.releasedAt()).isNotNull();
        assertThat(teacher.open(at("/badges/" + badge.id() + "/awards/" + award.id() + "/record"))
                        .text())
                .contains("Given by a person: She sat the make-up exam.", "Oral exam, 40 minutes");
        assertThat(holder.open(at("/my/badges/" + award.id())).text())
                .contains(course.teacher().name() + " gave it to you: She sat the make-up exam.", "The rule asks for:");
    }

    @Test
    void whoeverTakesBackWhatWasTakenBackMeanwhileTakesNothingElse() {
        LongFunction<Rule> percent =
                least -> Score.atLeast(launched.column("Essay").id(), BigDecimal.valueOf(least), Rule.Unit.PERCENT);
        RuleSet tiers = launched.activeBadge(
                new AchievementDraft("Writer", "Writes.", "80 %, 95 %", "#1f4e79", null),
                new Rule.Levels(List.of(
                        new Rule.Levels.Level("Proficient", percent.apply(80)),
                        new Rule.Levels.Level("Mastered", percent.apply(95)))));
        for (String score : List.of("85", "96")) {
            int awarded = awards.ofRuleSet(launched.tenant(), tiers.id()).size();
            graded(course.student(0), score);
            await().atMost(PATIENCE)
                    .until(() -> awards.ofRuleSet(launched.tenant(), tiers.id()).size() > awarded);
        }
        Page person = teacher.open(at("/badges/" + tiers.id() + "/learners/" + launched.person(course.student(0))));
        Map<String, String> reason = Map.of("reason", "The essay is copied.");
        Page first = teacher.submit(person, person.formTo("/withdrawal"), reason);
        Page second = teacher.submit(person, person.formTo("/withdrawal"), reason);
        assertThat(first.text()).contains("Level: Mastered", "Proficient");

        teacher.submit(first, first.formTo("/withdrawal"), Map.of());

        for (Page late : List.of(
                teacher.submit(second, second.formTo("/withdrawal"), Map.of()),
                teacher.submit(person, person.formTo("/withdrawal"), reason))) {
            assertThat(late.text()).contains("Nothing was done: what you read was changed or decided meanwhile.");
        }
        assertThat(awards.ofRuleSet(launched.tenant(), tiers.id()))
                .filteredOn(award -> award.revokedAt() == null)
                .extracting(Award::rank)
                .containsExactly(1);
    }

    @Test
    void whatOneCheckGaveIsTakenBackFromAllOfThem() {
        // No look in the background shall fall between the two.
        launched.lms().setFault(Service.RESULTS, Fault.status(503));
        course.typeGrade(course.student(0), column, "90");
        course.typeGrade(course.student(1), column, "95");
        launched.lms().clearFaults();
        gradebook.checkSoon(launched.tenant(), launched.context().id());
        await().atMost(PATIENCE)
                .until(() -> awards.ofRuleSet(launched.tenant(), badge.id()).size() == 2);
        List<Passes.Pass> together = passes.ofRuleSet(launched.tenant(), badge.id());
        assertThat(together).hasSize(1);

        Page page = teacher.open(
                at("/badges/" + badge.id() + "/passes/" + together.get(0).id()));
        assertThat(page.text()).contains("2 badges at once", course.student(0).name());
        assertThat(teacher.submit(page, page.formTo("/undoing/grades"), Map.of())
                        .text())
                .contains("Taken back from 2 people.");

        assertThat(student.open(at("/shelf")).text()).contains("Taken back");
        assertThat(awards.ofRuleSet(launched.tenant(), badge.id()))
                .allSatisfy(award -> assertThat(award.revokedAt()).isNotNull());

        assertThat(teacher.open(at("/badges/" + badge.id())).text())
                .contains("2 people do not get it because it was taken back from all of them at once.");
        Page undone = teacher.open(
                at("/badges/" + badge.id() + "/passes/" + together.get(0).id()));
        assertThat(undone.text())
                .contains(
                        "2 people get nothing of it by a check",
                        "2 of them meet the rule as it is now and get the badge");
        assertThat(teacher.submit(undone, undone.formTo("/undoing/end"), Map.of("reason", " "))
                        .text())
                .contains("Say why");
        assertThat(teacher.submit(undone, undone.formTo("/undoing/end"), Map.of("reason", "The grades are right."))
                        .text())
                .contains("From now on the rule decides again about 2 people.");
        await().atMost(PATIENCE)
                .until(() -> awards.ofRuleSet(launched.tenant(), badge.id()).stream()
                                .filter(award -> award.revokedAt() == null)
                                .count()
                        == 2);
    }

    @Test
    void aHigherLevelIsSaidBeforeItIsGivenAndTakenBackToTheOneBefore() {
        long before = graded(course.student(0), "96").id();
        LongFunction<Rule> percent =
                least -> Score.atLeast(launched.column("Essay").id(), BigDecimal.valueOf(least), Rule.Unit.PERCENT);
        RuleSet resting = app.getBean(BadgeDesk.class)
                .changeRule(
                        launched.context(),
                        launched.onlyBadge(),
                        new Rule.Levels(List.of(
                                new Rule.Levels.Level("Proficient", percent.apply(80)),
                                new Rule.Levels.Level("Mastered", percent.apply(95)))),
                        launched.person(course.teacher()));

        Page asked = teacher.open(at("/badges/" + badge.id() + "/activation"));
        assertThat(asked.text())
                .contains(
                        " students gets the badge now.",
                        "One has it already.",
                        "One of those gets a higher level of it, in place of the one so far.",
                        "has the badge, and reaches “Mastered” of it",
                        "One message goes out",
                        "Award 1 now");
        teacher.submit(asked, asked.formTo("/activation"), Map.of());
        Award higher = await().atMost(PATIENCE)
                .until(() -> awards.ofRuleSet(launched.tenant(), resting.id()), found -> found.size() == 2)
                .get(1);
        assertThat(higher.rank()).isEqualTo(2);

        Page pass = teacher.open(at("/badges/" + badge.id() + "/passes/" + higher.passId()));
        assertThat(pass.text())
                .contains("One person had the badge before, at a lower level or to be renewed, and has that again.");
        assertThat(teacher.submit(pass, pass.formTo("/undoing/rule"), Map.of()).text())
                .contains("Taken back from one person. Whoever had the badge before has that again.");

        assertThat(student.open(at("/shelf")).text()).contains("“Essayist” counts again");
        long again = awards.find(launched.tenant(), before).orElseThrow().supersededBy();
        assertThat(student.open(at("/my/badges/" + again)).text()).doesNotContain("was taken back on");
        assertThat(teacher.open(why(0)).text()).contains("The rule of the badge was wrong.");
    }

    @Test
    void whoIsNoLongerOnTheRosterDecidesNothing() {
        policies.put(
                launched.tenant(),
                badge.id(),
                policies.of(launched.tenant(), badge.id()).withReview(true),
                1);
        Award award = graded(course.student(0), "91");
        Page cases = teacher.open(at("/badges/" + badge.id() + "/cases"));
        openedFiveMinutesAgo(course.teacher());
        course.drop(course.teacher());

        Page refused = teacher.submit(cases, cases.formTo("/cases/review/acceptance"), Map.of());

        assertThat(refused.status()).isEqualTo(403);
        assertThat(refused.text()).contains("You no longer have this role in the course");
        assertThat(awards.find(launched.tenant(), award.id()).orElseThrow().waitsFor())
                .isEqualTo(Award.Wait.REVIEW);
    }

    /** A young launch or roster is an answer by itself. A launch never changes, so an older one takes its place. */
    private void openedFiveMinutesAgo(LmsUser user) {
        jdbc.update(
                "UPDATE context SET roster_checked_at = roster_checked_at - INTERVAL 5 MINUTE WHERE tenant_id = ?",
                launched.tenant().value());
        long person = launched.person(user);
        List<Map<String, Object>> kept = jdbc.queryForList(
                "SELECT * FROM launch WHERE tenant_id = ? AND person_id = ?",
                launched.tenant().value(),
                person);
        assertThat(kept).isNotEmpty();
        launches.forget(launched.tenant(), person);
        for (Map<String, Object> launch : kept) {
            launch.computeIfPresent("created_at", (column, at) -> ((LocalDateTime) at).minusMinutes(5));
            jdbc.update(
                    "INSERT INTO launch (" + String.join(", ", launch.keySet()) + ") VALUES ("
                            + String.join(", ", Collections.nCopies(launch.size(), "?")) + ")",
                    launch.values().toArray());
        }
    }

    @Test
    void aResultThatMayNotBePostedYetShowsNeitherThatItIsEnoughNorThatItIsNot() {
        policies.put(
                launched.tenant(),
                badge.id(),
                policies.of(launched.tenant(), badge.id()).settlingFor(Duration.ofMinutes(10)),
                1);
        launched.launch(course.student(1));
        course.typeGrade(course.student(1), column, "79");
        graded(course.student(0), "91");

        for (int index : List.of(0, 1)) {
            Browser browser = launched.launch(course.student(index));
            assertThat(browser.open(at("/shelf")).text())
                    .contains("Your results for this badge are not final yet.")
                    .doesNotContain("79 of", "91 of", "missing");
            assertThat(browser.open(why(index)).text())
                    .contains("Your results for this badge are not final yet.")
                    .doesNotContain("79 of", "91 of", "missing");
        }
        assertThat(teacher.open(why(1)).text()).as("staff").contains("79");

        jdbc.update(
                "UPDATE award_policy SET settling_seconds = 1 WHERE tenant_id = ?",
                launched.tenant().value());
        Browser nearly = launched.launch(course.student(1));
        await().atMost(PATIENCE)
                .untilAsserted(() -> assertThat(nearly.open(why(1)).text())
                        .as("when it has settled")
                        .contains("79")
                        .doesNotContain("not final"));
    }

    @Test
    void theCourseSaysHowFarWorkIsThatTakesLongAndSaysTheSameToWhoComesBack() {
        graded(course.student(0), "91");
        assertThat(teacher.open(at("/course")).text()).doesNotContain("so far");
        jdbc.update(
                "UPDATE gradebook SET reading_since = UTC_TIMESTAMP(6), reading_done = 12, reading_of = 40 WHERE tenant_id = ?",
                launched.tenant().value());
        jdbc.update(
                "UPDATE criteria_cursor SET pass_since = UTC_TIMESTAMP(6), pass_done = 5000, pass_of = 20000 WHERE tenant_id = ?",
                launched.tenant().value());

        for (String path : List.of("/course", "/course/checks", "/course")) {
            Page page = teacher.open(at(path));
            assertThat(page.text()).contains("12 of 40 columns so far", "5,000 of 20,000 done so far");
            assertThat(page.text()).contains("max=\"40\"", "value=\"12\"", "max=\"20000\"", "value=\"5000\"");
        }
    }

    private Award graded(LmsUser user, String score) {
        course.typeGrade(user, column, score);
        gradebook.checkSoon(launched.tenant(), launched.context().id());
        return await().atMost(PATIENCE)
                .until(() -> awards.ofRuleSet(launched.tenant(), badge.id()), found -> !found.isEmpty())
                .get(0);
    }

    private URI why(int index) {
        return at("/badges/" + badge.id() + "/learners/" + launched.person(course.student(index)));
    }

    /** @param arrived as whom the student is known */
    private URI why(int index, Browser arrived) {
        assertThat(arrived.cookies().named("__Host-laurel")).isPresent();
        return why(index);
    }

    private URI at(String path) {
        return URI.create(publicUrl.at(path));
    }
}
