package dev.laurel.gradebook.canvas;

import static com.github.tomakehurst.wiremock.client.WireMock.equalTo;
import static com.github.tomakehurst.wiremock.client.WireMock.matching;
import static dev.laurel.WireMocks.json;
import static dev.laurel.gradebook.canvas.CanvasStub.asking;
import static org.assertj.core.api.Assertions.assertThat;

import dev.laurel.achievement.AchievementDraft;
import dev.laurel.achievement.Achievements;
import dev.laurel.achievement.Issuers;
import dev.laurel.criteria.RuleSet;
import dev.laurel.criteria.RuleSets;
import dev.laurel.criteria.Verdicts;
import dev.laurel.criteria.rule.Period;
import dev.laurel.criteria.rule.Rule;
import dev.laurel.criteria.rule.Score;
import dev.laurel.criteria.rule.Submission;
import dev.laurel.criteria.rule.Terms;
import dev.laurel.gradebook.LineItem;
import dev.laurel.gradebook.Looking;
import dev.laurel.gradebook.Observation;
import java.math.BigDecimal;
import java.time.Instant;
import java.time.LocalDate;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import org.assertj.core.groups.Tuple;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;

/** Attempts that another one followed between two looks, as Canvas keeps them. */
class CanvasAttemptsIntegrationTests extends AbstractCanvasTests {

    private static final String SECOND =
            "\"attempt\":2,\"score\":10.0,\"workflow_state\":\"graded\",\"graded_at\":\"2026-02-02T08:00:00Z\","
                    + "\"submitted_at\":\"2026-02-01T08:00:00Z\",\"posted_at\":\"2026-02-02T08:00:00Z\",\"late\":true";

    private static final String FIRST =
            "\"attempt\":1,\"score\":18.0,\"workflow_state\":\"graded\",\"graded_at\":\"2026-01-31T08:00:00Z\","
                    + "\"submitted_at\":\"2026-01-30T09:00:00Z\",\"posted_at\":\"2026-01-31T08:00:00Z\",\"late\":false,"
                    + "\"grader_id\":\"44\"";

    @Autowired
    RuleSets ruleSets;

    @Autowired
    Verdicts verdicts;

    @Autowired
    Achievements achievements;

    @Autowired
    Issuers issuers;

    private String ada;

    @BeforeEach
    void enrol() {
        contexts.refreshRoster(course.tenant(), course.contextId());
        ada = course.lms().numberOf(course.course().student(0).id());
        known();
    }

    @Test
    void nobodyAsksForEarlierAttemptsWhereTheLatestResultCounts() {
        activate(Score.Take.LATEST);
        told(SECOND, FIRST);

        look();

        assertThat(log()).extracting(Observation::attempt).containsExactly(2);
        assertThat(historyRequests()).isZero();
    }

    @Test
    void anEarlierAttemptIsAnObservationWithItsOwnTimesAndNeverTheLatest() {
        activate(Score.Take.BEST);
        told(SECOND, FIRST);

        look();

        assertThat(log())
                .extracting(
                        Observation::attempt,
                        each -> String.valueOf(each.score()).replaceAll("0+$", ""),
                        Observation::late,
                        Observation::occurredAt)
                .containsExactly(
                        Tuple.tuple(1, "18.", false, Instant.parse("2026-01-31T08:00:00Z")),
                        Tuple.tuple(2, "10.", true, Instant.parse("2026-02-02T08:00:00Z")));
        assertThat(latest().attempt()).isEqualTo(2);
        assertThat(latest().score()).isEqualByComparingTo("10");
    }

    @Test
    void aGradeKnowsWhenItsWorkWasHandedInAlsoWhereNobodyAsksForAttempts() {
        told(SECOND, FIRST);

        look();

        assertThat(latest().occurredAt()).isEqualTo(Instant.parse("2026-02-02T08:00:00Z"));
        assertThat(latest().handedInAt()).isEqualTo(Instant.parse("2026-02-01T08:00:00Z"));
        Looking.atEverything(app, course.tenant(), course.contextId());
        assertThat(log()).as("reading it again says nothing new").hasSize(1);
    }

    @Test
    void readingTheSameAgainRecordsNothingAndAsksNothing() {
        activate(Score.Take.FIRST);
        told(SECOND, FIRST);
        look();
        int recorded = log().size();
        int asked = historyRequests();

        Looking.atEverything(app, course.tenant(), course.contextId());

        assertThat(log()).hasSize(recorded);
        assertThat(historyRequests()).as("every attempt is known").isEqualTo(asked);
    }

