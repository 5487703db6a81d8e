package dev.laurel.award.grant;

import dev.laurel.award.Award;
import dev.laurel.award.AwardNotFoundException;
import dev.laurel.award.Reason;
import dev.laurel.award.decision.Predecessors;
import dev.laurel.award.fall.Revocations;
import dev.laurel.award.human.HumanDecision;
import dev.laurel.award.human.HumanDecisions;
import dev.laurel.award.ledger.AwardRepository;
import dev.laurel.award.policy.SecondLook;
import dev.laurel.award.question.Questions;
import dev.laurel.award.question.UnansweredException;
import dev.laurel.context.Contexts;
import dev.laurel.criteria.RuleSet;
import dev.laurel.criteria.RuleSets;
import dev.laurel.criteria.Verdicts;
import dev.laurel.criteria.rule.Rule;
import dev.laurel.platform.tenant.TenantId;
import java.time.Clock;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
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

    private final AwardsByHand byHand;

    private final Revocations revocations;

    private final Predecessors predecessors;

    private final Questions questions;

    private final RuleSets ruleSets;

    private final Verdicts verdicts;

    private final SecondLook secondLook;

    private final Contexts contexts;

    private final Clock clock;

    Grants(
            HumanDecisions humanDecisions,
            AwardRepository awards,
            AwardsByHand byHand,
            Revocations revocations,
            Predecessors predecessors,
            Questions questions,
            RuleSets ruleSets,
            Verdicts verdicts,
            SecondLook secondLook,
            Contexts contexts,
            Clock clock) {
        this.humanDecisions = humanDecisions;
        this.awards = awards;
        this.byHand = byHand;
        this.revocations = revocations;
        this.predecessors = predecessors;
        this.questions = questions;
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
        byHand.requireGivable(tenant, ruleSet, personId, grant, now);
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
            byHand.give(tenant, ruleSet, personId, grant, byPerson, now);
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
        byHand.give(
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
}
