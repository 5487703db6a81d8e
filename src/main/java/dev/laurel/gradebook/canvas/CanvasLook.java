package dev.laurel.gradebook.canvas;

import dev.laurel.context.CourseContext;
import dev.laurel.gradebook.KnownColumns;
import dev.laurel.gradebook.LineItem;
import dev.laurel.gradebook.source.GradebookSource.Progress;
import dev.laurel.gradebook.source.Look;
import dev.laurel.gradebook.source.Reading;
import dev.laurel.platform.ServiceProblem;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * One look at one course. A part that does not work, or is refused, is left alone for a while and hides no other; only where
 * nothing works is it Canvas that does not.
 */
final class CanvasLook {

    /** Canvas's nodes do not agree about the time to the second, and a grade may come to light a little late. */
    private static final Duration OVERLAP = Duration.ofMinutes(1);

    /** Among {@link CanvasParts}. */
    private static final String GRADES = "GRADES";

    /** Among {@link CanvasParts}. */
    private static final String MODULES = "MODULES";

    private final OneLook look;

    private final Look asked;

    private final Progress progress;

    private final @Nullable Bookmark from;

    private final CanvasClient.Trip trip;

    private final CoursePeople people;

    private final Gathered gathered;

    private final CourseItself itself;

    private final Postings postings;

    private final Grades grades;

    private final CanvasParts.Turns turns;

    private boolean stopped;

    private boolean gradesMissed;

    CanvasLook(CanvasTools tools, CourseContext course, Look asked, Permits.Permit permit, Progress progress) {
        this.asked = asked;
        this.progress = progress;
        List<KnownColumns.Known> ever = tools.known().ever(course.tenant(), course.id());
        List<LineItem> ours = ever.stream()
                .map(KnownColumns.Known::item)
                .filter(item -> item.source().equals(CanvasSource.NAME))
                .toList();
        this.from = Bookmark.parse(asked.bookmark());
        this.trip = tools.client().trip(permit.requireGrant(), permit.requireKey(), progress::request);
        this.people = new CoursePeople(tools.contexts(), course);
        this.gathered = new Gathered(asked, ours);
        this.look = new OneLook(
                tools,
                course,
                people,
                permit,
                trip,
                gathered,
                ever.stream().filter(each -> !each.item().deleted()).toList(),
                from,
                Bookmark.parse(asked.last()));
        this.itself = new CourseItself(look);
        this.postings = new Postings(course, ours, tools.known(), tools.contexts(), this::hasAllGrades);
        this.grades = new Grades(look, postings);
        this.turns = tools.parts().turns(course, tools.clock().instant());
    }

    /** @param warning of a permission that is about to end */
    Reading read(Optional<String> warning) {
        warning.ifPresent(gathered::warn);
        boolean some = !asked.people().isEmpty();
        Set<String> users = new LinkedHashSet<>(people.among(asked.people()).values());
        Set<String> newcomers =
                new LinkedHashSet<>(people.among(asked.newcomers()).values());
        newcomers.forEach(gathered::changed);
        if (!some && people.areUnknown()) {
            gathered.warn("Canvas does not tell Laurel which of its users is who. Its administrator can add the custom"
                    + " field canvas_user_id=$Canvas.user.id to the tool.");
        }
        if (from == null && !some) {
            part(CanvasParts.COURSE, this::courseItself);
            if (itself.isStillOver()) {
                return nothingNew();
            }
        }
        if (look.wantsGrades()) {
            gradesMissed = !part(
                    GRADES,
                    () -> {
                        if (some) {
                            grades.readOf(users);
                        } else {
                            grades.readNext(newcomers);
                        }
                    },
                    Assignments.PREFIX,
                    Assignments.ROWS);
        }
        if (from != null && !from.wholePage().isEmpty() && grades.wholePage().isEmpty()) {
            // A look at everybody that took several is at its end; the course may be, too.
            part(CanvasParts.COURSE, this::courseItself);
        }
        String totals = look.wants(CanvasCapability.TOTALS)
                ? round("TOTALS", totals(), users, from == null ? "" : from.totals(), Totals.PREFIX)
                : "";
        String outcomes = look.wants(CanvasCapability.OUTCOMES)
                ? round(
                        "OUTCOMES",
                        new Outcomes(look.canvasCourse(), trip, gathered, postings),
                        users,
                        from == null ? "" : from.outcomes(),
                        Outcomes.PREFIX)
                : "";
        ModuleRound modules = new ModuleRound(look);
        if (look.wants(CanvasCapability.MODULES)) {
            boolean read = part(MODULES, () -> {
                if (some) {
                    modules.readOf(users);
                } else {
                    modules.readNext(newcomers, turns.isBack(MODULES));
                }
            });
            if (!read) {
                Modules.addKnown(gathered);
            }
        }
        SectionNames sections = look.tools().sections();
        if (look.wants(CanvasCapability.SECTIONS) && !some && sections.areDue(look.course(), from, turns)) {
            part(SectionNames.PART, () -> sections.read(look.course(), trip, look.canvasCourse()));
        }
        keepWhatMayNotBeRead();
        turns.end().ifPresent(problem -> {
            gathered.failed(problem);
            // Nothing was read, so it is asked for again from where it was.
            stopped |= !problem.isFinal();
        });
        itself.rememberEnd(stopped || turns.owes() || !grades.wholePage().isEmpty());
        return new Reading(
                Reading.Naming.PLATFORM_USER,
                List.copyOf(gathered.columns()),
                gathered.stillThere(),
                gathered.results(),
                gathered.warnings(),
                gathered.scheme(),
                gathered.problem(),
                bookmark(totals, outcomes, modules),
                from == null || !gradesMissed);
    }

