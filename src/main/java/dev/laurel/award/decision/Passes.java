package dev.laurel.award.decision;

import dev.laurel.award.Award;
import dev.laurel.award.Reason;
import dev.laurel.award.fall.Revocations;
import dev.laurel.award.human.Granted;
import dev.laurel.award.human.HumanDecisions;
import dev.laurel.award.ledger.AwardRepository;
import dev.laurel.award.question.Questions;
import dev.laurel.award.release.Releases;
import dev.laurel.criteria.RuleSet;
import dev.laurel.criteria.RuleSets;
import dev.laurel.criteria.Verdicts;
import dev.laurel.platform.tenant.TenantId;
import java.time.Clock;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.springframework.modulith.NamedInterface;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Transactional;

/**
 * Awards that one check decided together: held by the brake, confirmed, or undone as a whole. Whoever changes awards locks
 * the pass before the badge's rule set, that before the awards, and these before what is known of their fall: whoever
 * evaluates has the rule set first.
 */
@Component
@NamedInterface("decision")
public class Passes {

    private static final int SHOWN = 20;

    private final PassRepository passes;

    private final AwardRepository awards;

    private final Releases releases;

    private final Revocations revocations;

    private final Predecessors predecessors;

    private final Questions questions;

    private final HumanDecisions humanDecisions;

    private final RuleSets ruleSets;

    private final Verdicts verdicts;

    private final Clock clock;

    Passes(
            PassRepository passes,
            AwardRepository awards,
            Releases releases,
            Revocations revocations,
            Predecessors predecessors,
            Questions questions,
            HumanDecisions humanDecisions,
            RuleSets ruleSets,
            Verdicts verdicts,
            Clock clock) {
        this.passes = passes;
        this.awards = awards;
        this.releases = releases;
        this.revocations = revocations;
        this.predecessors = predecessors;
        this.questions = questions;
        this.humanDecisions = humanDecisions;
        this.ruleSets = ruleSets;
        this.verdicts = verdicts;
        this.clock = clock;
    }

    /**
     * @param people who were to be awarded when it was decided; of a held one who still waits, as some may earn it no longer
     * @param held the brake held it; it waits until {@code confirmedAt}
     */
    public record Pass(
            long id,
            long ruleSetId,
            Instant decidedAt,
            int people,
            boolean held,
            @Nullable Instant confirmedAt,
            @Nullable Instant undoneAt) {

        public boolean waits() {
            return held && confirmedAt == null && undoneAt == null && people > 0;
        }
    }

    /** The last ones, newest first; who came alone is not in the list. */
    public List<Pass> ofRuleSet(TenantId tenant, long ruleSetId) {
        return passes.ofRuleSet(tenant, ruleSetId, SHOWN);
    }

    public Optional<Pass> find(TenantId tenant, long ruleSetId, long passId) {
        return passes.find(tenant, ruleSetId, passId);
    }

    /** What it gave and was not taken back. */
    public List<Award> awards(TenantId tenant, long ruleSetId, long passId) {
        return awards.ofPass(tenant, ruleSetId, passId);
    }

    /** So many people are expected; only what goes beyond them can be held. */
    @Transactional
    public void confirmHeadCount(TenantId tenant, long ruleSetId, int people, long byPerson) {
        passes.confirmHeadCount(tenant, ruleSetId, people, byPerson, clock.instant());
    }

    /** Lets a held pass go on as the badge's policy says. Twice does nothing. */
    @Transactional
    public void confirm(TenantId tenant, long ruleSetId, long passId, long byPerson) {
        if (passes.lock(tenant, ruleSetId, passId).filter(Pass::waits).isEmpty()) {
            return;
        }
        ruleSets.lock(tenant, ruleSetId);
        List<Long> held = awards.lockPass(tenant, ruleSetId, passId).stream()
                .filter(award -> award.waitsFor() == Award.Wait.BRAKE)
                .map(Award::id)
                .toList();
        passes.confirm(tenant, passId, held.size(), byPerson, clock.instant());
        releases.passOn(tenant, ruleSetId, held, Award.Wait.BRAKE, null);
    }

