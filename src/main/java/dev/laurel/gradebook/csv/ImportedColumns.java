package dev.laurel.gradebook.csv;

import dev.laurel.gradebook.Gradebook;
import dev.laurel.gradebook.LineItem;
import dev.laurel.gradebook.csv.CsvRefusedException.Reason;
import dev.laurel.gradebook.source.Column;
import dev.laurel.gradebook.source.ObservationLog;
import dev.laurel.platform.tenant.TenantId;
import java.time.Clock;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Transactional;

/**
 * Columns that files brought: another name for one, and taking one away. Each is noted with who did it. Whoever calls has
 * checked that the person may do it in this course.
 */
@Component
public class ImportedColumns {

    private static final int ACTS_SHOWN = 20;

    private final ColumnActRepository acts;

    private final ImportRepository imports;

    private final Gradebook gradebook;

    private final ObservationLog log;

    private final Clock clock;

    ImportedColumns(
            ColumnActRepository acts, ImportRepository imports, Gradebook gradebook, ObservationLog log, Clock clock) {
        this.acts = acts;
        this.imports = imports;
        this.gradebook = gradebook;
        this.log = log;
        this.clock = clock;
    }

    /** Whether a column came from a file and is there. */
    public static boolean isImported(LineItem item) {
        return item.source().equals(CsvImports.SOURCE) && !item.deleted();
    }

    /**
     * Gives a column another name, which it keeps when its file is brought again.
     *
     * @throws CsvRefusedException where it is gone, or a file is being recorded
     */
    @Transactional
    public void rename(Importing by, long lineItemId, String name) {
        LineItem item = require(by, lineItemId);
        if (item.label().equals(name)) {
            return;
        }
        Column renamed = new Column(
                item.externalId(),
                name,
                item.kind(),
                item.group(),
                item.mastery(),
                item.scoreMaximum(),
                null,
                null,
                null);
        log.columns(by.tenant(), by.contextId(), CsvImports.SOURCE, List.of(renamed));
        note(by, item, name);
    }

    /**
     * Takes a column away. Its results stay in the log of the course and count again once a file brings the column; until
     * then rules that name it are undecided, so that nobody loses by it what she was told she has.
     *
     * @throws CsvRefusedException where it is gone, or a file is being recorded
     */
    @Transactional
    public void remove(Importing by, long lineItemId) {
        LineItem item = require(by, lineItemId);
        log.remove(by.tenant(), by.contextId(), List.of(item.id()));
        note(by, item, null);
    }

    /** What was done with columns of a course, newest first. */
    public List<ColumnAct> acts(TenantId tenant, long contextId) {
        return acts.latest(tenant, contextId, ACTS_SHOWN);
    }

    private LineItem require(Importing by, long lineItemId) {
        log.lock(by.tenant(), by.contextId());
        if (imports.isBusy(by.tenant(), by.contextId())) {
            // Its columns were settled when it began.
            throw new CsvRefusedException(Reason.BUSY);
        }
        return gradebook
                .lineItem(by.tenant(), lineItemId)
                .filter(item -> item.contextId() == by.contextId() && isImported(item))
                .orElseThrow(() -> new CsvRefusedException(Reason.GONE));
    }

    private void note(Importing by, LineItem item, @Nullable String after) {
        acts.add(
                by.tenant(),
                by.contextId(),
                new ColumnAct(item.id(), item.label(), after, by.personId(), clock.instant()));
    }
}
