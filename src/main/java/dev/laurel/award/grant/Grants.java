package dev.laurel.award.grant;

import dev.laurel.achievement.AchievementVersion;
import dev.laurel.achievement.Validity;
import dev.laurel.award.Award;
import dev.laurel.award.AwardMoment;
import dev.laurel.award.AwardNotFoundException;
import dev.laurel.award.Reason;
import dev.laurel.award.decision.DecisionRecord;
import dev.laurel.award.decision.Predecessors;
import dev.laurel.award.decision.Samples;
import dev.laurel.award.decision.Spans;
import dev.laurel.award.fall.FallRepository;
import dev.laurel.award.fall.Revocations;
import dev.laurel.award.human.HumanDecision;
import dev.laurel.award.human.HumanDecisions;
import dev.laurel.award.ledger.AwardHistory;
import dev.laurel.award.ledger.AwardRepository;
import dev.laurel.award.ledger.DecisionRecordRepository;
import dev.laurel.award.ledger.Holding;
import dev.laurel.award.policy.AwardPolicies;
import dev.laurel.award.policy.AwardPolicy;
import dev.laurel.award.policy.SecondLook;
import dev.laurel.award.question.Questions;
import dev.laurel.award.question.UnansweredException;
import dev.laurel.award.release.Reinstatements;
import dev.laurel.award.release.Releases;
import dev.laurel.context.Contexts;
import dev.laurel.criteria.RuleSet;
import dev.laurel.criteria.RuleSets;
import dev.laurel.criteria.Verdicts;
import dev.laurel.criteria.rule.Rule;
import dev.laurel.platform.road.Reference;
import dev.laurel.platform.tenant.TenantId;
import java.time.Clock;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Transactional;

/**
 * Badges that a person gives or takes, whatever the rule says of somebody. It survives every later check. In the
 * institution's name it takes two people to give one.
 */
@Component
public class Grants {

    private final HumanDecisions humanDecisions;

    private final AwardRepository awards;

    private final AwardHistory history;

    private final Releases releases;

    private final Reinstatements reinstatements;

    private final Revocations revocations;

    private final Predecessors predecessors;

    private final FallRepository falls;

    private final Questions questions;

    private final AwardPolicies policies;

    private final DecisionRecord record;

    private final Samples samples;

    private final Spans spans;

    private final DecisionRecordRepository records;

    private final RuleSets ruleSets;

    private final Verdicts verdicts;

    private final SecondLook secondLook;

    private final Contexts contexts;

    private final Clock clock;

    Grants(
            HumanDecisions humanDecisions,
            AwardRepository awards,
            AwardHistory history,
            Releases releases,
            Reinstatements reinstatements,
            Revocations revocations,
            Predecessors predecessors,
            FallRepository falls,
            Questions questions,
            AwardPolicies policies,
            DecisionRecord record,
            Samples samples,
            Spans spans,
            DecisionRecordRepository records,
            RuleSets ruleSets,
            Verdicts verdicts,
            SecondLook secondLook,
            Contexts contexts,
            Clock clock) {
        this.humanDecisions = humanDecisions;
        this.awards = awards;
        this.history = history;
        this.releases = releases;
        this.reinstatements = reinstatements;
        this.revocations = revocations;
        this.predecessors = predecessors;
        this.falls = falls;
        this.questions = questions;
        this.policies = policies;
        this.record = record;
        this.samples = samples;
        this.spans = spans;
        this.records = records;
        this.ruleSets = ruleSets;
        this.verdicts = verdicts;
        this.secondLook = secondLook;
        this.contexts = contexts;
        this.clock = clock;
    }

    /** Whether it takes a second person to give this badge by hand. */
    public boolean takesTwo(TenantId tenant, RuleSet ruleSet) {
        return secondLook.isInstitutions(tenant, ruleSet);
    }

