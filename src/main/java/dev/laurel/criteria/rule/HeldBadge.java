package dev.laurel.criteria.rule;

import dev.laurel.criteria.rule.Evaluation.Line;
import dev.laurel.criteria.rule.Evaluation.Verdict;
import java.math.BigDecimal;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Holds another badge of the institution, whichever course or platform it comes from. */
public record HeldBadge(long achievementId) implements Rule.Leaf {

    static final String TYPE = "badge";

    static HeldBadge read(RuleFields.Reader fields) {
        return new HeldBadge(fields.whole("badge"));
    }

    @Override
    public void write(RuleFields.Writer fields) {
        fields.text("type", TYPE).whole("badge", achievementId);
    }

    @Override
    public Set<Long> lineItemIds() {
        return Set.of();
    }

    @Override
    public Set<Long> badgeIds() {
        return Set.of(achievementId);
    }

    @Override
    public Rule ontoBadges(Map<Long, Long> badges) {
        return new HeldBadge(Rule.ontoBadge(achievementId, badges));
    }

    @Override
    public Line line(Facts learner) {
        boolean held = learner.badge(achievementId) != null;
        return LineBuilder.of(TYPE, learner.course().badges().getOrDefault(achievementId, ""))
                .asks(BigDecimal.ONE, Evaluation.Unit.DONE)
                .is(held ? Verdict.MET : Verdict.NOT_MET, held ? "" : "not-held");
    }

    @Override
    public void check(CourseFacts course, String place) {
        if (!course.badges().containsKey(achievementId)) {
            throw new BadRuleException(place + "/badge", "rule.bad.foreign-badge");
        }
    }

    @Override
    public List<Rule.Warning> warnings(CourseFacts course) {
        return course.badges().containsKey(achievementId)
                ? List.of()
                : List.of(new Rule.Warning(0, "", "rule.warning.foreign-badge"));
    }

    @Override
    public String phrase(Words words, CourseFacts course) {
        return words.word("badge", words.badge(course, achievementId));
    }
}
