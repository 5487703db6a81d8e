package dev.laurel.gradebook.csv;

import dev.laurel.context.Contexts;
import dev.laurel.context.PersonErased;
import dev.laurel.gradebook.Gradebook;
import dev.laurel.gradebook.Observation;
import dev.laurel.gradebook.csv.CsvRefusedException.Reason;
import dev.laurel.gradebook.csv.StagedFiles.Described;
import dev.laurel.gradebook.source.ObservationLog;
import dev.laurel.gradebook.source.ObservationLog.Difference;
import dev.laurel.platform.road.Jobs;
import dev.laurel.platform.tenant.TenantId;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.IntPredicate;
import java.util.stream.IntStream;
import org.springframework.context.event.EventListener;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Transactional;
import org.springframework.transaction.support.TransactionTemplate;

/**
 * Results from a file that an instructor brings: kept sealed, mapped, looked at, and recorded once she confirms. Whoever
 * calls has checked that the person may do it in this course.
 */
@Component
public class CsvImports {

    /** The name of this source. */
    public static final String SOURCE = Observation.FROM_FILE;

    /** A larger file is refused. */
    public static final int MOST_BYTES = 20 * 1024 * 1024;

    /** How many problems a preview shows. */
    public static final int SHOWN = 100;

    /** Of so many a preview shows for whom their lines are taken. */
    private static final int PEOPLE_SHOWN = 10;

    private static final int LONGEST_SAID = 60;

    /** Whoever did not decide by then brings the file once more. */
    static final Duration KEPT = Duration.ofDays(1);

    private static final int DECIDED_SHOWN = 10;

    private static final int LONGEST_NAME = 200;

    private final ImportRepository imports;

    private final StagedFiles files;

    private final CourseFiles courseFiles;

    private final Gradebook gradebook;

    private final ObservationLog log;

    private final Contexts contexts;

    private final Jobs jobs;

    private final TransactionTemplate transaction;

    private final Clock clock;

    CsvImports(
            ImportRepository imports,
            StagedFiles files,
            CourseFiles courseFiles,
            Gradebook gradebook,
            ObservationLog log,
            Contexts contexts,
            Jobs jobs,
            TransactionTemplate transaction,
            Clock clock) {
        this.imports = imports;
        this.files = files;
        this.courseFiles = courseFiles;
        this.gradebook = gradebook;
        this.log = log;
        this.contexts = contexts;
        this.jobs = jobs;
        this.transaction = transaction;
        this.clock = clock;
    }

