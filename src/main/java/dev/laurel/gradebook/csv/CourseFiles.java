package dev.laurel.gradebook.csv;

import dev.laurel.context.Contexts;
import dev.laurel.context.CourseContext;
import dev.laurel.gradebook.Gradebook;
import dev.laurel.gradebook.LineItem;
import dev.laurel.gradebook.csv.CsvRefusedException.Reason;
import dev.laurel.gradebook.csv.StagedFiles.Described;
import dev.laurel.platform.tenant.TenantId;
import java.util.HashMap;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Collectors;
import org.springframework.stereotype.Component;

/** Holds files that are kept against their courses as these are now. */
@Component
class CourseFiles {

    private final StagedFiles files;

    private final LearnerIndex index;

    private final Gradebook gradebook;

    private final Contexts contexts;

    private final ColumnActRepository acts;

    CourseFiles(
            StagedFiles files, LearnerIndex index, Gradebook gradebook, Contexts contexts, ColumnActRepository acts) {
        this.files = files;
        this.index = index;
        this.gradebook = gradebook;
        this.contexts = contexts;
        this.acts = acts;
    }

    /** @throws CsvRefusedException where the file is gone, or its mapping cannot be used (any more) */
    CourseFile of(TenantId tenant, ImportRepository.Row row) {
        CsvImport shown = row.shown();
        CourseContext course =
                contexts.find(tenant, shown.contextId()).orElseThrow(() -> new CsvRefusedException(Reason.GONE));
        Described described = files.open(Objects.requireNonNull(row.sealed()));
        Proposal proposal = proposal(new Importing(tenant, course.id(), shown.byPerson()), described.look());
        if (!proposal.flaws(described.mapping()).isEmpty()) {
            throw new CsvRefusedException(Reason.GONE);
        }
        Learners learners = index.of(course);
        FileReading reading = new FileReading(files.read(tenant, shown.id()), proposal, described.mapping(), learners);
        return new CourseFile(course, shown.byPerson(), reading, learners, names(tenant, course.id()));
    }

    boolean takesBack(ImportRepository.Row row) {
        return files.open(Objects.requireNonNull(row.sealed())).mapping().takeBack();
    }

    /** What earlier files brought, by external id. */
    Map<String, LineItem> columns(TenantId tenant, long contextId) {
        Map<String, LineItem> known = new HashMap<>();
        gradebook.lineItems(tenant, contextId).stream()
                .filter(item -> item.source().equals(CsvImports.SOURCE))
                .forEach(item -> known.put(item.externalId(), item));
        return known;
    }

    /** What columns are called here that were given another name, by external id. */
    private Map<String, String> names(TenantId tenant, long contextId) {
        Map<Long, String> given = acts.names(tenant, contextId);
        Map<String, String> names = new HashMap<>();
        if (!given.isEmpty()) {
            columns(tenant, contextId).forEach((externalId, item) -> {
                String name = given.get(item.id());
                if (name != null) {
                    names.put(externalId, name);
                }
            });
        }
        return names;
    }

    Proposal proposal(Importing by, CsvLook look) {
        Set<String> own = gradebook.lineItems(by.tenant(), by.contextId()).stream()
                .filter(item -> item.output() && !item.deleted())
                .map(LineItem::label)
                .map(CsvNames::normal)
                .collect(Collectors.toSet());
        return new Proposal(look, own);
    }
}
