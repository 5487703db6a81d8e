package dev.laurel.gradebook.csv;

import dev.laurel.context.CourseContext;
import dev.laurel.gradebook.Gradebook;
import dev.laurel.gradebook.LineItem;
import dev.laurel.gradebook.Observation;
import dev.laurel.gradebook.source.Column;
import dev.laurel.gradebook.source.ObservationLog;
import dev.laurel.gradebook.source.ObservationLog.Entry;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** A file as it stands to one course: its items by the columns of the course, its learners by their numbers. */
final class CourseFile {

    /**
     * No file knows whether learners see their results in the LMS, not even one of Canvas: what it posts by hand may be
     * posted by now.
     */
    static final ObservationLog.Origin ORIGIN =
            new ObservationLog.Origin(CsvImports.SOURCE, Observation.IMPORTED, Observation.Visibility.UNKNOWN);

    private static final int RESULTS_AT_ONCE = 10_000;

    private final CourseContext course;

    private final long byPerson;

    final FileReading reading;

    private final Learners learners;

    private final Map<String, String> names;

    private Map<String, LineItem> columns = Map.of();

    /** @param names of columns that were given another one than the file has, by external id */
    CourseFile(CourseContext course, long byPerson, FileReading reading, Learners learners, Map<String, String> names) {
        this.course = course;
        this.byPerson = byPerson;
        this.reading = reading;
        this.learners = learners;
        this.names = Map.copyOf(names);
    }

    /** What a learner is called; empty where nobody knows it. */
    String name(int learner) {
        return learners.name(learner);
    }

    List<Column> asColumns() {
        return reading.items().stream()
                .map(item -> new Column(
                        item.externalId,
                        names.getOrDefault(item.externalId, item.label),
                        item.kind,
                        null,
                        null,
                        item.maximum,
                        null,
                        null,
                        null))
                .toList();
    }

    /** By external id; those that the course has not yet are missing. */
    void columns(Map<String, LineItem> known) {
        columns = Map.copyOf(known);
    }

    List<Entry> entries(List<FileReading.Found> found) {
        List<Entry> entries = new ArrayList<>();
        for (FileReading.Found result : found) {
            entries.add(new Entry(
                    learners.person(result.learner()),
                    column(result.item()),
                    result.status(),
                    result.score(),
                    result.status() == Observation.Status.GRADED ? result.item().maximum : null,
                    null,
                    false,
                    byPerson));
        }
        return entries;
    }

    private long column(FileReading.Item item) {
        @Nullable LineItem column = columns.get(item.externalId);
        return column == null ? 0 : column.id();
    }

    /** Hands over, in parts, how results that the file does not have would be taken back: of nobody who left. */
    void missing(Gradebook gradebook, Consumer<List<Entry>> taking) {
        Map<Long, FileReading.Item> items = new HashMap<>();
        reading.items().stream()
                .filter(item -> columns.containsKey(item.externalId))
                .forEach(item -> items.put(column(item), item));
        if (items.isEmpty()) {
            return;
        }
        int atOnce = Math.max(1, RESULTS_AT_ONCE / items.size());
        for (int from = 0; from < learners.size(); from += atOnce) {
            List<Long> people = new ArrayList<>();
            for (int place = from; place < Math.min(from + atOnce, learners.size()); place++) {
                if (!learners.isGone(place)) {
                    people.add(learners.person(place));
                }
            }
            List<Entry> taken = new ArrayList<>();
            for (Observation seen : gradebook.latest(course.tenant(), course.id(), items.keySet(), people)) {
                FileReading.Item item = items.get(seen.lineItemId());
                if (item != null
                        && seen.status() != Observation.Status.NONE
                        && !item.mentions(learners.place(seen.personId()))) {
                    taken.add(new Entry(
                            seen.personId(),
                            seen.lineItemId(),
                            Observation.Status.NONE,
                            null,
                            null,
                            null,
                            false,
                            byPerson));
                }
            }
            if (!taken.isEmpty()) {
                taking.accept(taken);
            }
        }
    }
}
