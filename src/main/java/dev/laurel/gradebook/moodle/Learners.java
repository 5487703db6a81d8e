package dev.laurel.gradebook.moodle;

import dev.laurel.context.CourseContext;
import dev.laurel.gradebook.source.Column;
import dev.laurel.gradebook.source.Result;
import dev.laurel.platform.ServiceProblem;
import java.util.ArrayList;
import java.util.Collection;
import java.util.EnumMap;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/** Reads what Moodle tells only of single learners: those who come first, then the others by turns. */
final class Learners {

    /** So many who are tried for a first report: some accounts Moodle does not tell about. */
    private static final int TRIES = 30;

    /** So many refusals or failures one after the other whose reason may be of any kind are no matter of single accounts. */
    private static final int MOST_REFUSALS = 5;

    private final Pass pass;

    private final GradeReport report;

    private final Set<Long> members;

    private final Map<String, List<Result>> results = new HashMap<>();

    private final Map<String, Set<String>> unreadable = new HashMap<>();

    private final Set<MoodleFunction> refused = EnumSet.noneOf(MoodleFunction.class);

    private final Set<MoodleFunction> answered = EnumSet.noneOf(MoodleFunction.class);

    /** How often in a row each function that has not answered yet failed. */
    private final Map<MoodleFunction, Integer> failures = new EnumMap<>(MoodleFunction.class);

    private boolean isBroken;

    private @Nullable Long sampled;

    private int refusals;

    /** Of whom Moodle did not tell everything. */
    private final Set<Long> untold = new TreeSet<>();

    /** @param members who can earn, in the order in which they are read */
    Learners(Pass pass, GradeReport report, Set<Long> members) {
        this.pass = pass;
        this.report = report;
        this.members = members;
    }

    /**
     * How far it came.
     *
     * @param cursor the learner who was read last in the round; 0 where it begins anew
     * @param firstRead whether all who come first were read
     * @param sweeping whether there are some whom the next look is to read in a sweep
     * @param problem why the platform is to be left alone for a while
     */
    record End(
            long cursor,
            boolean firstRead,
            boolean sweeping,
            @Nullable ServiceProblem problem) {}

    boolean isEmpty() {
        return members.isEmpty();
    }

    /**
     * Where a round goes on.
     *
     * @param cursor the one who was read last
     * @param sweeping it ends with the last learner instead of beginning again
     * @param budget calls for single learners
     */
    record Round(long cursor, boolean sweeping, int budget) {}

    /** Our numbers of those among these accounts who can earn. */
    Set<Long> known(Set<String> accounts) {
        CourseContext course = pass.course();
        Set<Long> known = new TreeSet<>(pass.contexts()
                .personsBySub(course.tenant(), course.registrationId(), accounts)
                .values());
        known.retainAll(members);
        return known;
    }

    /** The report of one of these, or of whoever is next; {@code null} where there is nobody whom Moodle tells about. */
    @Nullable
    JsonNode sample(Set<Long> wanted, long from) {
        List<Long> candidates = wanted.isEmpty() ? order(from, false) : List.copyOf(wanted);
        RuntimeException last = null;
        int others = 0;
        Map<Long, String> accounts = accounts(candidates.subList(0, Math.min(TRIES, candidates.size())));
        for (Map.Entry<Long, String> each : accounts.entrySet()) {
            try {
                JsonNode answer = grades(each.getValue());
                sampled = each.getKey();
                return answer;
            } catch (MoodleRefusal refusal) {
                if (!refusal.isOfOneAccount()) {
                    last = refusal;
                    others++;
                }
            } catch (ServiceProblem problem) {
                if (problem.retryAfter() != null) {
                    throw problem;
                }
                last = problem;
                others++;
            }
            if (others >= MOST_REFUSALS) {
                break;
            }
        }
        if (last != null) {
            throw last;
        }
        return null;
    }

    private JsonNode grades(String account) {
        return pass.calls().call(MoodleFunction.GRADES, "courseid", pass.number(), "userid", account);
    }

    private Map<Long, String> accounts(Collection<Long> people) {
        CourseContext course = pass.course();
        return pass.contexts().subs(course.tenant(), course.registrationId(), people);
    }

