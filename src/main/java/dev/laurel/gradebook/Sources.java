package dev.laurel.gradebook;

import dev.laurel.context.Contexts;
import dev.laurel.context.CourseContext;
import dev.laurel.gradebook.source.GradebookSource;
import dev.laurel.platform.road.Jobs;
import dev.laurel.platform.road.Reference;
import dev.laurel.platform.tenant.TenantId;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.stereotype.Component;

/** Every way to read a course, and how it goes. */
@Component
public class Sources {

    private static final Logger LOG = LoggerFactory.getLogger(Sources.class);

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
     * @param notAllowed kinds of columns that the key, or who lets Laurel read with it, leaves out
     */
    public record Silent(Set<String> withoutKey, Set<String> ended, Map<String, Set<LineItem.Kind>> notAllowed) {

        /** Whether nobody lets Laurel read this column, or not any more. */
        public boolean mayNotRead(LineItem column) {
            return withoutKey.contains(column.source())
                    || notAllowed.getOrDefault(column.source(), Set.of()).contains(column.kind());
        }
    }

    public Silent silent(TenantId tenant, long contextId) {
        Set<String> withoutKey = new HashSet<>();
        Set<String> ended = new HashSet<>();
        Map<String, Set<LineItem.Kind>> notAllowed = new HashMap<>();
        contexts.find(tenant, contextId)
                .ifPresent(course -> sources.stream()
                        .forEach(source -> ask(
                                source,
                                course,
                                () -> {
                                    if (source.needsKey()
                                            && source.obstacle(course).isPresent()) {
                                        (source.hasEnded(course) ? ended : withoutKey).add(source.name());
                                    } else if (source.needsKey()) {
                                        notAllowed.put(source.name(), notAllowed(source, course));
                                    }
                                    return true;
                                },
                                reference -> false)));
        return new Silent(withoutKey, ended, notAllowed);
    }

    private static Set<LineItem.Kind> notAllowed(GradebookSource source, CourseContext course) {
        Set<LineItem.Kind> kinds = new HashSet<>(source.couldTell(course));
        kinds.removeAll(source.tells(course));
        return kinds;
    }

    /** Whether one of them tells who of a course's members is a teaching assistant. */
    public boolean tellAssistants(CourseContext course) {
        return sources.stream()
                .anyMatch(source -> ask(source, course, () -> source.tellsAssistants(course), reference -> false));
    }

    /**
     * Those that this course's platform has, in the order in which they are asked, and those that break when they are
     * asked that. One statement, and what they ask.
     */
    public List<SourceReport> of(CourseContext course) {
        Map<String, SourceLookRepository.Row> rows = looks.ofCourse(course.tenant(), course.id());
        return sources.stream()
                .flatMap(source -> {
                    SourceLookRepository.Row row = rows.get(source.name());
                    SourceReport.@Nullable Look look = row == null ? null : SourceReport.Look.of(row);
                    return ask(
                            source,
                            course,
                            () -> report(source, course, look).stream(),
                            reference -> Stream.of(SourceReport.broken(source.name(), look, reference)));
                })
                .toList();
    }

    private static Optional<SourceReport> report(
            GradebookSource source, CourseContext course, SourceReport.@Nullable Look look) {
        Set<LineItem.Kind> couldTell = source.couldTell(course);
        return couldTell.isEmpty()
                ? Optional.empty()
                : Optional.of(new SourceReport(
                        source.name(),
                        source.obstacle(course).orElse(null),
                        source.tells(course),
                        couldTell,
                        permissions(source, course),
                        source.hasLetters(),
                        source.hasAttempts(),
                        look,
                        null));
    }

    /** A source that breaks is no reason to say nothing of the others. */
    private static <T> T ask(
            GradebookSource source, CourseContext course, Supplier<T> question, Function<Reference, T> broken) {
        try {
            return question.get();
        } catch (RuntimeException fault) {
            Reference reference = Reference.next();
            LOG.error(
                    "What {} reads of course {} of tenant {} is not known, reference {}",
                    source.name(),
                    course.id(),
                    course.tenant(),
                    reference,
                    Jobs.withoutMessages(fault));
            return broken.apply(reference);
        }
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
        notAllowed(source, course).forEach(kind -> permissions.put(kind, source.permissionsFor(course, kind)));
        return permissions;
    }
}
