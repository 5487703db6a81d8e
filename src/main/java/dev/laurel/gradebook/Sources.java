package dev.laurel.gradebook;

import dev.laurel.context.Contexts;
import dev.laurel.context.CourseContext;
import dev.laurel.gradebook.source.GradebookSource;
import dev.laurel.platform.tenant.TenantId;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.springframework.stereotype.Component;

/** Every way to read a course, and how it goes. */
@Component
public class Sources {

    private final List<GradebookSource> sources;

    private final SourceLookRepository looks;

    private final Contexts contexts;

    Sources(List<GradebookSource> sources, SourceLookRepository looks, Contexts contexts) {
        this.sources = sources;
        this.contexts = contexts;
        this.looks = looks;
    }

    /**
     * Sources whose columns stay as they were last seen, by name.
     *
     * @param withoutKey nobody gives Laurel a key for them, or not any more
     * @param ended the platform has ended the course
     */
    public record Silent(Set<String> withoutKey, Set<String> ended) {}

    public Silent silent(TenantId tenant, long contextId) {
        Set<String> withoutKey = new HashSet<>();
        Set<String> ended = new HashSet<>();
        contexts.find(tenant, contextId)
                .ifPresent(course -> sources.stream()
                        .filter(source ->
                                source.needsKey() && source.obstacle(course).isPresent())
                        .forEach(source -> (source.hasEnded(course) ? ended : withoutKey).add(source.name())));
        return new Silent(withoutKey, ended);
    }

    /** Whether one of them tells who of a course's members is a teaching assistant. */
    public boolean tellAssistants(CourseContext course) {
        return sources.stream().anyMatch(source -> source.tellsAssistants(course));
    }

    /** Those that this course's platform has, in the order in which they are asked. One statement, and what they ask. */
    public List<SourceReport> of(CourseContext course) {
        Map<String, SourceLookRepository.Row> rows = looks.ofCourse(course.tenant(), course.id());
        return sources.stream()
                .filter(source -> !source.couldTell(course).isEmpty())
                .map(source -> {
                    SourceLookRepository.Row row = rows.get(source.name());
                    return new SourceReport(
                            source.name(),
                            source.obstacle(course).orElse(null),
                            source.tells(course),
                            source.couldTell(course),
                            permissions(source, course),
                            source.hasLetters(),
                            row == null ? null : SourceReport.Look.of(row));
                })
                .toList();
    }

    /** What the last look at a course through one source cost. */
    public record Cost(CourseContext course, String source, SourceReport.Look look) {}

    /** Of all courses of an institution, what costs its platforms most first. Two statements. */
    public List<Cost> costs(TenantId tenant, int from, int most) {
        List<SourceLookRepository.Of> dearest = looks.dearest(tenant, from, most);
        Map<Long, CourseContext> courses = contexts
                .find(
                        tenant,
                        dearest.stream().map(SourceLookRepository.Of::contextId).collect(Collectors.toSet()))
                .stream()
                .collect(Collectors.toMap(CourseContext::id, course -> course));
        List<Cost> costs = new ArrayList<>();
        for (SourceLookRepository.Of each : dearest) {
            CourseContext course = courses.get(each.contextId());
            if (course != null) {
                costs.add(new Cost(course, each.source(), SourceReport.Look.of(each.row())));
            }
        }
        return costs;
    }

    /** How many {@link #costs} there are. */
    public int countCosts(TenantId tenant) {
        return looks.count(tenant);
    }

    private static Map<LineItem.Kind, Set<String>> permissions(GradebookSource source, CourseContext course) {
        Map<LineItem.Kind, Set<String>> permissions = new EnumMap<>(LineItem.Kind.class);
        Set<LineItem.Kind> tells = source.tells(course);
        source.couldTell(course).stream()
                .filter(kind -> !tells.contains(kind))
                .forEach(kind -> permissions.put(kind, source.permissionsFor(course, kind)));
        return permissions;
    }
}
