package dev.laurel;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.awaitility.Awaitility.await;

import dev.laurel.Programme.Room;
import dev.laurel.achievement.AchievementDraft;
import dev.laurel.achievement.Achievements;
import dev.laurel.achievement.Details;
import dev.laurel.achievement.Validity;
import dev.laurel.award.Award;
import dev.laurel.award.AwardNotFoundException;
import dev.laurel.award.Awards;
import dev.laurel.award.BadgeCourse;
import dev.laurel.award.fall.Falls;
import dev.laurel.award.grant.Grant;
import dev.laurel.award.grant.Grants;
import dev.laurel.award.policy.AwardPolicies;
import dev.laurel.award.policy.AwardPolicy;
import dev.laurel.award.renewal.Renewals;
import dev.laurel.credential.Credentials;
import dev.laurel.criteria.RuleSet;
import dev.laurel.criteria.RuleTexts;
import dev.laurel.criteria.Verdicts;
import dev.laurel.criteria.rule.Credits;
import dev.laurel.criteria.rule.Done;
import dev.laurel.criteria.rule.Evaluation.Verdict;
import dev.laurel.criteria.rule.HeldBadge;
import dev.laurel.criteria.rule.Period;
import dev.laurel.criteria.rule.Rule;
import dev.laurel.criteria.rule.Score;
import dev.laurel.criteria.rule.Terms;
import dev.laurel.gradebook.manual.Assessment;
import dev.laurel.gradebook.manual.Entering;
import dev.laurel.gradebook.manual.HandIn;
import dev.laurel.gradebook.manual.ManualGradebook;
import dev.laurel.gradebook.manual.ManualItem;
import dev.laurel.gradebook.manual.RubricRow;
import dev.laurel.publication.AwardMessage;
import dev.laurel.publication.AwardMessages;
import dev.laurel.publication.Shares;
import jakarta.json.Json;
import jakarta.json.JsonObject;
import java.io.ByteArrayInputStream;
import java.math.BigDecimal;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import lms.LmsRole;
import lms.LmsUser;
import lms.Mark;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.context.ApplicationContext;

/**
 * Programmes that universities and companies run, each with the near-miss beside it that must not earn and must be told
 * why.
 */
@LaurelTest
class ScenarioTests {

    @Autowired
    ApplicationContext app;

    @Autowired
    Verdicts verdicts;

    @Autowired
    RuleTexts texts;

    @Autowired
    Awards awards;

    @Autowired
    ManualGradebook manual;

    @Autowired
    AwardPolicies policies;

    @Autowired
    Grants grants;

    @Autowired
    Falls falls;

    @Autowired
    Renewals renewals;

    @Autowired
    AwardMessages messages;

    @Autowired
    Shares shares;

    @Autowired
    Credentials credentials;

    private Programme programme;

    private Room room;

    private LmsUser ada;

    private LmsUser bao;

    @BeforeEach
    void start() {
        programme = Programme.start(app);
        room = programme.room();
        ada = programme.student(0);
        bao = programme.student(1);
    }

    @AfterEach
    void close() {
        programme.close();
    }

    @Test
    void sc1_eightyPercentOnEveryOneOfFiveModules() {
        List<String> modules = columns(room, "Module", 5);
        RuleSet badge = programme.badge(room, "Basic Professionalism", new Rule.AllOf(scores(room, modules, "80")));
        modules.forEach(module -> {
            room.grade(ada, module, "80");
            room.grade(bao, module, module.equals("Module 5") ? "79.9" : "100");
        });

        programme.look();

        assertThat(programme.holds(ada, badge)).isTrue();
        assertThat(programme.holds(bao, badge)).isFalse();
        assertThat(programme.verdict(bao, badge)).isEqualTo(Verdict.NOT_MET);
        assertThat(programme.line(bao, badge, 4)).satisfies(line -> {
            assertThat(line.label()).isEqualTo("Module 5");
            assertThat(line.percent()).isEqualByComparingTo("79.9");
            assertThat(line.missing()).isEqualByComparingTo("0.1");
        });
        assertThat(texts.sentence(programme.tenant(), room.id(), badge.rule()))
                .isEqualTo("Score at least 80 % in each of Module 1, Module 2, Module 3, Module 4 and Module 5."
                        + " Excused work does not count against you");
    }

