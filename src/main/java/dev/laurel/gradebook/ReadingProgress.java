package dev.laurel.gradebook;

import dev.laurel.context.CourseContext;
import dev.laurel.gradebook.source.GradebookSource;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;

/** Counts what a look costs, and keeps how far it is, once it takes long; most looks are over before, and write nothing. */
final class ReadingProgress implements GradebookSource.Progress {

    static final Duration EVERY = Duration.ofSeconds(1);

    private final SyncRepository syncs;

    private final CourseContext course;

    private final Clock clock;

    private final Instant since;

    private Instant told;

    private int requests;

    ReadingProgress(SyncRepository syncs, CourseContext course, Clock clock) {
        this.syncs = syncs;
        this.course = course;
        this.clock = clock;
        this.since = clock.instant();
        this.told = since;
    }

    @Override
    public void columns(int done, int of) {
        Instant now = clock.instant();
        if (!now.isBefore(told.plus(EVERY))) {
            syncs.reads(course.tenant(), course.id(), new LongWork(done, of, since));
            told = now;
        }
    }

    @Override
    public void request() {
        requests++;
    }

    /** How many the platform was sent so far. */
    int requests() {
        return requests;
    }

    void end() {
        if (!told.equals(since)) {
            syncs.hasRead(course.tenant(), course.id());
        }
    }
}