    @Test
    void handingInByADayAsksForEarlierAttemptsAndIsMetByThem() {
        told(SECOND, FIRST);
        look();
        Rule byTheLastOfJanuary =
                new Submission(quiz().id(), new Period(null, LocalDate.of(2026, 1, 31)), Terms.STANDARD);
        assertThat(reason(byTheLastOfJanuary)).isEqualTo("earlier-attempt");
        activate(byTheLastOfJanuary);
        nothingChanges();

        look();

        assertThat(log()).extracting(Observation::attempt).containsExactly(2, 1);
        assertThat(reason(byTheLastOfJanuary)).as("met").isEmpty();
    }

    @Test
    void handingInAtAnyTimeAsksForNone() {
        activate(new Submission(quiz().id(), Period.ALWAYS, Terms.STANDARD));
        told(SECOND, FIRST);

        look();

        assertThat(historyRequests()).isZero();
    }

    private String reason(Rule rule) {
        long learner = course.person(course.course().student(0));
        return verdicts.preview(course.tenant(), course.contextId(), rule).stream()
                .filter(each -> each.personId() == learner)
                .findFirst()
                .orElseThrow()
                .evaluation()
                .lines()
                .get(0)
                .reason();
    }

    @Test
    void whatWasSeenBeforeTheBadgeAskedIsAskedForOnceAndTheLatestStays() {
        told(SECOND, FIRST);
        look();
        assertThat(log()).hasSize(1);
        activate(Score.Take.FIRST);
        nothingChanges();

        look();
        look();

        assertThat(log()).extracting(Observation::attempt).containsExactly(2, 1);
        assertThat(latest().attempt()).isEqualTo(2);
        assertThat(historyRequests()).isEqualTo(1);
    }

    @Test
    void anAttemptThatIsKnownAndGradedAnewBeforeTheNextOneIsRecordedAnew() {
        activate(Score.Take.BEST);
        told(FIRST);
        look();
        told(SECOND, FIRST.replace("18.0", "12.0"));

        look();

        assertThat(log())
                .extracting(Observation::attempt, each -> each.score().intValue())
                .containsExactly(Tuple.tuple(1, 18), Tuple.tuple(1, 12), Tuple.tuple(2, 10));
    }

    @Test
    void anAttemptThatWasNeverPostedStaysHiddenAndSoDoAllWhereTheSubmissionIs() {
        activate(Score.Take.BEST);
        told(SECOND, FIRST.replace("\"posted_at\":\"2026-01-31T08:00:00Z\"", "\"posted_at\":null"));
        look();
        assertThat(log())
                .extracting(Observation::attempt, Observation::visibility)
                .containsExactly(
                        Tuple.tuple(1, Observation.Visibility.HIDDEN), Tuple.tuple(2, Observation.Visibility.POSTED));

        told(SECOND.replace("\"posted_at\":\"2026-02-02T08:00:00Z\"", "\"posted_at\":null"), FIRST);
        Looking.atEverything(app, course.tenant(), course.contextId());
        assertThat(log()).extracting(Observation::visibility).endsWith(Observation.Visibility.HIDDEN);
    }

    @Test
    void aResubmissionThatIsNotGradedYetKeepsTheGradeOfTheAttemptBefore() {
        activate(Score.Take.BEST);
        told(
                "\"attempt\":2,\"score\":18.0,\"workflow_state\":\"submitted\",\"grade_matches_current_submission\":false,"
                        + "\"submitted_at\":\"2026-02-01T08:00:00Z\",\"posted_at\":\"2026-01-31T08:00:00Z\"",
                FIRST);

        look();

        assertThat(log())
                .extracting(Observation::attempt, Observation::status)
                .containsExactly(
                        Tuple.tuple(1, Observation.Status.GRADED), Tuple.tuple(2, Observation.Status.SUBMITTED));
    }

    @Test
    void ofAClassicQuizTheNewestVersionOfEachAttemptCounts() {
        activate(Score.Take.BEST);
        told(
                "\"attempt\":3,\"score\":18.0,\"workflow_state\":\"graded\",\"graded_at\":\"2026-02-03T08:00:00Z\","
                        + "\"submitted_at\":\"2026-02-03T08:00:00Z\",\"posted_at\":\"2026-02-03T08:00:00Z\"",
                "\"attempt\":3,\"score\":7.0,\"workflow_state\":\"complete\"",
                "\"attempt\":2,\"score\":18.0,\"workflow_state\":\"complete\",\"submitted_at\":\"2026-02-02T08:00:00Z\"",
                "\"attempt\":2,\"score\":15.0,\"workflow_state\":\"complete\",\"submitted_at\":\"2026-02-02T08:00:00Z\"",
                "\"attempt\":2,\"score\":null,\"workflow_state\":\"untaken\"",
                "\"attempt\":1,\"score\":5.0,\"workflow_state\":\"complete\",\"submitted_at\":\"2026-02-01T08:00:00Z\"",
                "\"attempt\":1,\"score\":\"five\",\"workflow_state\":\"complete\"",
                "\"attempt\":null,\"score\":1.0");

        look();

        assertThat(log())
                .extracting(Observation::attempt, each -> each.score().intValue(), Observation::occurredAt)
                .containsExactly(
                        Tuple.tuple(1, 5, Instant.parse("2026-02-01T08:00:00Z")),
                        Tuple.tuple(2, 18, Instant.parse("2026-02-02T08:00:00Z")),
                        Tuple.tuple(3, 18, Instant.parse("2026-02-03T08:00:00Z")));
    }

