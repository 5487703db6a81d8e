package dev.laurel.dashboard.course;

import dev.laurel.context.CourseContext;
import dev.laurel.criteria.RuleSet;
import dev.laurel.criteria.RuleSets;
import dev.laurel.dashboard.explain.Rules;
import dev.laurel.gradebook.LineItem;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.springframework.context.MessageSource;
import org.springframework.context.i18n.LocaleContextHolder;
import org.springframework.stereotype.Component;

/** What a badge could be for, the best first: what most are graded in and what weighs most in the course. */
@Component
public class Suggestions {

    private static final int PERCENT = 100;

    private final CourseOverview overview;

    private final RuleSets ruleSets;

    private final MessageSource messages;

    Suggestions(CourseOverview overview, RuleSets ruleSets, MessageSource messages) {
        this.overview = overview;
        this.ruleSets = ruleSets;
        this.messages = messages;
    }

    /**
     * @param share percent of the learners who are graded in it
     * @param weight percent of the points of the course
     * @param why in words
     */
    record Suggestion(LineItem item, int graded, int share, int weight, String why) {}

    /** For columns without a badge of their own. */
    List<Suggestion> of(CourseContext course, int learners) {
        Set<Long> taken = ruleSets.ofContext(course.tenant(), course.id()).stream()
                .map(RuleSet::rule)
                .filter(rule -> Rules.parts(rule).isEmpty())
                .flatMap(rule -> rule.lineItemIds().stream())
                .collect(Collectors.toSet());
        return all(course, learners).stream()
                .filter(each -> !taken.contains(each.item().id()))
                .toList();
    }

    /** For every column that a threshold can be asked in. */
    public List<Suggestion> all(CourseContext course, int learners) {
        List<CourseOverview.Column> columns = overview.columns(course).stream()
                .filter(CourseOverview.Column::usable)
                .toList();
        BigDecimal points = columns.stream().map(Suggestions::maximum).reduce(BigDecimal.ZERO, BigDecimal::add);
        return columns.stream()
                .map(column -> suggestion(column, learners, points))
                .sorted(Comparator.comparingInt((Suggestion each) -> -each.share() - each.weight())
                        .thenComparing(each -> each.item().id()))
                .toList();
    }

    /**
     * Columns that the LMS files together, to be asked for each.
     *
     * @param share percent of the learners who are graded, of all its columns on average
     * @param weight percent of the points of the course
     */
    public record Group(String name, int items, int share, int weight, String why) {}

    /** Groups with several columns, the best first. */
    public List<Group> groups(CourseContext course, int learners) {
        Map<String, List<Suggestion>> byGroup = all(course, learners).stream()
                .filter(each -> !groupOf(each).isBlank())
                .collect(Collectors.groupingBy(Suggestions::groupOf));
        return byGroup.entrySet().stream()
                .filter(group -> group.getValue().size() > 1)
                .map(group -> group(group.getKey(), group.getValue()))
                .sorted(Comparator.comparingInt((Group each) -> -each.share() - each.weight())
                        .thenComparing(Group::name))
                .toList();
    }

    private static String groupOf(Suggestion suggestion) {
        String group = suggestion.item().group();
        return group == null ? "" : group;
    }

    private Group group(String name, List<Suggestion> items) {
        int share = items.stream().mapToInt(Suggestion::share).sum() / items.size();
        int weight =
                Math.min(PERCENT, items.stream().mapToInt(Suggestion::weight).sum());
        return new Group(
                name,
                items.size(),
                share,
                weight,
                messages.getMessage(
                        "suggestions.group.why", new Object[] {share, weight}, LocaleContextHolder.getLocale()));
    }

    private Suggestion suggestion(CourseOverview.Column column, int learners, BigDecimal points) {
        int share = learners == 0 ? 0 : Math.min(PERCENT, column.graded() * PERCENT / learners);
        int weight = points.signum() == 0
                ? 0
                : maximum(column)
                        .multiply(BigDecimal.valueOf(PERCENT))
                        .divide(points, 0, RoundingMode.HALF_UP)
                        .intValue();
        String key = column.graded() == 0 ? "suggestions.why.ungraded" : "suggestions.why";
        return new Suggestion(
                column.item(),
                column.graded(),
                share,
                weight,
                messages.getMessage(
                        key,
                        new Object[] {column.graded(), Math.max(learners, column.graded()), weight},
                        LocaleContextHolder.getLocale()));
    }

    private static BigDecimal maximum(CourseOverview.Column column) {
        @Nullable BigDecimal maximum = column.item().scoreMaximum();
        return maximum == null ? BigDecimal.ZERO : maximum;
    }
}
