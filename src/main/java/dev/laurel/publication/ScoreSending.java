package dev.laurel.publication;

import dev.laurel.achievement.AchievementVersion;
import dev.laurel.achievement.Achievements;
import dev.laurel.award.Award;
import dev.laurel.award.Awards;
import dev.laurel.gradebook.Gradebook;
import dev.laurel.gradebook.GradebookException;
import dev.laurel.gradebook.LineItem;
import dev.laurel.gradebook.OutgoingScore;
import dev.laurel.platform.road.Jobs;
import dev.laurel.platform.road.Pauses;
import dev.laurel.platform.road.Step;
import dev.laurel.platform.road.StepMetrics;
import dev.laurel.platform.sql.Varchar;
import dev.laurel.platform.tenant.TenantId;
import dev.laurel.publication.PassbackRepository.Outcome;
import dev.laurel.publication.PassbackRepository.Outgoing;
import dev.laurel.publication.PassbackRepository.Setting;
import java.math.BigDecimal;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.stereotype.Component;
import org.springframework.transaction.support.TransactionTemplate;

/**
 * The job that empties the outbox of one badge. Scores are leased in one transaction, sent without any, and their outcomes
 * stored in another; after a crash the lease runs out and they are sent again, which changes nothing in the LMS.
 */
@Component
class ScoreSending {

    static final String KIND = "score-send";

    private static final Logger LOG = LoggerFactory.getLogger(ScoreSending.class);

    private static final int BATCH = 50;

    /** A platform may be away for a day, or a weekend; after this nobody expects the score any more. */
    private static final Duration PATIENCE_IN_ALL = Duration.ofDays(14);

    /** So many refusals one after the other, and the rest of the batch waits: the platform is down. */
    private static final int PATIENCE = 3;

    private static final Duration ONE_SECOND = Duration.ofSeconds(1);

    private static final Duration LEASE = Duration.ofMinutes(10);

    private static final Duration LONGEST_PAUSE = Duration.ofMinutes(30);

    private final PassbackRepository passback;

    private final Gradebook gradebook;

    private final Awards awards;

    private final Achievements achievements;

    private final TransactionTemplate transaction;

    private final Jobs jobs;

    private final StepMetrics metrics;

    private final Clock clock;

    ScoreSending(
            PassbackRepository passback,
            Gradebook gradebook,
            Awards awards,
            Achievements achievements,
            TransactionTemplate transaction,
            Jobs jobs,
            StepMetrics metrics,
            Clock clock) {
        this.passback = passback;
        this.gradebook = gradebook;
        this.awards = awards;
        this.achievements = achievements;
        this.transaction = transaction;
        this.jobs = jobs;
        this.metrics = metrics;
        this.clock = clock;
    }

    void run(TenantId tenant, String subject) {
        long ruleSetId = Long.parseLong(subject);
        boolean more = true;
        while (more) {
            Optional<Setting> setting = passback.setting(tenant, ruleSetId).filter(Setting::enabled);
            if (setting.isEmpty()) {
                return;
            }
            Instant at = clock.instant().truncatedTo(ChronoUnit.MILLIS);
            List<Outgoing> scores = Objects.requireNonNull(transaction.execute(status -> take(tenant, ruleSetId, at)));
            more = !scores.isEmpty() && send(tenant, setting.get(), scores, at);
        }
        passback.nextDue(tenant, ruleSetId)
                .ifPresent(due -> jobs.scheduleAt(KIND, tenant, subject, due.toEpochMilli(), due));
    }

    /**
     * What is due, to be sent with the timestamp {@code at}. Who was sent a score in this very second, or in one that our
     * clock has not reached (another node's clock had), waits for a later one.
     */
    private List<Outgoing> take(TenantId tenant, long ruleSetId, Instant at) {
        Instant now = clock.instant();
        List<Outgoing> scores = new ArrayList<>(passback.lockDue(tenant, ruleSetId, now, BATCH));
        Set<Long> people = new HashSet<>();
        List<Outgoing> early = scores.stream()
                .filter(score -> !people.add(score.personId()) || !isLater(at, score.lastTime()))
                .toList();
        scores.removeAll(early);
        passback.lease(tenant, scores, now.plus(LEASE));
        passback.timed(tenant, scores, at);
        for (Outgoing score : early) {
            Instant last = score.lastTime();
            passback.lease(tenant, List.of(score), (last == null || last.isBefore(at) ? at : last).plus(ONE_SECOND));
        }
        return scores;
    }

    private static boolean isLater(Instant at, @Nullable Instant last) {
        return last == null || at.truncatedTo(ChronoUnit.SECONDS).isAfter(last.truncatedTo(ChronoUnit.SECONDS));
    }

    /** Answers whether to go on with the next batch. */
    private boolean send(TenantId tenant, Setting setting, List<Outgoing> scores, Instant at) {
        Long column = column(tenant, setting, scores);
        if (column == null) {
            return false;
        }
        Map<Long, Award> standing = awards
                .find(tenant, scores.stream().map(Outgoing::awardId).toList())
                .stream()
                .filter(award -> award.revokedAt() == null)
                .collect(Collectors.toMap(Award::id, Function.identity()));
        List<Outcome> outcomes = new ArrayList<>();
        Pauses pauses = Pauses.drawn();
        int refusals = 0;
        for (Outgoing score : scores) {
            Award award = standing.get(score.awardId());
            Outcome outcome = refusals >= PATIENCE
                    ? later(score, "The LMS does not answer at the moment.", null, pauses)
                    : score.withdrawnAt() != null
                            ? withdraw(tenant, column, score, at, pauses)
                            : award == null
                                    ? takenBack(score)
                                    : send(tenant, column, score, oneOfOne(score, award, at), pauses);
            refusals = outcome.sentAt() != null || outcome.givenUpAt() != null ? 0 : refusals + 1;
            outcomes.add(outcome);
        }
        passback.record(tenant, outcomes);
        return refusals < PATIENCE;
    }