    @Test
    void sc2_aLetterOpensItAndAnAdditionalAssessmentEarnsIt() {
        room.column("Coursework");
        room.course().progress().leaveOutOfTotal(room.column("Industry assessment"));
        room.course().progress().leaveOutOfTotal(room.course().columnCalled("Final quiz"));
        programme.look();
        RuleSet badge = programme.badge(room, "Medical Device Industry", ScenarioRules.sc2(programme, room, null, "B"));
        room.grade(ada, "Coursework", "84");
        room.grade(bao, "Coursework", "81");
        room.grade(bao, "Industry assessment", "100");

        programme.look();
        assertThat(programme.holds(ada, badge))
                .as("the letter alone earns nothing")
                .isFalse();
        assertThat(programme.verdict(ada, badge)).isEqualTo(Verdict.UNDECIDED);

        room.grade(ada, "Industry assessment", "60");
        programme.look();

        assertThat(programme.holds(ada, badge)).isTrue();
        assertThat(programme.line(ada, badge, 0).shown()).isEqualTo("B");
        assertThat(programme.holds(bao, badge)).isFalse();
        assertThat(programme.verdict(bao, badge)).isEqualTo(Verdict.NOT_MET);
        assertThat(programme.line(bao, badge, 0)).satisfies(line -> {
            assertThat(line.letter()).isEqualTo("B");
            assertThat(line.shown()).isEqualTo("B-");
            assertThat(line.verdict()).isEqualTo(Verdict.NOT_MET);
        });
        assertThat(programme.line(bao, badge, 1).verdict()).isEqualTo(Verdict.MET);
    }

    @Test
    void sc2_whoDoesNotWantItDeclinesAndMayStillChangeHerMind() {
        room.column("Industry assessment");
        programme.look();
        RuleSet badge = programme.badge(
                room,
                "Medical Device Industry",
                new AchievementDraft.Worth(null, null, List.of(), goodFor("A guaranteed interview")),
                score(room, "Industry assessment", "60"));
        room.grade(ada, "Industry assessment", "60");
        programme.look();
        Award award = programme.chain(ada, badge).get(0);

        awards.decline(programme.tenant(), award.id(), programme.person(ada));
        room.grade(ada, "Industry assessment", "90");
        programme.look();

        assertThat(programme.chain(ada, badge)).hasSize(1).first().satisfies(declined -> {
            assertThat(declined.id()).as("it is not given once more").isEqualTo(award.id());
            assertThat(declined.declinedAt()).isNotNull();
            assertThat(declined.claimedAt()).isNull();
            assertThat(declined.revokedAt()).as("nobody takes it from her").isNull();
        });
        assertThatExceptionOfType(AwardNotFoundException.class)
                .as("nobody else sees it")
                .isThrownBy(() -> shares.share(programme.tenant(), award.id(), programme.person(ada)));
        assertThatExceptionOfType(AwardNotFoundException.class)
                .as("nobody declines for her")
                .isThrownBy(() -> awards.decline(programme.tenant(), award.id(), programme.person(bao)));

        Award claimed = awards.claim(programme.tenant(), award.id(), programme.person(ada), Award.NameShown.NAME);
        assertThat(claimed.declinedAt()).isNull();
        assertThat(shares.share(programme.tenant(), award.id(), programme.person(ada)))
                .contains("/b/");
        assertThat(achievement(award).getString("description")).endsWith("\n\nA guaranteed interview");
    }

