package dev.laurel.criteria.rule;

import dev.laurel.criteria.rule.Evaluation.Line;
import dev.laurel.gradebook.LineItem;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** An instructor confirmed it. */
public record Confirmation(long lineItemId, Period period, Terms terms) implements Rule.Leaf {

    static final String TYPE = "confirmation";

    static Confirmation read(RuleFields.Reader fields) {
        return new Confirmation(fields.whole("lineItem"), fields.period(), fields.terms());
    }

    @Override
    public void write(RuleFields.Writer fields) {
        fields.text("type", TYPE).whole("lineItem", lineItemId).period(period).terms(terms);
    }

    @Override
    public Set<Long> lineItemIds() {
        return Set.of(lineItemId);
    }

    @Override
    public Rule onto(Map<Long, Long> columns) {
        return new Confirmation(Rule.onto(lineItemId, columns), period, terms);
    }

    @Override
    public boolean needsHistory() {
        return !period.isAlways();
    }

    @Override
    public Line line(Facts learner) {
        return Done.line(TYPE, learner, lineItemId, period, terms);
    }

    @Override
    public void check(CourseFacts course, String place) {
        Checks.column(course, lineItemId, place + "/lineItem", LineItem.Kind.CONFIRMATION);
        Checks.period(period, place);
        Done.check(terms, place);
    }

    @Override
    public List<Rule.Warning> warnings(CourseFacts course) {
        return Checks.column(course, lineItemId);
    }

    @Override
    public String phrase(Words words, CourseFacts course) {
        return words.under(words.within(words.word("confirmation", words.column(course, lineItemId)), period), terms);
    }
}