    private static OutgoingScore oneOfOne(Outgoing score, Award award, Instant at) {
        return new OutgoingScore(score.personId(), BigDecimal.ONE, BigDecimal.ONE, at, award.decidedAt());
    }

    /** Who has the badge again, at another level or by another award, keeps the score. */
    private Outcome withdraw(TenantId tenant, long column, Outgoing score, Instant at, Pauses pauses) {
        boolean hasAnother = awards.ofRuleSet(tenant, score.ruleSetId(), score.personId()).stream()
                .anyMatch(award -> award.revokedAt() == null && award.releasedAt() != null);
        return hasAnother
                ? new Outcome(score, clock.instant(), null, clock.instant(), null)
                : send(
                        tenant,
                        column,
                        score,
                        new OutgoingScore(score.personId(), null, BigDecimal.ONE, at, at),
                        pauses);
    }

    private Outcome send(TenantId tenant, long column, Outgoing score, OutgoingScore outgoing, Pauses pauses) {
        try {
            gradebook.sendScore(tenant, column, outgoing);
            Instant now = clock.instant();
            metrics.passed(Step.PUBLICATION, Duration.between(score.createdAt(), now));
            return new Outcome(score, now, null, now, null);
        } catch (GradebookException e) {
            metrics.failed(Step.PUBLICATION);
            LOG.warn("Score of award {} not taken, reference {}", score.awardId(), score.reference());
            String problem = limited(e.getMessage());
            boolean last =
                    e.isFinal() || clock.instant().isAfter(score.createdAt().plus(PATIENCE_IN_ALL));
            return last
                    ? new Outcome(score, null, clock.instant(), clock.instant(), problem)
                    : later(score, problem, e.retryAfter(), pauses);
        }
    }

    private Outcome later(Outgoing score, @Nullable String problem, @Nullable Duration asked, Pauses pauses) {
        Duration pause = Duration.ofSeconds(2L << Math.min(score.attempts(), 20));
        Duration usual = pause.compareTo(LONGEST_PAUSE) > 0 ? LONGEST_PAUSE : pause;
        Duration longer = asked == null || asked.compareTo(usual) < 0 ? usual : asked;
        return new Outcome(score, null, null, clock.instant().plus(pauses.of(longer)), problem);
    }

    private Outcome takenBack(Outgoing score) {
        return new Outcome(score, null, clock.instant(), clock.instant(), null);
    }

    /** The column of this badge, made now where it is not there yet; {@code null} where that has to wait. */
    private @Nullable Long column(TenantId tenant, Setting setting, List<Outgoing> scores) {
        if (setting.lineItemId() != null) {
            if (!isGone(tenant, setting.lineItemId())) {
                return setting.lineItemId();
            }
            passback.forgetColumn(tenant, setting.ruleSetId(), clock.instant());
        }
        Optional<Long> there = gradebook
                .outputColumn(tenant, scores.get(0).contextId(), Passback.resourceId(setting.ruleSetId()))
                .map(LineItem::id);
        if (there.isPresent()) {
            // The platform made it together with a deep link.
            passback.columnMade(tenant, setting.ruleSetId(), there.get());
            return there.get();
        }
        Instant now = clock.instant();
        if (!passback.claimColumn(tenant, setting.ruleSetId(), now, now.plus(LEASE))) {
            wait(tenant, scores, Duration.ofSeconds(5));
            return null;
        }
        try {
            long made = create(tenant, setting, scores.get(0));
            passback.columnMade(tenant, setting.ruleSetId(), made);
            return made;
        } catch (GradebookException e) {
            metrics.failed(Step.PUBLICATION);
            passback.problem(tenant, setting.ruleSetId(), limited(e.getMessage()));
            wait(tenant, scores, e.isFinal() ? LONGEST_PAUSE : Pauses.spread(Duration.ofSeconds(30)));
            return null;
        }
    }

    private boolean isGone(TenantId tenant, long lineItemId) {
        return gradebook.lineItem(tenant, lineItemId).map(LineItem::deleted).orElse(true);
    }

    private long create(TenantId tenant, Setting setting, Outgoing first) {
        String name = awards.find(tenant, first.awardId())
                .flatMap(award -> achievements.version(tenant, award.achievementId(), award.achievementVersion()))
                .map(AchievementVersion::name)
                .orElse("Laurel");
        return gradebook
                .createColumn(
                        tenant, first.contextId(), name, BigDecimal.ONE, true, Passback.columnId(setting.ruleSetId()))
                .id();
    }

    private void wait(TenantId tenant, List<Outgoing> scores, Duration pause) {
        passback.lease(tenant, scores, clock.instant().plus(pause));
    }

    private static String limited(@Nullable String text) {
        return text == null ? "The LMS did not take it." : Varchar.fit(text, 500);
    }
}
