package dev.laurel.award.decision;

import dev.laurel.achievement.AchievementVersion;
import dev.laurel.achievement.Achievements;
import dev.laurel.achievement.Validity;
import dev.laurel.context.Contexts;
import dev.laurel.context.CourseContext;
import dev.laurel.platform.tenant.TenantId;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.Collection;
import java.util.HashMap;
import java.util.Map;
import java.util.Objects;
import org.springframework.stereotype.Component;

/** From when to when awards are valid that are decided now. */
@Component
public class Spans {

    private final Achievements achievements;

    private final Contexts contexts;

    Spans(Achievements achievements, Contexts contexts) {
        this.achievements = achievements;
        this.contexts = contexts;
    }

    /** Of those of these badges that do not stay valid for ever. */
    public Map<AchievementVersion.Key, Validity.Span> of(
            TenantId tenant, long contextId, Collection<AchievementVersion.Key> badges, Instant decided) {
        Map<AchievementVersion.Key, Validity> validities = new HashMap<>();
        achievements.versions(tenant, badges).forEach((badge, version) -> {
            if (version.validity() != null) {
                validities.put(badge, version.validity());
            }
        });
        if (validities.isEmpty()) {
            return Map.of();
        }
        ZoneId zone = contexts.find(tenant, contextId).map(CourseContext::zone).orElse(ZoneOffset.UTC);
        Map<AchievementVersion.Key, Validity.Span> spans = new HashMap<>();
        validities.forEach((badge, validity) ->
                spans.put(badge, Objects.requireNonNull(validity).from(decided, zone)));
        return spans;
    }
}
