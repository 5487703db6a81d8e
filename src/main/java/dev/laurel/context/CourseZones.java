package dev.laurel.context;

import dev.laurel.platform.sql.Utc;
import dev.laurel.platform.tenant.TenantId;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.springframework.context.ApplicationEventPublisher;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Transactional;

/**
 * In which time zone a course is, and who said so; UTC where nobody did. What is known is never forgotten, and nothing
 * replaces the word of somebody who counts more. Columns {@code time_zone*} of {@code context}.
 */
@Component
public class CourseZones {

    private final JdbcClient jdbc;

    private final ApplicationEventPublisher events;

    private final Clock clock;

    CourseZones(JdbcClient jdbc, ApplicationEventPublisher events, Clock clock) {
        this.jdbc = jdbc;
        this.events = events;
        this.clock = clock;
    }

    /** Whoever comes later counts more. */
    public enum From {
        /** Where somebody of the staff is, as the platform says in a launch. */
        LAUNCH,
        /** The platform, of the course. */
        PLATFORM,
        /** Somebody of the staff, in Laurel. */
        STAFF
    }

    /**
     * @param byPerson who chose it; {@code null} where it is not from the staff
     * @param at since when, UTC; {@code null} where nobody wrote that down
     */
    public record CourseZone(
            ZoneId zone,
            From from,
            @Nullable Long byPerson,
            @Nullable Instant at) {}

    /** A zone of the IANA database; empty where it is none, and for bare offsets, which know no summer time. */
    public static Optional<ZoneId> named(@Nullable String name) {
        return name != null && ZoneId.getAvailableZoneIds().contains(name)
                ? Optional.of(ZoneId.of(name))
                : Optional.empty();
    }

    /**
     * The zone of somebody's account in an LMS, if it says where a course is: UTC is what accounts have that nobody set a
     * zone for.
     */
    static Optional<ZoneId> ofAccount(@Nullable String name) {
        return named(name).filter(zone -> !zone.normalized().equals(ZoneOffset.UTC));
    }

    /** Empty where nobody said. */
    public Optional<CourseZone> of(TenantId tenant, long contextId) {
        return read(tenant, contextId, "");
    }

    /** What the platform says of the course itself. A name that is none is ignored. */
    @Transactional
    public void told(TenantId tenant, long contextId, @Nullable String name) {
        // Each look at the course says it again; only news needs the lock.
        named(name)
                .filter(zone -> isNews(of(tenant, contextId), zone, From.PLATFORM))
                .ifPresent(zone -> save(tenant, contextId, zone, From.PLATFORM, null));
    }

    /** What somebody of the staff says counts from now on, whatever the platform says. */
    @Transactional
    public void choose(TenantId tenant, long contextId, ZoneId zone, long byPerson) {
        save(tenant, contextId, zone, From.STAFF, byPerson);
    }

    /** Where somebody of the staff launched from; only while nobody said anything. */
    @Transactional
    public void launchedFrom(TenantId tenant, long contextId, ZoneId zone) {
        save(tenant, contextId, zone, From.LAUNCH, null);
    }

    private void save(TenantId tenant, long contextId, ZoneId zone, From from, @Nullable Long byPerson) {
        Optional<CourseZone> before = read(tenant, contextId, " FOR UPDATE");
        if (!isNews(before, zone, from)) {
            return;
        }
        jdbc.sql("""
                UPDATE context SET time_zone = ?, time_zone_from = ?, time_zone_by = ?, time_zone_at = ?
                WHERE tenant_id = ? AND id = ?""")
                .params(zone.getId(), from.name(), byPerson, Utc.of(clock.instant()), tenant.value(), contextId)
                .update();
        ZoneId then = before.map(CourseZone::zone).orElse(ZoneOffset.UTC);
        if (!then.getRules().equals(zone.getRules())) {
            events.publishEvent(new CourseZoneChanged(tenant, contextId));
        }
    }

    private static boolean isNews(Optional<CourseZone> before, ZoneId zone, From from) {
        return before.isEmpty()
                || from != From.LAUNCH
                        && before.get().from().compareTo(from) <= 0
                        && !(before.get().from() == from && before.get().zone().equals(zone));
    }

    private Optional<CourseZone> read(TenantId tenant, long contextId, String lock) {
        return jdbc.sql("SELECT time_zone, time_zone_from, time_zone_by, time_zone_at FROM context"
                        + " WHERE tenant_id = ? AND id = ?" + lock)
                .params(tenant.value(), contextId)
                .query((row, n) -> {
                    ZoneId zone = ContextRepository.zone(row.getString("time_zone"));
                    String from = row.getString("time_zone_from");
                    return zone == null
                            ? Optional.<CourseZone>empty()
                            : Optional.of(new CourseZone(
                                    zone,
                                    from == null ? From.LAUNCH : From.valueOf(from),
                                    row.getObject("time_zone_by", Long.class),
                                    Utc.readNullable(row, "time_zone_at")));
                })
                .optional()
                .flatMap(known -> known);
    }
}
