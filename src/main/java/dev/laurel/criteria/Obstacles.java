package dev.laurel.criteria;

import dev.laurel.criteria.rule.CourseFacts;
import dev.laurel.criteria.rule.CourseTotal;
import dev.laurel.platform.tenant.TenantId;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import org.springframework.stereotype.Component;

/** What keeps rule sets from being set going, by a person or by themselves, although their rules are good ones. */
@Component
class Obstacles {

    private final LearnerEvaluator evaluator;

    private final ColumnHealth columns;

    private final AudienceHealth audiences;

    private final LastDays lastDays;

    Obstacles(LearnerEvaluator evaluator, ColumnHealth columns, AudienceHealth audiences, LastDays lastDays) {
        this.evaluator = evaluator;
        this.columns = columns;
        this.audiences = audiences;
        this.lastDays = lastDays;
    }

    /** Of these of one course, by the number of the rule set, the key of a message that says why; others are left out. */
    Map<Long, String> of(TenantId tenant, long contextId, Collection<RuleSet> ruleSets) {
        Map<Long, String> obstacles = new LinkedHashMap<>();
        if (ruleSets.isEmpty()) {
            return obstacles;
        }
        CourseFacts facts = evaluator.facts(
                tenant, contextId, ruleSets.stream().map(RuleSet::rule).toList());
        Set<Long> unreadable = columns.unreadable(tenant, contextId, ruleSets, facts);
        Set<Long> over = lastDays.over(tenant, contextId, ruleSets);
        for (RuleSet ruleSet : ruleSets) {
            if (unreadable.contains(ruleSet.id())) {
                obstacles.put(ruleSet.id(), "rule.bad.unreadable-column");
            } else if (asksForNoLetter(ruleSet, facts)) {
                obstacles.put(ruleSet.id(), "rule.bad.letter");
            } else if (audiences.isForeign(tenant, contextId, ruleSet.rule())) {
                obstacles.put(ruleSet.id(), "rule.bad.no-such-group");
            } else if (over.contains(ruleSet.id())) {
                obstacles.put(ruleSet.id(), "rule.bad.over");
            }
        }
        return obstacles;
    }

    private static boolean asksForNoLetter(RuleSet ruleSet, CourseFacts facts) {
        return ruleSet.rule()
                .leaves()
                .anyMatch(leaf -> leaf instanceof CourseTotal total
                        && total.letter() != null
                        && (facts.scheme() == null
                                || facts.scheme().place(total.letter()).isEmpty()));
    }
}
