package dev.laurel.gradebook;

import dev.laurel.context.Contexts;
import dev.laurel.context.CourseContext;
import dev.laurel.gradebook.source.GradebookSource;
import dev.laurel.platform.tenant.TenantId;
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

    /** The names of those for which nobody gives Laurel a key, or not any more: their columns stay as they were last seen. */
    public Set<String> withoutKey(TenantId tenant, long contextId) {
        return contexts.find(tenant, contextId)
                .map(course -> sources.stream()
                        .filter(source ->
                                source.needsKey() && source.obstacle(course).isPresent())
                        .map(GradebookSource::name)
                        .collect(Collectors.toSet()))
                .orElse(Set.of());
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
                            row == null ? null : SourceReport.Look.of(row));
                })
                .toList();
    }
}
