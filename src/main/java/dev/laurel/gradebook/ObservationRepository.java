package dev.laurel.gradebook;

import dev.laurel.platform.road.Reference;
import dev.laurel.platform.sql.MassInsert;
import dev.laurel.platform.sql.Utc;
import dev.laurel.platform.tenant.TenantId;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;

/** The change log {@code observation} and what it amounts to, {@code latest_observation}. */
@Repository
class ObservationRepository {

    private static final String COLUMNS = "tenant_id, context_id, seq, recorded_at, person_id, line_item_id, source,"
            + " status, score, score_maximum, grade, visibility, late, came_about, occurred_at, reference, attempt,"
            + " handed_in_at, grader";

    private static final MassInsert LOG = new MassInsert("observation (" + COLUMNS + ")", "");

    private static final MassInsert LATEST = new MassInsert("latest_observation (" + COLUMNS + ")", """
            ON DUPLICATE KEY UPDATE seq = VALUES(seq), recorded_at = VALUES(recorded_at), source = VALUES(source),
                status = VALUES(status), score = VALUES(score), score_maximum = VALUES(score_maximum),
                grade = VALUES(grade), visibility = VALUES(visibility), late = VALUES(late), came_about = VALUES(came_about),
                occurred_at = VALUES(occurred_at), reference = VALUES(reference), attempt = VALUES(attempt),
                handed_in_at = VALUES(handed_in_at), grader = VALUES(grader)""");

    private static final int AT_ONCE = 1_000;

    private final JdbcClient jdbc;

    private final JdbcTemplate batch;

    ObservationRepository(JdbcClient jdbc, JdbcTemplate batch) {
        this.jdbc = jdbc;
        this.batch = batch;
    }

    /** Appends to the log and brings the latest state up to date: two statements however many they are. */
    void append(TenantId tenant, List<Observation> observations) {
        append(tenant, observations, Set.of());
    }

    /** @param earlier numbers of those that are of an attempt before the latest one */
    void append(TenantId tenant, List<Observation> observations, Set<Long> earlier) {
        List<Object[]> rows = observations.stream().map(o -> row(tenant, o)).toList();
        LOG.insert(batch, rows, Function.identity());
        List<Object[]> latest = earlier.isEmpty()
                ? rows
                : observations.stream()
                        .filter(o -> !earlier.contains(o.seq()))
                        .map(o -> row(tenant, o))
                        .toList();
        LATEST.insert(batch, latest, Function.identity());
    }

    /** @param authors persons by the number of what they entered */
    void enteredBy(TenantId tenant, long contextId, Map<Long, Long> authors) {
        batch.batchUpdate(
                "INSERT INTO observation_author (tenant_id, context_id, seq, by_person) VALUES (?, ?, ?, ?)",
                authors.entrySet().stream()
                        .map(author -> new Object[] {tenant.value(), contextId, author.getKey(), author.getValue()})
                        .toList());
    }

    /** Who entered what of these people in these columns, by its number. */
    Map<Long, Long> authors(TenantId tenant, long contextId, Collection<Long> lineItemIds, Collection<Long> personIds) {
        Map<Long, Long> authors = new HashMap<>();
        if (!lineItemIds.isEmpty() && !personIds.isEmpty()) {
            jdbc.sql("""
                    SELECT a.seq, a.by_person FROM observation o
                    JOIN observation_author a
                        ON a.tenant_id = o.tenant_id AND a.context_id = o.context_id AND a.seq = o.seq
                    WHERE o.tenant_id = :tenant AND o.context_id = :context AND o.line_item_id IN (:items)
                        AND o.person_id IN (:people)""")
                    .param("tenant", tenant.value())
                    .param("context", contextId)
                    .param("items", lineItemIds)
                    .param("people", personIds)
                    .query(row -> {
                        authors.put(row.getLong("seq"), row.getLong("by_person"));
                    });
        }
        return authors;
    }