    /**
     * Gives the badge to somebody, or sees to it that she keeps the one she has; where it takes two people, once
     * {@link #confirm} was called by another one.
     *
     * @param read as it was when the level was chosen, which is known by its name since
     * @throws IllegalArgumentException where the badge had no such level then
     * @throws LevelGoneException where it has no level of that name any more
     * @throws AwardNotFoundException where she is no learner of the course, or was none
     * @throws HeldElsewhereException where she has it, or a higher level of it, by another course, or gets any by one at the
     *     same moment
     * @throws WithheldException where a person withheld it from her: {@link #letTheRuleDecide} comes first
     * @throws NoLongerGivenException where she does not have it, and nobody can get it any more
     */
    @Transactional
    public void give(TenantId tenant, RuleSet read, long personId, Grant chosen, long byPerson) {
        if (chosen.level() > levels(read.rule())) {
            throw new IllegalArgumentException("There is no level " + chosen.level());
        }
        // Two clicks, or two people at once, are one after the other.
        RuleSet ruleSet = ruleSets.lock(tenant, read.id());
        Award.Level named = Award.Level.of(read.rule(), chosen.level());
        Grant grant = new Grant(
                chosen.reason(),
                chosen.evidenceText(),
                chosen.evidenceUrl(),
                level(ruleSet.rule(), named == null ? null : named.name(), chosen.level()));
        if (humanDecisions
                .find(tenant, ruleSet.id(), personId)
                .filter(each -> each.kind() == HumanDecision.Kind.WITHHELD)
                .isPresent()) {
            throw new WithheldException();
        }
        if (contexts.evaluatedAmong(tenant, ruleSet.contextId(), List.of(personId))
                        .isEmpty()
                && contexts.leftAmong(tenant, ruleSet.contextId(), List.of(personId))
                        .isEmpty()) {
            throw new AwardNotFoundException(0);
        }
        Instant now = clock.instant();
        before(tenant, ruleSet, personId, Award.Level.of(ruleSet.rule(), grant.level()), now);
        boolean two = takesTwo(tenant, ruleSet);
        humanDecisions.give(
                tenant,
                ruleSet.id(),
                personId,
                grant.reason(),
                grant.evidenceText(),
                grant.evidenceUrl(),
                grant.level(),
                Award.Level.names(ruleSet.rule()),
                two,
                byPerson,
                now);
        if (!two) {
            carryOut(tenant, ruleSet, personId, grant, byPerson, now);
        }
    }

    /**
     * The second person's word. Twice does nothing.
     *
     * @throws HeldElsewhereException as for {@link #give}
     * @throws LevelGoneException where the badge has no level of that name any more
     * @throws NoLongerGivenException as for {@link #give}
     * @throws SamePersonException where it is the first one's again
     * @throws AwardNotFoundException where this is not what is decided any more
     */
    @Transactional
    public void confirm(TenantId tenant, RuleSet badge, HumanDecision read, long byPerson) {
        RuleSet ruleSet = ruleSets.lock(tenant, badge.id());
        long personId = read.personId();
        HumanDecision decision = humanDecisions
                .find(tenant, ruleSet.id(), personId)
                .filter(each -> each.id() == read.id() && each.kind() == HumanDecision.Kind.GRANTED)
                .orElseThrow(() -> new AwardNotFoundException(0));
        if (decision.counts()) {
            return;
        }
        if (decision.byPerson() == byPerson) {
            throw new SamePersonException();
        }
        int level = level(ruleSet.rule(), decision.levelName(), decision.level());
        Instant now = clock.instant();
        if (!humanDecisions.second(tenant, decision, byPerson, now)) {
            throw new AwardNotFoundException(0);
        }
        carryOut(
                tenant,
                ruleSet,
                personId,
                new Grant(decision.reason(), decision.evidenceText(), decision.evidenceUrl(), level),
                byPerson,
                now);
    }

