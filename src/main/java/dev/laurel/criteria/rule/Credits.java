package dev.laurel.criteria.rule;

import dev.laurel.criteria.rule.Evaluation.Line;
import dev.laurel.criteria.rule.Evaluation.Part;
import dev.laurel.criteria.rule.Evaluation.Verdict;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** The credits of held badges, of those named, add up to a number. */
public record Credits(List<Long> achievementIds, BigDecimal threshold) implements Rule.Leaf {

    static final String TYPE = "credits";

    public Credits {
        achievementIds = List.copyOf(achievementIds);
    }

    static Credits read(RuleFields.Reader fields) {
        return new Credits(fields.numbers("badges"), fields.number("atLeast"));
    }

    @Override
    public void write(RuleFields.Writer fields) {
        fields.text("type", TYPE).numbers("badges", achievementIds).number("atLeast", threshold);
    }

    @Override
    public Set<Long> lineItemIds() {
        return Set.of();
    }

    @Override
    public Set<Long> badgeIds() {
        return new LinkedHashSet<>(achievementIds);
    }

    @Override
    public Rule ontoBadges(Map<Long, Long> badges) {
        return new Credits(
                achievementIds.stream()
                        .map(badge -> Rule.ontoBadge(badge, badges))
                        .toList(),
                threshold);
    }

    @Override
    public Line line(Facts learner) {
        List<Part> parts = new ArrayList<>();
        BigDecimal sum = BigDecimal.ZERO;
        for (long badge : achievementIds) {
            Facts.Held held = learner.badge(badge);
            BigDecimal credits = held == null || held.credits() == null ? BigDecimal.ZERO : held.credits();
            sum = sum.add(credits);
            parts.add(new Part(
                    0,
                    learner.course().badges().getOrDefault(badge, ""),
                    held == null ? null : credits,
                    null,
                    null,
                    null,
                    held == null ? Verdict.NOT_MET : Verdict.MET,
                    held == null ? "not-held" : ""));
        }
        BigDecimal missing = threshold.subtract(sum);
        return LineBuilder.of(TYPE, "")
                .asks(threshold, Evaluation.Unit.CREDITS)
                .inPoints(threshold)
                .reached(sum)
                .missing(missing)
                .parts(parts)
                .is(missing.signum() <= 0 ? Verdict.MET : Verdict.NOT_MET);
    }

    @Override
    public void check(CourseFacts course, String place) {
        if (achievementIds.isEmpty()) {
            throw new BadRuleException(place + "/badges", "rule.bad.empty");
        }
        if (badgeIds().size() < achievementIds.size()) {
            throw new BadRuleException(place + "/badges", "rule.bad.twice");
        }
        if (!course.badges().keySet().containsAll(achievementIds)) {
            throw new BadRuleException(place + "/badges", "rule.bad.foreign-badge");
        }
        Checks.positive(threshold, place + "/atLeast");
    }

    @Override
    public List<Rule.Warning> warnings(CourseFacts course) {
        return course.badges().keySet().containsAll(achievementIds)
                ? List.of()
                : List.of(new Rule.Warning(0, "", "rule.warning.foreign-badge"));
    }

    @Override
    public String phrase(Words words, CourseFacts course) {
        return words.word(
                "credits",
                words.count(Numbers.plain(threshold).toPlainString(), "amount.credit"),
                words.list(
                        achievementIds.stream()
                                .map(badge -> words.badge(course, badge))
                                .toList(),
                        "and"));
    }
}