    /**
     * What undoing a pass would do.
     *
     * @param people who would lose what it gave them
     * @param back how many of them have the badge that they had before
     * @param asking how many of them say that something is wrong and were not answered yet
     */
    public record Undoing(int people, int back, int asking) {}

    public Undoing undoing(TenantId tenant, long ruleSetId, long passId) {
        Map<Long, Award> had = predecessors.of(tenant, ruleSetId, passId, clock.instant());
        List<Award> taken = withoutGranted(tenant, ruleSetId, awards.ofPass(tenant, ruleSetId, passId), had);
        return new Undoing(
                taken.size(),
                (int) taken.stream()
                        .filter(award -> had.containsKey(award.id()))
                        .count(),
                questions.asking(tenant, ruleSetId, people(taken)).size());
    }

    /**
     * Takes back everything that the pass gave: what was released is revoked, the rest is unmade, and what was not sent
     * yet never is. Whoever had a lower level before, or one that was renewed, has that again. Nobody of it gets the badge,
     * a higher level or a renewal by a check again until a person allows it; who has the badge by a person's word keeps what
     * she was given, and loses what the pass gave beyond it.
     * Whoever of them asks about the badge is answered with the reason. Twice does nothing.
     *
     * @param reason in words that the students may read
     * @return how many lost what it gave
     */
    @Transactional
    public int undo(TenantId tenant, long ruleSetId, long passId, String reason, long byPerson) {
        if (passes.lock(tenant, ruleSetId, passId)
                .filter(pass -> pass.undoneAt() == null)
                .isEmpty()) {
            return 0;
        }
        ruleSets.lock(tenant, ruleSetId);
        Instant now = clock.instant();
        List<Award> given = awards.lockPass(tenant, ruleSetId, passId);
        Map<Long, Award> had = predecessors.of(tenant, ruleSetId, passId, now);
        List<Award> taken = withoutGranted(tenant, ruleSetId, given, had);
        passes.undo(tenant, passId, taken.size(), reason, byPerson, now);
        revocations.takeBackForGood(tenant, ruleSetId, passId, taken, had, reason, byPerson, now);
        questions.answerAll(tenant, ruleSetId, people(taken), reason, byPerson);
        predecessors.bringBack(
                tenant,
                taken.stream()
                        .map(award -> had.get(award.id()))
                        .filter(Objects::nonNull)
                        .toList(),
                reason,
                byPerson,
                now);
        return taken.size();
    }

    /**
     * From now on the rule decides again about everybody from whom only undoing this pass keeps the badge. What was decided
     * about one of them alone, or by undoing another pass, stays. They are checked at once, and what follows goes its usual
     * way.
     *
     * @param reason in words that the students may read
     * @return about how many people a check decides again
     */
    @Transactional
    public int letTheRuleDecide(TenantId tenant, long ruleSetId, long passId, String reason, long byPerson) {
        if (passes.lock(tenant, ruleSetId, passId).isEmpty()) {
            return 0;
        }
        // Whom another pass keeps the badge from is known only while no other one ends.
        RuleSet ruleSet = ruleSets.lock(tenant, ruleSetId);
        Set<Long> people =
                humanDecisions.endPass(tenant, ruleSetId, passId, Reason.require(reason), byPerson, clock.instant());
        if (!people.isEmpty()) {
            verdicts.evaluateAgain(tenant, ruleSet.contextId(), people);
        }
        return people.size();
    }

    private List<Award> withoutGranted(TenantId tenant, long ruleSetId, List<Award> given, Map<Long, Award> had) {
        Granted granted = humanDecisions.granted(tenant, ruleSetId, people(given));
        return given.stream()
                .filter(award -> !granted.has(award.personId()) || granted.isBeyond(award, had.get(award.id())))
                .toList();
    }

    private static List<Long> people(List<Award> awards) {
        return awards.stream().map(Award::personId).toList();
    }
}
