package dev.laurel.context;

import dev.laurel.platform.sql.Utc;
import dev.laurel.platform.sql.Varchar;
import dev.laurel.platform.tenant.TenantId;
import java.time.Clock;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
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

    private final Clock clock;

    CourseSections(MembershipRepository memberships, JdbcClient jdbc, JdbcTemplate batches, Clock clock) {
        this.memberships = memberships;
        this.jdbc = jdbc;
        this.batches = batches;
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

    /** What those are called of which the platform told it, by number. One statement. */
    public Map<String, String> names(TenantId tenant, long contextId) {
        Map<String, String> names = new HashMap<>();
        jdbc.sql("SELECT number, name FROM course_section WHERE tenant_id = ? AND context_id = ?")
                .params(tenant.value(), contextId)
                .query(row -> {
                    names.put(row.getString("number"), row.getString("name"));
                });
        return names;
    }

    /** Those of which a name is known or that learners of the course are in now; by name, and those without one last. */
    public List<Section> all(TenantId tenant, long contextId) {
        Map<String, String> names = names(tenant, contextId);
        Map<String, Long> heads = memberships.ofContext(tenant, contextId).values().stream()
                .map(MembershipRepository.Row::standing)
                .filter(Standing::earns)
                .flatMap(standing -> ids(standing).stream())
                .collect(Collectors.groupingBy(Function.identity(), Collectors.counting()));
        return Stream.concat(names.keySet().stream(), heads.keySet().stream())
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
     * What the platform calls some or all of them now, by number. What did not change is not written, and a name once known
     * stays: a rule may speak of a section that is gone.
     */
    @Transactional
    public void tell(TenantId tenant, long contextId, Map<String, String> told) {
        Map<String, String> known = names(tenant, contextId);
        List<Object[]> news = new ArrayList<>();
        told.forEach((number, said) -> {
            String name = Varchar.fit(said.strip(), LONGEST);
            if (GroupIds.isNumber(number) && !name.isEmpty() && !name.equals(known.get(number))) {
                news.add(new Object[] {tenant.value(), contextId, number, name, Utc.of(clock.instant())});
            }
        });
        if (!news.isEmpty()) {
            batches.batchUpdate("""
                    INSERT INTO course_section (tenant_id, context_id, number, name, told_at) VALUES (?, ?, ?, ?, ?)
                    ON DUPLICATE KEY UPDATE name = VALUES(name), told_at = VALUES(told_at)""", news);
        }
    }

    private static Set<String> ids(Standing standing) {
        GroupIds groups = standing.groups();
        return groups == null ? Set.of() : groups.ids();
    }
}
