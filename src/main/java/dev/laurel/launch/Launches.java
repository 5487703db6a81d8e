package dev.laurel.launch;

import dev.laurel.launch.session.Acting;
import dev.laurel.launch.session.Role;
import dev.laurel.launch.session.SignedIn;
import dev.laurel.platform.road.Reference;
import dev.laurel.platform.selftest.LaunchesSeen;
import dev.laurel.platform.sql.Utc;
import dev.laurel.platform.tenant.TenantId;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDateTime;
import java.util.Arrays;
import java.util.Collection;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.jdbc.support.GeneratedKeyHolder;
import org.springframework.stereotype.Repository;

/** Table {@code launch}. A row never changes, so what was read once is kept at hand. */
@Repository
public class Launches implements LaunchesSeen {

    private static final int AT_HAND = 5_000;

    /** For as long as somebody may ask about a reference number. */
    private static final Duration KEPT = Duration.ofDays(90);

    private static final int SLICE = 5_000;

    private static final Pattern UUID_FORM = Pattern.compile("(?i)[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}");

    private final JdbcClient jdbc;

    private final Clock clock;

    private final Map<Key, Stored> atHand = new LinkedHashMap<>(256, 0.75f, true) {

        private static final long serialVersionUID = 1L;

        @Override
        protected boolean removeEldestEntry(Map.Entry<Key, Stored> eldest) {
            return size() > AT_HAND;
        }
    };

    Launches(JdbcClient jdbc, Clock clock) {
        this.jdbc = jdbc;
        this.clock = clock;
    }

    /**
     * A launch as it was let in.
     *
     * @param badgeId the badge that the link which was launched is for
     * @param aboutPersonId see {@link Admission}
     * @param observes see {@link Admission}
     */
    public record Stored(
            SignedIn signedIn,
            long registrationId,
            long deploymentPk,
            String messageType,
            @Nullable String returnUrl,
            @Nullable UUID badgeId,
            @Nullable Long aboutPersonId,
            Set<Long> observes,
            Instant at) {}

    /** Stores where a launch was let in, and says who is signed in by it. */
    public SignedIn add(Launch launch, Admission admission) {
        Acting.ReadOnly readOnly = launch.acting().readOnly();
        GeneratedKeyHolder key = new GeneratedKeyHolder();
        String badgeId = badgeId(launch);
        jdbc.sql("""
                INSERT INTO launch (tenant_id, reference, registration_id, deployment_pk, person_id, context_id,
                    resource_link_id, roles, message_type, locale, return_url, badge_id, about_person_id, observes,
                    created_at, read_only, test_copy)
                VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)""")
                .param(launch.tenant().value())
                .param(launch.reference().value())
                .param(launch.registrationId())
                .param(launch.deploymentPk())
                .param(admission.personId())
                .param(admission.contextId())
                .param(admission.resourceLinkId())
                .param(admission.roles().stream().map(Role::name).sorted().collect(Collectors.joining(",")))
                .param(launch.messageType())
                .param(launch.user().locale())
                .param(launch.returnUrl())
                .param(badgeId)
                .param(admission.aboutPersonId())
                .param(
                        admission.observes().isEmpty()
                                ? null
                                : admission.observes().stream()
                                        .sorted()
                                        .map(String::valueOf)
                                        .collect(Collectors.joining(",")))
                .param(Utc.of(launch.at()))
                .param(readOnly == null ? null : readOnly.name())
                .param(launch.acting().testCopy())
                .update(key);
        long launchId = Objects.requireNonNull(key.getKey(), "no launch number").longValue();
        SignedIn signedIn = new SignedIn(
                launchId,
                launch.tenant(),
                admission.personId(),
                admission.contextId(),
                admission.resourceLinkId(),
                admission.roles(),
                launch.user().locale(),
                launch.reference(),
                launch.acting());
        // The page that the launch ends at asks for it in a moment.
        keepAtHand(new Stored(
                signedIn,
                launch.registrationId(),
                launch.deploymentPk(),
                launch.messageType(),
                launch.returnUrl(),
                badgeId == null ? null : UUID.fromString(badgeId),
                admission.aboutPersonId(),
                admission.observes(),
                launch.at()));
        return signedIn;
    }

    public Optional<Stored> find(TenantId tenant, long launchId) {
        Key key = new Key(tenant, launchId);
        synchronized (atHand) {
            Stored known = atHand.get(key);
            if (known != null) {
                return Optional.of(known);
            }
        }
        Optional<Stored> found = jdbc.sql("SELECT * FROM launch WHERE tenant_id = ? AND id = ?")
                .params(tenant.value(), launchId)
                .query(Launches::stored)
                .optional();
        found.ifPresent(this::keepAtHand);
        return found;
    }

    private void keepAtHand(Stored launch) {
        synchronized (atHand) {
            atHand.put(new Key(launch.signedIn().tenant(), launch.signedIn().launchId()), launch);
        }
    }

    /** Everything that somebody launched and that is still kept, newest first. */
    public List<Stored> ofPerson(TenantId tenant, long personId) {
        return jdbc.sql("SELECT * FROM launch WHERE tenant_id = ? AND person_id = ? ORDER BY id DESC")
                .params(tenant.value(), personId)
                .query(Launches::stored)
                .list();
    }