    /**
     * Keeps a file until this person decided on it, in place of any before.
     *
     * @param name as it is called on her machine
     * @throws CsvRefusedException where it cannot be used as a whole; nothing is kept then
     */
    public void bring(Importing by, String name, FileBytes file) {
        try {
            CsvLook look = CsvLook.at(CsvFile.of(file, Encoding.of(file)));
            Described described = new Described(
                    CsvNames.cut(name, LONGEST_NAME),
                    look,
                    courseFiles.proposal(by, look).mapping());
            transaction.executeWithoutResult(status -> {
                drop(by);
                long id = imports.add(
                        by.tenant(),
                        by.contextId(),
                        by.personId(),
                        files.seal(described),
                        look.rows(),
                        clock.instant());
                try {
                    files.write(by.tenant(), id, file);
                } catch (IOException e) {
                    throw new UncheckedIOException(e);
                }
            });
            // Whoever enrolled today is in the file and should be known before it is confirmed.
            contexts.refreshRosterSoon(by.tenant(), by.contextId());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** What this person has not decided on. */
    public Optional<StagedCsv> staged(Importing by) {
        return row(by).map(row -> {
            Described described = files.open(Objects.requireNonNull(row.sealed()));
            Proposal proposal = courseFiles.proposal(by, described.look());
            return new StagedCsv(
                    row.shown(),
                    described.name(),
                    described.look(),
                    described.mapping(),
                    places(described.look(), proposal::isOwn),
                    places(described.look(), place -> proposal.mayBeTotal(place) && !proposal.isOwn(place)),
                    proposal.flaws(described.mapping()),
                    files.fingerprint(row.shown().id(), described));
        });
    }

    private static List<Integer> places(CsvLook look, IntPredicate which) {
        return IntStream.range(0, look.columns().size()).filter(which).boxed().toList();
    }

    private Optional<ImportRepository.Row> row(Importing by) {
        Instant oldest = clock.instant().minus(KEPT);
        return imports.staged(by.tenant(), by.contextId(), by.personId())
                .filter(row -> row.sealed() != null && row.shown().uploadedAt().isAfter(oldest));
    }

    /**
     * Reads the file again with other marks between its fields, and proposes anew what they mean.
     *
     * @throws CsvRefusedException where it cannot be read so; it stays as it was
     */
    public void separatedBy(Importing by, char delimiter) {
        ImportRepository.Row row = row(by).orElseThrow(() -> new CsvRefusedException(Reason.GONE));
        Described before = files.open(Objects.requireNonNull(row.sealed()));
        FileBytes file = files.read(by.tenant(), row.shown().id());
        CsvLook look = CsvLook.at(new CsvFile(file, before.look().encoding(), delimiter));
        imports.describe(
                by.tenant(),
                row.shown().id(),
                files.seal(new Described(
                        before.name(), look, courseFiles.proposal(by, look).mapping())));
    }

    /** Keeps what she says the columns mean; where numbers are written one way only, that way. */
    public void map(Importing by, CsvMapping mapping) {
        ImportRepository.Row row = row(by).orElseThrow(() -> new CsvRefusedException(Reason.GONE));
        Described before = files.open(Objects.requireNonNull(row.sealed()));
        if (mapping.uses().size() != before.look().columns().size()) {
            throw new CsvRefusedException(Reason.GONE);
        }
        CsvMapping complete = mapping.decimals() != null
                ? mapping
                : new CsvMapping(
                        before.look().delimiter(),
                        courseFiles
                                .proposal(by, before.look())
                                .decimalsShown(mapping)
                                .orElse(null),
                        mapping.uses(),
                        mapping.takeBack(),
                        mapping.totalItem());
        imports.describe(
                by.tenant(), row.shown().id(), files.seal(new Described(before.name(), before.look(), complete)));
    }

    /**
     * What importing would do now. Reads the whole file and the results of its learners, in parts.
     *
     * @throws CsvRefusedException where it was decided on, or its mapping cannot be used
     */
    public CsvPreview preview(Importing by) {
        List<CsvProblem> shown = new ArrayList<>();
        return preview(
                by,
                problem -> {
                    if (shown.size() < SHOWN) {
                        shown.add(problem);
                    }
                },
                shown);
    }

    /** Every problem of the file, in its order. */
    public void problems(Importing by, Consumer<CsvProblem> each) {
        CourseFile file = file(by);
        file.reading.read(0, new Parts(0) {

            @Override
            void part(List<FileReading.Found> found, long problems, long rows) {}

            @Override
            public void problem(CsvProblem problem) {
                each.accept(problem);
            }
        });
    }

    private CsvPreview preview(Importing by, Consumer<CsvProblem> each, List<CsvProblem> shown) {
        CourseFile file = file(by);
        boolean takeBack = staged(by).map(staged -> staged.mapping().takeBack()).orElse(false);
        long[] counts = new long[6];
        Map<Integer, CsvPreview.Taken> people = new LinkedHashMap<>();
        Parts parts = new Parts(0) {

            @Override
            void part(List<FileReading.Found> found, long problems, long rows) {
                Difference difference = Objects.requireNonNull(transaction.execute(
                        status -> log.compare(by.tenant(), by.contextId(), CourseFile.ORIGIN, file.entries(found))));
                counts[0] += difference.added();
                counts[1] += difference.changed();
                counts[2] += difference.same();
                counts[3] += problems;
                counts[4] = rows;
            }

            @Override
            public void learner(long line, String said, int learner) {
                if (people.size() < PEOPLE_SHOWN) {
                    people.putIfAbsent(
                            learner, new CsvPreview.Taken(line, CsvNames.cut(said, LONGEST_SAID), file.name(learner)));
                }
            }

            @Override
            public void problem(CsvProblem problem) {
                super.problem(problem);
                each.accept(problem);
            }
        };
        file.reading.read(0, parts);
        parts.flush();
        file.missing(gradebook, taken -> counts[5] += taken.size());
        return new CsvPreview(
                file.reading.items().stream().map(item -> item.label).toList(),
                counts[4],
                counts[0],
                counts[1],
                counts[2],
                counts[5],
                takeBack && file.reading.unclearLines() == 0,
                file.reading.testStudents(),
                file.reading.unclearLines(),
                List.copyOf(people.values()),
                counts[3],
                List.copyOf(shown));
    }

    private CourseFile file(Importing by) {
        ImportRepository.Row row = row(by).orElseThrow(() -> new CsvRefusedException(Reason.GONE));
        CourseFile file = courseFiles.of(by.tenant(), row);
        file.columns(courseFiles.columns(by.tenant(), by.contextId()));
        return file;
    }

    /**
     * Records the file in the background. Once more, or with a fingerprint that is not the latest, does nothing.
     *
     * @throws CsvRefusedException where it was decided on, was mapped anew since it was looked at, or another file is
     *     recorded in this course
     */
    @Transactional
    public void confirm(Importing by, String fingerprint) {
        log.lock(by.tenant(), by.contextId());
        StagedCsv staged = staged(by)
                .filter(each ->
                        each.fingerprint().equals(fingerprint) && each.flaws().isEmpty())
                .orElseThrow(() -> new CsvRefusedException(Reason.GONE));
        if (imports.isBusy(by.tenant(), by.contextId())) {
            throw new CsvRefusedException(Reason.BUSY);
        }
        if (imports.confirm(by.tenant(), staged.of().id(), clock.instant())) {
            jobs.schedule(ImportJob.KIND, by.tenant(), Long.toString(staged.of().id()), 0);
        }
    }

    /** Nothing of it. */
    @Transactional
    public void drop(Importing by) {
        imports.staged(by.tenant(), by.contextId(), by.personId())
                .ifPresent(
                        row -> imports.finish(by.tenant(), row.shown().id(), CsvImport.State.DROPPED, clock.instant()));
    }

    /** What was imported into a course, newest first. */
    public List<CsvImport> decided(TenantId tenant, long contextId) {
        return imports.decided(tenant, contextId, DECIDED_SHOWN);
    }

    /**
     * Somebody who is erased may stand in any file that waits. None is kept: whoever brought it brings it once more, and
     * what was recorded of it already is not recorded twice.
     */
    @EventListener
    void on(PersonErased erased) {
        Instant now = clock.instant();
        imports.open(erased.tenant(), now.plusSeconds(1), now.plusSeconds(1))
                .forEach(id -> imports.finish(erased.tenant(), id, CsvImport.State.DROPPED, now));
    }
}
