package dev.laurel.criteria.rule;

import dev.laurel.criteria.rule.Evaluation.Line;
import dev.laurel.gradebook.LineItem;
import java.math.BigDecimal;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;

/** Took part in at least so many sessions of a group. */
public record Attendance(String group, int count, Terms terms) implements Rule.Leaf {

    static final String TYPE = "attendance";

    static Attendance read(RuleFields.Reader fields) {
        return new Attendance(fields.text("group"), fields.count("count"), fields.terms());
    }

    @Override
    public void write(RuleFields.Writer fields) {
        fields.text("type", TYPE).text("group", group).whole("count", count).terms(terms);
    }

    @Override
    public Set<Long> lineItemIds() {
        return Set.of();
    }

    @Override
    public Set<Long> looksAt(CourseFacts course) {
        return course.group(group, LineItem.Kind.ATTENDANCE).stream()
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
        List<Line> sessions = learner.course().group(group, LineItem.Kind.ATTENDANCE).stream()
                .map(item -> Done.line(TYPE, learner, item.id(), Period.ALWAYS, terms))
                .toList();
        return CountInGroup.counted(
                LineBuilder.of(TYPE, group).asks(BigDecimal.valueOf(count), Evaluation.Unit.ITEMS),
                sessions,
                count,
                learner);
    }

    @Override
    public void check(CourseFacts course, String place) {
        Checks.group(course, group, LineItem.Kind.ATTENDANCE, count, place);
        Checks.nothingToRound(terms, place);
    }

    @Override
    public List<Rule.Warning> warnings(CourseFacts course) {
        return Checks.group(course, group, LineItem.Kind.ATTENDANCE, count);
    }

    @Override
    public String phrase(Words words, CourseFacts course) {
        return words.under(
                words.word(
                        "attendance", words.count(Integer.toString(count), "attendance.session"), words.apart(group)),
                terms);
    }
}
