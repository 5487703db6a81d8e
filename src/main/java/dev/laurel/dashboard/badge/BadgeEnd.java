package dev.laurel.dashboard.badge;

import dev.laurel.achievement.Achievements;
import dev.laurel.award.Awards;
import dev.laurel.award.human.HumanDecisions;
import dev.laurel.award.policy.AwardPolicies;
import dev.laurel.context.CourseContext;
import dev.laurel.criteria.BadgeEndings;
import dev.laurel.criteria.RuleSet;
import dev.laurel.criteria.RuleSets;
import dev.laurel.launch.confirm.Act;
import dev.laurel.platform.tenant.TenantId;
import dev.laurel.platform.wording.Wording;
import dev.laurel.publication.Passback;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Transactional;

/** What can be done to end a badge of a course. */
@Component
class BadgeEnd {

    private final RuleSets ruleSets;

    private final BadgeEndings endings;

    private final Achievements achievements;

    private final Awards awards;

    private final HumanDecisions humanDecisions;

    private final AwardPolicies policies;

    private final Passback passback;

    private final Wording wording;

    BadgeEnd(
            RuleSets ruleSets,
            BadgeEndings endings,
            Achievements achievements,
            Awards awards,
            HumanDecisions humanDecisions,
            AwardPolicies policies,
            Passback passback,
            Wording wording) {
        this.ruleSets = ruleSets;
        this.endings = endings;
        this.achievements = achievements;
        this.awards = awards;
        this.humanDecisions = humanDecisions;
        this.policies = policies;
        this.passback = passback;
        this.wording = wording;
    }

    /**
     * @param deletion {@code null} where it cannot be deleted
     * @param asking how many badges ask for this one, which no other course gives
     */
    record View(@Nullable Act deletion, int asking) {}

    View of(CourseContext course, RuleSet ruleSet) {
        TenantId tenant = course.tenant();
        return new View(
                endings.mayBeDeleted(tenant, ruleSet) && isUntouched(tenant, ruleSet) ? deletion(ruleSet) : null,
                endings.asking(tenant, ruleSet));
    }

    /** The draft with its badge, where nothing else is made of that; false where that cannot be any more. */
    @Transactional
    boolean delete(CourseContext course, RuleSet draft) {
        TenantId tenant = course.tenant();
        // Whoever gives the badge by hand waits for this, and finds it gone.
        ruleSets.lock(tenant, draft.id());
        if (!isUntouched(tenant, draft) || !endings.delete(tenant, draft.id())) {
            return false;
        }
        policies.forget(tenant, draft.id());
        passback.forget(tenant, draft.id());
        if (!endings.isBound(tenant, draft.achievementId())) {
            achievements.discard(tenant, draft.achievementId());
        }
        return true;
    }

    /** Somebody may have given the badge of a draft by hand. */
    private boolean isUntouched(TenantId tenant, RuleSet ruleSet) {
        return awards.ofRuleSet(tenant, ruleSet.id()).isEmpty()
                && humanDecisions.ofRuleSet(tenant, ruleSet.id()).isEmpty();
    }

    private Act deletion(RuleSet draft) {
        return new Act(
                "/badges/" + draft.id() + "/deletion/" + draft.version(),
                wording.say("end.delete"),
                wording.say("end.delete.what"),
                wording.say("end.delete.button"),
                "/course");
    }
}
