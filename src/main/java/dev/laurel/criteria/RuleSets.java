package dev.laurel.criteria;

import dev.laurel.platform.tenant.TenantId;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import org.springframework.stereotype.Component;

/** Rule sets, their evaluation and what came of it. */
@Component
public class RuleSets {

    /**
     * A new draft.
     *
     * @throws BadRuleException where the rule names a column that is not of this course, is written by Laurel, or asks for
     *     more than is possible
     */
    public RuleSet create(
            TenantId tenant, long contextId, long achievementId, int achievementVersion, Rule rule, long byPerson) {
        throw new UnsupportedOperationException();
    }

    /** A new version of the rule; evaluations start over, awards stay. */
    public RuleSet edit(TenantId tenant, long ruleSetId, int achievementVersion, Rule rule, long byPerson) {
        throw new UnsupportedOperationException();
    }

    /** From now on every learner of the course is evaluated, those who meet the rule already included. */
    public void activate(TenantId tenant, long ruleSetId, long byPerson) {
        throw new UnsupportedOperationException();
    }

    public void pause(TenantId tenant, long ruleSetId, long byPerson) {
        throw new UnsupportedOperationException();
    }

    public Optional<RuleSet> find(TenantId tenant, long ruleSetId) {
        throw new UnsupportedOperationException();
    }

    /** Every rule set of the course, drafts included, newest last. */
    public List<RuleSet> ofContext(TenantId tenant, long contextId) {
        throw new UnsupportedOperationException();
    }

    /** What a rule would say now of every learner of the course who can earn; nothing is stored. */
    public List<PersonEvaluation> preview(TenantId tenant, long contextId, Rule rule) {
        throw new UnsupportedOperationException();
    }

    /** The stored evaluations of a rule set. */
    public List<PersonEvaluation> evaluations(TenantId tenant, long ruleSetId) {
        throw new UnsupportedOperationException();
    }

    /**
     * The state of one learner under every active rule set of a course. Where nothing was stored yet it is computed, so a
     * learner always sees what is missing.
     */
    public List<PersonEvaluation> ofLearner(TenantId tenant, long contextId, long personId) {
        throw new UnsupportedOperationException();
    }

    /** The rule in one plain English sentence, with the labels of its columns. */
    public String sentence(TenantId tenant, long contextId, Rule rule) {
        throw new UnsupportedOperationException();
    }

    /** What {@code award} knows of held badges, written in its transaction. */
    public void recordHeld(TenantId tenant, Collection<HeldAchievement> held) {
        throw new UnsupportedOperationException();
    }
}
