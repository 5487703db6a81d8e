package dev.laurel.gradebook.canvas;

import dev.laurel.context.Contexts;
import dev.laurel.context.CourseContext;
import dev.laurel.context.CourseZones;
import dev.laurel.gradebook.KnownColumns;
import dev.laurel.gradebook.LineItem;
import dev.laurel.gradebook.source.GradebookSource;
import dev.laurel.gradebook.source.Look;
import dev.laurel.gradebook.source.Reading;
import dev.laurel.platform.ServiceProblem;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.springframework.core.annotation.Order;
import org.springframework.stereotype.Component;
import tools.jackson.databind.JsonNode;

/**
 * Reads a course over Canvas's REST interface: assignments and quizzes of everybody, totals, outcomes, modules and rubrics,
 * as far as the institution and somebody of the course let it. A look asks for what changed since the last one, and once a
 * day for everything.
 */
@Component
@Order(2)
class CanvasSource implements GradebookSource {

    static final String NAME = "canvas";

    static final String NO_INCLUDES =
            "Canvas leaves out what Laurel needs for outcomes and rubrics. Its administrator can"
                    + " tick \u201cAllow Include Parameters\u201d on the developer key.";

    private static final String NO_EARLIER_ATTEMPTS =
            "Canvas leaves out earlier attempts, which a badge asks for. Its administrator can tick \u201cAllow Include"
                    + " Parameters\u201d on the developer key.";

    private static final Duration PACE = Duration.ofSeconds(15);

    /** Canvas's nodes do not agree about the time to the second, and a grade may come to light a little late. */
    private static final Duration OVERLAP = Duration.ofMinutes(1);

    private static final int MOST_HIDDEN = 2_000;

    /** So many people show whether Canvas tells who is who. */
    private static final int SAMPLE = 20;

    private final Permits permits;

    private final GrantOwners owners;

    private final CanvasClient client;

    private final Assignments assignments;

    private final CanvasCourses courses;

    private final KnownColumns known;

    private final AttemptsNeeded attempts;

    private final Contexts contexts;

    private final CourseZones zones;

    private final Clock clock;

    CanvasSource(
            Permits permits,
            GrantOwners owners,
            CanvasClient client,
            Assignments assignments,
            CanvasCourses courses,
            KnownColumns known,
            AttemptsNeeded attempts,
            Contexts contexts,
            CourseZones zones,
            Clock clock) {
        this.permits = permits;
        this.owners = owners;
        this.client = client;
        this.assignments = assignments;
        this.courses = courses;
        this.known = known;
        this.attempts = attempts;
        this.contexts = contexts;
        this.zones = zones;
        this.clock = clock;
    }

    @Override
    public String name() {
        return NAME;
    }

    @Override
    public Optional<String> obstacle(CourseContext course) {
        return Optional.ofNullable(permits.of(course).obstacle());
    }

    @Override
    public Set<LineItem.Kind> tells(CourseContext course) {
        return CanvasCapability.kinds(permits.of(course).capabilities());
    }

    @Override
    public Set<LineItem.Kind> couldTell(CourseContext course) {
        return Permits.isCanvas(course) ? CanvasCapability.kinds(List.of(CanvasCapability.values())) : Set.of();
    }

    @Override
    public Set<String> permissionsFor(CourseContext course, LineItem.Kind kind) {
        return tells(course).contains(kind)
                ? Set.of()
                : Arrays.stream(CanvasCapability.values())
                        .filter(each -> CanvasCapability.kinds(List.of(each)).contains(kind))
                        .map(each -> "reading.part." + each.name().toLowerCase(Locale.ROOT))
                        .collect(Collectors.toSet());
    }

    @Override
    public boolean hasAttempts() {
        return true;
    }

    @Override
    public boolean hasLetters() {
        return true;
    }

    @Override
    public boolean needsKey() {
        return true;
    }

    @Override
    public boolean hasEnded(CourseContext course) {
        return permits.hasEnded(course);
    }

    @Override
    public Duration pace() {
        return PACE;
    }

    @Override
    public boolean readsPeople() {
        return true;
    }

    @Override
    public Reading read(CourseContext course, Look look, Progress progress) {
        Permits.Permit permit = permits.of(course);
        if (permit.obstacle() != null) {
            throw ServiceProblem.unreadable(permit.obstacle());
        }
        return new OneLook(course, look, permit, progress).read();
    }

