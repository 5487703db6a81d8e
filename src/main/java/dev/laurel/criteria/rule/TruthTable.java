package dev.laurel.criteria.rule;

import dev.laurel.criteria.rule.Evaluation.Line;
import dev.laurel.criteria.rule.Evaluation.Verdict;
import dev.laurel.gradebook.LineItem;
import dev.laurel.gradebook.Observation;
import dev.laurel.gradebook.Observation.Status;
import dev.laurel.gradebook.Observation.Visibility;
import dev.laurel.platform.road.Reference;
import java.math.BigDecimal;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalTime;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * What a leaf makes of each state that a result can be in. The leaf itself is asked, about a learner who has everything
 * else, so that a page that shows this cannot say anything else than what happens.
 */
public final class TruthTable {

    /** More than any threshold that can be asked for, in points. */
    private static final BigDecimal FULL = new BigDecimal("1000000000000000");

    private static final BigDecimal A_LITTLE_LESS = new BigDecimal("0.4");

    private static final LocalDate SOME_DAY = LocalDate.of(2026, 3, 2);

    private static final Reference EXAMPLE = new Reference("EXAMPLE");

    private final Rule.Leaf asked;

    private final Rule.Leaf leaf;

    private final CourseFacts course;

    private final List<Long> columns;

    private TruthTable(Rule.Leaf leaf, CourseFacts course) {
        this.asked = leaf;
        this.leaf = withAll(leaf);
        this.columns = leaf.looksAt(course).stream().sorted().toList();
        Map<Long, LineItem> sound = new HashMap<>();
        columns.forEach(id -> sound.put(id, sound(id, course.item(id))));
        this.course = new CourseFacts(sound, course.badges(), course.sections(), course.scheme(), course.zone(), false);
    }

    /** Which of several is the lowest, and so left out, is not a matter of the state that one of them is in. */
    private static Rule.Leaf withAll(Rule.Leaf leaf) {
        return leaf instanceof Average average
                ? new Average(average.items(), average.threshold(), average.unit(), 0, average.terms())
                : leaf;
    }

    /** What the gradebook says, under {@code rule.state.} in the message files. */
    public enum State {
        POSTED,
        UNKNOWN,
        HIDDEN,
        HIDDEN_AGAIN,
        PROVISIONAL,
        SUBMITTED,
        AGAIN,
        NOTHING,
        TAKEN_BACK,
        UNREADABLE,
        EXCUSED,
        EXCUSED_HIDDEN,
        LATE,
        LATE_UNKNOWN,
        LOWER,
        HIGHER,
        NEARLY,
        EXTRA,
        WORTHLESS,
        LETTER,
        OTHER_DAY,
        GRADED_OTHER_DAY,
        /** Left out by the rule, which drops the lowest. */
        LOWEST,
        /** Left out of its total by the LMS. */
        DROPPED,
        /** The learner has left the course; a rule does not ask whether she is still there. */
        WITHDRAWN,
        DELETED
    }

    /** What comes of it, under {@code rule.becomes.} in the message files. */
    public enum Becomes {
        COUNTS,
        /** It counts, and the badge waits for its settling time. */
        COUNTS_LATER,
        WAITS,
        LEFT_OUT,
        FALLS_SHORT
    }

    /** @param number where the state is about one, else empty */
    public record Row(State state, String number, Becomes becomes) {}

    /** Empty for what asks for no result, and where the course has none of its columns. */
    public static List<Row> of(Rule.Leaf leaf, CourseFacts course) {
        TruthTable table = new TruthTable(leaf, course);
        return leaf.terms() == null || table.columns.isEmpty() ? List.of() : table.rows();
    }

    private List<Row> rows() {
        List<Row> rows = new ArrayList<>();
        for (State state : State.values()) {
            if (!applies(state)) {
                continue;
            }
            Rule.Leaf about = state == State.LOWEST ? asked : leaf;
            Line line = state == State.DELETED
                    ? leaf.line(new Learner(without(columns.get(0)), Map.of()))
                    : about.line(new Learner(course, seen(state)));
            String number = state == State.NEARLY ? Numbers.plain(nearly()).toPlainString() : "";
            rows.add(new Row(state, number, becomes(state, line)));
        }
        return rows;
    }