    /** From the one after the last on; again from the beginning where it is no sweep. */
    private List<Long> order(long from, boolean onlyToTheEnd) {
        List<Long> round = new ArrayList<>();
        members.stream().filter(person -> person > from).forEach(round::add);
        if (!onlyToTheEnd) {
            members.stream().filter(person -> person <= from).forEach(round::add);
        }
        return round;
    }

    /**
     * Reads until the budget is spent. What was read before something went wrong counts: the next look goes on from there. Who
     * cannot be read then either is passed over, or nobody behind her would be read.
     *
     * @param only nobody but the first
     * @param withGrades whether grades are read too
     */
    End read(Set<Long> first, boolean only, boolean withGrades, Round how) {
        List<Long> round = only ? List.of() : order(how.cursor(), how.sweeping());
        int budget = how.budget();
        int spent = pass.calls().requests();
        long last = how.cursor();
        int read = 0;
        boolean firstRead = false;
        try {
            End broken = readFirst(first, only, withGrades);
            if (broken != null) {
                return broken;
            }
            firstRead = true;
            // So many at most are read even if each takes only one call.
            Map<Long, String> accounts = accounts(round.subList(0, Math.min(round.size(), budget)));
            for (Long person : round) {
                if (pass.calls().isLate()
                        || pass.calls().requests() - spent >= budget
                        || read >= budget && costs(withGrades)) {
                    break;
                }
                if (!first.contains(person)) {
                    learner(person, accounts.get(person), withGrades);
                }
                last = person;
                read++;
            }
        } catch (ServiceProblem problem) {
            if (problem.retryAfter() != null || only || !firstRead && read == 0) {
                return new End(how.cursor(), false, how.sweeping(), problem);
            }
            pass.warn(String.valueOf(problem.getMessage()));
        } catch (MoodleRefusal refusal) {
            return new End(last, false, how.sweeping(), refusal.problem());
        }
        if (!untold.isEmpty()) {
            pass.warn("Moodle does not tell Laurel everything about " + untold.size()
                    + (untold.size() == 1 ? " learner." : " learners."));
        }
        if (isBroken && answered.isEmpty()) {
            // Nobody was read. Where only a part beside the grades is broken, that is no reason to hurry.
            return new End(how.cursor(), firstRead, how.sweeping() && withGrades, null);
        }
        boolean swept = how.sweeping() && read == round.size();
        return new End(swept ? 0 : last, firstRead, how.sweeping() && !swept, null);
    }

    /**
     * All of them, who are few: the next look would not hear of them again.
     *
     * @return where it broke off; {@code null}: all were read
     */
    private @Nullable End readFirst(Set<Long> first, boolean only, boolean withGrades) {
        Map<Long, String> accounts = accounts(first);
        ServiceProblem missed = null;
        // Of grades nobody is passed over yet: she begins the next round.
        answered.add(MoodleFunction.GRADES);
        for (Long person : first) {
            if (pass.calls().isLate()) {
                return late(person, only);
            }
            try {
                learner(person, accounts.get(person), withGrades);
            } catch (ServiceProblem problem) {
                if (problem.retryAfter() != null) {
                    throw problem;
                }
                if (!only) {
                    pass.warn(String.valueOf(problem.getMessage()));
                    return sweepFrom(person);
                }
                missed = problem;
            }
        }
        if (missed != null) {
            throw missed;
        }
        answered.clear();
        failures.clear();
        return null;
    }

    /** Of those of whom something was hinted nobody would hear again. */
    private static End late(long next, boolean only) {
        return only
                ? new End(
                        next - 1,
                        false,
                        true,
                        ServiceProblem.unreadable("Moodle takes too long to answer. Laurel keeps trying."))
                : sweepFrom(next);
    }

    private static End sweepFrom(long next) {
        return new End(next - 1, true, true, null);
    }

    private boolean costs(boolean withGrades) {
        return withGrades || !kinds().isEmpty();
    }

    /** What there is to be asked of each learner beside grades. */
    private Set<MoodleFunction> kinds() {
        Set<MoodleFunction> kinds = EnumSet.noneOf(MoodleFunction.class);
        if (pass.may(MoodleCapability.COMPLETIONS)
                && !pass.columns().of(MoodleText.COMPLETION).isEmpty()) {
            kinds.add(MoodleFunction.COMPLETIONS);
            if (pass.may(MoodleCapability.COURSE_COMPLETION)) {
                kinds.add(MoodleFunction.COURSE_COMPLETION);
            }
        }
        if (pass.may(MoodleCapability.COMPETENCIES)
                && !pass.columns().of(MoodleText.COMPETENCY).isEmpty()) {
            kinds.add(MoodleFunction.COMPETENCY_REPORT);
        }
        kinds.removeAll(refused);
        return kinds;
    }

