package dev.laurel.gradebook.moodle;

import dev.laurel.context.Contexts;
import dev.laurel.context.CourseContext;
import dev.laurel.context.CourseSections;
import dev.laurel.gradebook.KnownColumns;
import dev.laurel.gradebook.LineItem;
import dev.laurel.gradebook.source.Column;
import dev.laurel.gradebook.source.Look;
import dev.laurel.gradebook.source.Reading;
import dev.laurel.platform.ServiceProblem;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/**
 * One look at a course of Moodle. What it reads, in this order:
 *
 * <ol>
 *   <li>the lists of columns, activities and competencies (a call each), and every few minutes the enrolments;
 *   <li>grades and hand-ins of assignments since the last look (a call each): whoever has one is read now;
 *   <li>in a small course everybody's grades (one call), because that costs less than asking for a few;
 *   <li>learners one by one, going round: in a larger course their grades, in any course what they completed and are
 *       proficient in, for which Moodle has a call per learner. After a look at everything has begun it goes round once
 *       with a large budget, look after look, and then on with a small one.
 * </ol>
 *
 * <p>So the memory of a look is bounded by its budget, and so are its calls, however large the course is. A grade in a
 * large course that no assignment tells of is seen when its learner's turn comes, at the latest after the daily round.
 */
final class Pass {

    /** Learners times columns that are read in one call: about 600 bytes each. */
    static final int SMALL = 2_500;

    /** Calls for single learners in one look. */
    private static final int BUDGET = 30;

    /** The same while everybody is to be read once. */
    static final int SWEEPING_BUDGET = 300;

    /** So many are read first; of more, all are read by turns. */
    static final int MOST_FIRST = 100;

    /** A grade is told a while after its time, and the machines of one Moodle do not all have the same. */
    private static final long OVERLAP_SECONDS = 120;

    private final CourseContext course;

    private final Look look;

    private final MoodleCalls calls;

    private final Set<MoodleCapability> may;

    private final Contexts contexts;

    private final CourseSections sections;

    private final long number;

    private final KnownColumns known;

    private final CourseColumns columns;

    private final ToolItems toolItems;

    private final Graders graders = new Graders();

    private final HandIns handIns = new HandIns();

    private final Set<String> warnings = new LinkedHashSet<>();

    private final boolean writesHere;

    Pass(
            CourseContext course,
            Look look,
            MoodleCalls calls,
            Set<MoodleCapability> may,
            Contexts contexts,
            CourseSections sections,
            KnownColumns known,
            boolean agsReads) {
        this.course = course;
        this.look = look;
        this.calls = calls;
        this.may = may;
        this.contexts = contexts;
        this.sections = sections;
        this.number = CourseNumber.of(course).orElseThrow();
        this.known = known;
        List<LineItem> items = items(course);
        this.columns = new CourseColumns(items);
        this.writesHere = items.stream().anyMatch(item -> item.output() && !item.deleted());
        this.toolItems = ToolItems.of(items, agsReads);
    }

