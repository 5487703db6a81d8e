package dev.laurel.gradebook.canvas;

import dev.laurel.context.CourseContext;
import dev.laurel.gradebook.LineItem;
import dev.laurel.gradebook.source.GradebookSource;
import dev.laurel.gradebook.source.Look;
import dev.laurel.gradebook.source.Reading;
import dev.laurel.platform.ServiceProblem;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.springframework.core.annotation.Order;
import org.springframework.stereotype.Component;

/**
 * Reads a course over Canvas's REST interface: assignments and quizzes of everybody, totals, outcomes, modules and rubrics,
 * as far as the institution and somebody of the course let it. A look asks for what changed since the last one, and once a
 * day for everything.
 */
@Component
@Order(2)
class CanvasSource implements GradebookSource {

    static final String NAME = "canvas";

    static final String NO_INCLUDES =
            "Canvas leaves out what Laurel needs for outcomes and rubrics. Its administrator can"
                    + " tick \u201cAllow Include Parameters\u201d on the developer key.";

    private static final Duration PACE = Duration.ofSeconds(15);

    private final Permits permits;

    private final CanvasReader reader;

    CanvasSource(Permits permits, CanvasReader reader) {
        this.permits = permits;
        this.reader = reader;
    }

    @Override
    public String name() {
        return NAME;
    }

    @Override
    public Optional<String> obstacle(CourseContext course) {
        return Optional.ofNullable(permits.of(course).obstacle());
    }

    @Override
    public Set<LineItem.Kind> tells(CourseContext course) {
        return CanvasCapability.kinds(permits.of(course).capabilities());
    }

    @Override
    public Set<LineItem.Kind> couldTell(CourseContext course) {
        return Permits.isCanvas(course) ? CanvasCapability.kinds(List.of(CanvasCapability.values())) : Set.of();
    }

    @Override
    public Set<String> permissionsFor(CourseContext course, LineItem.Kind kind) {
        return tells(course).contains(kind)
                ? Set.of()
                : Arrays.stream(CanvasCapability.values())
                        .filter(each -> CanvasCapability.kinds(List.of(each)).contains(kind))
                        .map(each -> "reading.part." + each.name().toLowerCase(Locale.ROOT))
                        .collect(Collectors.toSet());
    }

    @Override
    public boolean hasAttempts() {
        return true;
    }

    @Override
    public boolean hasLetters() {
        return true;
    }

    @Override
    public boolean needsKey() {
        return true;
    }

    @Override
    public boolean hasEnded(CourseContext course) {
        return permits.hasEnded(course);
    }

    /** A look at everybody is not at its end. */
    @Override
    public boolean isBehind(@Nullable String bookmark) {
        Bookmark read = Bookmark.parse(bookmark);
        return read != null && read.isBehind();
    }

    @Override
    public Duration pace() {
        return PACE;
    }

    @Override
    public boolean readsPeople() {
        return true;
    }

    @Override
    public Reading read(CourseContext course, Look look, Progress progress) {
        Permits.Permit permit = permits.of(course);
        if (permit.obstacle() != null) {
            throw ServiceProblem.unreadable(permit.obstacle());
        }
        Reading reading = reader.read(course, look, permit, progress);
        Permits.Permit spare = permit.spare();
        if (spare == null || !isRefused(reading)) {
            return reading;
        }
        Reading other = reader.read(course, look, spare, progress);
        // What the first one may read counts all the same where the other one may read nothing.
        return isRefused(other) ? reader.read(course, look, permit.alone(), progress) : other;
    }

    private static boolean isRefused(Reading reading) {
        ServiceProblem problem = reading.problem();
        return problem != null && problem.isFinal();
    }
}
