package dev.laurel.criteria.rule;

import dev.laurel.criteria.rule.Evaluation.Line;
import dev.laurel.criteria.rule.Evaluation.Verdict;
import dev.laurel.gradebook.LineItem;
import java.math.BigDecimal;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * An outcome or competency is mastered or reaches a level, or a row of a rubric reaches one.
 *
 * @param level points of its scale; {@code null}, of an outcome only: mastery as the LMS has it
 */
public record Mastery(What what, long lineItemId, @Nullable BigDecimal level, Terms terms) implements Rule.Leaf {

    public enum What {
        OUTCOME("outcome", LineItem.Kind.OUTCOME, "outcome.level"),
        RUBRIC_ROW("rubricRow", LineItem.Kind.RUBRIC_ROW, "rubric-row");

        private final String type;

        private final LineItem.Kind kind;

        private final String wordsOfLevel;

        What(String type, LineItem.Kind kind, String wordsOfLevel) {
            this.type = type;
            this.kind = kind;
            this.wordsOfLevel = wordsOfLevel;
        }

        /** As the JSON form has it. */
        String type() {
            return type;
        }

        Mastery read(RuleFields.Reader fields) {
            return new Mastery(
                    this,
                    fields.whole("lineItem"),
                    this == OUTCOME ? fields.optionalNumber("atLeast") : fields.number("atLeast"),
                    fields.terms());
        }
    }

    @Override
    public void write(RuleFields.Writer fields) {
        fields.text("type", what.type)
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
        return new Mastery(what, Rule.onto(lineItemId, columns), level, terms);
    }

    @Override
    public Line line(Facts learner) {
        LineItem item = learner.course().item(lineItemId);
        BigDecimal asked = level != null ? level : item == null ? null : item.mastery();
        Finding found = Finding.of(learner, lineItemId, Period.ALWAYS, terms);
        if (asked == null) {
            return LineBuilder.of(what.type, lineItemId, item)
                    .from(found.seen())
                    .is(
                            found.verdict() == null ? Verdict.UNDECIDED : found.verdict(),
                            found.verdict() == null ? "no-mastery" : found.reason());
        }
        return Score.line(what.type, lineItemId, item, found, asked, Unit.POINTS, terms);
    }

    @Override
    public void check(CourseFacts course, String place) {
        LineItem item = Checks.column(course, lineItemId, place + "/lineItem", what.kind);
        if (level != null) {
            Checks.threshold(level, Unit.POINTS, item.scoreMaximum(), place + "/atLeast");
            Checks.terms(terms, level, place);
        } else if (item.mastery() == null) {
            throw new BadRuleException(place + "/atLeast", "rule.bad.no-mastery");
        } else {
            Checks.nothingToRound(terms, place);
        }
    }

    @Override
    public List<Rule.Warning> warnings(CourseFacts course) {
        LineItem item = course.item(lineItemId);
        if (level == null && item != null && !item.deleted() && item.mastery() == null) {
            return List.of(new Rule.Warning(lineItemId, item.label(), "rule.warning.no-mastery"));
        }
        return level == null
                ? Checks.column(course, lineItemId)
                : Checks.column(course, lineItemId, level, Unit.POINTS);
    }

    @Override
    public String phrase(Words words, CourseFacts course) {
        String where = words.column(course, lineItemId);
        return words.under(
                level == null
                        ? words.word("outcome.mastery", where)
                        : words.word(what.wordsOfLevel, words.amount(level, Unit.POINTS), where),
                terms);
    }
}