    @Test
    void sc3_theTenthOfTenBadgesCascadesToTheTopInOnePass() {
        List<String> visits = columns(room, "Visit", 10);
        List<RuleSet> introductory = new ArrayList<>();
        for (String visit : visits) {
            introductory.add(programme.badge(room, visit + " badge", score(room, visit, "50")));
        }
        List<RuleSet> categories = new ArrayList<>();
        for (List<RuleSet> some :
                List.of(introductory.subList(0, 3), introductory.subList(3, 6), introductory.subList(6, 10))) {
            categories.add(programme.badge(room, "Category " + categories.size(), held(some)));
        }
        RuleSet summative = programme.badge(room, "Library Connection", held(categories));
        visits.forEach(visit -> {
            room.grade(ada, visit, "50");
            room.grade(bao, visit, visit.equals("Visit 10") ? "" : "100");
        });

        programme.look();

        assertThat(awards.ofPerson(programme.tenant(), programme.person(ada))).hasSize(14);
        assertThat(awards.ofPerson(programme.tenant(), programme.person(bao))).hasSize(9 + 2);
        assertThat(programme.holds(bao, summative)).isFalse();
        assertThat(programme.line(bao, summative, 2)).satisfies(line -> {
            assertThat(line.label()).isEqualTo("Category 2");
            assertThat(line.reason()).isEqualTo("not-held");
        });
        assertThat(programme.line(bao, categories.get(2), 3).label()).isEqualTo("Visit 10 badge");

        room.grade(bao, "Visit 10", "50");
        programme.look();
        assertThat(programme.holds(bao, summative)).isTrue();
        assertThat(programme.count(
                        """
                        SELECT COUNT(DISTINCT evaluated_at) FROM evaluation WHERE tenant_id = ? AND person_id = ?
                            AND rule_set_id IN (?, ?, ?)""",
                        programme.tenant().value(),
                        programme.person(bao),
                        introductory.get(9).id(),
                        categories.get(2).id(),
                        summative.id()))
                .as("three steps, one after the other")
                .isEqualTo(3);
    }

    @Test
    void sc3_aCategoryThatWasGivenByHandAndIsTakenBackTakesTheSummativeBadgeWithItAsItsPolicySays() {
        List<String> visits = columns(room, "Visit", 2);
        List<RuleSet> categories = new ArrayList<>();
        visits.forEach(visit -> categories.add(programme.badge(room, visit + " badge", score(room, visit, "50"))));
        RuleSet byHand = categories.get(1);
        RuleSet summative = programme.badge(room, "Library Connection", held(categories));
        policies.put(
                programme.tenant(),
                summative.id(),
                policies.of(programme.tenant(), summative.id()).onFall(AwardPolicy.OnFall.SUSPEND, Duration.ZERO),
                programme.teacher());
        room.grade(ada, "Visit 1", "50");
        programme.look();
        assertThat(programme.holds(ada, summative)).isFalse();
        grants.give(
                programme.tenant(),
                byHand,
                programme.person(ada),
                new Grant("She guided the visit.", null, null),
                programme.teacher());
        programme.settle();
        assertThat(programme.holds(ada, summative)).isTrue();

        grants.takeBack(
                programme.tenant(),
                byHand.id(),
                programme.chain(ada, byHand).get(0).id(),
                "Somebody else guided it.",
                programme.teacher(),
                false);
        programme.settle();
        falls.told(
                programme.tenant(),
                List.of(programme.chain(ada, summative).get(0).id()));
        await().atMost(BadgeCourse.PATIENCE)
                .until(() -> programme.chain(ada, summative).get(0).suspendedAt() != null);

        assertThat(programme.verdict(ada, summative)).isEqualTo(Verdict.NOT_MET);
        assertThat(programme.line(ada, summative, 1).reason()).isEqualTo("not-held");
        assertThat(programme.chain(ada, byHand).get(0).revokedAt()).isNotNull();
        assertThat(programme.chain(ada, summative)).singleElement().satisfies(award -> {
            assertThat(award.suspendedAt()).isNotNull();
            assertThat(award.isValid()).isFalse();
        });
        assertThat(told(ada)).contains(AwardMessage.Kind.REVOKED, AwardMessage.Kind.SUSPENDED);
    }