    /**
     * Everything that was ever said of these people in these courses, oldest first within each course. Many courses, few
     * people in each: one range of an index for every person.
     *
     * @param people by course
     */
    List<Observation> historyIn(TenantId tenant, Map<Long, Set<Long>> people) {
        return people.isEmpty()
                ? List.of()
                : jdbc.sql("SELECT * FROM observation o WHERE tenant_id = :tenant AND " + places(people)
                                + " ORDER BY seq")
                        .param("tenant", tenant.value())
                        .query((row, n) -> observation(row))
                        .list();
    }

    /** Who entered what of these people in these courses, by course and by its number there. */
    Map<Long, Map<Long, Long>> authorsIn(TenantId tenant, Map<Long, Set<Long>> people) {
        Map<Long, Map<Long, Long>> authors = new HashMap<>();
        if (!people.isEmpty()) {
            jdbc.sql("""
                    SELECT a.context_id, a.seq, a.by_person FROM observation o
                    JOIN observation_author a
                        ON a.tenant_id = o.tenant_id AND a.context_id = o.context_id AND a.seq = o.seq
                    WHERE o.tenant_id = :tenant AND\s""" + places(people)).param("tenant", tenant.value()).query(row -> {
                authors.computeIfAbsent(row.getLong("context_id"), course -> new HashMap<>())
                        .put(row.getLong("seq"), row.getLong("by_person"));
            });
        }
        return authors;
    }

    /** Numbers only. */
    private static String places(Map<Long, Set<Long>> people) {
        return people.entrySet().stream()
                .map(course -> "(o.context_id = " + course.getKey() + " AND o.person_id IN ("
                        + course.getValue().stream().map(String::valueOf).collect(Collectors.joining(", ")) + "))")
                .collect(Collectors.joining(" OR ", "(", ")"));
    }

    private static Object[] row(TenantId tenant, Observation o) {
        return new Object[] {
            tenant.value(),
            o.contextId(),
            o.seq(),
            Utc.of(o.recordedAt()),
            o.personId(),
            o.lineItemId(),
            o.source(),
            o.status().name(),
            o.score(),
            o.scoreMaximum(),
            o.grade(),
            o.visibility().name(),
            o.late(),
            o.cameAbout(),
            Utc.ofNullable(o.occurredAt()),
            o.reference().value(),
            o.attempt(),
            Utc.ofNullable(o.handedInAt()),
            o.grader() == null ? null : o.grader().name()
        };
    }

    List<Observation> after(TenantId tenant, long contextId, long seq, int limit) {
        return jdbc.sql(
                        "SELECT * FROM observation WHERE tenant_id = ? AND context_id = ? AND seq > ? ORDER BY seq LIMIT ?")
                .params(tenant.value(), contextId, seq, limit)
                .query((row, n) -> observation(row))
                .list();
    }

    /** The latest of these people in these columns; {@code null} means everybody. */
    List<Observation> latest(
            TenantId tenant, long contextId, Collection<Long> lineItemIds, @Nullable Collection<Long> personIds) {
        return find("latest_observation", "", Map.of(), tenant, contextId, lineItemIds, personIds);
    }

    /** The same, without reading again what is the last that the log says: where many are graded at once, that is all. */
    List<Observation> latest(
            TenantId tenant,
            long contextId,
            Collection<Long> lineItemIds,
            @Nullable Collection<Long> personIds,
            List<Observation> changes) {
        if (changes.isEmpty()) {
            return latest(tenant, contextId, lineItemIds, personIds);
        }
        Set<Long> people = personIds == null ? Set.of() : new HashSet<>(personIds);
        Map<List<Long>, Observation> latest = new HashMap<>();
        changes.stream()
                .filter(change -> lineItemIds.contains(change.lineItemId()))
                .filter(change -> personIds == null || people.contains(change.personId()))
                .forEach(change -> latest.merge(place(change), change, ObservationRepository::later));
        Map<String, Long> known = Map.of(
                "first",
                changes.get(0).seq(),
                "last",
                changes.get(changes.size() - 1).seq());
        find(
                        "latest_observation",
                        " AND seq NOT BETWEEN :first AND :last",
                        known,
                        tenant,
                        contextId,
                        lineItemIds,
                        personIds)
                .forEach(other -> latest.put(place(other), other));
        return List.copyOf(latest.values());
    }

