package dev.laurel.dashboard.awarding;

import dev.laurel.award.Award;
import dev.laurel.award.AwardMoment;
import dev.laurel.award.Awards;
import dev.laurel.award.decision.Samples;
import dev.laurel.award.fall.Fall;
import dev.laurel.award.fall.Falls;
import dev.laurel.award.fall.LostBadges;
import dev.laurel.award.human.HumanDecision;
import dev.laurel.award.human.HumanDecisions;
import dev.laurel.award.policy.AwardPolicy.OnFall;
import dev.laurel.award.question.Question;
import dev.laurel.award.question.Questions;
import dev.laurel.dashboard.Names;
import dev.laurel.dashboard.explain.DecisionFacts;
import dev.laurel.launch.session.SignedIn;
import dev.laurel.platform.tenant.TenantId;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/** What a student is told about a badge besides her results: what fell, what a person decided, and what she was answered. */
@Component
public class MyCase {

    private final Awards awards;

    private final Falls falls;

    private final LostBadges lostBadges;

    private final Questions questions;

    private final HumanDecisions humanDecisions;

    private final Names names;

    private final DecisionFacts facts;

    private final Samples samples;

    MyCase(
            Awards awards,
            Falls falls,
            LostBadges lostBadges,
            Questions questions,
            HumanDecisions humanDecisions,
            Names names,
            DecisionFacts facts,
            Samples samples) {
        this.awards = awards;
        this.falls = falls;
        this.lostBadges = lostBadges;
        this.questions = questions;
        this.humanDecisions = humanDecisions;
        this.names = names;
        this.facts = facts;
        this.samples = samples;
    }

    /**
     * @param fall only where something follows from it
     * @param lostBadges those by their names that are not held any more, where it fell for want of them
     * @param reason why it was taken back or is withheld
     * @param given where a person gave it
     */
    public record View(
            @Nullable Fall fall,
            List<String> lostBadges,
            @Nullable Question question,
            @Nullable String reason,
            @Nullable Given given) {}

    /** @param by whose decision it was; {@code null} where that was ended since, so that nobody answers for it any more */
    public record Given(@Nullable String by, String reason) {}

    /**
     * What is shown to the holder herself: from now on she was told what fell, and has read what she was answered. Not where
     * somebody acts as her, or may do so in a test copy.
     */
    public View shown(SignedIn me, Award award) {
        if (isHerself(me, award.personId()) && samples.isOpenTo(me, award)) {
            falls.told(me.tenant(), List.of(award.id()));
            readAnswers(me, award.ruleSetId());
        }
        return of(me.tenant(), award);
    }

    public View of(TenantId tenant, Award award) {
        Fall fall = falls.ofAward(tenant, award.id())
                .filter(each -> each.follows() != OnFall.KEEP)
                .orElse(null);
        String reason = award.revokedAt() == null
                ? null
                : awards.history(tenant, award.id()).stream()
                        .filter(moment -> moment.what() == AwardMoment.What.REVOKED)
                        .map(AwardMoment::reason)
                        .reduce((earlier, later) -> later)
                        .orElse(null);
        return new View(
                fall,
                fall == null ? List.of() : lostBadges.of(tenant, award),
                questions.latest(tenant, award.ruleSetId(), award.personId()).orElse(null),
                reason,
                given(tenant, award));
    }

    private @Nullable Given given(TenantId tenant, Award award) {
        return facts.byHand(tenant, award.id())
                .map(DecisionFacts.ByHand::reason)
                .map(reason -> new Given(by(tenant, award, reason), reason))
                .orElse(null);
    }

    private @Nullable String by(TenantId tenant, Award award, String reason) {
        return humanDecisions
                .find(tenant, award.ruleSetId(), award.personId())
                .filter(decision -> decision.kind() == HumanDecision.Kind.GRANTED
                        && decision.reason().equals(reason))
                .map(decision -> names.of(tenant, decision.byPerson()))
                .orElse(null);
    }

    /** As {@link #shown(SignedIn, Award)}, where there is no award. */
    public View shown(SignedIn me, long ruleSetId) {
        readAnswers(me, ruleSetId);
        return of(me.tenant(), ruleSetId, me.personId());
    }

    /** A mailed link shows no answers. */
    private void readAnswers(SignedIn me, long ruleSetId) {
        if (!me.isByMail() && !me.acting().isReadOnly()) {
            questions.read(me.tenant(), List.of(ruleSetId), me.personId());
        }
    }

    private static boolean isHerself(SignedIn me, long personId) {
        return me.personId() == personId && !me.acting().isReadOnly();
    }

    /** Where there is no award. */
    public View of(TenantId tenant, long ruleSetId, long personId) {
        return new View(
                null,
                List.of(),
                questions.latest(tenant, ruleSetId, personId).orElse(null),
                humanDecisions
                        .find(tenant, ruleSetId, personId)
                        .filter(decision -> decision.kind() == HumanDecision.Kind.WITHHELD)
                        .map(HumanDecision::reason)
                        .orElse(null),
                null);
    }
}