    /** Somebody left in whose name the course is read: it works until Canvas notices. */
    private Optional<String> warning(Grant grant) {
        if (!owners.left(grant)) {
            return Optional.empty();
        }
        return Optional.of(
                grant.isOfInstitution()
                        ? "Whoever let Laurel read every course in Canvas seems to have left the institution, so that will"
                                + " end. Another administrator can give the permission, or a teacher for this course."
                        : "Whoever let Laurel read this course in Canvas does not teach it any more, so that will end"
                                + " soon. Another teacher can let Laurel read it instead.");
    }

    /** One look at one course. */
    private final class OneLook {

        private final CourseContext course;

        private final Look look;

        private final Permits.Permit permit;

        private final Progress progress;

        private final CanvasClient.Trip trip;

        private final @Nullable Bookmark from;

        private final Gathered gathered;

        private final List<KnownColumns.Known> columns;

        private @Nullable Set<Long> earners;

        private boolean stopped;

        private int parts;

        private boolean gradesMissed;

        /** Whether Canvas said in this look that the course has ended; {@code null} where it was not asked. */
        private @Nullable Boolean ended;

        private String digest = "";

        private String askedAttempts = "";

        OneLook(CourseContext course, Look look, Permits.Permit permit, Progress progress) {
            this.course = course;
            this.look = look;
            this.permit = permit;
            this.progress = progress;
            this.trip = client.trip(permit.requireGrant(), permit.requireKey());
            this.from = Bookmark.parse(look.bookmark());
            this.columns = known.of(course.tenant(), course.id());
            this.gathered = new Gathered(
                    look,
                    columns.stream()
                            .map(KnownColumns.Known::item)
                            .filter(item -> item.source().equals(NAME))
                            .toList());
        }

        Reading read() {
            warning(permit.requireGrant()).ifPresent(gathered::warn);
            Set<String> people = people();
            boolean some = !look.people().isEmpty();
            if (!some) {
                warnOfUnknownNumbers();
            }
            if (from == null && !some) {
                part(this::courseItself);
            }
            if (wants(CanvasCapability.GRADES) || wants(CanvasCapability.RUBRICS)) {
                gradesMissed = !part(() -> grades(some, people), "assignment-", "rubric-");
            }
            String totals = wants(CanvasCapability.TOTALS)
                    ? round(
                            new Totals(permit.canvasCourse(), trip, gathered),
                            some,
                            people,
                            from == null ? "" : from.totals(),
                            Totals.PREFIX)
                    : "";
            String outcomes = wants(CanvasCapability.OUTCOMES)
                    ? round(
                            new Outcomes(permit.canvasCourse(), trip, gathered),
                            some,
                            people,
                            from == null ? "" : from.outcomes(),
                            Outcomes.PREFIX)
                    : "";
            String modules = wants(CanvasCapability.MODULES) ? modules(some, people) : "";
            rememberEnd();
            return new Reading(
                    Reading.Naming.PLATFORM_USER,
                    List.copyOf(gathered.columns()),
                    gathered.results(),
                    gathered.warnings(),
                    gathered.scheme(),
                    gathered.problem(),
                    some || stopped ? look.bookmark() : bookmark(totals, outcomes, modules),
                    trip.requests());
        }

        /** A course that has ended is read no more, so only once its last grades were read, as far as they may be. */
        private void rememberEnd() {
            if (ended != null && !(ended && stopped)) {
                courses.ended(course.tenant(), course.id(), ended, clock.instant());
            }
        }

        /** Without a digest the next look reads the grades of everybody. */
        private String bookmark(String totals, String outcomes, String modules) {
            return new Bookmark(
                            trip.beganAt().minus(OVERLAP),
                            gradesMissed ? "" : digest,
                            totals,
                            outcomes,
                            modules,
                            askedAttempts)
                    .toString();
        }

        private boolean wants(CanvasCapability capability) {
            return permit.capabilities().contains(capability);
        }

        private void warnOfUnknownNumbers() {
            Set<Long> some = earners().stream().limit(SAMPLE).collect(Collectors.toSet());
            if (!some.isEmpty() && users(some).isEmpty()) {
                gathered.warn(
                        "Canvas does not tell Laurel which of its users is who. Its administrator can add the custom"
                                + " field canvas_user_id=$Canvas.user.id to the tool.");
            }
        }

        /** Canvas's numbers of those who are asked for; empty: of everybody. */
        private Set<String> people() {
            return users(look.people());
        }

