package dev.laurel.context;

import dev.laurel.platform.sql.Utc;
import dev.laurel.platform.sql.Varchar;
import dev.laurel.platform.tenant.TenantId;
import java.time.Clock;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.springframework.context.ApplicationEventPublisher;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Transactional;

/**
 * What the sections (Canvas) or groups (Moodle) of courses are called. Rosters and launches tell their numbers only; names
 * come from a platform's own interface, where Laurel may read it. Rows of {@code course_section}.
 */
@Component
public class CourseSections {

    private static final int LONGEST = 255;

    private final MembershipRepository memberships;

    private final JdbcClient jdbc;

    private final JdbcTemplate batches;

    private final ApplicationEventPublisher events;

    private final Clock clock;

    CourseSections(
            MembershipRepository memberships,
            JdbcClient jdbc,
            JdbcTemplate batches,
            ApplicationEventPublisher events,
            Clock clock) {
        this.memberships = memberships;
        this.jdbc = jdbc;
        this.batches = batches;
        this.events = events;
        this.clock = clock;
    }

    /**
     * A section or group of a course.
     *
     * @param name {@code null}: the platform told its number only
     * @param learners how many of it can earn now
     */
    public record Section(String number, @Nullable String name, long learners) {

        public String label() {
            return CourseSections.label(number, name);
        }
    }

    /** {@code Section A (4711)}, and the number alone where no name is known: two may have the same name. */
    public static String label(String number, @Nullable String name) {
        return name == null ? number : name + " (" + number + ")";
    }

    /** What those are called of which the platform told it, by number, also where they are gone. One statement. */
    public Map<String, String> names(TenantId tenant, long contextId) {
        return known(tenant, contextId).names();
    }

    /**
     * What the platform told of the sections of a course.
     *
     * @param names by number, also where they are gone
     * @param gone those that it lists no more: they were deleted, or nobody is in them
     */
    public record Known(Map<String, String> names, Set<String> gone) {}

    /** One statement. */
    public Known known(TenantId tenant, long contextId) {
        Known known = new Known(new HashMap<>(), new HashSet<>());
        jdbc.sql("SELECT number, name, gone_at FROM course_section WHERE tenant_id = ? AND context_id = ?")
                .params(tenant.value(), contextId)
                .query(row -> {
                    String number = row.getString("number");
                    known.names().put(number, row.getString("name"));
                    if (row.getObject("gone_at") != null) {
                        known.gone().add(number);
                    }
                });
        return known;
    }

    /**
     * Those of which a name is known, but for what is gone, or that learners of the course are in now; by name, and those
     * without one last.
     */
    public List<Section> all(TenantId tenant, long contextId) {
        Known known = known(tenant, contextId);
        Map<String, String> names = known.names();
        Map<String, Long> heads = memberships.ofContext(tenant, contextId).values().stream()
                .map(MembershipRepository.Row::standing)
                .filter(Standing::earns)
                .flatMap(standing -> ids(standing).stream())
                .collect(Collectors.groupingBy(Function.identity(), Collectors.counting()));
        return Stream.concat(
                        names.keySet().stream().filter(number -> !known.gone().contains(number)),
                        heads.keySet().stream())
                .distinct()
                .map(number -> new Section(number, names.get(number), heads.getOrDefault(number, 0L)))
                .sorted(Comparator.comparing(Section::name, Comparator.nullsLast(String.CASE_INSENSITIVE_ORDER))
                        .thenComparing(Section::number))
                .toList();
    }

    /** Whether anybody is in one of which no name is known. */
    public boolean isAnyUnnamed(TenantId tenant, long contextId) {
        Set<String> numbers = memberships.ofContext(tenant, contextId).values().stream()
                .flatMap(row -> ids(row.standing()).stream())
                .collect(Collectors.toCollection(TreeSet::new));
        return !numbers.isEmpty() && !names(tenant, contextId).keySet().containsAll(numbers);
    }

    /**
     * What the platform calls some of them now, by number. What did not change is not written, and a name once known stays: a
     * rule may speak of a section that is gone.
     */
    @Transactional
    public void tell(TenantId tenant, long contextId, Map<String, String> told) {
        tell(tenant, contextId, told, known(tenant, contextId));
    }

    /**
     * The same of all that the platform lists: what it leaves out is gone until it is told of again.
     *
     * @param told by number; empty where the platform tells no name
     */
    @Transactional
    public void tellAll(TenantId tenant, long contextId, Map<String, String> told) {
        Known known = known(tenant, contextId);
        tell(tenant, contextId, told, known);
        List<Object[]> gone = known.names().keySet().stream()
                .filter(number -> !told.containsKey(number) && !known.gone().contains(number))
                .map(number -> new Object[] {Utc.of(clock.instant()), tenant.value(), contextId, number})
                .toList();
        if (!gone.isEmpty()) {
            batches.batchUpdate(
                    "UPDATE course_section SET gone_at = ? WHERE tenant_id = ? AND context_id = ? AND number = ?",
                    gone);
        }
    }

    private void tell(TenantId tenant, long contextId, Map<String, String> told, Known known) {
        List<Object[]> news = new ArrayList<>();
        Map<String, String> renamed = new HashMap<>();
        told.forEach((number, said) -> {
            String before = known.names().get(number);
            String fitting = Varchar.fit(said.strip(), LONGEST);
            String name = fitting.isEmpty() && before != null ? before : fitting;
            boolean isNew = !name.equals(before) || known.gone().contains(number);
            if (GroupIds.isNumber(number) && !name.isEmpty() && isNew) {
                news.add(new Object[] {tenant.value(), contextId, number, name, Utc.of(clock.instant())});
                if (before != null && !name.equals(before)) {
                    renamed.put(number, before);
                }
            }
        });
        if (!news.isEmpty()) {
            batches.batchUpdate("""
                    INSERT INTO course_section (tenant_id, context_id, number, name, told_at) VALUES (?, ?, ?, ?, ?)
                    ON DUPLICATE KEY UPDATE told_at = IF(name = VALUES(name), told_at, VALUES(told_at)),
                        name = VALUES(name), gone_at = NULL""", news);
        }
        if (!renamed.isEmpty()) {
            events.publishEvent(new SectionsRenamed(tenant, contextId, renamed));
        }
    }

    private static Set<String> ids(Standing standing) {
        GroupIds groups = standing.groups();
        return groups == null ? Set.of() : groups.ids();
    }
}
