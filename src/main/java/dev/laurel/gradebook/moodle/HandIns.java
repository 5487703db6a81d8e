package dev.laurel.gradebook.moodle;

import dev.laurel.platform.ServiceProblem;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/**
 * Who handed in which assignment, by {@code mod_assign_get_submissions}, which tells the last attempt of each. The gradebook
 * does not: its day is the one on which an attempt was saved last, be it a draft, and it is gone as soon as a teacher saves
 * anything.
 */
final class HandIns {

    /** @param at when; {@code null} where it was not handed in, or is not known to be */
    record Work(State state, @Nullable Instant at) {}

    /** What is known of the work of one learner. */
    enum State {
        HANDED_IN,
        /** Nothing, or a draft. */
        NOT_HANDED_IN,
        /** What was known of it before holds. */
        AS_BEFORE,
        /** Moodle does not tell Laurel. */
        UNTOLD
    }

    private static final String OF_A_GROUP = "0";

    /** Hand-ins in one answer: each is a kilobyte, and what was written. */
    private static final int AT_ONCE = 300;

    /** Where so many fail, it is not they. */
    private static final int MOST_ALONE = 5;

    /** By the assignment, then by the account. */
    private final Map<String, Map<String, Work>> works = new HashMap<>();

    /** When groups handed in together, by the assignment: of its members each has that day in the gradebook. */
    private final Map<String, Set<Instant>> groups = new HashMap<>();

    private boolean isToldAtAll;

    /** Assignments of which everybody's work was told. */
    private final Set<String> whole = new HashSet<>();

    private final Set<String> untold = new HashSet<>();

    private final Set<String> changed = new HashSet<>();

    private int failedAlone;

    private boolean answered;

    private Instant changedFrom = Instant.MIN;

    /**
     * Asks for what changed, or for the work of everybody: of so many assignments at once that the answer, which holds the
     * texts that were written, too, is no larger than that of a small course; of half as many where it is too much. An
     * assignment at which Moodle fails alone is left out: what was known of it holds.
     *
     * @param everything whether everybody's work is asked for
     * @param since in seconds by Moodle's clock
     * @param people who may have handed something in
     * @return whose work changed since then; empty where Moodle did not tell it this time
     */
    Optional<Set<String>> read(Pass pass, List<String> assignments, boolean everything, long since, int people) {
        isToldAtAll = pass.may(MoodleCapability.HAND_INS);
        if (assignments.isEmpty() || !isToldAtAll) {
            return Optional.of(Set.of());
        }
        changedFrom = everything ? Instant.ofEpochSecond(since) : Instant.MIN;
        int atOnce = everything ? Math.max(1, AT_ONCE / Math.max(1, people)) : assignments.size();
        Deque<List<String>> left = new ArrayDeque<>();
        for (int from = 0; from < assignments.size(); from += atOnce) {
            left.add(assignments.subList(from, Math.min(from + atOnce, assignments.size())));
        }
        try {
            while (!left.isEmpty()) {
                if (pass.calls().isHalfLate() || failedAlone == MOST_ALONE) {
                    return Optional.empty();
                }
                read(pass, left, everything ? null : since);
            }
        } catch (MoodleRefusal refusal) {
            pass.warn(refusal);
            untold.addAll(assignments);
            return Optional.of(Set.of());
        } catch (ServiceProblem problem) {
            if (problem.retryAfter() != null) {
                throw problem;
            }
            pass.warn(String.valueOf(problem.getMessage()));
            return Optional.empty();
        }
        if (failedAlone > 0 && !answered) {
            return Optional.empty();
        }
        if (!untold.isEmpty()) {
            pass.warn(new MoodleRefusal(MoodleFunction.SUBMISSIONS, "nopermissions"));
        }
        return Optional.of(changed);
    }

