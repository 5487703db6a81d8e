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
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/**
 * One look at one course. A part that does not work, or is refused, is left alone for a while and hides no other; only where
 * nothing works is it Canvas that does not.
 */
final class CanvasLook {

    /** Canvas's nodes do not agree about the time to the second, and a grade may come to light a little late. */
    private static final Duration OVERLAP = Duration.ofMinutes(1);

    /** Among {@link CanvasParts}. */
    private static final String GRADES = "GRADES";

    /** As if columns had changed: what follows from grades is read of everybody. */
    private static final String OTHERS = "?";

    /** More than a look asks for again. */
    private static final int MOST_HIDDEN = 1_000;

    /** So many people show whether Canvas tells who is who. */
    private static final int SAMPLE = 20;

    private final CanvasTools tools;

    private final CourseContext course;

    private final Look look;

    private final Permits.Permit permit;

    private final Progress progress;

    private final CanvasClient.Trip trip;

    private final @Nullable Bookmark from;

    /** Where the last look ended, also where everything is asked for: what takes many looks goes on from there. */
    private final @Nullable Bookmark before;

    private final Gathered gathered;

    private final Postings postings;

    private final List<KnownColumns.Known> columns;

    private @Nullable Set<Long> earners;

    private @Nullable Set<String> everybody;

    private final CanvasParts.Turns turns;

    private boolean stopped;

    private boolean gradesMissed;

    private boolean hidesTotals;

    private @Nullable Long newsRead;

    private String wholePage;

    private long hiddenRead;

    /** The course itself, where it was asked for in this look. */
    private @Nullable JsonNode said;

    /** Whether Canvas said in this look that the course has ended; {@code null} where it was not asked. */
    private @Nullable Boolean ended;

    private String digest = "";

    private String askedAttempts = "";

    CanvasLook(CanvasTools tools, CourseContext course, Look look, Permits.Permit permit, Progress progress) {
        this.tools = tools;
        this.course = course;
        this.look = look;
        this.permit = permit;
        this.progress = progress;
        this.trip = tools.client().trip(permit.requireGrant(), permit.requireKey());
        this.from = Bookmark.parse(look.bookmark());
        this.before = Bookmark.parse(look.last());
        this.newsRead = before == null ? null : before.newsRead();
        this.hiddenRead = before == null ? 0 : before.hiddenRead();
        this.wholePage = from == null ? "" : from.wholePage();
        this.hidesTotals = before != null && before.hidesTotals();
        List<KnownColumns.Known> ever = tools.known().ever(course.tenant(), course.id());
        this.columns = ever.stream().filter(each -> !each.item().deleted()).toList();
        this.turns = tools.parts().turns(course, tools.clock().instant());
        List<LineItem> ours = ever.stream()
                .map(KnownColumns.Known::item)
                .filter(item -> item.source().equals(CanvasSource.NAME))
                .toList();
        this.gathered = new Gathered(look, ours);
        this.postings = new Postings(course, ours, tools.known(), tools.contexts(), this::hasAllGrades);
    }

    /** @param warning of a permission that is about to end */
    Reading read(Optional<String> warning) {
        warning.ifPresent(gathered::warn);
        Set<String> people = people();
        boolean some = !look.people().isEmpty();
        if (!some) {
            warnOfUnknownNumbers();
        }
        if (from == null && !some) {
            part(CanvasParts.COURSE, this::courseItself);
        }
        if (readsGrades()) {
            gradesMissed = !part(GRADES, () -> grades(some, people), "assignment-", "rubric-");
        } else {
            wholePage = "";
        }
        if (from != null && !from.wholePage().isEmpty() && wholePage.isEmpty()) {
            // A look at everybody that took several is at its end; the course may be, too.
            part(CanvasParts.COURSE, this::courseItself);
        }
        String totals = wants(CanvasCapability.TOTALS)
                ? round(
                        "TOTALS",
                        new Totals(permit.canvasCourse(), trip, gathered, this::said),
                        some,
                        people,
                        from == null ? "" : from.totals(),
                        Totals.PREFIX)
                : "";
        String outcomes = wants(CanvasCapability.OUTCOMES)
                ? round(
                        "OUTCOMES",
                        new Outcomes(permit.canvasCourse(), trip, gathered, postings),
                        some,
                        people,
                        from == null ? "" : from.outcomes(),
                        Outcomes.PREFIX)
                : "";
        String modules = wants(CanvasCapability.MODULES) ? modules(some, people) : "";
        if (wants(CanvasCapability.SECTIONS) && !some && tools.sections().areDue(course, from, turns)) {
            part(SectionNames.PART, () -> tools.sections().read(course, trip, permit.canvasCourse()));
        }
        keepWhatMayNotBeRead();
        turns.end().ifPresent(problem -> {
            gathered.failed(problem);
            // Nothing was read, so it is asked for again from where it was.
            stopped |= !problem.isFinal();
        });
        rememberEnd();
        return new Reading(
                Reading.Naming.PLATFORM_USER,
                List.copyOf(gathered.columns()),
                gathered.stillThere(),
                gathered.results(),
                gathered.warnings(),
                gathered.scheme(),
                gathered.problem(),
                some || (stopped && !hasGrades()) ? look.bookmark() : bookmark(totals, outcomes, modules),
                trip.requests());
    }