    Reading read(Instant now) {
        Bookmark before = Objects.requireNonNullElseGet(
                Bookmark.read(look.bookmark()), () -> Bookmark.start(now, Bookmark.read(look.last())));
        boolean few = !look.people().isEmpty();
        long seconds = now.getEpochSecond();
        boolean people = !few && Members.areDue(course, before, seconds);
        long enrolled = people ? new Members(this).tell().orElse(before.enrolled()) : before.enrolled();
        GradeReport report = new GradeReport(toolItems, items(), graders, handIns);
        Set<Long> members = new TreeSet<>(contexts.evaluated(course.tenant(), course.id()));
        Questions questions = new Questions(this, report);
        Learners learners = new Learners(this, questions, members);
        boolean small = !few && Math.max(members.size(), enrolled) * columns.items() <= SMALL;
        JsonNode shown = small ? everybody(learners) : null;
        JsonNode sample = shown == null ? learners.sample(look.people(), before.cursor()) : shown;
        List<String> assignments = sample == null ? List.of() : GradeReport.assignments(sample);
        Optional<Set<String>> graded = few ? Optional.of(Set.of()) : graded(assignments, before, small);
        // Whoever is new here may have handed in long ago.
        boolean anew = !few && (before.sweeping() || !look.newcomers().isEmpty());
        Optional<Set<String>> handedIn =
                handIns.read(this, assignments, anew, before.handInsSince(), (int) Math.max(members.size(), enrolled));
        Set<String> changed = new HashSet<>(graded.orElse(Set.of()));
        changed.addAll(handedIn.orElse(Set.of()));
        Set<Long> first = few ? new TreeSet<>(look.people()) : learners.known(changed);
        look.newcomers().stream().filter(members::contains).forEach(first::add);
        // Without a report it is not known which activities are Laurel's own, nor which assignments there are.
        boolean shows = sample != null || learners.isEmpty();
        if (sample != null) {
            report.add(sample);
        }
        if (!few && shows) {
            structure(report);
        }
        columns.show(report);
        Learners.Round round = round(first, before);
        if (round.sweeping() && !few) {
            // Whoever comes behind the cursor is read in the sweep.
            first.removeIf(person -> person > round.cursor());
        }
        Learners.End end = learners.read(first, few, shown == null, round);
        columns.show(report);
        if (report.hidesWeights()) {
            warn("Moodle hides the weights of grades in this course, so it does not tell which grades are excluded, nor"
                    + " whether its total counts empty ones.");
        }
        if (report.withholds()) {
            warn(
                    "The account with which Laurel reads Moodle may not see hidden grades (moodle/grade:viewhidden). Nothing is"
                            + " decided on them, nor on totals that they may count in, until it may or they are shown.");
        }
        known.scheme(course.tenant(), course.id())
                .filter(report::isLetteredOtherwise)
                .ifPresent(stated ->
                        warn("Moodle shows totals of this course under other letters than those that were stated in"
                                + " Laurel. An instructor can correct them."));
        boolean all = end.firstRead() && shows;
        long next = calls.began().getEpochSecond() - OVERLAP_SECONDS;
        Bookmark after = new Bookmark(
                all && graded.isPresent() ? next : before.since(),
                end.cursor(),
                end.sweeping(),
                people ? seconds : before.peopleAt(),
                enrolled,
                all && handedIn.isPresent() ? next : before.handInsSince());
        return new Reading(
                Reading.Naming.SUB,
                columns.all(),
                Map.of(),
                columns.results(report, questions, look.isInput()),
                List.copyOf(warnings),
                null,
                end.problem(),
                few ? look.bookmark() : after.write(),
                end.firstRead());
    }

    /** Where very many were graded at once, everybody is read anew, look after look. */
    static Learners.Round round(Set<Long> first, Bookmark before) {
        long behind = before.sweeping()
                ? first.stream().filter(person -> person <= before.cursor()).count()
                : first.size();
        if (behind > MOST_FIRST) {
            return new Learners.Round(0, true, SWEEPING_BUDGET);
        }
        return new Learners.Round(before.cursor(), before.sweeping(), before.sweeping() ? SWEEPING_BUDGET : BUDGET);
    }

    /** {@code null} where the answer was too much, or there was none: then single ones are asked for, of whom one may be why. */
    private @Nullable JsonNode everybody(Learners learners) {
        try {
            return calls.call(MoodleFunction.GRADES, "courseid", number);
        } catch (ServiceProblem problem) {
            boolean mayBeOfOne = problem.status() == 0 || isOfOnePart(problem);
            if (!mayBeOfOne || learners.isEmpty()) {
                throw problem;
            }
            return null;
        } catch (MoodleRefusal refusal) {
            if (!refusal.mayBeOfOne() || learners.isEmpty()) {
                throw refusal;
            }
            return null;
        }
    }

    /**
     * Whose assignments were graded since; in a small course who gave every grade is asked once. Empty where Moodle did not
     * tell it this time.
     */
    private Optional<Set<String>> graded(List<String> assignments, Bookmark before, boolean small) {
        boolean begins = before.sweeping() && before.cursor() == 0;
        if (assignments.isEmpty() || begins && !small || !may.contains(MoodleCapability.NEW_GRADES)) {
            return Optional.of(Set.of());
        }
        Object[] parameters = HandIns.parameters(assignments, begins ? null : before.since());
        boolean told = unlessRefused(() -> graders.add(calls.call(MoodleFunction.ASSIGNMENT_GRADES, parameters)));
        return told ? Optional.of(begins ? Set.of() : graders.accounts()) : Optional.empty();
    }