    @Test
    void sc4_aLadderIsClimbedInOrderOnTheDayTheMissingRungComes() {
        List<RuleSet> below = List.of();
        List<List<RuleSet>> ladder = new ArrayList<>();
        for (int level = 1; level <= 5; level++) {
            List<RuleSet> rung = new ArrayList<>();
            for (String track : List.of("Networks", "Security")) {
                String label = track + " " + level;
                room.column(label);
                programme.look();
                List<Rule> parts = new ArrayList<>(List.of(score(room, label, "70")));
                if (!below.isEmpty()) {
                    parts.add(new Rule.AnyOf(badges(below)));
                }
                rung.add(programme.badge(room, label + " badge", new Rule.AllOf(parts)));
            }
            ladder.add(rung);
            below = rung;
        }
        room.grade(ada, "Networks 1", "70");
        room.grade(ada, "Security 3", "90");
        programme.look();

        assertThat(programme.holds(ada, ladder.get(0).get(0))).isTrue();
        RuleSet third = ladder.get(2).get(1);
        assertThat(programme.holds(ada, third))
                .as("level 3 before level 2 is held")
                .isFalse();
        assertThat(programme.line(ada, third, 0).verdict()).isEqualTo(Verdict.MET);
        assertThat(programme.line(ada, third, 1).reason()).isEqualTo("not-held");

        room.grade(ada, "Networks 2", "70");
        programme.look();

        assertThat(awards.ofPerson(programme.tenant(), programme.person(ada)).stream()
                        .sorted((one, other) -> Long.compare(one.id(), other.id()))
                        .map(award -> award.achievementId()))
                .containsExactly(
                        ladder.get(0).get(0).achievementId(),
                        ladder.get(1).get(0).achievementId(),
                        third.achievementId());
    }

    @Test
    void sc5_aCredentialOverSeveralCoursesOfOneLms() {
        Room second = programme.another("Statistics");
        Room third = programme.another("Ethics");
        LmsUser cleo = new LmsUser("cleo-2", "Cleo", "Marsh", bao.email(), LmsRole.LEARNER);
        for (Room each : List.of(second, third)) {
            each.course().enrol(ada);
        }
        second.course().enrol(bao);
        third.course().enrol(cleo);
        programme.look();
        List<RuleSet> parts = new ArrayList<>();
        for (Room each : List.of(room, second, third)) {
            parts.add(programme.badge(each, each.course().title() + " badge", score(each, "Final quiz", "60")));
        }
        RuleSet masters = programme.badge(room, "MicroMasters", held(parts));
        for (Room each : List.of(room, second, third)) {
            each.grade(ada, "Final quiz", "60");
        }
        room.grade(bao, "Final quiz", "100");
        second.grade(bao, "Final quiz", "100");
        third.grade(cleo, "Final quiz", "100");

        programme.look();
        programme.settle();

        assertThat(programme.holds(ada, masters)).isTrue();
        assertThat(programme.holds(cleo, parts.get(2))).isTrue();
        assertThat(programme.holds(bao, masters))
                .as("all but one course; who has the third only has the same e-mail address")
                .isFalse();
        assertThat(programme.holds(cleo, masters)).isFalse();
        assertThat(programme.line(bao, masters, 0).verdict()).isEqualTo(Verdict.MET);
        assertThat(programme.line(bao, masters, 1).verdict()).isEqualTo(Verdict.MET);
        assertThat(programme.line(bao, masters, 2)).satisfies(line -> {
            assertThat(line.label()).isEqualTo("Ethics badge");
            assertThat(line.reason()).isEqualTo("not-held");
        });
    }

