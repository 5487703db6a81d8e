package dev.laurel.gradebook.canvas;

import dev.laurel.gradebook.KnownColumns;
import dev.laurel.platform.secrets.Sha256;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/**
 * Of whom the attempts before the last one are asked for. Canvas tells a submission as it is now, so a grade that another
 * attempt followed between two looks would be lost to a badge that asks for the best or the first. Asked is only about the
 * assignments of such badges, and of those of whom something changed or an attempt is not known.
 */
final class EarlierAttempts {

    /** For staff, as long as some are missing: nobody who they are of is decided on without them. */
    static final String LEFT_OUT =
            "Canvas leaves out earlier attempts, which a badge asks for, so those who handed in more than once may stay"
                    + " open. Its administrator can tick \u201cAllow Include Parameters\u201d on the developer key. Where"
                    + " that does not help, change the rule to the latest result in place of the best or the first: that"
                    + " needs no earlier attempt.";

    /** How many requests a look spends on them; the rest has its turn at the next one. */
    private static final int REQUESTS = 40;

    private final Set<String> columns;

    private final Map<Cell, Set<Integer>> known = new HashMap<>();

    /** Of which something is missing in the log. */
    private final Set<Cell> owed = new LinkedHashSet<>();

    private final Set<Cell> wanted = new LinkedHashSet<>();

    /**
     * @param columns external ids of those that are asked for attempt by attempt
     * @param log which attempts are in the log
     * @param users Canvas's numbers of people
     */
    EarlierAttempts(Set<String> columns, List<KnownColumns.Attempt> log, Map<Long, String> users) {
        this.columns = columns;
        Map<Cell, Integer> last = new HashMap<>();
        for (KnownColumns.Attempt attempt : log) {
            String user = users.get(attempt.personId());
            if (user != null) {
                Cell cell = new Cell(attempt.externalId(), user);
                known.computeIfAbsent(cell, each -> new HashSet<>()).add(attempt.number());
                last.put(cell, attempt.last());
            }
        }
        last.forEach((cell, number) -> {
            if (!isKnown(cell, number)) {
                owed.add(cell);
            }
        });
    }

    private record Cell(String column, String user) {}

    /** A question to Canvas: so many people about one assignment. */
    record Question(String column, List<String> users) {}

    /** Changes where other columns are asked for. */
    String digest() {
        return columns.isEmpty()
                ? ""
                : HexFormat.of().formatHex(Sha256.of(String.join(" ", new TreeSet<>(columns))), 0, 6);
    }

    private boolean isKnown(Cell cell, int last) {
        Set<Integer> numbers = known.getOrDefault(cell, Set.of());
        return IntStream.rangeClosed(1, last).allMatch(numbers::contains);
    }

    /**
     * Canvas said this of somebody.
     *
     * @param isNew whether something changed, so that an earlier attempt may have been graded anew, too
     */
    void said(String column, String user, @Nullable Integer attempt, boolean isNew) {
        Cell cell = new Cell(column, user);
        if (attempt != null && attempt > 1 && columns.contains(column) && (isNew || !isKnown(cell, attempt))) {
            wanted.add(cell);
        }
    }

    /** Those, too, of whom nothing is said in this look, and an attempt is not in the log. */
    void wantOwed() {
        wanted.addAll(owed);
    }

    /** Whether one was missing before this look. */
    boolean isAnyOwed() {
        return !owed.isEmpty();
    }

    boolean isAnyWanted() {
        return !wanted.isEmpty();
    }

    /** As many as one look asks, those of whom something changed first; what is asked is not wanted any more. */
    List<Question> questions() {
        Map<String, List<String>> byColumn = new LinkedHashMap<>();
        wanted.forEach(cell ->
                byColumn.computeIfAbsent(cell.column(), id -> new ArrayList<>()).add(cell.user()));
        List<Question> questions = new ArrayList<>();
        byColumn.forEach((column, users) -> ByName.parts(users, Submissions.PEOPLE_AT_ONCE)
                .forEach(some -> questions.add(new Question(column, some))));
        List<Question> now = questions.stream().limit(REQUESTS).toList();
        now.forEach(question -> question.users().forEach(user -> wanted.remove(new Cell(question.column(), user))));
        return now;
    }
}