    /** That a permission was taken away deletes no column: what was read stays, and the page says what it lacks. */
    private void keepWhatMayNotBeRead() {
        for (CanvasCapability capability : CanvasCapability.values()) {
            if (!wants(capability)
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
            case GRADES -> List.of("assignment-");
            case TOTALS -> List.of(Totals.PREFIX);
            case OUTCOMES -> List.of(Outcomes.PREFIX);
            case MODULES -> Modules.PREFIXES;
            case RUBRICS -> List.of("rubric-");
            case SECTIONS -> List.of();
        };
    }

    /** A course that has ended is read no more, so only once its last grades were read, as far as they may be. */
    private void rememberEnd() {
        if (ended != null && !(ended && (stopped || turns.owes() || !wholePage.isEmpty()))) {
            tools.courses()
                    .ended(course.tenant(), course.id(), ended, tools.clock().instant());
        }
    }

    /** Whether it read grades of everybody that are not to be read again, though it stopped. */
    private boolean hasGrades() {
        return !wholePage.isEmpty() || (from == null && !gradesMissed && readsGrades());
    }

    private boolean readsGrades() {
        return wants(CanvasCapability.GRADES) || wants(CanvasCapability.RUBRICS);
    }

    /** Whether the grades of everybody are known, by this look or those before it. */
    private boolean hasAllGrades() {
        boolean neverBegan = !look.people().isEmpty() && (from == null || from.owesEverybody());
        return !gradesMissed && wholePage.isEmpty() && !neverBegan;
    }

    /** What could not be read of grades is asked for at the next look from where this one was to begin, or stopped. */
    private String bookmark(String totals, String outcomes, String modules) {
        Bookmark kept = gradesMissed || stopped ? from : null;
        boolean owesPage = gradesMissed && !wholePage.isEmpty();
        String columnsRead = gradesMissed ? "" : stopped ? OTHERS : digest;
        return new Bookmark(
                        kept == null ? trip.beganAt().minus(OVERLAP) : kept.since(),
                        kept == null || owesPage ? columnsRead : kept.columns(),
                        totals,
                        outcomes,
                        modules,
                        kept == null ? askedAttempts : kept.attempts(),
                        hidesTotals,
                        newsRead,
                        wholePage,
                        hiddenRead)
                .toString();
    }

    private boolean wants(CanvasCapability capability) {
        return permit.capabilities().contains(capability);
    }

    private void warnOfUnknownNumbers() {
        Set<Long> some = earners().stream().limit(SAMPLE).collect(Collectors.toSet());
        if (!some.isEmpty() && users(some).isEmpty()) {
            gathered.warn("Canvas does not tell Laurel which of its users is who. Its administrator can add the custom"
                    + " field canvas_user_id=$Canvas.user.id to the tool.");
        }
    }

    /** Canvas's numbers of those who are asked for, without who left: it refuses to speak of them. */
    private Set<String> people() {
        Set<Long> people = new LinkedHashSet<>(look.people());
        people.retainAll(earners());
        return users(people);
    }

    private Set<Long> earners() {
        if (earners == null) {
            earners = tools.contexts().earners(course.tenant(), course.id());
        }
        return earners;
    }

    /** Canvas's numbers of everybody who can earn a badge. */
    private Set<String> everybody() {
        if (everybody == null) {
            everybody = users(earners());
        }
        return everybody;
    }

    private Set<String> users(Set<Long> persons) {
        return new LinkedHashSet<>(
                tools.contexts().platformUsers(course, persons).values());
    }

    /** Whatever goes wrong with one part, its columns stay, and the others are read where that has a chance. */
    private boolean part(String name, Runnable reading, String... prefixes) {
        if (!stopped) {
            progress.columns(turns.asked(), permit.capabilities().size() + 1);
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
        Permits.Permit spare = permit.spare();
        return name.equals(GRADES)
                && problem.isFinal()
                && spare != null
                && spare.capabilities().contains(CanvasCapability.GRADES);
    }

    private JsonNode said() {
        if (said == null) {
            said = trip.one("/api/v1/courses/" + permit.canvasCourse() + "?include[]=concluded", "description");
            hidesTotals = Totals.areHidden(said);
        }
        return said;
    }

    private void courseItself() {
        JsonNode said = said();
        ended = "completed".equals(Said.text(said.get("workflow_state")))
                || said.path("concluded").asBoolean(false);
        tools.zones().told(course.tenant(), course.id(), Said.text(said.get("time_zone")));
        if (wants(CanvasCapability.TOTALS)) {
            gathered.scheme(new Totals(permit.canvasCourse(), trip, gathered, this::said).scheme());
        }
    }

    private void grades(boolean some, Set<String> people) {
        Assignments.Found found = tools.assignments().read(course, trip, permit.canvasCourse(), columns);
        digest = found.digest();
        found.unclear()
                .forEach(label -> gathered.warn("Canvas has more than one \u201c" + label
                        + "\u201d with the same maximum, and one of them is a column of Laurel\u2019s own. Laurel"
                        + " cannot tell which, so it reads none of them in Canvas. Give the other one another name"
                        + " there."));
        found.byId().values().forEach(assignment -> {
            if (wants(CanvasCapability.GRADES)) {
                gathered.add(Assignments.column(assignment));
            }
            if (wants(CanvasCapability.RUBRICS)) {
                Assignments.rows(assignment).forEach(gathered::add);
            }
        });
        found.unread().forEach((assignment, why) -> {
            gathered.stillThere(assignment.columnId(), why);
            Assignments.rows(assignment).forEach(row -> gathered.stillThere(row.externalId(), why));
        });
        if (!found.includes()
                && !found.byId().isEmpty()
                && permit.capabilities().stream().anyMatch(CanvasCapability::needsIncludes)) {
            gathered.warn(CanvasSource.NO_INCLUDES);
        }
        EarlierAttempts earlier = tools.attempts().of(course, columns);
        Submissions submissions =
                new Submissions(trip, permit.canvasCourse(), found, permit.capabilities(), gathered, postings, earlier);
        if (some) {
            submissions.readOf(people);
        } else if (from == null || from.owesEverybody()) {
            submissions.readAll("", next -> wholePage = next);
        } else {
            submissions.readSince(from.since());
            if (!from.columns().equals(digest)) {
                submissions.readOutdated(tools.known().maxima(course.tenant(), course.id(), CanvasSource.NAME));
            }
            hidden(submissions);
            if (!from.attempts().equals(earlier.digest())) {
                earlier.wantOwed();
            }
            if (!from.wholePage().isEmpty()) {
                submissions.readAll(from.wholePage(), next -> wholePage = next);
            }
        }
        readEarlier(submissions, earlier, found.includes());
    }

    /** A share of it at each look, one person after the other, and from the first again. */
    private void hidden(Submissions submissions) {
        List<KnownColumns.Hidden> hidden = hiddenAfter(hiddenRead);
        if (hidden.isEmpty() && hiddenRead > 0) {
            hiddenRead = 0;
            hidden = hiddenAfter(0);
        }
        boolean cut = hidden.size() == MOST_HIDDEN;
        if (cut) {
            hidden = withoutLast(hidden);
        }
        Set<Long> people =
                hidden.stream().map(KnownColumns.Hidden::personId).collect(Collectors.toCollection(HashSet::new));
        people.retainAll(earners());
        Map<Long, String> users = tools.contexts().platformUsers(course, people);
        submissions.readHidden(hidden, users, hiddenRead == 0 && !cut, person -> hiddenRead = person);
    }

    /** Of the last person there may be more than the list holds: she is left for the next look, unless she is the only one. */
    static List<KnownColumns.Hidden> withoutLast(List<KnownColumns.Hidden> hidden) {
        long last = hidden.get(hidden.size() - 1).personId();
        List<KnownColumns.Hidden> others =
                hidden.stream().filter(each -> each.personId() != last).toList();
        return others.isEmpty() ? hidden : others;
    }

    private List<KnownColumns.Hidden> hiddenAfter(long person) {
        return tools.known().hidden(course.tenant(), course.id(), CanvasSource.NAME, person, MOST_HIDDEN);
    }

    private void readEarlier(Submissions submissions, EarlierAttempts earlier, boolean includes) {
        boolean asked = before != null && before.attempts().equals(earlier.digest());
        boolean told = !earlier.isAnyWanted() || (includes && submissions.readEarlier());
        if (!told || (asked && earlier.isAnyOwed())) {
            gathered.warn(EarlierAttempts.LEFT_OUT);
        }
        if (!earlier.isAnyWanted()) {
            askedAttempts = earlier.digest();
        }
    }

    private String round(
            String name, Rounds.Part part, boolean some, Set<String> people, String cursor, String prefix) {
        String[] next = {cursor};
        part(
                name,
                () -> {
                    if (some) {
                        Rounds.of(part, trip, new ArrayList<>(people), earners().size());
                    } else if (from == null
                            || turns.isBack(name)
                            || part.isOutdated(from)
                            || (!gradesMissed && !from.columns().equals(digest))) {
                        next[0] = Rounds.all(part, trip);
                    } else {
                        next[0] = Rounds.next(
                                part, trip, changedEarners(), cursor, earners().size());
                        if (gathered.isNew(prefix)) {
                            next[0] = Rounds.all(part, trip);
                        }
                    }
                },
                prefix);
        return next[0];
    }

    /** A list of everybody tells of those, too, who left, and a list of some is refused where it names one of them. */
    private Set<String> changedEarners() {
        Set<String> changed = new LinkedHashSet<>(gathered.changed());
        if (!changed.isEmpty()) {
            changed.retainAll(everybody());
        }
        return changed;
    }

    /** Which items of modules are columns of Laurel's, by number, or by name where assignments are not read. */
    private Predicate<JsonNode> ownItems() {
        Set<String> ids = tools.courses().ownAssignments(course.tenant(), course.id());
        Set<String> labels = columns.stream()
                .map(KnownColumns.Known::item)
                .filter(item -> item.output() && !readsGrades())
                .map(LineItem::label)
                .collect(Collectors.toSet());
        return item -> "Assignment".equals(Said.text(item.get("type")))
                && (ids.contains(String.valueOf(CanvasIds.of(item.get("content_id"))))
                        || labels.contains(Said.label(item.get("title"))));
    }

    private String modules(boolean some, Set<String> people) {
        Modules modules = new Modules(permit.canvasCourse(), trip, gathered, ownItems());
        NewOfPeople news = new NewOfPeople(course, tools.known(), tools.contexts(), newsRead);
        String[] last = {before == null ? "" : before.modules()};
        boolean read = part("MODULES", () -> {
            modules.columns();
            if (some) {
                // Of the others what changed is in the log, so that they have their turn in the next looks at
                // everybody.
                modules.read(people, people, "", Math.min(people.size(), Modules.STUDENTS_AT_A_LOOK));
            } else {
                last[0] = modules.read(
                        news.users(),
                        everybody(),
                        last[0],
                        from == null ? Modules.STUDENTS_AT_FIRST : Modules.STUDENTS_AT_A_LOOK);
                // What the first look at everybody says is new of all of them, and they have their turn in the round.
                boolean isFirst = from == null
                        || from.owesEverybody()
                        || !from.wholePage().isEmpty();
                newsRead = newsRead == null && isFirst
                        ? null
                        : news.place(user -> everybody().contains(user) && modules.isOwed(user));
            }
        });
        if (!read) {
            Modules.addKnown(gathered);
        }
        return last[0];
    }
}
