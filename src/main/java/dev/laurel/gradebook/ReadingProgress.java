package dev.laurel.gradebook;

import dev.laurel.context.CourseContext;
import dev.laurel.gradebook.source.GradebookSource;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;

/** Keeps how far a look is, once it takes long; most looks are over before, and write nothing. */
final class ReadingProgress implements GradebookSource.Progress {

    static final Duration EVERY = Duration.ofSeconds(1);

    private final SyncRepository syncs;

    private final CourseContext course;

    private final Clock clock;

    private final Instant since;

    private Instant told;

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

    void end() {
        if (!told.equals(since)) {
            syncs.hasRead(course.tenant(), course.id());
        }
    }
}
