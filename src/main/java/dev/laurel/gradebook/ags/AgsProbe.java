package dev.laurel.gradebook.ags;

import dev.laurel.context.Contexts;
import dev.laurel.context.CourseContext;
import dev.laurel.gradebook.source.Column;
import dev.laurel.platform.ServiceProblem;
import dev.laurel.platform.selftest.Check;
import dev.laurel.platform.selftest.Finding;
import dev.laurel.platform.selftest.Probe;
import dev.laurel.platform.selftest.Subject;
import java.math.BigDecimal;
import java.net.URI;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.springframework.stereotype.Component;

/** Reads columns and results of the course that was launched last; makes a column and deletes it, where that is wanted. */
@Component
class AgsProbe implements Probe {

    private static final String LABEL = "Laurel self-test";

    /** One that a crashed run left behind is found by it, and no column with it is ever an input. */
    private static final String RESOURCE_ID = "laurel-output:self-test";

    private final Contexts contexts;

    private final AgsSource source;

    private final AgsWriter writer;

    AgsProbe(Contexts contexts, AgsSource source, AgsWriter writer) {
        this.contexts = contexts;
        this.source = source;
        this.writer = writer;
    }

    @Override
    public Set<Check> checks() {
        return Set.of(Check.LINE_ITEMS, Check.COLUMN, Check.RESULTS);
    }

    @Override
    public Finding probe(Check check, Subject subject) {
        if (check == Check.COLUMN && !subject.withColumn()) {
            return Finding.of(check, "not-asked");
        }
        Optional<CourseContext> course = contexts.lastLaunched(subject);
        if (course.isEmpty()) {
            return Finding.of(check, "no-course");
        }
        return switch (check) {
            case LINE_ITEMS -> lineItems(course.get());
            case RESULTS -> results(course.get());
            default -> column(course.get());
        };
    }

    private Finding lineItems(CourseContext course) {
        if (course.lineitemsUrl() == null || !AgsSource.permissions(course).listsColumns()) {
            return Finding.of(Check.LINE_ITEMS, "not-offered");
        }
        try {
            return Finding.of(Check.LINE_ITEMS, "read", source.columns(course).size());
        } catch (ServiceProblem problem) {
            return Finding.of(Check.LINE_ITEMS, "failed", String.valueOf(problem.getMessage()));
        }
    }

    private Finding results(CourseContext course) {
        if (source.obstacle(course).isPresent()) {
            return Finding.of(Check.RESULTS, "not-offered");
        }
        try {
            List<Column> columns = source.columns(course);
            if (columns.isEmpty()) {
                return Finding.of(Check.RESULTS, "no-column");
            }
            return Finding.of(
                    Check.RESULTS,
                    "read",
                    source.results(course, columns.get(0)).results().size());
        } catch (ServiceProblem problem) {
            return Finding.of(Check.RESULTS, "failed", String.valueOf(problem.getMessage()));
        }
    }

    private Finding column(CourseContext course) {
        if (!writer.canCreate(course)) {
            return Finding.of(Check.COLUMN, "not-allowed");
        }
        URI made;
        try {
            made = URI.create(
                    writer.create(course, LABEL, BigDecimal.ONE, RESOURCE_ID).externalId());
        } catch (ServiceProblem problem) {
            return Finding.of(Check.COLUMN, "not-made", String.valueOf(problem.getMessage()));
        }
        try {
            writer.delete(course, made);
            return Finding.of(Check.COLUMN, "made-and-deleted");
        } catch (ServiceProblem problem) {
            return Finding.of(Check.COLUMN, "not-deleted", String.valueOf(problem.getMessage()), LABEL);
        }
    }
}