    /** Of a course that ended long ago: it is asked only whether it is open again. */
    private Reading nothingNew() {
        gathered.addKnown("");
        turns.end();
        itself.rememberEnd(false);
        return new Reading(
                Reading.Naming.PLATFORM_USER,
                List.copyOf(gathered.columns()),
                gathered.stillThere(),
                gathered.results(),
                gathered.warnings(),
                gathered.scheme(),
                null,
                asked.last(),
                false);
    }

    private @Nullable String bookmark(String totals, String outcomes, ModuleRound modules) {
        NextBookmark next = new NextBookmark(from, stopped, look.wantsGrades(), gradesMissed);
        if (!asked.people().isEmpty() || next.isInVain(grades.wholePage())) {
            return asked.bookmark();
        }
        return next.after(new Bookmark(
                        trip.beganAt().minus(OVERLAP),
                        grades.digest(),
                        totals,
                        outcomes,
                        look.wants(CanvasCapability.MODULES) ? modules.last() : "",
                        grades.attempts(),
                        itself.hidesTotals(),
                        modules.newsRead(),
                        grades.wholePage(),
                        grades.hiddenRead(),
                        grades.postedRead(),
                        grades.leftOut()))
                .toString();
    }

    /** That a permission was taken away deletes no column: what was read stays, and the page says what it lacks. */
    private void keepWhatMayNotBeRead() {
        for (CanvasCapability capability : CanvasCapability.values()) {
            if (!look.wants(capability)
                    && prefixes(capability).stream().filter(gathered::addKnown).count() > 0) {
                gathered.warn(
                        "Laurel is not allowed to read the " + capability.words() + " of this course in Canvas any"
                                + " more. What was read of them before stays as it was. The administrator of the institution can"
                                + " allow it again in Laurel, and whoever lets Laurel read the course then has to, too.");
            }
        }
    }

    private static List<String> prefixes(CanvasCapability capability) {
        return switch (capability) {
            case GRADES -> List.of(Assignments.PREFIX);
            case TOTALS -> List.of(Totals.PREFIX);
            case OUTCOMES -> List.of(Outcomes.PREFIX);
            case MODULES -> Modules.PREFIXES;
            case RUBRICS -> List.of(Assignments.ROWS);
            case SECTIONS -> List.of();
        };
    }

    /** Whether all grades of this user are known, by this look or those before it. */
    private boolean hasAllGrades(String user) {
        boolean neverBegan = !asked.people().isEmpty() && (from == null || from.owesEverybody());
        return !gradesMissed
                && grades.wholePage().isEmpty()
                && !grades.leftOut().mayBe(user)
                && !neverBegan;
    }

    /** Whatever goes wrong with one part, its columns stay, and the others are read where that has a chance. */
    private boolean part(String name, Runnable reading, String... prefixes) {
        if (!stopped) {
            progress.columns(turns.asked(), look.permit().capabilities().size() + 1);
            try {
                if (turns.take(name, gathered::warn)) {
                    reading.run();
                    turns.worked(name);
                    return true;
                }
            } catch (ServiceProblem problem) {
                if (trip.isOver() || trip.isLate() || !CanvasParts.isOfOnePart(problem) || isForSpare(name, problem)) {
                    gathered.failed(problem);
                    stopped = true;
                } else {
                    turns.failed(name, problem);
                    gathered.warn(String.valueOf(problem.getMessage()));
                }
            }
        }
        for (String prefix : prefixes) {
            gathered.addKnown(prefix);
        }
        return false;
    }

    /** Most rests on grades: with another permission that may let Laurel read them, everything is read. */
    private boolean isForSpare(String name, ServiceProblem problem) {
        Permits.Permit spare = look.permit().spare();
        return name.equals(GRADES)
                && problem.isFinal()
                && spare != null
                && spare.capabilities().contains(CanvasCapability.GRADES);
    }

    private void courseItself() {
        itself.read();
        if (look.wants(CanvasCapability.TOTALS)) {
            gathered.scheme(totals().scheme());
        }
    }

    private Totals totals() {
        return new Totals(look.canvasCourse(), trip, gathered, itself::said);
    }

    private String round(String name, Rounds.Part part, Set<String> users, String cursor, String prefix) {
        String[] next = {cursor};
        part(
                name,
                () -> {
                    if (!asked.people().isEmpty()) {
                        Rounds.of(part, trip, new ArrayList<>(users), people);
                    } else if (from == null
                            || turns.isBack(name)
                            || part.isOutdated(from)
                            || (!gradesMissed && !from.columns().equals(grades.digest()))) {
                        next[0] = Rounds.all(part, trip, people);
                    } else {
                        next[0] = Rounds.next(part, trip, people.present(gathered.changed()), cursor, people);
                        if (gathered.isNew(prefix)) {
                            next[0] = Rounds.all(part, trip, people);
                        }
                    }
                },
                prefix);
        return next[0];
    }
}
