package dev.laurel.criteria.rule;

import dev.laurel.criteria.rule.Evaluation.Line;
import dev.laurel.criteria.rule.Evaluation.Verdict;
import dev.laurel.gradebook.LineItem;
import dev.laurel.gradebook.Observation;
import java.math.BigDecimal;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;

/** Something is done: graded with everything there is, and not with less. */
public record Done(What what, long lineItemId, Period period, Terms terms) implements Rule.Leaf {

    public enum What {
        /** An activity, a module or the course is complete. */
        COMPLETION(LineItem.Kind.COMPLETION),
        /** Work that was handed in to Laurel was accepted by an assessor. */
        EVIDENCE(LineItem.Kind.EVIDENCE),
        /** Staff confirmed it. */
        CONFIRMATION(LineItem.Kind.CONFIRMATION);

        private final LineItem.Kind kind;

        What(LineItem.Kind kind) {
            this.kind = kind;
        }

        /** As the JSON form has it. */
        String type() {
            return name().toLowerCase(Locale.ROOT);
        }

        Done read(RuleFields.Reader fields) {
            return new Done(this, fields.whole("lineItem"), fields.period(), fields.terms());
        }
    }

    @Override
    public void write(RuleFields.Writer fields) {
        fields.text("type", what.type())
                .whole("lineItem", lineItemId)
                .period(period)
                .terms(terms);
    }

    @Override
    public Set<Long> lineItemIds() {
        return Set.of(lineItemId);
    }

    @Override
    public Rule onto(Map<Long, Long> columns) {
        return new Done(what, Rule.onto(lineItemId, columns), period, terms);
    }

    @Override
    public boolean needsHistory() {
        return !period.isAlways();
    }

    @Override
    public boolean needsAttempts() {
        // Nobody completes, confirms or accepts by attempts.
        return false;
    }

    @Override
    public Line line(Facts learner) {
        return line(what.type(), learner, lineItemId, period, terms);
    }

    /** What other leaves make of each of several things, too. */
    static Line line(String type, Facts learner, long lineItemId, Period period, Terms terms) {
        LineItem item = learner.course().item(lineItemId);
        Finding found = Finding.of(learner, lineItemId, period, terms);
        Observation seen = found.seen();
        LineBuilder line = LineBuilder.of(type, lineItemId, item)
                .asks(BigDecimal.ONE, Evaluation.Unit.DONE)
                .from(seen);
        if (found.verdict() != null) {
            return line.is(found.verdict(), found.reason());
        }
        if (seen == null || seen.score() == null) {
            return line.is(Verdict.UNDECIDED, Finding.withoutPoints(seen));
        }
        BigDecimal whole = Numbers.maximum(seen, item == null ? null : item.scoreMaximum());
        // Out of nothing is out of one: otherwise whoever did nothing would be done.
        BigDecimal enough = whole != null && whole.signum() > 0 ? whole : BigDecimal.ONE;
        boolean done = seen.score().compareTo(enough) >= 0;
        return line.outOf(whole).reached(seen.score()).is(done ? Verdict.MET : Verdict.NOT_MET);
    }

    @Override
    public void check(CourseFacts course, String place) {
        Checks.column(course, lineItemId, place + "/lineItem", what.kind);
        Checks.period(period, place);
        Checks.nothingToRound(terms, place);
    }

    @Override
    public List<Rule.Warning> warnings(CourseFacts course) {
        return Checks.column(course, lineItemId);
    }

    @Override
    public String phrase(Words words, CourseFacts course) {
        String column = words.column(course, lineItemId);
        String phrase = switch (what) {
            case COMPLETION -> words.word("completion", column);
            case EVIDENCE -> words.word("evidence", column);
            case CONFIRMATION -> words.word("confirmation", column);
        };
        return words.under(words.within(phrase, period), terms);
    }
}
