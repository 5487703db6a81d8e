package dev.laurel.gradebook.canvas;

import java.util.HashSet;
import java.util.Set;
import java.util.function.BiConsumer;
import org.jspecify.annotations.Nullable;

/** Assignments and the rows of their rubrics, and what of them is asked for at a look. */
final class Grades {

    private final OneLook look;

    private final Gathered gathered;

    private final Postings postings;

    private final @Nullable Bookmark from;

    private String wholePage;

    private long hiddenRead;

    private String postedRead;

    private LeftOut leftOut;

    private String digest = "";

    private String attempts = "";

    Grades(OneLook look, Postings postings) {
        this.look = look;
        this.gathered = look.gathered();
        this.postings = postings;
        this.from = look.from();
        this.wholePage = from == null || !look.wantsGrades() ? "" : from.wholePage();
        this.hiddenRead = look.before() == null ? 0 : look.before().hiddenRead();
        this.postedRead = look.before() == null ? "" : look.before().postedRead();
        this.leftOut = from == null || from.owesEverybody() || !look.wantsGrades() ? LeftOut.NOBODY : from.leftOut();
    }

    /** Of these users only. */
    void readOf(Set<String> users) {
        read((submissions, earlier) -> submissions.readOf(users));
    }

    /**
     * Of everybody what is new, or all of it.
     *
     * @param newcomers users of whom all of it is read
     */
    void readNext(Set<String> newcomers) {
        try {
            read((submissions, earlier) -> next(submissions, earlier, newcomers));
        } finally {
            warnOfTooLarge();
        }
    }

    private void read(BiConsumer<Submissions, EarlierAttempts> asked) {
        CanvasTools tools = look.tools();
        Assignments.Found found =
                tools.assignments().read(look.course(), look.trip(), look.canvasCourse(), look.columns());
        digest = found.digest();
        tell(found);
        EarlierAttempts earlier = tools.attempts().of(look.course(), look.columns());
        Submissions submissions = new Submissions(
                look.trip(),
                look.people(),
                look.canvasCourse(),
                found,
                look.permit().capabilities(),
                gathered,
                postings,
                earlier);
        asked.accept(submissions, earlier);
        // Whoever they are of is counted by the next look at everybody.
        leftOut = leftOut.beside(submissions.rowsTooLarge(), submissions.tooLarge());
        readEarlier(submissions, earlier, found.includes());
    }

    private void tell(Assignments.Found found) {
        found.unclear()
                .forEach(label -> gathered.warn("Canvas has more than one \u201c" + label
                        + "\u201d with the same maximum, and one of them is a column of Laurel\u2019s own. Laurel"
                        + " cannot tell which, so it reads none of them in Canvas. Give the other one another name"
                        + " there."));
        found.byId().values().forEach(assignment -> {
            if (look.wants(CanvasCapability.GRADES)) {
                gathered.add(Assignments.column(assignment));
            }
            if (look.wants(CanvasCapability.RUBRICS) && found.includes()) {
                Assignments.rows(assignment).forEach(gathered::add);
            }
        });
        if (!found.includes()) {
            // Nothing could be asked of rows that no look told before.
            gathered.addKnown(Assignments.ROWS);
        }
        found.unread().forEach((assignment, why) -> {
            gathered.stillThere(assignment.columnId(), why);
            Assignments.rows(assignment).forEach(row -> gathered.stillThere(row.externalId(), why));
        });
        if (!found.includes()
                && !found.byId().isEmpty()
                && look.permit().capabilities().stream().anyMatch(CanvasCapability::needsIncludes)) {
            gathered.warn(CanvasSource.NO_INCLUDES);
        }
    }

    private void next(Submissions submissions, EarlierAttempts earlier, Set<String> newcomers) {
        if (from == null || from.owesEverybody()) {
            submissions.readAll("", next -> wholePage = next, () -> leftOut = leftOut.andOne());
            if (leftOut.count() > 0 && wholePage.isEmpty()) {
                Set<String> unlisted = new HashSet<>(look.people().everybody());
                unlisted.removeAll(submissions.listed());
                leftOut = leftOut.among(unlisted);
            }
            return;
        }
        submissions.readSince(from.since());
        submissions.readOf(newcomers);
        if (!from.columns().equals(digest)) {
            submissions.readOutdated(look.tools()
                    .known()
                    .maxima(look.course().tenant(), look.course().id(), CanvasSource.NAME));
        }
        new HiddenAgain(look, submissions).read(hiddenRead, person -> hiddenRead = person);
        if (!from.attempts().equals(earlier.digest())) {
            earlier.wantOwed();
        }
        if (from.wholePage().isEmpty()) {
            new PostedAgain(look, submissions).read(postedRead, user -> postedRead = user);
        } else {
            submissions.readAll(from.wholePage(), next -> wholePage = next, () -> leftOut = leftOut.andOne());
        }
    }

    private void warnOfTooLarge() {
        if (leftOut.count() > 0) {
            gathered.warn(CanvasProblems.leftOut("results", leftOut.count()));
        }
    }

    private void readEarlier(Submissions submissions, EarlierAttempts earlier, boolean includes) {
        Bookmark before = look.before();
        boolean asked = before != null && before.attempts().equals(earlier.digest());
        boolean told = !earlier.isAnyWanted() || (includes && submissions.readEarlier());
        if (!told || (asked && earlier.isAnyOwed())) {
            gathered.warn(EarlierAttempts.LEFT_OUT);
        }
        if (!earlier.isAnyWanted()) {
            attempts = earlier.digest();
        }
    }

    /** See {@link Bookmark#columns}. */
    String digest() {
        return digest;
    }

    /** See {@link Bookmark#attempts}. */
    String attempts() {
        return attempts;
    }

    /** See {@link Bookmark#wholePage}. */
    String wholePage() {
        return wholePage;
    }

    /** See {@link Bookmark#leftOut}. */
    LeftOut leftOut() {
        return leftOut;
    }

    /** See {@link Bookmark#hiddenRead}. */
    long hiddenRead() {
        return hiddenRead;
    }

    /** See {@link Bookmark#postedRead}. */
    String postedRead() {
        return postedRead;
    }
}
