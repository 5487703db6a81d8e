package dev.laurel.gradebook.csv;

import com.github.kagkarlsson.scheduler.task.Task;
import dev.laurel.gradebook.Gradebook;
import dev.laurel.gradebook.source.ObservationLog;
import dev.laurel.platform.road.Jobs;
import dev.laurel.platform.tenant.TenantId;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.stereotype.Component;
import org.springframework.transaction.support.TransactionTemplate;

/**
 * Records a confirmed file part by part, each in a transaction that also notes how far it is. After a crash it goes on
 * there; what the log knows already is never said again.
 */
@Component
class ImportJob {

    static final String KIND = "csv-import";

    private static final String FORGET = "csv-import-forget";

    private static final Duration SWEEP = Duration.ofMinutes(30);

    /** A job that was set aside is tried again within this time, or never. */
    private static final Duration GIVEN_UP = Duration.ofDays(4);

    private final CourseFiles courseFiles;

    private final ImportRepository rows;

    private final Gradebook gradebook;

    private final ObservationLog log;

    private final TransactionTemplate transaction;

    private final Clock clock;

    ImportJob(
            CourseFiles courseFiles,
            ImportRepository rows,
            Gradebook gradebook,
            ObservationLog log,
            TransactionTemplate transaction,
            Clock clock) {
        this.courseFiles = courseFiles;
        this.rows = rows;
        this.gradebook = gradebook;
        this.log = log;
        this.transaction = transaction;
        this.clock = clock;
    }

    void run(TenantId tenant, String subject) {
        long id = Long.parseLong(subject);
        ImportRepository.Row row =
                rows.find(tenant, id).filter(each -> each.shown().isRunning()).orElse(null);
        if (row == null) {
            return;
        }
        try {
            record(tenant, row);
        } catch (CsvRefusedException gone) {
            // Its file went with somebody's data, or the course has changed so that its mapping cannot be used any
            // more.
            finish(tenant, id, CsvImport.State.DROPPED);
        }
    }

    private void record(TenantId tenant, ImportRepository.Row row) {
        CsvImport shown = row.shown();
        CourseFile file = courseFiles.of(tenant, row);
        transaction.executeWithoutResult(status -> {
            log.lock(tenant, shown.contextId());
            file.columns(log.columns(tenant, shown.contextId(), CsvImports.SOURCE, file.asColumns()));
        });
        Parts parts = new Parts(shown.rowsDone()) {

            @Override
            void part(List<FileReading.Found> found, long problems, long read) {
                record(tenant, shown, read, problems, file.entries(found));
            }
        };
        file.reading.read(shown.rowsDone(), parts);
        parts.flush();
        if (courseFiles.takesBack(row) && file.reading.unclearLines() == 0) {
            file.missing(gradebook, taken -> record(tenant, shown, shown.rowsAll(), 0, taken));
        }
        finish(tenant, shown.id(), CsvImport.State.DONE);
    }

    private void finish(TenantId tenant, long id, CsvImport.State state) {
        transaction.executeWithoutResult(status -> {
            if (running(tenant, id).isPresent()) {
                rows.finish(tenant, id, state, clock.instant());
            }
        });
    }

    private void record(
            TenantId tenant, CsvImport shown, long read, long problems, List<ObservationLog.Entry> entries) {
        transaction.executeWithoutResult(status -> {
            log.lock(tenant, shown.contextId());
            // Somebody in it may have been erased meanwhile.
            running(tenant, shown.id()).ifPresent(now -> {
                int recorded =
                        entries.isEmpty() ? 0 : log.append(tenant, shown.contextId(), CourseFile.ORIGIN, entries);
                // Another node that took this one for dead may have come this far, too.
                boolean isNew = read > now.rowsDone();
                rows.progress(tenant, shown.id(), Math.max(read, now.rowsDone()), recorded, isNew ? problems : 0);
            });
        });
    }

    /** Locked. */
    private Optional<CsvImport> running(TenantId tenant, long id) {
        return rows.lock(tenant, id).map(ImportRepository.Row::shown).filter(CsvImport::isRunning);
    }

    void forget(TenantId tenant) {
        Instant now = clock.instant();
        transaction.executeWithoutResult(status -> rows.open(tenant, now.minus(CsvImports.KEPT), now.minus(GIVEN_UP))
                .forEach(id -> rows.finish(tenant, id, CsvImport.State.DROPPED, now)));
    }

    /** Declares the jobs. */
    @Configuration(proxyBeanMethods = false)
    static class Declaration {

        @Bean
        Task<?> csvImport(Jobs jobs, ImportJob job) {
            return jobs.kind(KIND, job::run);
        }

        @Bean
        Task<?> csvImportForget(Jobs jobs, ImportJob job) {
            return jobs.kind(FORGET, (tenant, subject) -> job.forget(tenant));
        }

        @Bean
        Task<?> csvImportSweep(Jobs jobs, ImportRepository imports) {
            return jobs.sweep(
                    "csv-import-sweep",
                    SWEEP,
                    FORGET,
                    now -> imports.withOpen(now.minus(CsvImports.KEPT), now.minus(GIVEN_UP)));
        }
    }
}
