package dev.laurel.dashboard.course;

import dev.laurel.context.CourseContext;
import dev.laurel.criteria.RuleSet;
import dev.laurel.criteria.RuleSets;
import dev.laurel.criteria.rule.CourseTotal;
import dev.laurel.criteria.rule.Done;
import dev.laurel.criteria.rule.Mastery;
import dev.laurel.criteria.rule.Period;
import dev.laurel.criteria.rule.Rule;
import dev.laurel.criteria.rule.Score;
import dev.laurel.criteria.rule.Terms;
import dev.laurel.dashboard.explain.Rules;
import dev.laurel.gradebook.Gradebook;
import dev.laurel.gradebook.GradingScheme;
import dev.laurel.gradebook.LineItem;
import dev.laurel.platform.wording.Wording;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/**
 * What a badge could be for, the best first: what most are graded in and what weighs most in the course. Completions,
 * outcomes and totals weigh nothing of their own, so that they come by how many have them.
 */
@Component
public class Suggestions {

    /** What is suggested where a threshold is asked for. */
    public static final String PERCENT_ASKED = "80";

    private static final BigDecimal ASKED = new BigDecimal(PERCENT_ASKED);

    private static final int PERCENT = 100;

    /** A course may have hundreds of activities; the builder offers the rest. */
    private static final int MOST = 60;

    private final CourseOverview overview;

    private final RuleSets ruleSets;

    private final Gradebook gradebook;

    private final Wording wording;

    Suggestions(CourseOverview overview, RuleSets ruleSets, Gradebook gradebook, Wording wording) {
        this.overview = overview;
        this.ruleSets = ruleSets;
        this.gradebook = gradebook;
        this.wording = wording;
    }

    /**
     * @param letter that is asked for instead of a percentage; {@code null} for all but totals
     * @param share percent of the learners who are graded in it
     * @param weight percent of the points of the course
     * @param title what it asks for, in a few words
     * @param why in words
     */
    public record Suggestion(LineItem item, @Nullable String letter, int share, int weight, String title, String why) {}

    /** Whether a badge can ask for this column alone; rows of a rubric and sessions only make sense together. */
    static boolean isMeasured(LineItem item) {
        return switch (item.kind()) {
            case SCORE, SUBTOTAL -> item.scoreMaximum() != null;
            case OUTCOME -> item.mastery() != null;
            case COMPLETION, TOTAL_CURRENT, TOTAL_FINAL -> true;
            default -> false;
        };
    }

    /** What is asked for in such a column; a letter of the course's scheme where one is given and it is a total. */
    public static Rule rule(LineItem item, @Nullable String letter) {
        return switch (item.kind()) {
            case COMPLETION -> new Done(Done.What.COMPLETION, item.id(), Period.ALWAYS, Terms.STANDARD);
            case OUTCOME -> new Mastery(Mastery.What.OUTCOME, item.id(), null, Terms.STANDARD);
            case TOTAL_CURRENT -> total(CourseTotal.Which.CURRENT, letter);
            case TOTAL_FINAL -> total(CourseTotal.Which.FINAL, letter);
            default -> Score.atLeast(item.id(), ASKED, Rule.Unit.PERCENT);
        };
    }

    private static Rule total(CourseTotal.Which which, @Nullable String letter) {
        return new CourseTotal(which, letter == null ? ASKED : null, letter, Terms.STANDARD);
    }

    /** For what no badge of the course asks alone. */
    List<Suggestion> of(CourseContext course, int learners) {
        List<Rule> alone = ruleSets.ofContext(course.tenant(), course.id()).stream()
                .map(RuleSet::rule)
                .filter(rule -> Rules.parts(rule).isEmpty())
                .toList();
        Set<Long> taken =
                alone.stream().flatMap(rule -> rule.lineItemIds().stream()).collect(Collectors.toSet());
        boolean total = alone.stream().anyMatch(CourseTotal.class::isInstance);
        return all(course, learners).stream()
                .filter(each -> !taken.contains(each.item().id()))
                .filter(each -> !total || !isOfTheCourse(each.item()))
                .toList();
    }