    @Test
    void sc6_creditsAddUpAcrossBadges() {
        List<String> courses = columns(room, "Course", 5);
        List<RuleSet> badges = new ArrayList<>();
        List<String> credits = List.of("1.5", "1.5", "3", "3", "4.5");
        for (int i = 0; i < 5; i++) {
            badges.add(programme.badge(
                    room, courses.get(i) + " badge", credits.get(i), score(room, courses.get(i), "50")));
        }
        List<Long> numbers = badges.stream().map(RuleSet::achievementId).toList();
        RuleSet certificate = programme.badge(
                room,
                "Mini-MBA",
                new AchievementDraft.Worth(
                        new BigDecimal("12"), null, List.of(), goodFor("Counts as a 3-credit elective")),
                new Rule.AllOf(
                        List.of(new Rule.AtLeast(4, badges(badges)), new Credits(numbers, new BigDecimal("12")))));
        for (int i = 0; i < 5; i++) {
            room.grade(ada, courses.get(i), i == 0 ? "" : "50");
            room.grade(bao, courses.get(i), i == 4 ? "" : "100");
        }

        programme.look();

        assertThat(programme.holds(ada, certificate)).as("1.5 + 3 + 3 + 4.5").isTrue();
        assertThat(programme.holds(bao, certificate))
                .as("enough courses, too few credits")
                .isFalse();
        assertThat(programme.line(bao, certificate, 5)).satisfies(line -> {
            assertThat(line.value()).isEqualByComparingTo("9");
            assertThat(line.missing()).isEqualByComparingTo("3");
            assertThat(line.verdict()).isEqualTo(Verdict.NOT_MET);
        });
        assertThat(app.getBean(Achievements.class)
                        .versions(programme.tenant(), List.of(badges.get(4).badge()))
                        .values())
                .singleElement()
                .satisfies(version -> assertThat(version.credits()).isEqualByComparingTo("4.5"));
        JsonObject said = achievement(programme.chain(ada, certificate).get(0));
        assertThat(said.getString("description")).endsWith("\n\nCounts as a 3-credit elective");
        assertThat(said.getJsonNumber("creditsAvailable").bigDecimalValue()).isEqualByComparingTo("12");
        assertThat(credential(programme.chain(ada, certificate).get(0))
                        .getJsonObject("credentialSubject")
                        .getJsonNumber("creditsEarned")
                        .bigDecimalValue())
                .isEqualByComparingTo("12");
    }

    @Test
    void sc10_everyWeekAReflectionIsHandedIn() {
        List<String> weeks = columns(room, "Reflection", 5);
        RuleSet badge = programme.badge(
                room, "Reflective Practitioner", new Rule.AllOf(ScenarioRules.sc10(programme, room, weeks)));
        weeks.forEach(week -> {
            handIn(ada, week);
            if (!week.equals("Reflection 3")) {
                handIn(bao, week);
            }
        });

        programme.look();

        assertThat(programme.holds(ada, badge)).isTrue();
        assertThat(programme.holds(bao, badge)).isFalse();
        assertThat(programme.line(bao, badge, 2)).satisfies(line -> {
            assertThat(line.label()).isEqualTo("Reflection 3");
            assertThat(line.reason()).isEqualTo("no-submission");
        });
        assertThat(programme.evaluation(bao, badge).evaluation().lines())
                .filteredOn(line -> line.verdict() == Verdict.MET)
                .hasSize(4);
    }

    @Test
    void sc11_anArtifactWhoseEveryRowReachesItsLevel() {
        ManualItem artifact = artifact();
        List<Rule> asked =
                new ArrayList<>(List.of(new Done(Done.What.EVIDENCE, artifact.id(), Period.ALWAYS, Terms.STANDARD)));
        asked.addAll(
                ScenarioRules.sc11(artifact.rubric().stream().map(RubricRow::id).toList()));
        RuleSet badge = programme.badge(room, "Data Literacy", new Rule.AllOf(asked));
        for (LmsUser learner : List.of(ada, bao)) {
            handIn(learner, artifact);
        }
        programme.settle();
        assertThat(programme.line(ada, badge, 0).reason()).isEqualTo("submitted");

        assess(ada, artifact, "3", "4");
        assess(bao, artifact, "4", "2");
        programme.settle();

        assertThat(programme.holds(ada, badge)).isTrue();
        assertThat(programme.holds(bao, badge)).isFalse();
        assertThat(programme.line(bao, badge, 0).verdict()).as("accepted").isEqualTo(Verdict.MET);
        assertThat(programme.line(bao, badge, 1).verdict()).isEqualTo(Verdict.MET);
        assertThat(programme.line(bao, badge, 2)).satisfies(line -> {
            assertThat(line.label()).contains("Sources");
            assertThat(line.value()).isEqualByComparingTo("2");
            assertThat(line.missing()).isEqualByComparingTo("1");
        });
    }

