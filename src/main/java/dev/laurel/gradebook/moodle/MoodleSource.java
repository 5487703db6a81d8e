package dev.laurel.gradebook.moodle;

import dev.laurel.context.Contexts;
import dev.laurel.context.CourseContext;
import dev.laurel.gradebook.Gradebook;
import dev.laurel.gradebook.LineItem;
import dev.laurel.gradebook.key.ReadingKey;
import dev.laurel.gradebook.key.ReadingKeys;
import dev.laurel.gradebook.source.GradebookSource;
import dev.laurel.gradebook.source.Look;
import dev.laurel.gradebook.source.Reading;
import dev.laurel.platform.ServiceReader;
import dev.laurel.platform.tool.ProductFamily;
import java.time.Clock;
import java.time.Duration;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.core.annotation.Order;
import org.springframework.stereotype.Component;

/**
 * Reads a course over Moodle's web services with the key that the institution's administrator gave. It comes after AGS,
 * whose columns it must know to leave them alone.
 *
 * <p>Moodle has neither pages nor a list of changes for grades, except for assignments. So a look costs what changed and a
 * bounded share of the rest, see {@link Pass}.
 */
@Component
@Order(2)
class MoodleSource implements GradebookSource {

    static final String NAME = "moodle";

    private static final Duration PACE = Duration.ofSeconds(15);

    private final ReadingKeys keys;

    private final ServiceReader services;

    private final Contexts contexts;

    /** Asked late, because the gradebook asks its sources. */
    private final ObjectProvider<Gradebook> gradebook;

    private final Clock clock;

    MoodleSource(
            ReadingKeys keys,
            ServiceReader services,
            Contexts contexts,
            ObjectProvider<Gradebook> gradebook,
            Clock clock) {
        this.keys = keys;
        this.services = services;
        this.contexts = contexts;
        this.gradebook = gradebook;
        this.clock = clock;
    }

    @Override
    public String name() {
        return NAME;
    }

    @Override
    public Optional<String> obstacle(CourseContext course) {
        if (ProductFamily.of(course.platformFamily()) != ProductFamily.MOODLE) {
            return Optional.of("The LMS is no Moodle.");
        }
        if (key(course).isEmpty()) {
            return Optional.of("The institution has given Laurel no key to read more of its Moodle.");
        }
        return CourseNumber.of(course).isPresent()
                ? Optional.empty()
                : Optional.of(
                        "Moodle has not told Laurel which of its courses this is. Its administrator can switch on the"
                                + " grade services of the tool.");
    }

    private Optional<ReadingKey> key(CourseContext course) {
        return keys.find(course.tenant(), course.registrationId(), NAME);
    }

    @Override
    public Set<LineItem.Kind> tells(CourseContext course) {
        return obstacle(course).isPresent()
                ? Set.of()
                : key(course)
                        .map(key -> MoodleCapability.kinds(MoodleCapability.read(key.capabilities())))
                        .orElse(Set.of());
    }

    @Override
    public Set<LineItem.Kind> couldTell(CourseContext course) {
        return ProductFamily.of(course.platformFamily()) == ProductFamily.MOODLE
                ? MoodleCapability.kinds(Set.of(MoodleCapability.values()))
                : Set.of();
    }

    @Override
    public boolean needsKey() {
        return true;
    }

    @Override
    public boolean readsPeople() {
        return true;
    }

    @Override
    public Duration pace() {
        return PACE;
    }

    @Override
    public boolean isBehind(@Nullable String bookmark) {
        Bookmark end = Bookmark.read(bookmark);
        return end != null && end.sweeping();
    }

    @Override
    public Reading read(CourseContext course, Look look, Progress progress) {
        ReadingKey key = key(course).orElseThrow(() -> new IllegalStateException("Not readable, see obstacle"));
        MoodleCalls calls = new MoodleCalls(services, course.registrationId(), key);
        Pass pass = new Pass(
                course, look, calls, MoodleCapability.read(key.capabilities()), contexts, gradebook.getObject());
        try {
            return pass.read(clock.instant());
        } catch (MoodleRefusal refusal) {
            throw refusal.problem();
        }
    }
}