    /** The latest of somebody that was in no course, in which they acted themselves. */
    public Optional<Stored> lastOutsideCourses(TenantId tenant, long personId) {
        return jdbc.sql("""
                SELECT * FROM launch WHERE tenant_id = ? AND person_id = ? AND context_id IS NULL AND read_only IS NULL
                ORDER BY id DESC LIMIT 1""")
                .params(tenant.value(), personId)
                .query(Launches::stored)
                .optional();
    }

    /** When these people last opened Laurel themselves, as far as launches are kept: not those of longer ago. One statement. */
    public Map<Long, Instant> lastOf(TenantId tenant, Collection<Long> personIds) {
        Map<Long, Instant> last = new HashMap<>();
        if (!personIds.isEmpty()) {
            jdbc.sql("""
                    SELECT person_id, MAX(created_at) AS latest FROM launch
                    WHERE tenant_id = :tenant AND person_id IN (:people) AND read_only IS NULL GROUP BY person_id""")
                    .param("tenant", tenant.value())
                    .param("people", personIds)
                    .query(row -> {
                        last.put(row.getLong("person_id"), Utc.read(row, "latest"));
                    });
        }
        return last;
    }

    Optional<Stored> find(TenantId tenant, Reference reference) {
        return jdbc.sql("SELECT * FROM launch WHERE tenant_id = ? AND reference = ?")
                .params(tenant.value(), reference.value())
                .query(Launches::stored)
                .optional();
    }

    /** Of the whole installation, and nothing more than that: the operator is to know that launches work. */
    @Override
    public Optional<Instant> latest() {
        return jdbc.sql("SELECT MAX(created_at) AS latest FROM launch")
                .query((row, n) -> Optional.ofNullable(Utc.readNullable(row, "latest")))
                .single();
    }

    /** When a message of this type last came from the platform, among the tenant's latest launches. */
    Optional<Instant> latest(TenantId tenant, long registrationId, String messageType) {
        return jdbc.sql("""
                SELECT MAX(created_at) AS latest FROM (
                    SELECT registration_id, message_type, created_at FROM launch
                    WHERE tenant_id = ? ORDER BY id DESC LIMIT 100000) lately
                WHERE registration_id = ? AND message_type = ?""")
                .params(tenant.value(), registrationId, messageType)
                .query((row, n) -> Optional.ofNullable(Utc.readNullable(row, "latest")))
                .single();
    }

    /** Clears away everything that somebody ever launched. */
    public void forget(TenantId tenant, long personId) {
        jdbc.sql("DELETE FROM launch WHERE tenant_id = ? AND person_id = ?")
                .params(tenant.value(), personId)
                .update();
        synchronized (atHand) {
            atHand.values()
                    .removeIf(launch -> launch.signedIn().tenant().equals(tenant)
                            && launch.signedIn().personId() == personId);
        }
    }

    /** Clears away launches that nobody acts as any more. */
    public void forgetOld() {
        LocalDateTime before = Utc.of(clock.instant().minus(KEPT));
        int deleted;
        do {
            deleted = jdbc.sql("DELETE FROM launch WHERE created_at < ? LIMIT " + SLICE)
                    .param(before)
                    .update();
        } while (deleted == SLICE);
    }

    private static Stored stored(ResultSet row, int n) throws SQLException {
        String readOnly = row.getString("read_only");
        SignedIn signedIn = new SignedIn(
                row.getLong("id"),
                new TenantId(row.getLong("tenant_id")),
                row.getLong("person_id"),
                row.getObject("context_id", Long.class),
                row.getObject("resource_link_id", Long.class),
                roles(row.getString("roles")),
                row.getString("locale"),
                new Reference(row.getString("reference")),
                new Acting(readOnly == null ? null : Acting.ReadOnly.valueOf(readOnly), row.getBoolean("test_copy")));
        String badgeId = row.getString("badge_id");
        return new Stored(
                signedIn,
                row.getLong("registration_id"),
                row.getLong("deployment_pk"),
                row.getString("message_type"),
                row.getString("return_url"),
                badgeId == null ? null : UUID.fromString(badgeId),
                row.getObject("about_person_id", Long.class),
                observes(row.getString("observes")),
                Utc.read(row, "created_at"));
    }

    /** What is no id of ours names no badge. */
    private static @Nullable String badgeId(Launch launch) {
        String id = launch.custom().get(Launch.BADGE_ID);
        return id != null && UUID_FORM.matcher(id).matches() ? id.toLowerCase(Locale.ROOT) : null;
    }

    private static Set<Long> observes(@Nullable String numbers) {
        return numbers == null
                ? Set.of()
                : Arrays.stream(numbers.split(",")).map(Long::valueOf).collect(Collectors.toUnmodifiableSet());
    }

    private static Set<Role> roles(String names) {
        return Arrays.stream(names.split(","))
                .filter(name -> !name.isEmpty())
                .map(Role::valueOf)
                .collect(Collectors.toCollection(() -> EnumSet.noneOf(Role.class)));
    }

    private record Key(TenantId tenant, long launchId) {}
}