    @Test
    void sc12_aRenewalNeedsEvidenceAfterADate() {
        ManualItem artifact = artifact();
        LocalDate today = LocalDate.now(ZoneOffset.UTC);
        RuleSet inTime = programme.badge(
                room,
                "Certified again",
                new Done(
                        Done.What.EVIDENCE,
                        artifact.id(),
                        new Period(today.minusDays(1), today.plusDays(30)),
                        Terms.STANDARD));
        RuleSet later = programme.badge(
                room,
                "Certified next year",
                new Done(Done.What.EVIDENCE, artifact.id(), new Period(today.plusDays(2), null), Terms.STANDARD));
        handIn(ada, artifact);
        assess(ada, artifact, "4", "4");

        programme.settle();

        assertThat(programme.holds(ada, inTime)).isTrue();
        assertThat(programme.holds(ada, later))
                .as("older than the renewal window")
                .isFalse();
        assertThat(programme.verdict(ada, later)).isEqualTo(Verdict.UNDECIDED);
        assertThat(programme.line(ada, later, 0).reason()).isEqualTo("no-score");
        assertThat(texts.sentence(programme.tenant(), room.id(), later.rule()))
                .contains(
                        "Portfolio",
                        " from ",
                        Integer.toString(today.plusDays(2).getYear()));
    }

    @Test
    void sc12_aRenewalIsANewCredentialByNewEvidenceAndTheHolderIsToldBeforeTheOldOneEnds() {
        ManualItem artifact = artifact();
        RuleSet badge = programme.badge(
                room,
                "Certified",
                new AchievementDraft.Worth(null, Validity.days(360, 60)),
                new Done(Done.What.EVIDENCE, artifact.id(), Period.ALWAYS, Terms.STANDARD));
        for (LmsUser each : List.of(ada, bao)) {
            handIn(each, artifact, "first");
            assess(each, artifact, 1, "4", "4");
        }
        programme.settle();
        Award first = programme.chain(ada, badge).get(0);
        assertThat(first.validUntil()).isEqualTo(first.decidedAt().plus(Duration.ofDays(360)));
        programme.goesBy(Duration.ofDays(250));
        handIn(bao, artifact, "too-early");
        assess(bao, artifact, 2, "4", "4");
        programme.settle();
        programme.goesBy(Duration.ofDays(55));

        renewals.run(programme.tenant(), "due");
        handIn(ada, artifact, "again");
        assess(ada, artifact, 2, "4", "4");
        programme.settle();

        assertThat(told(bao)).contains(AwardMessage.Kind.ENDS);
        assertThat(programme.chain(ada, badge)).hasSize(2).satisfies(chain -> {
            assertThat(chain.get(0).supersededBy()).isEqualTo(chain.get(1).id());
            assertThat(chain.get(0).validUntil())
                    .as("never extended in place")
                    .isBefore(chain.get(1).validUntil().minus(Duration.ofDays(300)));
            assertThat(chain.get(1).isValid()).isTrue();
        });
        JsonObject before = credential(programme.chain(ada, badge).get(0));
        JsonObject after = credential(programme.chain(ada, badge).get(1));
        assertThat(after.getString("id")).isNotEqualTo(before.getString("id"));
        assertThat(Instant.parse(after.getString("validUntil"))).isAfter(Instant.parse(before.getString("validFrom")));
        assertThat(told(ada)).contains(AwardMessage.Kind.SUPERSEDED).doesNotContain(AwardMessage.Kind.ENDS);

        assertThat(programme.chain(bao, badge))
                .as("evidence older than the renewal window")
                .hasSize(1)
                .first()
                .satisfies(ending -> {
                    assertThat(ending.isOver(Instant.now())).isFalse();
                    assertThat(verdicts.metAnew(
                                    programme.tenant(), badge, Map.of(programme.person(bao), ending.renewFrom())))
                            .as("nothing that counts from the day on that his page names")
                            .isEmpty();
                });
        programme.goesBy(Duration.ofDays(60));
        assertThat(programme.chain(bao, badge).get(0).isOver(Instant.now())).isTrue();
    }