    /** Reads the first of these lists, or puts its halves in its place. */
    private void read(Pass pass, Deque<List<String>> left, @Nullable Long since) {
        List<String> some = left.removeFirst();
        try {
            add(pass.calls().call(MoodleFunction.SUBMISSIONS, parameters(some, since)), some, since == null);
            answered = true;
        } catch (MoodleRefusal refusal) {
            if (!refusal.mayBeOfOne()) {
                throw refusal;
            }
            halve(left, some, () -> pass.warn(refusal));
        } catch (ServiceProblem problem) {
            if (!problem.isTooLarge() && !problem.isTimeOut() && !Pass.isOfOnePart(problem)) {
                throw problem;
            }
            halve(left, some, () -> pass.warn(String.valueOf(problem.getMessage())));
        }
    }

    private void halve(Deque<List<String>> left, List<String> some, Runnable alone) {
        if (some.size() == 1) {
            failedAlone++;
            alone.run();
            return;
        }
        left.addFirst(some.subList(some.size() / 2, some.size()));
        left.addFirst(some.subList(0, some.size() / 2));
    }

    static Object[] parameters(List<String> assignments, @Nullable Long since) {
        List<Object> parameters = new ArrayList<>();
        for (int i = 0; i < assignments.size(); i++) {
            parameters.add("assignmentids[" + i + "]");
            parameters.add(assignments.get(i));
        }
        if (since != null) {
            parameters.add("since");
            parameters.add(since);
        }
        return parameters.toArray();
    }

    /** Those that the account may not see are missing in an answer. */
    void add(JsonNode answer, List<String> of, boolean everybody) {
        isToldAtAll = true;
        Set<String> told = new HashSet<>();
        for (JsonNode assignment : MoodleCalls.list(answer, "assignments")) {
            String instance = MoodleText.id(assignment.path("assignmentid"));
            if (instance == null) {
                continue;
            }
            told.add(instance);
            for (JsonNode submission : MoodleCalls.list(assignment, "submissions")) {
                add(instance, submission);
            }
        }
        for (String each : of) {
            if (!told.contains(each)) {
                untold.add(each);
            } else if (everybody) {
                whole.add(each);
            }
        }
    }

    private void add(String assignment, JsonNode submission) {
        String account = MoodleText.id(submission.path("userid"));
        Instant at = MoodleText.time(submission.path("timemodified"));
        String status = submission.path("status").asString("");
        if (account == null) {
            return;
        }
        if (account.equals(OF_A_GROUP)) {
            if (status.equals("submitted") && at != null) {
                groups.computeIfAbsent(assignment, each -> new HashSet<>()).add(at);
            }
            return;
        }
        if (at == null || !at.isBefore(changedFrom)) {
            changed.add(account);
        }
        // An attempt that follows another one takes nothing back of what was handed in before.
        boolean again =
                status.equals("reopened") || submission.path("attemptnumber").asInt(0) > 0;
        Work work = status.equals("submitted")
                ? new Work(State.HANDED_IN, at)
                : new Work(again ? State.AS_BEFORE : State.NOT_HANDED_IN, null);
        works.computeIfAbsent(assignment, each -> new HashMap<>()).put(account, work);
    }

    /** What is known of the work that a row of an assignment is of. */
    Work of(ReportRow item, String account) {
        String assignment = MoodleText.id(item.row().path("iteminstance"));
        if (!isToldAtAll || assignment == null || untold.contains(assignment)) {
            return new Work(State.UNTOLD, null);
        }
        Work own = works.getOrDefault(assignment, Map.of()).get(account);
        if (own != null && own.state() == State.HANDED_IN) {
            return own;
        }
        Instant saved = item.savedAt();
        if (saved != null && groups.getOrDefault(assignment, Set.of()).contains(saved)) {
            return new Work(State.HANDED_IN, saved);
        }
        if (groups.containsKey(assignment) || own == null && !whole.contains(assignment)) {
            return new Work(State.AS_BEFORE, null);
        }
        return own == null ? new Work(State.NOT_HANDED_IN, null) : own;
    }
}
