package dev.laurel.gradebook;

import dev.laurel.context.CourseContext;
import dev.laurel.gradebook.source.ColumnResults;
import dev.laurel.gradebook.source.Result;
import dev.laurel.platform.road.Reference;
import java.math.BigDecimal;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Compares what is said now with what was known, and numbers what is new. */
final class Changes {

    private final CourseContext course;

    private final String source;

    private final String cameAbout;

    private final Instant now;

    private final Map<String, Long> persons;

    private final List<Observation> fresh = new ArrayList<>();

    private final Map<Long, Long> graders = new HashMap<>();

    private final Set<Long> earlier = new HashSet<>();

    private final Set<String> unmatched = new HashSet<>();

    private final Map<Long, Set<Long>> absent = new HashMap<>();

    private final Set<Long> emptied = new HashSet<>();

    private long seq;

    Changes(
            CourseContext course,
            String source,
            String cameAbout,
            Instant now,
            long lastSeq,
            Map<String, Long> persons) {
        this.course = course;
        this.source = source;
        this.cameAbout = cameAbout;
        this.now = now;
        this.seq = lastSeq;
        this.persons = persons;
    }

    void compare(List<ColumnResults> columns, Map<String, LineItem> items, Known known, Listed listed) {
        for (ColumnResults column : columns) {
            LineItem item = items.get(column.externalId());
            if (item != null && Recorder.isInput(item)) {
                compare(column, item.id(), known, listed);
            }
        }
    }

    /**
     * What was known before.
     *
     * @param latest by column and person
     * @param attempts of those of whom earlier attempts are told: each as it was known last, by column, person and number
     */
    record Known(Map<Long, Map<Long, Observation>> latest, Map<Long, Map<Long, Map<Integer, Observation>>> attempts) {

        Map<Long, Observation> of(long itemId) {
            return latest.getOrDefault(itemId, Map.of());
        }

        Map<Integer, Observation> attempts(long itemId, long personId) {
            return attempts.getOrDefault(itemId, Map.of()).getOrDefault(personId, Map.of());
        }
    }

    private void compare(ColumnResults column, long itemId, Known before, Listed listed) {
        Map<Long, Observation> known = before.of(itemId);
        Set<Long> said = new HashSet<>();
        for (Result told : column.results()) {
            Long personId = persons.get(told.account());
            if (personId == null) {
                // Not lost: the source says it again at the next look, and a roster is asked for.
                if (told.status() != Observation.Status.NONE) {
                    unmatched.add(told.account());
                }
                continue;
            }
            said.add(personId);
            Result result = withHandIn(known.get(personId), told);
            earlier(itemId, personId, result.earlier(), before.attempts(itemId, personId));
            if (isNew(known.get(personId), result)) {
                add(itemId, personId, result);
            }
        }
        for (String account : column.unreadable()) {
            Long personId = persons.get(account);
            if (personId != null && said.add(personId)) {
                unreadable(itemId, personId, known.get(personId));
            }
        }
        for (String account : column.withoutGrade()) {
            Long personId = persons.get(account);
            if (personId != null && said.add(personId)) {
                withoutGrade(itemId, personId, known.get(personId));
            }
        }
        if (!column.whole()) {
            return;
        }
        Set<Long> left = new LinkedHashSet<>();
        for (Observation latest : known.values()) {
            if (!said.contains(latest.personId()) && latest.status() != Observation.Status.NONE) {
                left.add(latest.personId());
            }
        }
        notListed(column, itemId, left, listed);
    }

    private void notListed(ColumnResults column, long itemId, Set<Long> left, Listed listed) {
        boolean empty = left.size() > 1
                && column.results().isEmpty()
                && column.unreadable().isEmpty()
                && column.withoutGrade().isEmpty();
        if (empty) {
            emptied.add(itemId);
        }
        for (Long person : left) {
            if (!empty && listed.isListedBehind(column, person)) {
                add(itemId, person, Result.none(""));
            } else {
                absent.computeIfAbsent(itemId, id -> new LinkedHashSet<>()).add(person);
            }
        }
    }

    /**
     * Where a reading lists people.
     *
     * @param places of columns in it, by their ids
     * @param last by person, the place of the last column that lists her
     */
    record Listed(Map<String, Integer> places, Map<Long, Integer> last) {

        static Listed of(List<ColumnResults> columns, Map<String, Long> persons) {
            Map<String, Integer> places = new HashMap<>();
            Map<Long, Integer> last = new HashMap<>();
            for (ColumnResults column : columns) {
                int place = places.size();
                places.put(column.externalId(), place);
                column.accounts().map(persons::get).filter(Objects::nonNull).forEach(person -> last.put(person, place));
            }
            return new Listed(places, last);
        }

        /** Whoever is listed in what was read later had not left when this column was read. */
        private boolean isListedBehind(ColumnResults column, Long person) {
            return last.getOrDefault(person, -1) > places.getOrDefault(column.externalId(), 0);
        }
    }

    /** What was known holds no longer, and is kept beside: somebody will ask what it was. */
    private void unreadable(long itemId, long personId, @Nullable Observation before) {
        if (before == null || before.status() == Observation.Status.NONE) {
            add(itemId, personId, Result.unreadable());
        } else if (before.status() != Observation.Status.UNREADABLE) {
            add(itemId, personId, Result.unreadable(before));
        }
    }

