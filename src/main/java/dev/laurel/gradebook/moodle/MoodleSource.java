package dev.laurel.gradebook.moodle;

import dev.laurel.context.Contexts;
import dev.laurel.context.CourseContext;
import dev.laurel.context.CourseSections;
import dev.laurel.gradebook.KnownColumns;
import dev.laurel.gradebook.LineItem;
import dev.laurel.gradebook.ags.AgsWriter;
import dev.laurel.gradebook.key.ReadingKey;
import dev.laurel.gradebook.key.ReadingKeys;
import dev.laurel.gradebook.source.GradebookSource;
import dev.laurel.gradebook.source.Look;
import dev.laurel.gradebook.source.Reading;
import dev.laurel.platform.ServiceReader;
import dev.laurel.platform.tool.ProductFamily;
import java.time.Clock;
import java.time.Duration;
import java.util.EnumSet;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
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

    private static final Set<LineItem.Kind> TOTALS = EnumSet.of(LineItem.Kind.TOTAL_CURRENT, LineItem.Kind.TOTAL_FINAL);

    private static final Duration PACE = Duration.ofSeconds(15);

    private final ReadingKeys keys;

    private final ServiceReader services;

    private final Contexts contexts;

    private final CourseSections sections;

    private final KnownColumns known;

    private final AgsWriter ags;

    private final Clock clock;

    MoodleSource(
            ReadingKeys keys,
            ServiceReader services,
            Contexts contexts,
            CourseSections sections,
            KnownColumns known,
            AgsWriter ags,
            Clock clock) {
        this.keys = keys;
        this.services = services;
        this.contexts = contexts;
        this.sections = sections;
        this.known = known;
        this.ags = ags;
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
                        .map(kinds -> withItsTotal(course, kinds))
                        .orElse(Set.of());
    }

    @Override
    public Set<LineItem.Kind> couldTell(CourseContext course) {
        return ProductFamily.of(course.platformFamily()) == ProductFamily.MOODLE
                ? withItsTotal(course, MoodleCapability.kinds(Set.of(MoodleCapability.values())))
                : Set.of();
    }

    /** A course of Moodle has one total, and which one it is shows when its grades are read, or stays unknown. */
    private Set<LineItem.Kind> withItsTotal(CourseContext course, Set<LineItem.Kind> kinds) {
        Set<LineItem.Kind> known = this.known.ever(course.tenant(), course.id()).stream()
                .map(KnownColumns.Known::item)
                .filter(item -> !item.deleted() && item.source().equals(NAME))
                .map(LineItem::kind)
                .collect(Collectors.toSet());
        if (known.contains(LineItem.Kind.SCORE) || known.stream().anyMatch(TOTALS::contains)) {
            kinds.removeIf(kind -> TOTALS.contains(kind) && !known.contains(kind));
        }
        return kinds;
    }

    @Override
    public Set<String> permissionsFor(CourseContext course, LineItem.Kind kind) {
        Set<MoodleCapability> may = key(course)
                .map(key -> MoodleCapability.read(key.capabilities()))
                .orElse(Set.of());
        return MoodleCapability.missing(may, kind).stream()
                .map(each -> "moodle-key.capability." + each.key())
                .collect(Collectors.toSet());
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
    public boolean tellsAssistants(CourseContext course) {
        return obstacle(course).isEmpty()
                && key(course)
                        .map(key -> MoodleCapability.read(key.capabilities()))
                        .filter(may -> may.contains(MoodleCapability.PEOPLE))
                        .isPresent();
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
        MoodleCalls calls = new MoodleCalls(services, course.registrationId(), key, clock, progress::request);
        Pass pass = new Pass(
                course,
                look,
                calls,
                MoodleCapability.read(key.capabilities()),
                contexts,
                sections,
                known,
                ags.canRead(course));
        try {
            return pass.read(clock.instant());
        } catch (MoodleRefusal refusal) {
            throw refusal.problem();
        }
    }
}