    private void learner(Long person, @Nullable String account, boolean withGrades) {
        if (account == null || MoodleText.isNoId(account)) {
            return;
        }
        if (withGrades) {
            ask(MoodleFunction.GRADES, person, () -> {
                if (!person.equals(sampled)) {
                    report.add(grades(account));
                }
            });
        }
        for (MoodleFunction kind : kinds()) {
            ask(kind, person, () -> progress(kind, account));
        }
    }

    private void ask(MoodleFunction function, Long person, Runnable question) {
        try {
            question.run();
            refusals = 0;
            answered.add(function);
        } catch (ServiceProblem problem) {
            // One that works otherwise is asked again from here on.
            if (answered.contains(function) || problem.retryAfter() != null) {
                throw problem;
            }
            untold.add(person);
            if (failures.merge(function, 1, Integer::sum) < MOST_REFUSALS) {
                return;
            }
            isBroken = true;
            if (function == MoodleFunction.GRADES) {
                throw problem;
            }
            refused.add(function);
            pass.warn(String.valueOf(problem.getMessage()));
        } catch (MoodleRefusal refusal) {
            if (refusal.isOfOneAccount()) {
                untold.add(person);
                return;
            }
            if (refusal.isOfNothing()) {
                refused.add(function);
                return;
            }
            if (refusal.isOfTheKey() || ++refusals >= MOST_REFUSALS) {
                throw refusal;
            }
            if (refusal.isOfThePermissions() && function != MoodleFunction.GRADES) {
                refused.add(function);
                pass.warn(refusal);
            } else {
                untold.add(person);
            }
        }
    }

    private void progress(MoodleFunction kind, String account) {
        CourseColumns columns = pass.columns();
        switch (kind) {
            case COMPLETIONS -> {
                JsonNode answer = pass.calls().call(kind, "courseid", pass.number(), "userid", account);
                List<Column> asked = columns.of(MoodleText.COMPLETION);
                add(account, asked, Completions.ofLearner(answer, account, asked));
            }
            case COURSE_COMPLETION -> {
                JsonNode answer = pass.calls().call(kind, "courseid", pass.number(), "userid", account);
                if (Completions.restsOn(
                        answer,
                        report.outputModules(),
                        pass.writesIn(pass.number()),
                        other -> pass.otherCourses().mayRestOnLaurel(other, account))) {
                    columns.remove(MoodleText.COURSE_COMPLETION);
                    refused.add(kind);
                    pass.warn(
                            "Completing this course may rest on a grade that Laurel writes: then a badge would feed itself."
                                    + " It cannot decide about one.");
                } else {
                    columns.put(Completions.course());
                    Result whole = Completions.ofCourse(answer, account);
                    add(
                            account,
                            List.of(Completions.course()),
                            whole == null ? Map.of() : Map.of(MoodleText.COURSE_COMPLETION, whole));
                }
            }
            case COMPETENCY_REPORT -> {
                JsonNode answer = pass.calls().call(kind, "courseid", pass.number(), "userid", account, "moduleid", 0);
                List<Column> asked = columns.of(MoodleText.COMPETENCY);
                add(account, asked, Competencies.ofLearner(answer, account, asked));
            }
            default -> throw new IllegalArgumentException(kind.wire());
        }
    }

    /** What is missing of what was asked for could not be understood. */
    private void add(String account, List<Column> asked, Map<String, Result> told) {
        for (Column column : asked) {
            String externalId = column.externalId();
            Result result = told.get(externalId);
            if (result == null) {
                unreadable.computeIfAbsent(externalId, id -> new HashSet<>()).add(account);
            } else {
                results.computeIfAbsent(externalId, id -> new ArrayList<>()).add(result);
            }
        }
    }

    Set<String> unreadable(String externalId) {
        return unreadable.getOrDefault(externalId, Set.of());
    }

    List<Result> results(String externalId) {
        return results.getOrDefault(externalId, List.of());
    }
}
