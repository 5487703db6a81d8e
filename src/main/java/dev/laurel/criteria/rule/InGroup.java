package dev.laurel.criteria.rule;

import dev.laurel.criteria.rule.Evaluation.Line;
import dev.laurel.criteria.rule.Evaluation.Verdict;
import java.math.BigDecimal;
import java.util.Collections;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * The learner is in one of these sections or groups: the audience of a badge, or of a part of it.
 *
 * @param groups the platform's numbers
 */
public record InGroup(List<String> groups) implements Rule.Leaf {

    static final String TYPE = "inGroup";

    public InGroup {
        groups = List.copyOf(groups);
    }

    static InGroup read(RuleFields.Reader fields) {
        return new InGroup(fields.texts("groups"));
    }

    @Override
    public void write(RuleFields.Writer fields) {
        fields.text("type", TYPE).texts("groups", groups);
    }

    @Override
    public Set<Long> lineItemIds() {
        return Set.of();
    }

    @Override
    public Line line(Facts learner) {
        boolean inside = !Collections.disjoint(groups, learner.groups());
        return LineBuilder.of(
                        TYPE, groups.stream().map(learner.course()::section).collect(Collectors.joining(", ")))
                .asks(BigDecimal.ONE, Evaluation.Unit.DONE)
                .is(inside ? Verdict.MET : Verdict.NOT_MET, inside ? "" : "other-group");
    }

    /**
     * Whether it names none of these, as after it was copied from another course: then nobody can be in it.
     *
     * @param told sections and groups of the course; empty where the platform does not tell who is in which
     */
    public boolean isForeign(Set<String> told) {
        return !told.isEmpty() && Collections.disjoint(groups, told);
    }

    @Override
    public void check(CourseFacts course, String place) {
        if (groups.isEmpty()) {
            throw new BadRuleException(place + "/groups", "rule.bad.empty");
        }
    }

    @Override
    public String phrase(Words words, CourseFacts course) {
        return words.word(
                "in-group",
                words.list(
                        groups.stream()
                                .map(group -> words.section(course, group))
                                .toList(),
                        "or"));
    }
}