    private boolean applies(State state) {
        boolean points = leaf instanceof Score
                || leaf instanceof Average
                || leaf instanceof CountInGroup
                || leaf instanceof CourseTotal
                || leaf instanceof Mastery;
        return switch (state) {
            case LOWER, HIGHER -> leaf instanceof Score;
            case LETTER -> points && !(leaf instanceof CourseTotal total && total.letter() != null);
            case EXTRA -> points;
            case NEARLY -> threshold() != null;
            case WORTHLESS -> points && unit() == Rule.Unit.PERCENT;
            case OTHER_DAY -> !leaf.period().isAlways();
            case GRADED_OTHER_DAY -> !leaf.period().isAlways() && (leaf instanceof Score || leaf instanceof Submission);
            case LOWEST -> asked instanceof Average average && average.dropLowest() > 0;
            case DROPPED ->
                leaf instanceof Score
                        || leaf instanceof Average
                        || leaf instanceof CountInGroup
                        || leaf instanceof Submission;
            case DELETED -> !leaf.lineItemIds().isEmpty();
            default -> true;
        };
    }

    private Becomes becomes(State state, Line line) {
        // Of several results it is about one of them; about all of them where each is a little less.
        Verdict verdict = line.parts().stream()
                .filter(part -> state != State.NEARLY && part.lineItemId() == columns.get(0))
                .map(Evaluation.Part::verdict)
                .findFirst()
                .orElse(line.verdict());
        return switch (verdict) {
            case MET -> state == State.UNKNOWN ? Becomes.COUNTS_LATER : Becomes.COUNTS;
            case NOT_MET -> Becomes.FALLS_SHORT;
            case UNDECIDED -> Becomes.WAITS;
            case IGNORED -> Becomes.LEFT_OUT;
        };
    }

    /** Of every column, the first of them in this state and the others with all there is. */
    private Map<Long, List<Observation>> seen(State state) {
        Map<Long, List<Observation>> seen = new HashMap<>();
        for (long id : columns) {
            boolean first = id == columns.get(0) || state == State.NEARLY;
            seen.put(id, first ? inState(id, state) : List.of(result(id, Status.GRADED, FULL)));
        }
        return seen;
    }

    private List<Observation> inState(long id, State state) {
        Observation full = result(id, Status.GRADED, FULL);
        return switch (state) {
            case POSTED, DROPPED, WITHDRAWN, DELETED -> List.of(full);
            case LOWEST -> List.of(result(id, Status.GRADED, BigDecimal.ZERO));
            case UNKNOWN -> List.of(seen(full, Visibility.UNKNOWN, false));
            case HIDDEN -> List.of(seen(full, Visibility.HIDDEN, false));
            case HIDDEN_AGAIN -> List.of(full, seen(full, Visibility.HIDDEN, false));
            case PROVISIONAL -> List.of(result(id, Status.PROVISIONAL, FULL));
            case SUBMITTED -> List.of(result(id, Status.SUBMITTED, null));
            case AGAIN -> List.of(full, result(id, Status.SUBMITTED, null));
            case NOTHING -> List.of();
            case TAKEN_BACK -> List.of(full, result(id, Status.NONE, null));
            case UNREADABLE -> List.of(result(id, Status.UNREADABLE, null));
            case EXCUSED -> List.of(result(id, Status.EXCUSED, null));
            case EXCUSED_HIDDEN -> List.of(seen(result(id, Status.EXCUSED, null), Visibility.HIDDEN, false));
            case LATE -> List.of(seen(full, Visibility.POSTED, true));
            case LATE_UNKNOWN -> List.of(seen(full, Visibility.POSTED, null));
            case LOWER -> List.of(full, result(id, Status.GRADED, BigDecimal.ZERO));
            case HIGHER -> List.of(result(id, Status.GRADED, BigDecimal.ZERO), full);
            case NEARLY -> List.of(result(id, Status.GRADED, points(nearly())));
            case EXTRA -> List.of(result(id, Status.GRADED, FULL.add(FULL)));
            case WORTHLESS -> List.of(result(id, Status.GRADED, FULL, BigDecimal.ZERO, null, inside()));
            case LETTER -> List.of(result(id, Status.GRADED, null, FULL, "A", inside()));
            case OTHER_DAY -> List.of(result(id, Status.GRADED, FULL, FULL, null, outside()));
            case GRADED_OTHER_DAY -> List.of(handedIn(result(id, Status.GRADED, FULL, FULL, null, later()), inside()));
        };
    }

    private BigDecimal points(BigDecimal threshold) {
        return unit() == Rule.Unit.PERCENT ? Numbers.ofHundred(threshold, FULL) : threshold;
    }

    private BigDecimal nearly() {
        BigDecimal threshold = threshold();
        return threshold == null ? FULL : threshold.subtract(A_LITTLE_LESS);
    }