    /** What is read late of an earlier attempt stands later in the log, and is not the latest all the same. */
    private static Observation later(Observation before, Observation after) {
        boolean earlierAttempt = before.attempt() != null
                && after.attempt() != null
                && !after.isWithoutWork()
                && after.attempt() < before.attempt();
        return earlierAttempt ? before : after;
    }

    private static List<Long> place(Observation observation) {
        return List.of(observation.personId(), observation.lineItemId());
    }

    /** Everything that was ever said of these people in these columns; of each person and column oldest first. */
    List<Observation> history(
            TenantId tenant, long contextId, Collection<Long> lineItemIds, @Nullable Collection<Long> personIds) {
        return find("observation", " ORDER BY seq", Map.of(), tenant, contextId, lineItemIds, personIds);
    }

    /** Not for too many people at once: from some number of them on, databases read the whole course instead. */
    private List<Observation> find(
            String table,
            String andOrder,
            Map<String, Long> and,
            TenantId tenant,
            long contextId,
            Collection<Long> lineItemIds,
            @Nullable Collection<Long> personIds) {
        if (lineItemIds.isEmpty() || (personIds != null && personIds.isEmpty())) {
            return List.of();
        }
        String sql = "SELECT * FROM " + table + " WHERE tenant_id = :tenant AND context_id = :context"
                + " AND line_item_id IN (:items)" + (personIds == null ? "" : " AND person_id IN (:people)") + andOrder;
        List<Long> people = personIds == null ? List.of(0L) : List.copyOf(personIds);
        List<Observation> found = new ArrayList<>();
        for (int from = 0; from < people.size(); from += AT_ONCE) {
            found.addAll(jdbc.sql(sql)
                    .params(and)
                    .param("tenant", tenant.value())
                    .param("context", contextId)
                    .param("items", lineItemIds)
                    .param("people", people.subList(from, Math.min(from + AT_ONCE, people.size())))
                    .query((row, n) -> observation(row))
                    .list());
        }
        return found;
    }

    Map<Long, Integer> gradedCounts(TenantId tenant, long contextId) {
        Map<Long, Integer> counts = new HashMap<>();
        jdbc.sql("""
                SELECT line_item_id, COUNT(*) AS graded FROM latest_observation
                WHERE tenant_id = ? AND context_id = ? AND status = 'GRADED' GROUP BY line_item_id""").params(tenant.value(), contextId).query(row -> {
            counts.put(row.getLong("line_item_id"), row.getInt("graded"));
        });
        return counts;
    }

    /** Whoever has any result in a column. */
    Set<Long> holders(TenantId tenant, long contextId, long lineItemId) {
        return Set.copyOf(jdbc.sql("SELECT person_id FROM latest_observation WHERE tenant_id = ? AND context_id = ?"
                        + " AND line_item_id = ? AND status <> 'NONE'")
                .params(tenant.value(), contextId, lineItemId)
                .query(Long.class)
                .list());
    }

    /** What a source said after a place in the log, oldest first, without what is only complete or not. */
    List<KnownColumns.Change> changes(TenantId tenant, long contextId, String source, long after, int most) {
        return jdbc.sql("""
                SELECT o.seq, o.person_id FROM observation o
                JOIN line_item l ON l.tenant_id = o.tenant_id AND l.id = o.line_item_id
                WHERE o.tenant_id = ? AND o.context_id = ? AND o.seq > ? AND o.source = ? AND l.kind <> 'COMPLETION'
                ORDER BY o.seq LIMIT ?""")
                .params(tenant.value(), contextId, after, source, most)
                .query((row, n) -> new KnownColumns.Change(row.getLong("seq"), row.getLong("person_id")))
                .list();
    }

    /** The last place in the log of a course; 0 where it is empty. */
    long last(TenantId tenant, long contextId) {
        return jdbc.sql("SELECT COALESCE(MAX(seq), 0) FROM observation WHERE tenant_id = ? AND context_id = ?")
                .params(tenant.value(), contextId)
                .query(Long.class)
                .single();
    }

