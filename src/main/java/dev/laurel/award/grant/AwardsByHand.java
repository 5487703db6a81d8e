package dev.laurel.award.grant;

import dev.laurel.achievement.AchievementVersion;
import dev.laurel.achievement.Validity;
import dev.laurel.award.Award;
import dev.laurel.award.AwardMoment;
import dev.laurel.award.decision.DecisionRecord;
import dev.laurel.award.decision.Samples;
import dev.laurel.award.decision.Spans;
import dev.laurel.award.fall.FallRepository;
import dev.laurel.award.ledger.AwardHistory;
import dev.laurel.award.ledger.AwardRepository;
import dev.laurel.award.ledger.DecisionRecordRepository;
import dev.laurel.award.ledger.Holding;
import dev.laurel.award.policy.AwardPolicies;
import dev.laurel.award.policy.AwardPolicy;
import dev.laurel.award.release.Reinstatements;
import dev.laurel.award.release.Releases;
import dev.laurel.criteria.RuleSet;
import dev.laurel.platform.road.Reference;
import dev.laurel.platform.tenant.TenantId;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/** Awards that a person gives, whatever the rule says: made where there is none, kept where there is one. */
@Component
class AwardsByHand {

    private final AwardRepository awards;

    private final AwardHistory history;

    private final Releases releases;

    private final Reinstatements reinstatements;

    private final FallRepository falls;

    private final AwardPolicies policies;

    private final DecisionRecord record;

    private final Samples samples;

    private final Spans spans;

    private final DecisionRecordRepository records;

    AwardsByHand(
            AwardRepository awards,
            AwardHistory history,
            Releases releases,
            Reinstatements reinstatements,
            FallRepository falls,
            AwardPolicies policies,
            DecisionRecord record,
            Samples samples,
            Spans spans,
            DecisionRecordRepository records) {
        this.awards = awards;
        this.history = history;
        this.releases = releases;
        this.reinstatements = reinstatements;
        this.falls = falls;
        this.policies = policies;
        this.record = record;
        this.samples = samples;
        this.spans = spans;
        this.records = records;
    }

    /**
     * @throws HeldElsewhereException as for {@link Grants#give}
     * @throws NoLongerGivenException as for {@link Grants#give}
     */
    void requireGivable(TenantId tenant, RuleSet ruleSet, long personId, Grant grant, Instant now) {
        before(tenant, ruleSet, personId, Award.Level.of(ruleSet.rule(), grant.level()), now);
    }

    /**
     * Gives it, or keeps what she has of it.
     *
     * @throws HeldElsewhereException as for {@link Grants#give}
     * @throws NoLongerGivenException as for {@link Grants#give}
     */
    void give(TenantId tenant, RuleSet ruleSet, long personId, Grant grant, long byPerson, Instant now) {
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

    private void keep(TenantId tenant, RuleSet ruleSet, Award award, Grant grant, long byPerson, Instant now) {
        if (award.releasedAt() == null) {
            releases.passOn(tenant, ruleSet.id(), List.of(award.id()), Award.Wait.REVIEW, byPerson);
            return;
        }
        // The award before its falls, as everywhere.
        awards.findForUpdate(tenant, award.id());
        falls.close(tenant, award.id(), FallRepository.State.KEPT, byPerson, now);
        history.add(tenant, List.of(award.id()), AwardMoment.What.KEPT, byPerson, grant.reason(), now);
        reinstatements.stay(tenant, List.of(award), byPerson, now);
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
     * @throws HeldElsewhereException as for {@link Grants#give}
     * @throws NoLongerGivenException as for {@link Grants#give}
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
}
