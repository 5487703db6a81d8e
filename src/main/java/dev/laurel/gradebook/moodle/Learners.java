package dev.laurel.gradebook.moodle;

import dev.laurel.context.CourseContext;
import dev.laurel.platform.ServiceProblem;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/** Reads what Moodle tells only of single learners: those who come first, then the others by turns. */
final class Learners {

    /** So many who are tried for one answer: some accounts Moodle does not tell about. */
    private static final int TRIES = 30;

    private final Pass pass;

    private final Questions questions;

    private final Set<Long> members;

    private LearnerRound.@Nullable Sampled sampled;

    /** @param members who can earn, in the order in which they are read */
    Learners(Pass pass, Questions questions, Set<Long> members) {
        this.pass = pass;
        this.questions = questions;
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
        RuntimeException last = null;
        int others = 0;
        Map<Long, String> accounts = accounts(wanted.isEmpty() ? nextAndAnybody(from) : wanted);
        for (Map.Entry<Long, String> each : accounts.entrySet()) {
            try {
                JsonNode answer =
                        pass.calls().call(MoodleFunction.GRADES, "courseid", pass.number(), "userid", each.getValue());
                sampled = new LearnerRound.Sampled(each.getKey(), each.getValue());
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
            if (others >= LearnerRound.IN_A_ROW + LearnerRound.OTHERS) {
                break;
            }
        }
        if (last != null) {
            throw last;
        }
        return null;
    }

    /** Moodle may fail at all who are next: a few of them, and then by lot, so that not the same ones decide each time. */
    private List<Long> nextAndAnybody(long from) {
        List<Long> order = order(from, false);
        int next = Math.min(LearnerRound.IN_A_ROW, order.size());
        Collections.shuffle(order.subList(next, order.size()));
        return order.subList(0, Math.min(TRIES, order.size()));
    }

    private Collection<String> accountsOfOthers(Set<Long> people) {
        List<Long> others = new ArrayList<>(members);
        others.removeAll(people);
        Collections.shuffle(others);
        return accounts(others.subList(0, Math.min(TRIES, others.size()))).values();
    }

    /** In the order of these people, without those who have none. */
    private Map<Long, String> accounts(Collection<Long> people) {
        CourseContext course = pass.course();
        Map<Long, String> known = pass.contexts().subs(course.tenant(), course.registrationId(), people);
        Map<Long, String> accounts = new LinkedHashMap<>();
        people.forEach(person -> {
            String account = known.get(person);
            if (account != null) {
                accounts.put(person, account);
            }
        });
        return accounts;
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
     * Reads until the budget is spent. What was read before something went wrong counts: the next look goes on from there.
     *
     * @param only nobody but the first
     * @param withGrades whether grades are read too
     */
    End read(Set<Long> first, boolean only, boolean withGrades, Round how) {
        LearnerRound ofFirst = round(withGrades, 0);
        LearnerRound round = round(withGrades, how.cursor());
        int before = pass.calls().requests();
        End end = readFirst(ofFirst, first, only, how);
        if (end == null) {
            int left = Math.max(0, how.budget() - (pass.calls().requests() - before));
            List<Long> order = only ? List.of() : order(how.cursor(), how.sweeping());
            end = readRound(round, first, order, withGrades, new Round(how.cursor(), how.sweeping(), left));
        }
        end = end.problem() == null && !pass.calls().isLate() ? lastQuestions(end) : end;
        Set<Long> untold = new HashSet<>(ofFirst.untold());
        untold.addAll(round.untold());
        if (!untold.isEmpty()) {
            pass.warn("Moodle does not tell Laurel everything about " + untold.size()
                    + (untold.size() == 1 ? " learner." : " learners."));
        }
        return end;
    }

    private End lastQuestions(End end) {
        try {
            questions.end();
            return end;
        } catch (ServiceProblem problem) {
            return new End(end.cursor(), end.firstRead(), end.sweeping(), problem);
        } catch (MoodleRefusal refusal) {
            return new End(end.cursor(), end.firstRead(), end.sweeping(), refusal.problem());
        }
    }

    private LearnerRound round(boolean withGrades, long from) {
        return new LearnerRound(pass, questions, withGrades, sampled, from, this::accountsOfOthers);
    }

    /**
     * All of them, who are few: the next look would not hear of them again.
     *
     * @return where it broke off; {@code null}: all were read
     */
    private @Nullable End readFirst(LearnerRound round, Set<Long> first, boolean only, Round how) {
        Map<Long, String> accounts = accounts(first);
        try {
            for (Long person : first) {
                if (pass.calls().isLate()) {
                    throw ServiceProblem.unreadable("Moodle takes too long to answer. Laurel keeps trying.");
                }
                round.read(person, accounts.get(person));
            }
            round.end();
            if (only) {
                round.problemWithGrades().ifPresent(problem -> {
                    throw problem;
                });
            }
        } catch (ServiceProblem problem) {
            if (only || problem.retryAfter() != null) {
                return new End(how.cursor(), false, how.sweeping(), problem);
            }
            pass.warn(String.valueOf(problem.getMessage()));
            return sweepFrom(round);
        } catch (MoodleRefusal refusal) {
            return new End(how.cursor(), false, how.sweeping(), refusal.problem());
        }
        return round.firstWithoutGrades().isPresent() ? sweepFrom(round) : null;
    }

    /** Whoever is behind has her turn there. */
    private static End sweepFrom(LearnerRound round) {
        return new End(Math.min(round.last(), round.firstWithoutGrades().orElse(Long.MAX_VALUE) - 1), true, true, null);
    }

    private End readRound(LearnerRound round, Set<Long> first, List<Long> order, boolean withGrades, Round how) {
        int spent = pass.calls().requests();
        int read = 0;
        try {
            // So many at most are read even if each takes only one call.
            Map<Long, String> accounts = accounts(order.subList(0, Math.min(order.size(), how.budget())));
            for (Long person : order) {
                if (pass.calls().isLate()
                        || pass.calls().requests() - spent >= how.budget()
                        || read >= how.budget() && !questions.ofEach(withGrades).isEmpty()) {
                    break;
                }
                if (first.contains(person)) {
                    round.pass(person);
                } else {
                    round.read(person, accounts.get(person));
                }
                read++;
            }
            round.end();
        } catch (ServiceProblem problem) {
            if (problem.retryAfter() != null) {
                return new End(round.last(), false, how.sweeping(), problem);
            }
            pass.warn(String.valueOf(problem.getMessage()));
        } catch (MoodleRefusal refusal) {
            return new End(round.last(), false, how.sweeping(), refusal.problem());
        }
        if (questions.isBroken() && !round.isAnswered()) {
            // Nobody was read. Where only a part beside the grades is broken, that is no reason to hurry.
            return new End(how.cursor(), true, how.sweeping() && withGrades, null);
        }
        boolean swept = how.sweeping() && read == order.size() && !round.isInDoubt();
        return new End(swept ? 0 : round.last(), true, how.sweeping() && !swept, null);
    }
}