    /**
     * From now on the rule decides about this person again: a badge that was withheld may be earned, one that was given
     * stays but is no exception any more. Who was noted as having met the rule before it counted is so still, unless nothing
     * else was decided about her.
     *
     * @param read what ends by this
     * @throws AwardNotFoundException where this is not what is decided any more
     */
    @Transactional
    public void letTheRuleDecide(TenantId tenant, RuleSet ruleSet, HumanDecision read, String reason, long byPerson) {
        if (read.ruleSetId() != ruleSet.id()
                || !humanDecisions.end(tenant, read, Reason.require(reason), byPerson, clock.instant())) {
            throw new AwardNotFoundException(0);
        }
        verdicts.evaluateAgain(tenant, ruleSet.contextId(), List.of(read.personId()));
    }

    /**
     * Takes one award back. No check gives it again until a person allows it. Who had a lower level before it has that again.
     * What its holder asks about the badge is answered with the reason.
     *
     * @param read whether that person read that its holder asks
     * @throws UnansweredException where its holder asks, and that was not read
     * @throws AwardNotFoundException where there is none, or it was taken back before
     */
    @Transactional
    public void takeBack(TenantId tenant, long ruleSetId, long awardId, String reason, long byPerson, boolean read) {
        ruleSets.lock(tenant, ruleSetId);
        Award award = awards.findForUpdate(tenant, awardId)
                .filter(each -> each.ruleSetId() == ruleSetId && each.revokedAt() == null)
                .orElseThrow(() -> new AwardNotFoundException(awardId));
        questions.requireRead(tenant, award, read);
        Instant now = clock.instant();
        Optional<Award> lower = predecessors.lower(tenant, award, now);
        Map<Long, Award> had = lower.map(before -> Map.of(awardId, before)).orElse(Map.of());
        revocations.takeBackForGood(
                tenant, ruleSetId, null, List.of(award), had, Reason.require(reason), byPerson, now);
        questions.answerAll(tenant, ruleSetId, List.of(award.personId()), reason, byPerson);
        predecessors.bringBack(tenant, lower.stream().toList(), reason, byPerson, now);
    }

    /** The level that its holder has again once this award is taken back; empty where there was no lower one. */
    public Optional<Award.Level> levelBefore(TenantId tenant, Award award) {
        return predecessors.lower(tenant, award, clock.instant()).map(Award::level);
    }

    private void carryOut(TenantId tenant, RuleSet ruleSet, long personId, Grant grant, long byPerson, Instant now) {
        Award.Level level = Award.Level.of(ruleSet.rule(), grant.level());
        Before before = before(tenant, ruleSet, personId, level, now);
        Award here = before.here();
        if (here == null && before.coming() != null) {
            // It may have been released since it was read: then she has it.
            here = awards.findForUpdate(tenant, before.coming().id())
                    .filter(award -> award.releasedAt() != null && award.revokedAt() == null)
                    .orElse(null);
        }
        if (here != null) {
            keep(tenant, ruleSet, here, grant, byPerson, now);
            return;
        }
        int occurrence = before.occurrences() + 1;
        if (before.coming() != null) {
            occurrence = before.coming().occurrence();
            awards.moveOn(tenant, before.coming());
        }
        AwardPolicy policy = policies.of(tenant, ruleSet.id());
        Award award = Award.decided(
                ruleSet,
                personId,
                before.badge(),
                occurrence,
                ruleSet.version(),
                level,
                before.span(),
                Reference.next(),
                null,
                Releases.first(policy.withReview(false), false),
                policy.releaseAt(now, now),
                byPerson,
                now);
        awards.insertNew(tenant, List.of(award));
        List<Award> given = awards.added(tenant, List.of(award));
        if (given.isEmpty()) {
            // Checks of this course wait for us, those of another one that gives the badge do not.
            throw new HeldElsewhereException();
        }
        records.add(tenant, Map.of(award.publicId(), record.byHand(ruleSet, award, grant)), now);
        releases.decided(tenant, given);
    }

