package dev.laurel.criteria.rule;

import dev.laurel.criteria.rule.Evaluation.Line;
import dev.laurel.criteria.rule.Evaluation.Part;
import dev.laurel.criteria.rule.Evaluation.Verdict;
import dev.laurel.gradebook.LineItem;
import dev.laurel.gradebook.Observation;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * At least so many line items of a group reach a threshold. The group is what the LMS files together, as it is at the
 * time: a new item counts without an edit of the rule.
 */
public record CountInGroup(String group, int count, BigDecimal threshold, Rule.Unit unit, Terms terms)
        implements Rule.Leaf {

    static final String TYPE = "countInGroup";

    static CountInGroup read(RuleFields.Reader fields) {
        return new CountInGroup(
                fields.text("group"), fields.count("count"), fields.number("atLeast"), fields.unit(), fields.terms());
    }

    @Override
    public void write(RuleFields.Writer fields) {
        fields.text("type", TYPE)
                .text("group", group)
                .whole("count", count)
                .number("atLeast", threshold)
                .unit(unit)
                .terms(terms);
    }

    @Override
    public Set<Long> lineItemIds() {
        return Set.of();
    }

    @Override
    public Set<Long> looksAt(CourseFacts course) {
        return course.group(group, LineItem.Kind.SCORE).stream()
                .map(LineItem::id)
                .collect(Collectors.toSet());
    }

    @Override
    public Rule.Group counted() {
        return new Rule.Group(group, count);
    }

    @Override
    public boolean asksForSeveral() {
        return count > 1;
    }

    @Override
    public Line line(Facts learner) {
        List<Line> lines = learner.course().group(group, LineItem.Kind.SCORE).stream()
                .map(item ->
                        new Score(item.id(), threshold, unit, Score.Take.LATEST, Period.ALWAYS, terms).line(learner))
                .toList();
        return counted(
                LineBuilder.of(TYPE, group).asks(BigDecimal.valueOf(count), Evaluation.Unit.ITEMS),
                lines,
                count,
                learner);
    }

    /** So many of these lines are met; what one is excused from is not among them. */
    static Line counted(LineBuilder line, List<Line> lines, int count, Facts learner) {
        List<Part> parts = new ArrayList<>();
        @Nullable Observation last = null;
        int met = 0;
        int open = 0;
        int ignored = 0;
        for (Line each : lines) {
            parts.add(new Part(
                    each.lineItemId(),
                    each.label(),
                    each.value(),
                    each.maximum(),
                    each.visibility(),
                    each.seenAt(),
                    each.verdict(),
                    each.reason()));
            met += each.verdict() == Verdict.MET ? 1 : 0;
            open += each.verdict() == Verdict.UNDECIDED ? 1 : 0;
            ignored += each.verdict() == Verdict.IGNORED ? 1 : 0;
            Observation seen = learner.latest(each.lineItemId());
            if (seen != null && (last == null || seen.seq() > last.seq())) {
                last = seen;
            }
        }
        line.parts(parts).from(last);
        if (lines.isEmpty()) {
            return line.is(Verdict.UNDECIDED, "empty-group");
        }
        // A group that is still too small grows: what is excused in it today says nothing of what is to come.
        boolean isWhole = lines.size() >= count;
        if (isWhole && ignored == lines.size()) {
            return line.is(Verdict.IGNORED, "excused");
        }
        // Excuses lower what is asked for only where too few would be left.
        int needed = isWhole ? Math.min(count, lines.size() - ignored) : count;
        return line.outOf(BigDecimal.valueOf(lines.size() - ignored))
                .inPoints(BigDecimal.valueOf(needed))
                .reached(BigDecimal.valueOf(met))
                .missing(BigDecimal.valueOf(needed - met))
                .is(Evaluator.atLeast(needed, met, open));
    }

    @Override
    public void check(CourseFacts course, String place) {
        Checks.group(course, group, LineItem.Kind.SCORE, count, place);
        Checks.threshold(threshold, unit, null, place + "/atLeast");
        Checks.terms(terms, threshold, place);
    }

    @Override
    public List<Rule.Warning> warnings(CourseFacts course) {
        return Checks.group(course, group, LineItem.Kind.SCORE, count);
    }

    @Override
    public String phrase(Words words, CourseFacts course) {
        return words.under(
                words.word("count-in-group", words.amount(threshold, unit), count, words.apart(group)), terms);
    }
}
