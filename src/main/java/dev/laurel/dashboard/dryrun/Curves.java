package dev.laurel.dashboard.dryrun;

import dev.laurel.award.decision.Outlooks;
import dev.laurel.award.decision.Outlooks.Outlook;
import dev.laurel.context.CourseContext;
import dev.laurel.criteria.PersonEvaluation;
import dev.laurel.criteria.RuleSet;
import dev.laurel.criteria.Verdicts;
import dev.laurel.criteria.rule.Rule;
import java.math.BigDecimal;
import java.util.List;
import org.springframework.stereotype.Component;

/** Tries a rule with other thresholds on the gradebook as it is; what is looked at is read once for all of them. */
@Component
class Curves {

    private final Thresholds thresholds;

    private final Verdicts verdicts;

    private final Outlooks outlooks;

    Curves(Thresholds thresholds, Verdicts verdicts, Outlooks outlooks) {
        this.thresholds = thresholds;
        this.verdicts = verdicts;
        this.outlooks = outlooks;
    }

    Curve of(CourseContext course, RuleSet ruleSet, Threshold threshold, BigDecimal asked) {
        List<BigDecimal> looked = Curve.thresholds(threshold, asked);
        List<Rule> rules = looked.stream()
                .map(each -> thresholds.with(ruleSet.rule(), threshold, each))
                .toList();
        List<List<PersonEvaluation>> learners = verdicts.previews(course.tenant(), course.id(), rules);
        List<Integer> heads = outlooks.of(course.tenant(), ruleSet, rules, learners).stream()
                .map(Outlook::heads)
                .toList();
        return Curve.of(threshold, asked, looked, heads, learners.get(0).size());
    }
}