    /** Lists the items of the gradebook and answers what each is filed under. */
    private Map<String, String> items() {
        Map<String, String> groups = new HashMap<>();
        List<Column> bare = new ArrayList<>();
        for (JsonNode item : MoodleCalls.list(calls.call(MoodleFunction.ITEMS, "courseid", number), "gradeItems")) {
            String id = MoodleText.id(item.path("id"));
            if (id == null) {
                throw ServiceProblem.unreadable("Moodle lists a column without its number. Nothing was changed.");
            }
            String group = MoodleText.group(item.path("category"));
            // What is in no category is filed under the course itself.
            if (group != null && !group.equals(course.title())) {
                groups.put(id, group);
            }
            if (!toolItems.isLeftToAgs(id)) {
                bare.add(CourseColumns.bare(id, MoodleText.label(item.path("itemname")), groups.get(id)));
            }
        }
        columns.list(bare);
        return groups;
    }

    /** Activities and competencies. What may not be read is not taken for gone. */
    private void structure(GradeReport report) {
        if (may.contains(MoodleCapability.COMPLETIONS)) {
            unlessRefused(() -> columns.replace(
                    MoodleText.COMPLETION,
                    Completions.activities(
                            calls.call(
                                    MoodleFunction.CONTENTS,
                                    "courseid",
                                    number,
                                    "options[0][name]",
                                    "excludecontents",
                                    "options[0][value]",
                                    1),
                            report.outputModules())));
        }
        if (may.contains(MoodleCapability.COMPETENCIES)) {
            unlessRefused(() -> columns.replace(
                    MoodleText.COMPETENCY,
                    Competencies.columns(calls.call(MoodleFunction.COMPETENCIES, "id", number))));
        }
    }

    /** Whether it could be read. A part of Moodle that is broken keeps nothing else from being read. */
    private boolean unlessRefused(Runnable reading) {
        try {
            reading.run();
            return true;
        } catch (MoodleRefusal refusal) {
            warn(refusal);
        } catch (ServiceProblem problem) {
            if (!isOfOnePart(problem)) {
                throw problem;
            }
            warn(String.valueOf(problem.getMessage()));
        }
        return false;
    }

    /** Whether one function of Moodle may be broken while the others work: it answers, and does not ask to wait. */
    static boolean isOfOnePart(ServiceProblem problem) {
        return problem.status() >= 500 && problem.retryAfter() == null;
    }

    void warn(MoodleRefusal refusal) {
        if (refusal.isOfTheKey()) {
            throw refusal;
        }
        warnings.add(String.valueOf(refusal.problem().getMessage()));
    }

    void warn(String words) {
        warnings.add(words);
    }

    MoodleCalls calls() {
        return calls;
    }

    long number() {
        return number;
    }

    boolean may(MoodleCapability capability) {
        return may.contains(capability);
    }

    CourseColumns columns() {
        return columns;
    }

    CourseContext course() {
        return course;
    }

    /** Whether Laurel writes grades in this course of the Moodle, so that what rests on its grades is no input. */
    boolean writesIn(long courseNumber) {
        if (courseNumber == number) {
            return writesHere;
        }
        List<Long> contextIds = contexts
                .byPlatformCourse(
                        course.tenant(), course.registrationId(), List.of(Long.toString(courseNumber)), course.sample())
                .values()
                .stream()
                .flatMap(List::stream)
                .toList();
        return known.isWrittenIn(course.tenant(), contextIds);
    }

    private List<LineItem> items(CourseContext of) {
        return known.ever(of.tenant(), of.id()).stream()
                .map(KnownColumns.Known::item)
                .toList();
    }

    Contexts contexts() {
        return contexts;
    }

    CourseSections sections() {
        return sections;
    }
}
