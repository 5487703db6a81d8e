package dev.laurel.gradebook.moodle;

import dev.laurel.platform.ServiceProblem;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * One round through learners. Moodle may fail at single ones for ever: they are passed over, asked for once more at the end,
 * and again in the next round. Where it fails at several in a row, somebody else is asked for: only where it fails at her
 * too it is Moodle, and the round ends before the first of them.
 */
final class LearnerRound {

    /** Of so many in a row it may be Moodle itself. */
    static final int IN_A_ROW = 5;

    /** So many others at whom it fails too say that it is. */
    static final int OTHERS = 3;

    /** So many at most are asked for once more. */
    private static final int AGAIN = 10;

    private final Pass pass;

    private final Questions questions;

    private final boolean withGrades;

    private final @Nullable Sampled sampled;

    private final Function<Set<Long>, Iterable<String>> others;

    private final long from;

    private long last;

    /** By what was asked, those at whom it failed since it was answered last. */
    private final Map<MoodleFunction, Row> rows = new LinkedHashMap<>();

    /** Whom it was answered of last. */
    private final Map<MoodleFunction, String> answered = new EnumMap<>(MoodleFunction.class);

    private final List<Miss> missed = new ArrayList<>();

    private final Set<Long> refused = new HashSet<>();

    /** Whose grades were read before the round. */
    record Sampled(long person, String account) {}

    /** @param before who was read before the first of them */
    private record Row(long before, int length) {}

    private record Miss(MoodleFunction function, long person, String account, RuntimeException why) {

        ServiceProblem problem() {
            return why instanceof MoodleRefusal refusal ? refusal.problem() : (ServiceProblem) why;
        }

        /** Whether it says nothing of what the account behind the key may see. */
        boolean mayPass() {
            return !(why instanceof MoodleRefusal refusal && refusal.isOfThePermissions());
        }
    }

    /**
     * @param from who was read last, by our number
     * @param others accounts of anybody but these people, in any order
     */
    LearnerRound(
            Pass pass,
            Questions questions,
            boolean withGrades,
            @Nullable Sampled sampled,
            long from,
            Function<Set<Long>, Iterable<String>> others) {
        this.pass = pass;
        this.questions = questions;
        this.withGrades = withGrades;
        this.sampled = sampled;
        this.from = from;
        this.last = from;
        this.others = others;
        if (withGrades && sampled != null) {
            answered.put(MoodleFunction.GRADES, sampled.account());
        }
    }

    /**
     * Whoever is next.
     *
     * @throws ServiceProblem or {@link MoodleRefusal} where the round is to end
     */
    void read(long person, @Nullable String account) {
        if (account != null && !MoodleText.isNoId(account)) {
            for (MoodleFunction function : questions.ofEach(withGrades)) {
                if (function != MoodleFunction.GRADES || sampled == null || sampled.person() != person) {
                    ask(function, person, account);
                }
            }
        }
        last = person;
    }

    /** Whoever is next was read already. */
    void pass(long person) {
        last = person;
    }

    private void ask(MoodleFunction function, long person, String account) {
        try {
            questions.ask(function, account);
            answers(function, account);
        } catch (ServiceProblem problem) {
            if (problem.retryAfter() != null) {
                throw problem;
            }
            miss(new Miss(function, person, account, problem));
        } catch (MoodleRefusal refusal) {
            if (refusal.isOfTheKey()) {
                throw refusal;
            }
            if (refusal.isOfOneAccount()) {
                refused.add(person);
            } else if (refusal.isOfNothing()) {
                questions.leave(function);
            } else if (refusal.isOfThePermissions() && function != MoodleFunction.GRADES) {
                questions.leave(function);
                pass.warn(refusal);
            } else {
                miss(new Miss(function, person, account, refusal));
            }
        }
    }

    private void answers(MoodleFunction function, String account) {
        answered.put(function, account);
        rows.remove(function);
    }

    private void miss(Miss miss) {
        missed.add(miss);
        Row row = rows.merge(
                miss.function(), new Row(last, 1), (before, one) -> new Row(before.before(), before.length() + 1));
        if (row.length() >= IN_A_ROW) {
            judge(miss);
        }
    }

    /** Whether it is they at whom it fails, or everybody. What worked before is asked for again from the first of them on. */
    private void judge(Miss miss) {
        MoodleFunction function = miss.function();
        if (worksForOthers(function)) {
            rows.remove(function);
            return;
        }
        if (function == MoodleFunction.GRADES || answered.containsKey(function)) {
            throw miss.why();
        }
        rows.remove(function);
        questions.leaveBroken(function);
        pass.warn(String.valueOf(miss.problem().getMessage()));
    }

    private boolean worksForOthers(MoodleFunction function) {
        Set<Long> failing = new HashSet<>();
        missed.stream().filter(miss -> miss.function() == function).forEach(miss -> failing.add(miss.person()));
        String known = answered.get(function);
        int failed = 0;
        for (String account : known == null ? others.apply(failing) : List.of(known)) {
            try {
                questions.ask(function, account);
                answers(function, account);
                return true;
            } catch (ServiceProblem problem) {
                if (problem.retryAfter() != null) {
                    throw problem;
                }
                failed++;
            } catch (MoodleRefusal refusal) {
                if (refusal.isOfTheKey()) {
                    throw refusal;
                }
                failed += refusal.isOfOneAccount() ? 0 : 1;
            }
            if (failed >= OTHERS) {
                break;
            }
        }
        return failed == 0;
    }

    /** Asks once more for those at whom it failed. Where it failed from the first one on, it has to be known why. */
    void end() {
        List.copyOf(missed).stream().limit(AGAIN).forEach(this::again);
        for (Miss miss : List.copyOf(missed)) {
            Row row = rows.get(miss.function());
            if (row != null && row.before() == from) {
                judge(miss);
            }
        }
    }

    private void again(Miss miss) {
        if (questions.isLeft(miss.function()) || pass.calls().isLate()) {
            return;
        }
        try {
            questions.ask(miss.function(), miss.account());
            answers(miss.function(), miss.account());
            missed.remove(miss);
        } catch (ServiceProblem problem) {
            if (problem.retryAfter() != null) {
                throw problem;
            }
        } catch (MoodleRefusal refusal) {
            if (refusal.isOfTheKey()) {
                throw refusal;
            }
        }
    }

    /** From whom on the next one goes: behind whoever was read last, and before those of whom it is not known why they were not. */
    long last() {
        return rows.values().stream().findFirst().map(Row::before).orElse(last);
    }

    /** Whether it is not known of the last ones why they could not be read. */
    boolean isInDoubt() {
        return !rows.isEmpty();
    }

    boolean isAnswered() {
        return !answered.isEmpty();
    }

    /** Of whom Moodle did not tell everything. */
    Set<Long> untold() {
        Set<Long> untold = new HashSet<>(refused);
        missed.forEach(miss -> untold.add(miss.person()));
        return untold;
    }

    /** Those at whose grades it failed, though they may work later. */
    private Stream<Miss> withoutGrades() {
        return missed.stream().filter(miss -> miss.function() == MoodleFunction.GRADES && miss.mayPass());
    }

    /** The first of those at whose grades it failed. */
    OptionalLong firstWithoutGrades() {
        return withoutGrades().mapToLong(Miss::person).min();
    }

    /** Why it failed at grades, where it did. */
    Optional<ServiceProblem> problemWithGrades() {
        return withoutGrades().map(Miss::problem).findFirst();
    }
}
