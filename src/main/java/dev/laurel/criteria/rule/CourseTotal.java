package dev.laurel.criteria.rule;

import dev.laurel.criteria.rule.Evaluation.Line;
import dev.laurel.criteria.rule.Evaluation.Verdict;
import dev.laurel.gradebook.GradingScheme;
import dev.laurel.gradebook.LineItem;
import dev.laurel.gradebook.Observation;
import java.math.BigDecimal;
import java.util.List;
import java.util.OptionalInt;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * The course total reaches a percentage or a letter of the course's grading scheme.
 *
 * @param which of what is graded so far, or as the course would end now
 * @param percent {@code null}: a letter is asked for
 * @param letter {@code null}: a percentage is asked for
 */
public record CourseTotal(
        Which which, @Nullable BigDecimal percent, @Nullable String letter, Terms terms) implements Rule.Leaf {

    static final String TYPE = "courseTotal";

    public enum Which {
        CURRENT(LineItem.Kind.TOTAL_CURRENT),
        FINAL(LineItem.Kind.TOTAL_FINAL);

        private final LineItem.Kind kind;

        Which(LineItem.Kind kind) {
            this.kind = kind;
        }
    }

    static CourseTotal read(RuleFields.Reader fields) {
        Which which = fields.choice("which", Which.values(), Which.CURRENT);
        String letter = fields.get("letter") == null ? null : fields.text("letter");
        return new CourseTotal(which, letter == null ? fields.number("atLeast") : null, letter, fields.terms());
    }

    @Override
    public void write(RuleFields.Writer fields) {
        fields.text("type", TYPE)
                .choice("which", which, Which.CURRENT)
                .number("atLeast", percent)
                .text("letter", letter)
                .terms(terms);
    }

    @Override
    public Set<Long> lineItemIds() {
        return Set.of();
    }

    @Override
    public Set<Long> looksAt(CourseFacts course) {
        return course.total(which.kind).stream().map(LineItem::id).collect(Collectors.toSet());
    }

    @Override
    public Line line(Facts learner) {
        CourseFacts course = learner.course();
        LineItem item = course.total(which.kind).orElse(null);
        LineBuilder line = item == null ? LineBuilder.of(TYPE, "") : LineBuilder.of(TYPE, item.id(), item);
        if (letter != null) {
            line.asksForLetter(letter);
        } else if (percent != null) {
            line.asks(percent, Evaluation.Unit.PERCENT);
        }
        if (item == null) {
            return line.is(Verdict.UNDECIDED, "no-total");
        }
        if (course.ownColumnInTotal()) {
            return line.is(Verdict.UNDECIDED, "own-column-in-total");
        }
        Finding found = Finding.of(learner, item.id(), Period.ALWAYS, terms);
        if (percent != null) {
            return Score.line(TYPE, item.id(), item, found, percent, Unit.PERCENT, terms);
        }
        return found.verdict() == null && found.seen() != null && letter != null
                ? letters(line, course.scheme(), item, found.seen(), letter)
                : line.from(found.seen())
                        .is(found.verdict() == null ? Verdict.UNDECIDED : found.verdict(), found.reason());
    }

    private static Line letters(
            LineBuilder line, @Nullable GradingScheme scheme, LineItem item, Observation seen, String letter) {
        line.from(seen);
        if (scheme == null || scheme.place(letter).isEmpty()) {
            return line.is(Verdict.UNDECIDED, "no-scheme");
        }
        BigDecimal maximum = Numbers.maximum(seen, item.scoreMaximum());
        if (seen.score() != null) {
            line.outOf(maximum).reached(seen.score());
        }
        int asked = scheme.place(letter).getAsInt();
        if (seen.grade() != null) {
            OptionalInt place = scheme.place(seen.grade());
            line.shownAs(seen.grade());
            return place.isEmpty()
                    ? line.is(Verdict.UNDECIDED, "no-scheme")
                    : reached(line, scheme, place.getAsInt(), asked);
        }
        if (seen.score() == null || maximum == null || maximum.signum() <= 0) {
            return line.is(Verdict.UNDECIDED, "no-maximum");
        }
        int place = scheme.place(seen.score(), maximum);
        // A scheme may end above nothing; whoever is below all of its letters has none of them.
        return reached(
                place < scheme.steps().size()
                        ? line.shownAs(scheme.steps().get(place).letter())
                        : line,
                scheme,
                place,
                asked);
    }

    /** The lowest letter, as "fail" is of two, says of nobody how far it is to the next. */
    private static Line reached(LineBuilder line, GradingScheme scheme, int place, int asked) {
        if (place > asked && scheme.isLowest(place)) {
            return line.is(Verdict.NOT_MET);
        }
        return line.missing(BigDecimal.valueOf(place - asked)).is(place <= asked ? Verdict.MET : Verdict.NOT_MET);
    }

    @Override
    public void check(CourseFacts course, String place) {
        if (course.total(which.kind).isEmpty()) {
            throw new BadRuleException(place + "/which", "rule.bad.no-total");
        }
        if (course.ownColumnInTotal()) {
            throw new BadRuleException(place, "rule.bad.own-column-in-total");
        }
        if (letter != null
                && (course.scheme() == null || course.scheme().place(letter).isEmpty())) {
            throw new BadRuleException(place + "/letter", "rule.bad.letter");
        }
        if (percent != null) {
            Checks.threshold(percent, Unit.PERCENT, null, place + "/atLeast");
            Checks.terms(terms, percent, place);
        } else if (terms.decimals() != null) {
            throw new BadRuleException(place + "/decimals", "rule.bad.decimals");
        }
    }

    @Override
    public List<Rule.Warning> warnings(CourseFacts course) {
        String key = null;
        if (course.total(which.kind).isEmpty()) {
            key = "rule.warning.no-total";
        } else if (course.ownColumnInTotal()) {
            key = "rule.warning.own-column-in-total";
        } else if (letter != null
                && (course.scheme() == null || course.scheme().place(letter).isEmpty())) {
            key = "rule.warning.letter";
        }
        return key == null ? List.of() : List.of(new Rule.Warning(0, letter == null ? "" : letter, key));
    }

    @Override
    public String phrase(Words words, CourseFacts course) {
        String key = which == Which.CURRENT ? "total.current" : "total.final";
        return letter != null
                ? words.under(words.word(key + ".letter", letter), terms)
                : words.under(
                        words.word(key, words.amount(percent == null ? BigDecimal.ZERO : percent, Unit.PERCENT)),
                        terms);
    }
}