    /**
     * A grade is of the work that was seen before it, where the source does not say: some forget the day once it is graded, or
     * never tell it of a grade. Whoever is excused keeps it for when that ends.
     */
    private static Result withHandIn(@Nullable Observation before, Result now) {
        if (before == null
                || now.status() != Observation.Status.GRADED && now.status() != Observation.Status.EXCUSED
                || now.handedInAt() != null
                || !Objects.equals(before.attempt(), now.attempt())) {
            return now;
        }
        return now.handedIn(
                before.status() == Observation.Status.SUBMITTED && before.handedInAt() == null
                        ? before.workedAt()
                        : before.handedInAt());
    }

    /** A grade that is there no more takes no work with it that was handed in. */
    private void withoutGrade(long itemId, long personId, @Nullable Observation before) {
        if (before == null
                || before.status() == Observation.Status.NONE
                || before.status() == Observation.Status.SUBMITTED
                || before.status() == Observation.Status.UNREADABLE && before.score() == null) {
            return;
        }
        Instant handedIn = before.handedInAt();
        add(
                itemId,
                personId,
                handedIn == null
                        ? Result.none("")
                        : new Result(
                                        "",
                                        Observation.Status.SUBMITTED,
                                        null,
                                        null,
                                        null,
                                        before.visibility(),
                                        before.late(),
                                        handedIn,
                                        null)
                                .ofAttempt(before.attempt(), List.of())
                                .handedIn(handedIn));
    }

    /** Attempts before the last one, of which nothing was seen, or something else. They are never the latest. */
    private void earlier(long itemId, long personId, List<Result> attempts, Map<Integer, Observation> known) {
        for (Result attempt : attempts) {
            if (isNew(known.get(attempt.attempt()), attempt)) {
                add(itemId, personId, attempt);
                earlier.add(seq);
            }
        }
    }

    /** Whoever has a result in this column and is not in all that the source tells of it. */
    void missing(ColumnResults column, long itemId, Set<Long> holders, Listed listed) {
        Set<Long> left = new LinkedHashSet<>(holders);
        column.accounts().forEach(account -> left.remove(persons.get(account)));
        notListed(column, itemId, left, listed);
    }

    /** What was known is taken back. */
    void takenBack(Observation known) {
        add(known.lineItemId(), known.personId(), Result.none(""));
    }

    /** By column: who is not listed any more, and may have left. */
    Map<Long, Set<Long>> absent() {
        return absent;
    }

    /** Columns of which nothing is listed any more, though several results were known. */
    Set<Long> emptied() {
        return emptied;
    }

    List<Observation> fresh() {
        return fresh;
    }

    /** The numbers of those that are of an attempt before the latest one. */
    Set<Long> earlier() {
        return earlier;
    }

    /** Who gave the grade, by the number of the observation. */
    Map<Long, Long> graders() {
        return graders;
    }

    /** Who has results and is not known yet, as the source names them. */
    Set<String> unmatched() {
        return unmatched;
    }

    long lastSeq() {
        return seq;
    }

    private void add(long itemId, long personId, Result result) {
        Long grader = result.gradedBy() == null ? null : persons.get(result.gradedBy());
        if (grader != null) {
            graders.put(seq + 1, grader);
        }
        fresh.add(new Observation(
                ++seq,
                course.id(),
                personId,
                itemId,
                source,
                result.status(),
                result.score(),
                result.scoreMaximum(),
                result.grade(),
                result.visibility(),
                result.late(),
                cameAbout,
                result.occurredAt(),
                now,
                Reference.next(),
                new Observation.Work(result.attempt(), result.handedInAt(), result.grader())));
    }

    /** Whether a result says anything that was not known. */
    static boolean isNew(@Nullable Observation before, Result now) {
        if (before == null) {
            return now.status() != Observation.Status.NONE;
        }
        return before.status() != now.status()
                || isDifferent(before.score(), now.score())
                || isDifferent(before.scoreMaximum(), now.scoreMaximum())
                || !Objects.equals(before.grade(), now.grade())
                || before.visibility() != now.visibility()
                || !Objects.equals(before.late(), now.late())
                || isOtherAttempt(before.attempt(), now.attempt())
                || isHandedInElse(before.handedInAt(), now.handedInAt())
                || isByAnother(before.grader(), now.grader());
    }

    /** Where it was not known, this is new: a badge may ask for the day. That somebody does not tell it any more is not. */
    private static boolean isHandedInElse(@Nullable Instant before, @Nullable Instant now) {
        return now != null && !now.equals(before);
    }

    /** That it was never said before is nothing new, or all results of a course would be; nor is that nobody says it any more. */
    private static boolean isByAnother(Observation.@Nullable Grader before, Observation.@Nullable Grader now) {
        return before != null && now != null && before != now;
    }

    /** That what was known is of the first attempt is nothing new; nor is that somebody does not tell it any more. */
    private static boolean isOtherAttempt(@Nullable Integer before, @Nullable Integer now) {
        return now != null && now != (before == null ? 1 : before);
    }

    private static boolean isDifferent(@Nullable BigDecimal one, @Nullable BigDecimal other) {
        return one == null || other == null ? one != other : one.compareTo(other) != 0;
    }
}
