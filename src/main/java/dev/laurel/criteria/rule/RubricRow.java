package dev.laurel.criteria.rule;

import dev.laurel.criteria.rule.Evaluation.Line;
import dev.laurel.gradebook.LineItem;
import java.math.BigDecimal;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * A row of a rubric reaches a level.
 *
 * @param level points of the row
 */
public record RubricRow(long lineItemId, BigDecimal level, Terms terms) implements Rule.Leaf {

    static final String TYPE = "rubricRow";

    static RubricRow read(RuleFields.Reader fields) {
        return new RubricRow(fields.whole("lineItem"), fields.number("atLeast"), fields.terms());
    }

    @Override
    public void write(RuleFields.Writer fields) {
        fields.text("type", TYPE)
                .whole("lineItem", lineItemId)
                .number("atLeast", level)
                .terms(terms);
    }

    @Override
    public Set<Long> lineItemIds() {
        return Set.of(lineItemId);
    }

    @Override
    public Rule onto(Map<Long, Long> columns) {
        return new RubricRow(Rule.onto(lineItemId, columns), level, terms);
    }

    @Override
    public Line line(Facts learner) {
        LineItem item = learner.course().item(lineItemId);
        Finding found = Finding.of(learner, lineItemId, Period.ALWAYS, terms);
        return Score.line(TYPE, lineItemId, item, found, level, Unit.POINTS, terms);
    }

    @Override
    public void check(CourseFacts course, String place) {
        LineItem item = Checks.column(course, lineItemId, place + "/lineItem", LineItem.Kind.RUBRIC_ROW);
        Checks.threshold(level, Unit.POINTS, item.scoreMaximum(), place + "/atLeast");
        Checks.terms(terms, level, place);
    }

    @Override
    public List<Rule.Warning> warnings(CourseFacts course) {
        return Checks.column(course, lineItemId, level, Unit.POINTS);
    }

    @Override
    public String phrase(Words words, CourseFacts course) {
        return words.under(
                words.word("rubric-row", words.amount(level, Unit.POINTS), words.column(course, lineItemId)), terms);
    }
}
