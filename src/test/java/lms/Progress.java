package lms;

import java.math.BigDecimal;
import java.math.MathContext;
import java.time.Clock;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;

/**
 * What a course knows of its students beside points in columns: activities that are complete, outcomes, rows of rubrics,
 * sessions, and how it comes to a total and its letter. Safe for several threads.
 */
public final class Progress {

    private static final BigDecimal HUNDRED = new BigDecimal(100);

    private final Course course;

    private final Clock clock;

    private final List<Item> items = new CopyOnWriteArrayList<>();

    private final Map<String, Value> values = new ConcurrentHashMap<>();

    private final Map<String, Mark> marks = new ConcurrentHashMap<>();

    private final Map<String, Instant> markedAt = new ConcurrentHashMap<>();

    private final Map<String, String> groups = new ConcurrentHashMap<>();

    private final Set<String> leftOut = ConcurrentHashMap.newKeySet();

    private volatile List<Letter> scheme = List.of(
            new Letter("A", 93),
            new Letter("A-", 90),
            new Letter("B+", 87),
            new Letter("B", 83),
            new Letter("B-", 80),
            new Letter("C+", 77),
            new Letter("C", 73),
            new Letter("C-", 70),
            new Letter("D", 60),
            new Letter("F", 0));

    Progress(Course course, Clock clock) {
        this.course = course;
        this.clock = clock;
    }

    /** What is measured beside columns. */
    public enum Kind {
        ACTIVITY("Activity"),
        OUTCOME("Outcome"),
        RUBRIC_ROW("Row of the rubric"),
        SESSION("Session");

        private final String label;

        Kind(String label) {
            this.label = label;
        }

        String label() {
            return label;
        }
    }

    /**
     * Something that a student reaches.
     *
     * @param group the module of an activity, the column of a row of a rubric, what a session is filed under
     * @param mastery points from which an outcome is mastered; {@code null} for all others
     */
    public record Item(String id, Kind kind, String label, String group, BigDecimal maximum, BigDecimal mastery) {}

    /** What a student has reached, since when. */
    record Value(BigDecimal points, Instant at) {}

    /** @param fromPercent the least percent that gives the letter */
    public record Letter(String letter, int fromPercent) {}

    public Item addActivity(String label, String module) {
        return add(Kind.ACTIVITY, label, module, 1, null);
    }

    public Item addOutcome(String label, int maximum, int mastery) {
        return add(Kind.OUTCOME, label, "Outcomes", maximum, new BigDecimal(mastery));
    }

    public Item addRubricRow(Column column, String label, int maximum) {
        return add(Kind.RUBRIC_ROW, label, column.label(), maximum, null);
    }

    public Item addSession(String label, String group) {
        return add(Kind.SESSION, label, group, 1, null);
    }

    private Item add(Kind kind, String label, String group, int maximum, BigDecimal mastery) {
        var item =
                new Item(course.id() + "-p" + (items.size() + 1), kind, label, group, new BigDecimal(maximum), mastery);
        items.add(item);
        return item;
    }

    public List<Item> items() {
        return List.copyOf(items);
    }

    Optional<Item> item(String id) {
        return items.stream().filter(item -> item.id().equals(id)).findFirst();
    }

    /**
     * Types what a student has reached: points, or 1 for complete and present, 0 for absent; empty takes it away.
     *
     * @throws RefusedGradeException if it is not a number between zero and the maximum
     */
    public void put(LmsUser user, Item item, String typed) {
        Optional<BigDecimal> points = GradeInput.parse(typed, item.maximum());
        if (points.isPresent()) {
            values.put(key(user, item.id()), new Value(points.get(), clock.instant()));
        } else {
            values.remove(key(user, item.id()));
        }
    }

    Optional<Value> value(LmsUser user, Item item) {
        return Optional.ofNullable(values.get(key(user, item.id())));
    }

    public void mark(LmsUser user, Column column, Mark mark) {
        marks.put(key(user, column.id()), mark);
        markedAt.put(key(user, column.id()), clock.instant());
    }

    /** When somebody said what is to be known of it. */
    Instant markedAt(LmsUser user, Column column) {
        return markedAt.getOrDefault(key(user, column.id()), clock.instant());
    }

    Mark mark(LmsUser user, Column column) {
        return marks.getOrDefault(key(user, column.id()), Mark.NONE);
    }

    /** Files a column under an assignment group. */
    public void file(Column column, String group) {
        groups.put(column.id(), group);
    }

    String group(Column column) {
        return groups.getOrDefault(column.id(), "Assignments");
    }

    /** Such a column does not count towards the total of the course. */
    public void leaveOutOfTotal(Column column) {
        leftOut.add(column.id());
    }

    /** @param best the best letter first */
    public void setScheme(List<Letter> best) {
        scheme = List.copyOf(best);
    }

    List<Letter> scheme() {
        return scheme;
    }

    String letter(BigDecimal percent) {
        return scheme.stream()
                .filter(letter -> percent.compareTo(new BigDecimal(letter.fromPercent())) >= 0)
                .map(Letter::letter)
                .findFirst()
                .orElse("");
    }

    /** The course so far in percent, of what the student can see a grade for. */
    public Optional<BigDecimal> current(LmsUser user) {
        return total(user, false, course.columns());
    }

    /** The same of what is filed under a group. */
    Optional<BigDecimal> current(LmsUser user, String group) {
        return total(
                user,
                false,
                course.columns().stream()
                        .filter(column -> group(column).equals(group))
                        .toList());
    }

    /** The course in percent if it ended now: what has no grade counts as nothing. */
    public Optional<BigDecimal> atTheEnd(LmsUser user) {
        return total(user, true, course.columns());
    }

    /** Neither what is excused or hidden counts, nor what a tool sends. */
    private Optional<BigDecimal> total(LmsUser user, boolean missingIsNothing, List<Column> columns) {
        BigDecimal points = BigDecimal.ZERO;
        BigDecimal maximum = BigDecimal.ZERO;
        for (Column column : columns) {
            Mark mark = mark(user, column);
            if (leftOut.contains(column.id()) || mark == Mark.EXCUSED || mark == Mark.HIDDEN || isSent(column)) {
                continue;
            }
            BigDecimal score = column.grade(user).map(Grade::score).orElse(null);
            if (score != null || missingIsNothing) {
                points = points.add(score == null ? BigDecimal.ZERO : score);
                maximum = maximum.add(column.maximum());
            }
        }
        return maximum.signum() == 0
                ? Optional.empty()
                : Optional.of(points.multiply(HUNDRED).divide(maximum, MathContext.DECIMAL32));
    }

    private boolean isSent(Column column) {
        return course.people().stream()
                .anyMatch(person -> column.lastScore(person).isPresent());
    }

    /** When a student completed everything in a module; {@code null}: in the whole course. */
    Optional<Instant> completed(LmsUser user, String module) {
        List<Optional<Value>> reached = items.stream()
                .filter(item -> item.kind() == Kind.ACTIVITY)
                .filter(item -> module == null || item.group().equals(module))
                .map(item -> value(user, item).filter(value -> value.points().signum() > 0))
                .toList();
        return reached.isEmpty() || reached.stream().anyMatch(Optional::isEmpty)
                ? Optional.empty()
                : reached.stream().map(value -> value.orElseThrow().at()).max(Instant::compareTo);
    }

    List<String> modules() {
        return items.stream()
                .filter(item -> item.kind() == Kind.ACTIVITY)
                .map(Item::group)
                .distinct()
                .toList();
    }

    private static String key(LmsUser user, String what) {
        return what + " " + user.id();
    }
}