    /**
     * What somebody was given of a badge before.
     *
     * @param span in which one given now would be valid; {@code null}: for ever
     * @param here what she has of it by this rule, of at least the level in question, or of just that where she does not know
     *     of it yet
     * @param coming the first of a higher level that she does not know of: it takes the place of what she is given now once it
     *     is released
     */
    private record Before(
            AchievementVersion.Key badge,
            Validity.@Nullable Span span,
            int occurrences,
            @Nullable Award here,
            @Nullable Award coming) {}

    /**
     * @throws HeldElsewhereException as for {@link #give}
     * @throws NoLongerGivenException as for {@link #give}
     */
    private Before before(TenantId tenant, RuleSet ruleSet, long personId, Award.@Nullable Level level, Instant now) {
        int rank = level == null ? 1 : level.rank();
        List<String> tiers = level == null ? List.of() : level.names();
        Samples.Choice choice = samples.among(tenant, ruleSet, Set.of(personId));
        AchievementVersion.Key badge = choice.badge(personId);
        List<Award> standingHere = awards.ofRuleSet(tenant, ruleSet.id(), personId).stream()
                .filter(award -> award.revokedAt() == null && !award.isOver(now))
                .toList();
        // She may have a lower tier, and a higher one may be on its way to her, for which nobody vouches by this.
        Award here = standingHere.stream()
                .filter(award ->
                        award.rankAmong(tiers) == rank || (award.releasedAt() != null && award.rankAmong(tiers) > rank))
                .min(Comparator.comparingInt(award -> award.rankAmong(tiers)))
                .orElse(null);
        Holding holding = awards.holdings(tenant, choice.badgeIds(), List.of(personId))
                .get(new AwardRepository.Holder(personId, badge.achievementId()));
        if (here == null && holding != null && isHeldElsewhere(holding, ruleSet, rank, tiers, now)) {
            throw new HeldElsewhereException();
        }
        Validity.Span span =
                spans.of(tenant, ruleSet.contextId(), List.of(badge), now).get(badge);
        boolean over = span != null && !span.until().isAfter(now);
        if (here == null && (ruleSet.isRetired() || over)) {
            throw new NoLongerGivenException();
        }
        Award coming = standingHere.stream()
                .filter(award -> award.releasedAt() == null && award.rankAmong(tiers) > rank)
                .min(Comparator.comparingInt(Award::occurrence))
                .orElse(null);
        return new Before(badge, span, holding == null ? 0 : holding.last(), here, coming);
    }

    private static boolean isHeldElsewhere(
            Holding holding, RuleSet ruleSet, int rank, List<String> tiers, Instant now) {
        return Stream.of(Optional.ofNullable(holding.standing()), Optional.ofNullable(holding.told()))
                .flatMap(Optional::stream)
                .anyMatch(award -> award.ruleSetId() != ruleSet.id()
                        && award.suspendedAt() == null
                        && !award.isOver(now)
                        && rank <= award.rankAmong(tiers));
    }

    /** What was chosen, among the levels that the badge has by now: nobody gives another one for it. */
    private static int level(Rule rule, @Nullable String name, @Nullable Integer level) {
        if (name == null) {
            return Math.min(Objects.requireNonNullElse(level, Grant.LOWEST), levels(rule));
        }
        int place = Award.Level.names(rule).indexOf(name) + 1;
        if (place == 0) {
            throw new LevelGoneException(name);
        }
        return place;
    }

    private static int levels(Rule rule) {
        return rule instanceof Rule.Levels levels ? levels.levels().size() : Grant.LOWEST;
    }

    private void keep(TenantId tenant, RuleSet ruleSet, Award award, Grant grant, long byPerson, Instant now) {
        if (award.releasedAt() == null) {
            releases.passOn(tenant, ruleSet.id(), List.of(award.id()), Award.Wait.REVIEW, byPerson);
            return;
        }
        awards.findForUpdate(tenant, award.id());
        falls.close(tenant, award.id(), FallRepository.State.KEPT, byPerson, now);
        history.add(tenant, List.of(award.id()), AwardMoment.What.KEPT, byPerson, grant.reason(), now);
        reinstatements.stay(tenant, List.of(award), byPerson, now);
    }
}
