package dev.laurel.gradebook.canvas;

import dev.laurel.context.CourseContext;
import dev.laurel.gradebook.key.ReadingKey;
import dev.laurel.gradebook.key.ReadingKeys;
import dev.laurel.platform.tool.ProductFamily;
import java.time.Clock;
import java.util.Comparator;
import java.util.EnumSet;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;
import java.util.function.ToIntFunction;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/** With whose permission a course is read, or why it is not. */
@Component
class Permits {

    private final ReadingKeys keys;

    private final ReadingGrants grants;

    private final CanvasCourses courses;

    private final GrantOwners owners;

    private final Clock clock;

    Permits(ReadingKeys keys, ReadingGrants grants, CanvasCourses courses, GrantOwners owners, Clock clock) {
        this.keys = keys;
        this.grants = grants;
        this.courses = courses;
        this.owners = owners;
        this.clock = clock;
    }

    /**
     * A course that may be read, or an obstacle.
     *
     * @param obstacle plain words; {@code null} where it may be read
     * @param spare the same course with another permission, for where Canvas refuses this one; {@code null}: there is none
     */
    record Permit(
            @Nullable String obstacle,
            @Nullable ReadingKey key,
            @Nullable Grant grant,
            String canvasCourse,
            Set<CanvasCapability> capabilities,
            @Nullable Permit spare) {

        static Permit not(String obstacle) {
            return new Permit(obstacle, null, null, "", Set.of(), null);
        }

        /** With the other one in reserve. */
        Permit or(Permit other) {
            return new Permit(obstacle, key, grant, canvasCourse, capabilities, other);
        }

        /** With nothing in reserve. */
        Permit alone() {
            return new Permit(obstacle, key, grant, canvasCourse, capabilities, null);
        }

        ReadingKey requireKey() {
            return Objects.requireNonNull(key, "Not readable, see obstacle");
        }

        Grant requireGrant() {
            return Objects.requireNonNull(grant, "Not readable, see obstacle");
        }
    }

    Permit of(CourseContext course) {
        if (!isCanvas(course)) {
            return Permit.not("Only a Canvas can be read this way.");
        }
        ReadingKey key = keys.find(course.tenant(), course.registrationId(), CanvasSource.NAME)
                .orElse(null);
        if (key == null) {
            return Permit.not("Canvas has given Laurel no key to read what other tools and Canvas itself grade. The"
                    + " administrator of the institution can add one in Laurel.");
        }
        Optional<CanvasCourses.Numbered> numbered = CanvasCourses.numbered(course);
        if (numbered.isEmpty()) {
            return Permit.not(
                    "Canvas does not tell Laurel which of its courses this is. Its administrator can switch on"
                            + " the grade or roster services of the tool.");
        }
        if (!numbered.get().host().equalsIgnoreCase(key.address().getHost())) {
            return Permit.not(
                    "This course is at another address (" + numbered.get().host()
                            + ") than the one that the key of the institution is for ("
                            + String.valueOf(key.address().getHost()).toLowerCase(Locale.ROOT) + ").");
        }
        if (hasEnded(course)) {
            return Permit.not("This course has ended in Canvas. Laurel reads it no more; what was earned stays.");
        }
        return granted(course, key, numbered.get().id());
    }

    /** Whether Canvas ended the course, as far as it was asked not long ago. */
    boolean hasEnded(CourseContext course) {
        return isCanvas(course) && courses.hasEnded(course.tenant(), course.id(), clock.instant());
    }

    private Permit granted(CourseContext course, ReadingKey key, String canvasCourse) {
        List<Grant> found =
                grants.among(course.tenant(), course.registrationId(), List.of(Grant.INSTITUTION, course.id()));
        List<Grant> living =
                found.stream().filter(grant -> grant.endedAt() == null).toList();
        if (living.isEmpty()) {
            return Permit.not(
                    found.isEmpty()
                            ? "Nobody has let Laurel read this course in Canvas yet. A teacher of the course, or the"
                                    + " administrator of the institution, can do it in Laurel."
                            : "Canvas does not accept the permission to read this course any more. A teacher of the"
                                    + " course, or the administrator of the institution, can give it again in Laurel.");
        }
        // That of the institution comes first, and stays first where nothing speaks for the teacher's own.
        return living.stream()
                .map(grant -> permit(key, grant, canvasCourse))
                .filter(permit -> !permit.capabilities().isEmpty())
                .reduce(this::better)
                .orElseGet(() -> Permit.not("The key of the institution lets Laurel read nothing in Canvas yet."));
    }

    private static Permit permit(ReadingKey key, Grant grant, String canvasCourse) {
        Set<CanvasCapability> capabilities = EnumSet.noneOf(CanvasCapability.class);
        capabilities.addAll(grant.capabilities());
        capabilities.retainAll(CanvasCapability.of(key.capabilities()));
        return new Permit(null, key, grant, canvasCourse, capabilities, null);
    }

    /** What somebody may read who is still there, and of two such what is more. The other one is kept. */
    private Permit better(Permit one, Permit other) {
        Comparator<Permit> preference = preference(
                permit -> owners.left(permit.requireGrant()),
                permit -> -permit.capabilities().size());
        return preference.compare(one, other) <= 0 ? one.or(other) : other.or(one);
    }

    /** Which of two permissions a course is read with: the lower one. */
    static <T> Comparator<T> preference(Predicate<T> ownerLeft, ToIntFunction<T> lacks) {
        return Comparator.<T, Boolean>comparing(ownerLeft::test).thenComparingInt(lacks);
    }

    static boolean isCanvas(CourseContext course) {
        return ProductFamily.CANVAS.equals(ProductFamily.of(course.platformFamily()));
    }
}