    List<KnownColumns.Maximum> maxima(TenantId tenant, long contextId, String source) {
        return jdbc.sql("""
                SELECT DISTINCT l.external_id, o.score_maximum FROM latest_observation o
                JOIN line_item l ON l.tenant_id = o.tenant_id AND l.id = o.line_item_id
                WHERE o.tenant_id = ? AND o.context_id = ? AND o.source = ? AND o.score IS NOT NULL
                    AND l.deleted_at IS NULL""")
                .params(tenant.value(), contextId, source)
                .query((row, n) ->
                        new KnownColumns.Maximum(row.getString("external_id"), row.getBigDecimal("score_maximum")))
                .list();
    }

    /** In the order of the index of what is hidden, which ends with the primary key: no more rows are read than answered. */
    List<KnownColumns.Hidden> hidden(TenantId tenant, long contextId, String source, long after, int most) {
        return jdbc.sql("""
                SELECT l.external_id, o.person_id FROM latest_observation o
                JOIN line_item l ON l.tenant_id = o.tenant_id AND l.id = o.line_item_id
                WHERE o.tenant_id = ? AND o.context_id = ? AND o.source = ? AND o.visibility = 'HIDDEN'
                    AND o.person_id > ? AND l.deleted_at IS NULL
                    AND l.kind NOT IN ('OUTCOME', 'TOTAL_CURRENT', 'TOTAL_FINAL')
                ORDER BY o.person_id, o.line_item_id
                LIMIT ?""")
                .params(tenant.value(), contextId, source, after, most)
                .query((row, n) -> new KnownColumns.Hidden(row.getString("external_id"), row.getLong("person_id")))
                .list();
    }

    /** Of whom a column has a result of a later attempt than the first: which of her attempts are in the log. */
    List<KnownColumns.Attempt> attempts(TenantId tenant, long contextId, Collection<Long> lineItemIds) {
        return lineItemIds.isEmpty()
                ? List.of()
                : jdbc.sql("""
                        SELECT DISTINCT i.external_id, o.person_id, o.attempt, l.attempt AS last
                        FROM latest_observation l
                        JOIN observation o ON o.tenant_id = l.tenant_id AND o.context_id = l.context_id
                            AND o.line_item_id = l.line_item_id AND o.person_id = l.person_id AND o.attempt IS NOT NULL
                        JOIN line_item i ON i.tenant_id = l.tenant_id AND i.id = l.line_item_id
                        WHERE l.tenant_id = :tenant AND l.context_id = :context AND l.line_item_id IN (:items)
                            AND l.attempt > 1""")
                        .param("tenant", tenant.value())
                        .param("context", contextId)
                        .param("items", lineItemIds)
                        .query((row, n) -> new KnownColumns.Attempt(
                                row.getString("external_id"),
                                row.getLong("person_id"),
                                row.getInt("attempt"),
                                row.getInt("last")))
                        .list();
    }

    Optional<Observation> byReference(TenantId tenant, Reference reference) {
        return jdbc.sql("SELECT * FROM observation WHERE tenant_id = ? AND reference = ? LIMIT 1")
                .params(tenant.value(), reference.value())
                .query((row, n) -> observation(row))
                .optional();
    }

    private static Observation observation(ResultSet row) throws SQLException {
        boolean late = row.getBoolean("late");
        Boolean lateOrUnknown = row.wasNull() ? null : late;
        Instant occurredAt = Utc.readNullable(row, "occurred_at");
        int attempt = row.getInt("attempt");
        Integer attemptOrUnknown = row.wasNull() ? null : attempt;
        String grader = row.getString("grader");
        return new Observation(
                row.getLong("seq"),
                row.getLong("context_id"),
                row.getLong("person_id"),
                row.getLong("line_item_id"),
                row.getString("source"),
                Observation.Status.valueOf(row.getString("status")),
                row.getBigDecimal("score"),
                row.getBigDecimal("score_maximum"),
                row.getString("grade"),
                Observation.Visibility.valueOf(row.getString("visibility")),
                lateOrUnknown,
                row.getString("came_about"),
                occurredAt,
                Utc.read(row, "recorded_at"),
                new Reference(row.getString("reference")),
                new Observation.Work(
                        attemptOrUnknown,
                        Utc.readNullable(row, "handed_in_at"),
                        grader == null ? null : Observation.Grader.valueOf(grader)));
    }
}