    private List<AwardMessage.Kind> told(LmsUser user) {
        return messages.unread(programme.tenant(), programme.person(user)).stream()
                .map(AwardMessage::kind)
                .toList();
    }

    private static Details goodFor(String benefit) {
        return new Details("Badge", List.of(), null, null, null, null, null, null, List.of(), benefit, null, false);
    }

    private JsonObject achievement(Award award) {
        return credential(award).getJsonObject("credentialSubject").getJsonObject("achievement");
    }

    private JsonObject credential(Award award) {
        byte[] signed = await().until(() -> credentials.find(programme.tenant(), award.id()), Optional::isPresent)
                .orElseThrow()
                .embedded();
        return Json.createReader(new ByteArrayInputStream(signed)).readObject();
    }

    private ManualItem artifact() {
        return manual.addEvidence(
                staff(), UUID.randomUUID(), "Portfolio", "Your report", List.of(row("Argument"), row("Sources")));
    }

    private static dev.laurel.gradebook.manual.RubricRow row(String label) {
        List<dev.laurel.gradebook.manual.RubricRow.Level> levels = new ArrayList<>();
        for (int points = 0; points <= 4; points++) {
            levels.add(new dev.laurel.gradebook.manual.RubricRow.Level("Level " + points, new BigDecimal(points)));
        }
        return new dev.laurel.gradebook.manual.RubricRow(0, label, levels);
    }

    private void handIn(LmsUser learner, ManualItem item) {
        handIn(learner, item, learner.id());
    }

    private void handIn(LmsUser learner, ManualItem item, String what) {
        manual.handIn(
                programme.tenant(),
                room.id(),
                programme.person(learner),
                item.id(),
                new HandIn("", List.of("https://portfolio.example/" + what), List.of()));
    }

    private void assess(LmsUser learner, ManualItem item, String... points) {
        assess(learner, item, 1, points);
    }

    private void assess(LmsUser learner, ManualItem item, int version, String... points) {
        Map<Long, BigDecimal> byRow = new HashMap<>();
        for (int i = 0; i < points.length; i++) {
            byRow.put(item.rubric().get(i).id(), new BigDecimal(points[i]));
        }
        manual.assess(staff(), item.id(), programme.person(learner), new Assessment(version, true, byRow, ""));
    }

    private Entering staff() {
        return new Entering(programme.tenant(), room.id(), programme.teacher());
    }

    private void handIn(LmsUser learner, String column) {
        room.course().progress().mark(learner, room.course().columnCalled(column), Mark.SUBMITTED);
    }

    /** Columns of the LMS's own, seen by Laurel. */
    private List<String> columns(Room of, String label, int count) {
        List<String> labels = new ArrayList<>();
        for (int i = 1; i <= count; i++) {
            labels.add(label + " " + i);
            of.column(label + " " + i);
        }
        programme.look();
        return labels;
    }

    private List<Rule> scores(Room of, List<String> labels, String percent) {
        return labels.stream().<Rule>map(label -> score(of, label, percent)).toList();
    }

    private Score score(Room of, String label, String percent) {
        return Score.atLeast(programme.column(of, label), new BigDecimal(percent), Rule.Unit.PERCENT);
    }

    private static Rule held(List<RuleSet> badges) {
        return new Rule.AllOf(badges(badges));
    }

    private static List<Rule> badges(List<RuleSet> badges) {
        return badges.stream()
                .<Rule>map(badge -> new HeldBadge(badge.achievementId()))
                .toList();
    }
}