        private Set<Long> earners() {
            if (earners == null) {
                earners = contexts.earners(course.tenant(), course.id());
            }
            return earners;
        }

        private Set<String> users(Set<Long> persons) {
            return new LinkedHashSet<>(contexts.platformUsers(course.tenant(), course.registrationId(), persons)
                    .values());
        }

        /** Whatever goes wrong with one part, its columns stay, and the others are read where that has a chance. */
        private boolean part(Runnable reading, String... prefixes) {
            if (!stopped) {
                progress.columns(parts, permit.capabilities().size() + 1);
                parts++;
                try {
                    reading.run();
                    return true;
                } catch (ServiceProblem problem) {
                    gathered.failed(problem);
                    stopped = trip.isOver() || !problem.isFinal();
                }
            }
            for (String prefix : prefixes) {
                gathered.addKnown(prefix);
            }
            return false;
        }

        private void courseItself() {
            JsonNode said =
                    trip.one("/api/v1/courses/" + permit.canvasCourse() + "?include[]=concluded", "description");
            ended = "completed".equals(Said.text(said.get("workflow_state")))
                    || said.path("concluded").asBoolean(false);
            zones.told(course.tenant(), course.id(), Said.text(said.get("time_zone")));
            if (wants(CanvasCapability.TOTALS)) {
                gathered.scheme(new Totals(permit.canvasCourse(), trip, gathered).scheme(said));
            }
        }

        private void grades(boolean some, Set<String> people) {
            Assignments.Found found = assignments.read(course, trip, permit.canvasCourse(), columns);
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
            if (!found.includes()
                    && !found.byId().isEmpty()
                    && permit.capabilities().stream().anyMatch(CanvasCapability::needsIncludes)) {
                gathered.warn(NO_INCLUDES);
            }
            EarlierAttempts earlier = attempts.of(course, columns);
            Submissions submissions =
                    new Submissions(trip, permit.canvasCourse(), found, permit.capabilities(), gathered, earlier);
            if (some) {
                submissions.readOf(people);
            } else if (from == null || from.columns().isEmpty()) {
                submissions.readAll();
            } else {
                submissions.readSince(from.since());
                List<KnownColumns.Hidden> hidden = known.hidden(course.tenant(), course.id(), NAME, MOST_HIDDEN);
                Map<Long, String> users = contexts.platformUsers(
                        course.tenant(),
                        course.registrationId(),
                        hidden.stream().map(KnownColumns.Hidden::personId).collect(Collectors.toSet()));
                submissions.readHidden(hidden, users);
                if (!from.attempts().equals(earlier.digest())) {
                    earlier.wantOwed();
                }
            }
            readEarlier(submissions, earlier, found.includes());
        }

        private void readEarlier(Submissions submissions, EarlierAttempts earlier, boolean includes) {
            if (earlier.isAnyWanted() && !(includes && submissions.readEarlier())) {
                gathered.warn(NO_EARLIER_ATTEMPTS);
            }
            if (!earlier.isAnyWanted()) {
                askedAttempts = earlier.digest();
            }
        }

        private String round(Rounds.Part part, boolean some, Set<String> people, String cursor, String prefix) {
            String[] next = {cursor};
            part(
                    () -> {
                        if (some) {
                            Rounds.of(part, trip, new ArrayList<>(people));
                        } else if (from == null || !from.columns().equals(digest)) {
                            Rounds.all(part, trip);
                            next[0] = "";
                        } else {
                            next[0] = Rounds.next(
                                    part,
                                    trip,
                                    gathered.changed(),
                                    cursor,
                                    earners().size());
                            if (gathered.isNew(prefix)) {
                                Rounds.all(part, trip);
                                next[0] = "";
                            }
                        }
                    },
                    prefix);
            return next[0];
        }

        private String modules(boolean some, Set<String> people) {
            Modules modules = new Modules(permit.canvasCourse(), trip, gathered);
            String[] last = {from == null ? "" : from.modules()};
            boolean read = part(() -> {
                modules.columns();
                if (some) {
                    modules.read(people, people, "", people.size());
                } else {
                    Set<String> everybody = users(earners());
                    last[0] = modules.read(
                            gathered.changed(),
                            everybody,
                            last[0],
                            from == null ? Modules.STUDENTS_AT_FIRST : Modules.STUDENTS_AT_A_LOOK);
                }
            });
            if (!read) {
                Modules.addKnown(gathered);
            }
            return last[0];
        }
    }
}