    /** For everything that a badge can ask for alone, the best so many. */
    public List<Suggestion> all(CourseContext course, int learners) {
        return ranked(suggestions(course, learners)).limit(MOST).toList();
    }

    private static Stream<Suggestion> ranked(List<Suggestion> suggestions) {
        return suggestions.stream()
                .sorted(Comparator.comparingInt((Suggestion each) -> -each.share() - each.weight())
                        .thenComparing(each -> each.item().id())
                        .thenComparing(each -> each.letter() == null ? 0 : 1));
    }

    private List<Suggestion> suggestions(CourseContext course, int learners) {
        List<CourseOverview.Column> columns = overview.columns(course).stream()
                .filter(CourseOverview.Column::usable)
                .toList();
        BigDecimal points = columns.stream().map(Suggestions::points).reduce(BigDecimal.ZERO, BigDecimal::add);
        boolean soFar = columns.stream().anyMatch(column -> column.item().kind() == LineItem.Kind.TOTAL_CURRENT);
        List<Suggestion> suggestions = new ArrayList<>();
        for (CourseOverview.Column column : columns) {
            // Of two totals the one that says something before the course ends.
            if (!(soFar && column.item().kind() == LineItem.Kind.TOTAL_FINAL)) {
                suggestions.add(suggestion(column, null, learners, points));
                if (isOfTheCourse(column.item())) {
                    letter(course).ifPresent(letter -> suggestions.add(suggestion(column, letter, learners, points)));
                }
            }
        }
        return suggestions;
    }

    private static boolean isOfTheCourse(LineItem item) {
        return item.kind() == LineItem.Kind.TOTAL_CURRENT || item.kind() == LineItem.Kind.TOTAL_FINAL;
    }

    /** The one that the usual percentage gives in the course's scheme, where a source tells it. */
    private Optional<String> letter(CourseContext course) {
        return gradebook.gradingScheme(course.tenant(), course.id()).stream()
                .flatMap(scheme -> scheme.steps().stream())
                .filter(step -> step.fromPercent().compareTo(ASKED) <= 0)
                .map(GradingScheme.Step::letter)
                .findFirst();
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
        Map<String, List<Suggestion>> byGroup = suggestions(course, learners).stream()
                .filter(each -> each.item().kind() == LineItem.Kind.SCORE)
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
        return new Group(name, items.size(), share, weight, wording.say("suggestions.group.why", share, weight));
    }

    private Suggestion suggestion(
            CourseOverview.Column column, @Nullable String letter, int learners, BigDecimal points) {
        int share = learners == 0 ? 0 : Math.min(PERCENT, column.graded() * PERCENT / learners);
        int weight = points.signum() == 0
                ? 0
                : points(column)
                        .multiply(BigDecimal.valueOf(PERCENT))
                        .divide(points, 0, RoundingMode.HALF_UP)
                        .intValue();
        String kind = kind(column.item(), letter);
        String title = kind.isEmpty()
                ? column.item().label()
                : wording.say("suggestions.title" + kind, column.item().label(), letter);
        return new Suggestion(
                column.item(),
                letter,
                share,
                weight,
                title,
                wording.say(
                        "suggestions.why" + kind + (column.graded() == 0 ? ".ungraded" : ""),
                        column.graded(),
                        Math.max(learners, column.graded()),
                        weight));
    }

    /** As it ends message keys; empty for scores. */
    private static String kind(LineItem item, @Nullable String letter) {
        return switch (item.kind()) {
            case COMPLETION -> ".completion";
            case OUTCOME -> ".outcome";
            case SUBTOTAL -> ".subtotal";
            case TOTAL_CURRENT, TOTAL_FINAL -> letter == null ? ".total" : ".letter";
            default -> "";
        };
    }

    /** What it adds to the points of the course: what others make up adds nothing. */
    private static BigDecimal points(CourseOverview.Column column) {
        @Nullable BigDecimal maximum = column.item().scoreMaximum();
        return maximum == null || column.item().kind() != LineItem.Kind.SCORE ? BigDecimal.ZERO : maximum;
    }
}
