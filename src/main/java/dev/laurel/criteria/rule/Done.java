package dev.laurel.criteria.rule;

import dev.laurel.criteria.rule.Evaluation.Line;
import dev.laurel.criteria.rule.Evaluation.Unit;
import dev.laurel.criteria.rule.Evaluation.Verdict;
import dev.laurel.gradebook.LineItem;
import dev.laurel.gradebook.Observation;
import java.math.BigDecimal;

/** What is either done or not: graded with everything there is, or with less. */
final class Done {

    private Done() {}

    static Line line(String type, Facts learner, long lineItemId, Period period, Terms terms) {
        LineItem item = learner.course().item(lineItemId);
        Finding found = Finding.of(learner, lineItemId, Score.Take.LATEST, period, terms);
        Observation seen = found.seen();
        LineBuilder line = LineBuilder.of(type, lineItemId, item)
                .asks(BigDecimal.ONE, Unit.DONE)
                .from(seen);
        if (found.verdict() != null || seen == null || seen.score() == null) {
            return line.is(found.verdict() == null ? Verdict.UNDECIDED : found.verdict(), found.reason());
        }
        BigDecimal whole = Numbers.maximum(seen, item == null ? null : item.scoreMaximum());
        boolean done = seen.score().compareTo(whole == null ? BigDecimal.ONE : whole) >= 0;
        return line.outOf(whole).reached(seen.score()).is(done ? Verdict.MET : Verdict.NOT_MET);
    }

    /** There is nothing to round. */
    static void check(Terms terms, String place) {
        if (terms.decimals() != null) {
            throw new BadRuleException(place + "/decimals", "rule.bad.decimals");
        }
    }
}
