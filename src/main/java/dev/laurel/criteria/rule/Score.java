package dev.laurel.criteria.rule;

import dev.laurel.criteria.rule.Evaluation.Line;
import dev.laurel.criteria.rule.Evaluation.Verdict;
import dev.laurel.gradebook.LineItem;
import dev.laurel.gradebook.Observation;
import java.math.BigDecimal;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The score on one line item reaches a threshold.
 *
 * @param threshold more than 0, at most six decimals
 * @param take which of several results counts, as far as Laurel saw them
 * @param period when the result must have come about
 */
public record Score(long lineItemId, BigDecimal threshold, Unit unit, Take take, Period period, Terms terms)
        implements Rule.Leaf {

    static final String TYPE = "score";

    /** Which of several results counts. */
    public enum Take {
        LATEST,
        BEST,
        FIRST
    }

    /** The latest result, whenever it came about, under the usual terms. */
    public static Score atLeast(long lineItemId, BigDecimal threshold, Unit unit) {
        return new Score(lineItemId, threshold, unit, Take.LATEST, Period.ALWAYS, Terms.STANDARD);
    }

    /**
     * Whether nothing but the column and the threshold needs saying: the latest result, under the usual terms. A rule of the
     * first version is not plain: written anew without its terms, being excused would mean something else.
     */
    public boolean isPlain() {
        return take == Take.LATEST && period.isAlways() && terms.equals(Terms.STANDARD);
    }

    static Score read(RuleFields.Reader fields) {
        return new Score(
                fields.whole("lineItem"),
                fields.number("atLeast"),
                fields.unit(),
                fields.choice("take", Take.values(), Take.LATEST),
                fields.period(),
                fields.terms());
    }

    static Score readVersion1(RuleFields.Reader fields) {
        return new Score(
                fields.whole("lineItem"),
                fields.number("atLeast"),
                fields.unit(),
                Take.LATEST,
                Period.ALWAYS,
                Terms.VERSION_1);
    }

    @Override
    public void write(RuleFields.Writer fields) {
        fields.text("type", TYPE)
                .whole("lineItem", lineItemId)
                .number("atLeast", threshold)
                .unit(unit)
                .choice("take", take, Take.LATEST)
                .period(period)
                .terms(terms);
    }

    @Override
    public Set<Long> lineItemIds() {
        return Set.of(lineItemId);
    }

    @Override
    public Rule onto(Map<Long, Long> columns) {
        return new Score(Rule.onto(lineItemId, columns), threshold, unit, take, period, terms);
    }

    @Override
    public boolean needsHistory() {
        return take != Take.LATEST || !period.isAlways();
    }

    @Override
    public Line line(Facts learner) {
        LineItem item = learner.course().item(lineItemId);
        Finding found = Finding.of(learner, lineItemId, take, unit, period, terms);
        return line(TYPE, lineItemId, item, found, threshold, unit, terms);
    }

    /** The comparison of one result with a threshold, which other leaves make too. */
    static Line line(
            String type,
            long lineItemId,
            @Nullable LineItem item,
            Finding found,
            BigDecimal threshold,
            Unit unit,
            Terms terms) {
        Observation seen = found.seen();
        BigDecimal ofColumn = item == null ? null : item.scoreMaximum();
        BigDecimal maximum = seen == null ? ofColumn : Numbers.maximum(seen, ofColumn);
        BigDecimal points = points(threshold, unit, maximum);
        LineBuilder line = LineBuilder.of(type, lineItemId, item)
                .asks(threshold, unit == Unit.PERCENT ? Evaluation.Unit.PERCENT : Evaluation.Unit.POINTS)
                .outOf(maximum)
                .inPoints(points)
                .from(seen);
        if (found.verdict() != null) {
            return line.lastRead(found).is(found.verdict(), found.reason());
        }
        BigDecimal score = seen == null ? null : seen.score();
        if (seen == null || score == null) {
            return line.shownAs(seen == null ? null : seen.grade()).is(Verdict.UNDECIDED, Finding.withoutPoints(seen));
        }
        if (points == null) {
            return line.is(Verdict.UNDECIDED, "no-maximum");
        }
        BigDecimal missing = needed(threshold, unit, maximum, terms).subtract(score);
        line.reached(score)
                .countedAs(Numbers.rounded(score, unit, maximum, terms.decimals()))
                .shownAs(seen.grade())
                .missing(missing);
        if (missing.signum() <= 0) {
            return line.is(Verdict.MET);
        }
        return line.is(found.mayBeBetter() ? Verdict.UNDECIDED : Verdict.NOT_MET, found.reason());
    }

    private static @Nullable BigDecimal points(BigDecimal threshold, Unit unit, @Nullable BigDecimal maximum) {
        if (unit == Unit.POINTS) {
            return threshold;
        }
        return maximum == null || maximum.signum() <= 0 ? null : Numbers.ofHundred(threshold, maximum);
    }

    /** The least score that is enough, in points. */
    private static BigDecimal needed(BigDecimal threshold, Unit unit, @Nullable BigDecimal maximum, Terms terms) {
        BigDecimal rounded = Numbers.roundedTo(threshold, terms.decimals());
        return unit == Unit.POINTS || maximum == null ? rounded : Numbers.ofHundred(rounded, maximum);
    }

    @Override
    public void check(CourseFacts course, String place) {
        LineItem item =
                Checks.column(course, lineItemId, place + "/lineItem", LineItem.Kind.SCORE, LineItem.Kind.SUBTOTAL);
        Checks.threshold(item, threshold, unit, place + "/atLeast");
        Checks.period(period, place);
        Checks.terms(terms, threshold, place);
    }

    @Override
    public List<Rule.Warning> warnings(CourseFacts course) {
        return Checks.column(course, lineItemId, threshold, unit);
    }

    /** Whether the other asks for the same of another column, so that one sentence can say both. */
    boolean asksTheSame(Rule other) {
        return other instanceof Score score
                && score.unit == unit
                && score.threshold.compareTo(threshold) == 0
                && score.take == take
                && score.period.equals(period)
                && score.terms.equals(terms);
    }

    @Override
    public String phrase(Words words, CourseFacts course) {
        return phrase(words, words.column(course, lineItemId));
    }

    String phrase(Words words, String where) {
        String key = switch (take) {
            case LATEST -> "score";
            case BEST -> "score.best";
            case FIRST -> "score.first";
        };
        return words.under(words.within(words.word(key, words.amount(threshold, unit), where), period), terms);
    }
}
