package dev.laurel.dashboard.course;

import dev.laurel.context.CourseContext;
import dev.laurel.context.CourseZones;
import dev.laurel.context.CourseZones.CourseZone;
import dev.laurel.criteria.rule.Rule;
import dev.laurel.dashboard.explain.Say;
import java.time.Clock;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/** In which time zone the days of a course are, for templates. */
@Component("courseZone")
class ZoneWords {

    private final CourseZones zones;

    private final Say say;

    private final Clock clock;

    ZoneWords(CourseZones zones, Say say, Clock clock) {
        this.zones = zones;
        this.say = say;
        this.clock = clock;
    }

    /**
     * @param now what the clocks show there
     * @param from who said it; {@code null}: nobody, so it is UTC
     */
    public record Days(String name, String now, CourseZones.@Nullable From from) {

        public boolean known() {
            return from != null;
        }
    }

    public Days of(CourseContext course) {
        Optional<CourseZone> known = zones.of(course.tenant(), course.id());
        return new Days(
                say.zone(course.zone()),
                say.when(clock.instant(), course.zone()),
                known.map(CourseZone::from).orElse(null));
    }

    /** {@code null} where the rule asks for no days. */
    public @Nullable Days of(CourseContext course, @Nullable Rule rule) {
        return rule != null && rule.isDated() ? of(course) : null;
    }
}
