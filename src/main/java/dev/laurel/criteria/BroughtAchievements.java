package dev.laurel.criteria;

import dev.laurel.context.Contexts;
import dev.laurel.context.CourseContext;
import dev.laurel.context.link.PersonLinks;
import dev.laurel.platform.sql.Utc;
import dev.laurel.platform.tenant.TenantId;
import java.time.Instant;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;
import org.springframework.transaction.annotation.Propagation;
import org.springframework.transaction.annotation.Transactional;
import tools.jackson.databind.json.JsonMapper;

/** Badges of other organisations that people hold (table {@code brought_achievement}). Rules look again when one comes or goes. */
@Repository
public class BroughtAchievements {

    private static final JsonMapper JSON = JsonMapper.shared();

    private final JdbcClient jdbc;

    private final Contexts contexts;

    private final PersonLinks links;

    private final EvaluationQueue queue;

    BroughtAchievements(JdbcClient jdbc, Contexts contexts, PersonLinks links, EvaluationQueue queue) {
        this.jdbc = jdbc;
        this.contexts = contexts;
        this.links = links;
        this.queue = queue;
    }

    /** From now on it counts, in the transaction of whoever verified it. Again does nothing more. */
    @Transactional(propagation = Propagation.MANDATORY)
    public void put(TenantId tenant, BroughtAchievement brought) {
        jdbc.sql("""
                INSERT INTO brought_achievement
                    (tenant_id, brought_id, person_id, achievement, issuer, alignments, since, until)
                VALUES (?, ?, ?, ?, ?, ?, ?, ?)
                ON DUPLICATE KEY UPDATE until = VALUES(until)""")
                .params(
                        tenant.value(),
                        brought.id(),
                        brought.personId(),
                        brought.achievement(),
                        brought.issuer(),
                        JSON.writeValueAsString(brought.alignments()),
                        Utc.of(brought.since()),
                        Utc.ofNullable(brought.until()))
                .update();
        lookAgain(tenant, brought.personId());
    }

    /** It does not count any more. */
    @Transactional(propagation = Propagation.MANDATORY)
    public void remove(TenantId tenant, long personId, long id) {
        int removed = jdbc.sql(
                        "DELETE FROM brought_achievement WHERE tenant_id = ? AND brought_id = ? AND person_id = ?")
                .params(tenant.value(), id, personId)
                .update();
        if (removed > 0) {
            lookAgain(tenant, personId);
        }
    }

    /**
     * What counts at this moment, by person; what somebody holds under one account counts under her others too.
     *
     * @param people {@code null}: everybody
     */
    Map<Long, List<BroughtAchievement>> of(TenantId tenant, @Nullable Collection<Long> people, Instant now) {
        if (people != null && people.isEmpty()) {
            return Map.of();
        }
        Map<Long, Set<Long>> others = links.others(tenant, people);
        Set<Long> all = people == null ? null : new HashSet<>(people);
        if (all != null) {
            others.values().forEach(all::addAll);
        }
        Map<Long, List<BroughtAchievement>> byPerson = new HashMap<>();
        read(tenant, all, now)
                .forEach(each -> byPerson.merge(each.personId(), List.of(each), BroughtAchievements::together));
        Map<Long, List<BroughtAchievement>> byHuman = new HashMap<>(byPerson);
        others.forEach((person, rest) -> rest.forEach(other -> {
            if (byPerson.containsKey(other)) {
                byHuman.merge(person, byPerson.getOrDefault(other, List.of()), BroughtAchievements::together);
            }
        }));
        return byHuman;
    }

    private static List<BroughtAchievement> together(List<BroughtAchievement> some, List<BroughtAchievement> more) {
        return Stream.concat(some.stream(), more.stream()).toList();
    }

    private List<BroughtAchievement> read(TenantId tenant, @Nullable Collection<Long> people, Instant now) {
        JdbcClient.StatementSpec query = jdbc.sql(
                        """
                        SELECT brought_id, person_id, achievement, issuer, alignments, since, until FROM brought_achievement
                        WHERE tenant_id = :tenant AND (until IS NULL OR until > :now)""" + (people == null ? "" : " AND person_id IN (:people)") + " ORDER BY since, brought_id")
                .param("tenant", tenant.value())
                .param("now", Utc.of(now));
        if (people != null) {
            query = query.param("people", people);
        }
        return query.query((row, n) -> new BroughtAchievement(
                        row.getLong("brought_id"),
                        row.getLong("person_id"),
                        row.getString("achievement"),
                        row.getString("issuer"),
                        List.of(JSON.readValue(row.getString("alignments"), String[].class)),
                        Utc.read(row, "since"),
                        Utc.readNullable(row, "until")))
                .list();
    }

    void forget(TenantId tenant, long personId) {
        jdbc.sql("DELETE FROM brought_achievement WHERE tenant_id = ? AND person_id = ?")
                .params(tenant.value(), personId)
                .update();
    }

    private void lookAgain(TenantId tenant, long personId) {
        Set<Long> accounts =
                new HashSet<>(links.others(tenant, Set.of(personId)).getOrDefault(personId, Set.of()));
        accounts.add(personId);
        for (long account : accounts) {
            for (CourseContext course : contexts.ofPerson(tenant, account)) {
                queue.everythingOf(tenant, course.id(), Set.of(account));
            }
        }
    }
}
