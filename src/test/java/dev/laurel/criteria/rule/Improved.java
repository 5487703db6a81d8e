package dev.laurel.criteria.rule;

import dev.laurel.criteria.rule.Evaluation.Line;
import dev.laurel.criteria.rule.Evaluation.Verdict;
import dev.laurel.gradebook.LineItem;
import dev.laurel.gradebook.Observation;
import java.math.BigDecimal;
import java.util.Map;
import java.util.Set;

/** The latest result is better than the first by so many points. The worked example of docs/rules.md. */
record Improved(long lineItemId, BigDecimal by, Terms terms) implements Rule.Leaf {

    static final String TYPE = "improved";

    static Improved read(RuleFields.Reader fields) {
        return new Improved(fields.whole("lineItem"), fields.number("by"), fields.terms());
    }

    @Override
    public void write(RuleFields.Writer fields) {
        fields.text("type", TYPE).whole("lineItem", lineItemId).number("by", by).terms(terms);
    }

    @Override
    public Set<Long> lineItemIds() {
        return Set.of(lineItemId);
    }

    @Override
    public Rule onto(Map<Long, Long> columns) {
        return new Improved(Rule.onto(lineItemId, columns), by, terms);
    }

    @Override
    public boolean needsHistory() {
        return true;
    }

    @Override
    public Line line(Facts learner) {
        LineItem item = learner.course().item(lineItemId);
        Finding latest = Finding.of(learner, lineItemId, Period.ALWAYS, terms);
        LineBuilder line = LineBuilder.of(TYPE, lineItemId, item)
                .asks(by, Evaluation.Unit.POINTS)
                .from(latest.seen());
        if (latest.verdict() != null) {
            return line.is(latest.verdict(), latest.reason());
        }
        Finding first = Finding.of(learner, lineItemId, Score.Take.FIRST, Rule.Unit.POINTS, Period.ALWAYS, terms);
        Observation before = first.seen();
        Observation now = latest.seen();
        if (before == null || now == null || before.score() == null || now.score() == null) {
            return line.is(Verdict.UNDECIDED, Finding.withoutPoints(now));
        }
        BigDecimal better = now.score().subtract(before.score());
        line.inPoints(by).reached(better).missing(by.subtract(better));
        return line.is(better.compareTo(by) >= 0 ? Verdict.MET : Verdict.NOT_MET);
    }

    @Override
    public void check(CourseFacts course, String place) {
        Checks.column(course, lineItemId, place + "/lineItem", LineItem.Kind.SCORE);
        Checks.positive(by, place + "/by");
        Checks.nothingToRound(terms, place);
    }

    @Override
    public String phrase(Words words, CourseFacts course) {
        String phrase = words.word("improved", words.amount(by, Rule.Unit.POINTS), words.column(course, lineItemId));
        return words.under(phrase, terms);
    }
}