    @Test
    void whereCanvasLeavesThemOutItSaysWhatToDoAndTheLastAttemptIsRead() {
        activate(Score.Take.FIRST);
        tells(SECOND);
        canvas.on(
                asking("/students/submissions").withQueryParam("include[]", equalTo(SubmissionFacts.HISTORY)),
                json("[" + submission(ada, SECOND) + "]"));

        look();

        assertThat(log()).extracting(Observation::attempt).containsExactly(2);
        assertThat(gradebook.status(course.tenant(), course.contextId()).problem())
                .contains("leaves out earlier attempts", "Allow Include Parameters");
    }

    @Test
    void attemptsThatStayHiddenAreSaidAtEveryLookWithTheWayToDecideWithoutThem() {
        activate(Score.Take.FIRST);
        told(SECOND);
        look();
        assertThat(log())
                .as("the history tells nothing of the first")
                .extracting(Observation::attempt)
                .containsExactly(2);
        nothingChanges();

        for (int later = 0; later < 2; later++) {
            look();
            assertThat(gradebook.status(course.tenant(), course.contextId()).problem())
                    .contains(
                            "may stay open", "change the rule to the latest result in place of the best or the first");
        }

        ruleSets.ofContext(course.tenant(), course.contextId())
                .forEach(badge -> ruleSets.pause(
                        course.tenant(),
                        badge.id(),
                        course.person(course.course().teacher())));
        activate(Score.Take.LATEST);
        look();
        assertThat(gradebook.status(course.tenant(), course.contextId()).problem())
                .isNull();
    }

    /** @param history what Canvas tells only where it is asked for */
    private void told(String last, String... history) {
        tells(last);
        List<String> versions =
                Arrays.stream(history).map(version -> "{" + version + "}").toList();
        canvas.on(
                asking("/students/submissions").withQueryParam("include[]", equalTo(SubmissionFacts.HISTORY)),
                json("[" + submission(ada, last + ",\"submission_history\":[" + String.join(",", versions) + "]")
                        + "]"));
    }

    /** Grouped by student at a first look, one by one at later ones. */
    private void tells(String last) {
        canvas.on("/students/submissions", "[" + submission(ada, last) + "]");
        canvas.on(
                asking("/students/submissions").withQueryParam("grouped", equalTo("1")),
                json("[{\"user_id\":\"" + ada + "\",\"submissions\":[" + submission(ada, last) + "]}]"));
    }

    /** Canvas tells nobody as graded or handed in since the last look. */
    private void nothingChanges() {
        for (String since : List.of("graded_since", "submitted_since")) {
            canvas.on(asking("/students/submissions").withQueryParam(since, matching(".+")), json("[]"));
        }
    }

    private int historyRequests() {
        return canvas.asked("/students/submissions", "include[]", SubmissionFacts.HISTORY)
                .size();
    }

    private void activate(Score.Take take) {
        activate(new Score(quiz().id(), new BigDecimal("80"), Rule.Unit.PERCENT, take, Period.ALWAYS, Terms.STANDARD));
    }

    private void activate(Rule rule) {
        long teacher = course.person(course.course().teacher());
        long issuer = issuers.of(course.tenant(), course.contextId(), "Faculty").id();
        long badge = achievements
                .create(
                        course.tenant(),
                        issuer,
                        new AchievementDraft(
                                "Quizzer", "Can do it", "Words", "#1f5f8b", null, AchievementDraft.Worth.NOTHING),
                        teacher)
                .achievementId();
        RuleSet ruleSet = ruleSets.create(course.tenant(), course.contextId(), badge, 1, rule, teacher);
        ruleSets.activate(course.tenant(), ruleSet.id(), teacher);
    }

    private LineItem quiz() {
        return gradebook.lineItems(course.tenant(), course.contextId()).stream()
                .filter(item -> item.externalId().equals("assignment-301"))
                .findFirst()
                .orElseThrow();
    }

    private List<Observation> log() {
        return gradebook.history(course.tenant(), course.contextId(), Set.of(quiz().id()), null);
    }

    private Observation latest() {
        return gradebook
                .latest(course.tenant(), course.contextId(), Set.of(quiz().id()), null)
                .get(0);
    }
}
