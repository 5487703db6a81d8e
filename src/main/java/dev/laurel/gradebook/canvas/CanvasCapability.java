package dev.laurel.gradebook.canvas;

import dev.laurel.gradebook.LineItem;
import java.util.Collection;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;

/**
 * A part of a course that an institution may let Laurel read in Canvas. All are off until somebody switches them on.
 *
 * @see <a href="https://canvas.instructure.com/doc/api/file.developer_keys.html">Canvas, developer keys and scopes</a>
 */
public enum CanvasCapability {
    /** Assignments and quizzes of the whole course, and what students reached in them. */
    GRADES(
            "grades",
            false,
            "/api/v1/courses/:course_id/assignments",
            "/api/v1/courses/:course_id/assignment_groups",
            "/api/v1/courses/:course_id/students/submissions"),
    /** The total of the course, in percent and as a letter. */
    TOTALS(
            "course totals",
            false,
            "/api/v1/courses/:course_id/enrollments",
            "/api/v1/courses/:course_id/grading_standards"),
    /** How far students mastered the outcomes of the course. */
    OUTCOMES("outcomes", true, "/api/v1/courses/:course_id/outcome_rollups"),
    /** Which modules, and which of their requirements, students completed. */
    MODULES(
            "modules",
            false,
            "/api/v1/courses/:course_id/modules",
            "/api/v1/courses/:course_id/modules/:module_id/items"),
    /** The rows of rubrics by which assignments were assessed. */
    RUBRICS(
            "rubrics",
            true,
            "/api/v1/courses/:course_id/assignments",
            "/api/v1/courses/:course_id/assignment_groups",
            "/api/v1/courses/:course_id/students/submissions"),
    /** What the sections are called that badges can be for. */
    SECTIONS("names of the sections", false, "/api/v1/courses/:course_id/sections");

    /** Whether the course has ended, and which grading scheme and time zone it has; needed for everything. */
    private static final String COURSE = "url:GET|/api/v1/courses/:id";

    private final String words;

    private final boolean needsIncludes;

    private final List<String> paths;

    CanvasCapability(String words, boolean needsIncludes, String... paths) {
        this.words = words;
        this.needsIncludes = needsIncludes;
        this.paths = List.of(paths);
    }

    /** Whether it works only where "Allow Include Parameters" is ticked on the developer key. */
    public boolean needsIncludes() {
        return needsIncludes;
    }

    /** Whether a part of a course is called this in words for staff. */
    boolean isCalled(String what) {
        return words.equals(what);
    }

    /** In words for staff. */
    String words() {
        return words;
    }

    /** Without what every part needs. */
    List<String> ownScopes() {
        return paths.stream().map(path -> "url:GET|" + path).toList();
    }

    /** Exactly what Canvas must allow, in its own words. */
    public List<String> scopes() {
        return Stream.concat(Stream.of(COURSE), paths.stream().map(path -> "url:GET|" + path))
                .toList();
    }

    /** The scopes of these together, each once. */
    public static List<String> scopes(Collection<CanvasCapability> capabilities) {
        return capabilities.stream()
                .flatMap(each -> each.scopes().stream())
                .distinct()
                .sorted()
                .toList();
    }

    /** What kinds of results these together tell of. */
    static Set<LineItem.Kind> kinds(Collection<CanvasCapability> capabilities) {
        Set<LineItem.Kind> kinds = EnumSet.noneOf(LineItem.Kind.class);
        capabilities.forEach(each -> kinds.addAll(
                switch (each) {
                    case GRADES -> Set.of(LineItem.Kind.SCORE);
                    case TOTALS -> Set.of(LineItem.Kind.TOTAL_CURRENT, LineItem.Kind.TOTAL_FINAL);
                    case OUTCOMES -> Set.of(LineItem.Kind.OUTCOME);
                    case MODULES -> Set.of(LineItem.Kind.COMPLETION);
                    case RUBRICS -> Set.of(LineItem.Kind.RUBRIC_ROW);
                    case SECTIONS -> Set.of();
                }));
        return kinds;
    }

    static Set<CanvasCapability> of(Collection<String> names) {
        Set<CanvasCapability> all = EnumSet.noneOf(CanvasCapability.class);
        names.forEach(name -> named(name).ifPresent(all::add));
        return all;
    }

    private static Optional<CanvasCapability> named(String name) {
        return Stream.of(values()).filter(each -> each.name().equals(name)).findFirst();
    }

    static String list(Collection<CanvasCapability> capabilities) {
        Set<String> names = new TreeSet<>();
        capabilities.forEach(each -> names.add(each.name()));
        return String.join(",", names);
    }

    static Set<CanvasCapability> ofList(String list) {
        return of(List.of(list.split(",")));
    }
}