    /** Asked for of one result, where it can be rounded; {@code null} where there is none, or it is too small for that. */
    private @Nullable BigDecimal threshold() {
        BigDecimal threshold = null;
        if (leaf instanceof Score score) {
            threshold = score.threshold();
        } else if (leaf instanceof CountInGroup group) {
            threshold = group.threshold();
        } else if (leaf instanceof CourseTotal total) {
            threshold = total.percent();
        } else if (leaf instanceof Mastery mastery) {
            threshold = mastery.level();
        } else if (leaf instanceof Average average && average.unit() == Rule.Unit.PERCENT) {
            threshold = average.threshold();
        }
        return threshold == null || threshold.compareTo(BigDecimal.ONE) < 0 ? null : threshold;
    }

    private Rule.Unit unit() {
        if (leaf instanceof Score score) {
            return score.unit();
        }
        if (leaf instanceof CountInGroup group) {
            return group.unit();
        }
        return leaf instanceof Mastery || (leaf instanceof Average average && average.unit() == Rule.Unit.POINTS)
                ? Rule.Unit.POINTS
                : Rule.Unit.PERCENT;
    }

    private LocalDate inside() {
        LocalDate from = leaf.period().from();
        LocalDate until = leaf.period().until();
        return from != null ? from : until != null ? until : SOME_DAY;
    }

    private LocalDate outside() {
        LocalDate from = leaf.period().from();
        return from != null ? from.minusDays(1) : inside().plusDays(1);
    }

    /** After the period, or on another day of it where it has no end. */
    private LocalDate later() {
        LocalDate until = leaf.period().until();
        return (until == null ? inside() : until).plusDays(1);
    }

    private CourseFacts without(long id) {
        Map<Long, LineItem> items = new HashMap<>(course.items());
        items.put(id, column(sound(id, course.item(id)), FULL, true));
        return new CourseFacts(items, course.badges(), course.sections(), course.scheme(), course.zone(), false);
    }

    /** The column without anything that is wrong with it. */
    private static LineItem sound(long id, @Nullable LineItem item) {
        LineItem column = item != null
                ? item
                : new LineItem(id, 0, "", "", "", LineItem.Kind.SCORE, null, null, FULL, false, false, true, false);
        return column(column, FULL, false);
    }

    private static LineItem column(LineItem item, BigDecimal maximum, boolean deleted) {
        return new LineItem(
                item.id(),
                item.contextId(),
                item.source(),
                item.externalId(),
                item.label(),
                item.kind(),
                item.group(),
                item.mastery(),
                maximum,
                false,
                item.createdHere(),
                true,
                deleted);
    }

    private Observation result(long id, Status status, @Nullable BigDecimal score) {
        return result(id, status, score, FULL, null, inside());
    }

    private Observation result(
            long id,
            Status status,
            @Nullable BigDecimal score,
            BigDecimal maximum,
            @Nullable String grade,
            LocalDate day) {
        Instant at = noon(day);
        return new Observation(
                1,
                0,
                0,
                id,
                "",
                status,
                score,
                maximum,
                grade,
                Visibility.POSTED,
                false,
                "",
                at,
                at,
                EXAMPLE,
                Observation.Work.UNTOLD);
    }

    private Instant noon(LocalDate day) {
        return day.atTime(LocalTime.NOON).atZone(course.zone()).toInstant();
    }

    private Observation handedIn(Observation result, LocalDate day) {
        return with(result, result.visibility(), result.late(), noon(day));
    }

    private static Observation seen(Observation result, Visibility visibility, @Nullable Boolean late) {
        return with(result, visibility, late, null);
    }

    private static Observation with(
            Observation result, Visibility visibility, @Nullable Boolean late, @Nullable Instant handedIn) {
        return new Observation(
                result.seq(),
                result.contextId(),
                result.personId(),
                result.lineItemId(),
                result.source(),
                result.status(),
                result.score(),
                result.scoreMaximum(),
                result.grade(),
                visibility,
                late,
                result.cameAbout(),
                result.occurredAt(),
                result.recordedAt(),
                result.reference(),
                new Observation.Work(result.attempt(), handedIn, null));
    }

    private record Learner(CourseFacts course, Map<Long, List<Observation>> seen) implements Facts {

        @Override
        public @Nullable Observation latest(long lineItemId) {
            List<Observation> all = history(lineItemId);
            return all.isEmpty() ? null : all.get(all.size() - 1);
        }

        @Override
        public List<Observation> history(long lineItemId) {
            return seen.getOrDefault(lineItemId, List.of());
        }

        @Override
        public @Nullable Held badge(long achievementId) {
            return null;
        }

        @Override
        public Set<String> groups() {
            return Set.of();
        }
    }
}
