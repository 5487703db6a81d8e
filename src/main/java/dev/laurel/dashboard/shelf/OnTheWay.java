package dev.laurel.dashboard.shelf;

import dev.laurel.achievement.AchievementVersion;
import dev.laurel.criteria.rule.Evaluation.Line;
import dev.laurel.criteria.rule.Evaluation.Unit;
import dev.laurel.criteria.rule.Evaluation.Verdict;
import dev.laurel.dashboard.explain.Explanation;
import org.jspecify.annotations.Nullable;

/**
 * A badge that somebody does not have.
 *
 * @param explanation {@code null} where her results were not looked at yet, or nothing is said of them
 * @param next what is missing, or why nothing can be, in words for the reader
 */
public record OnTheWay(
        long ruleSetId,
        AchievementVersion version,
        @Nullable Explanation explanation,
        String next,
        State state) {

    public enum State {
        /** The rule is met; the badge comes in a moment. */
        DUE,
        /** Something is decided that may not be told yet: nothing is said of her results. */
        PENDING,
        /** A person decided that she does not get it, whatever the rule says. */
        WITHHELD,
        BEGUN,
        POSSIBLE,
        /** Nobody has looked at her results yet. */
        UNSEEN,
        /** It was there to be earned, and is paused: nothing is said of her results, which nobody decides on now. */
        PAUSED,
        /** Nothing that she can do leads there any more. */
        OVER
    }

    static State of(Explanation explanation) {
        if (explanation.isMet()) {
            return State.DUE;
        }
        if (explanation.isOver()) {
            return State.OVER;
        }
        return explanation.leaves().anyMatch(OnTheWay::isBegun) ? State.BEGUN : State.POSSIBLE;
    }

    /** Something of it is there. To be in the right group is nothing that one has begun. */
    private static boolean isBegun(Explanation leaf) {
        Line line = leaf.line();
        if (line == null || line.type().equals("inGroup")) {
            return false;
        }
        boolean counts = line.unit() == Unit.ITEMS || line.unit() == Unit.CREDITS;
        boolean some = line.value() != null && (!counts || line.value().signum() > 0);
        return some || leaf.isWaiting() || line.verdict() == Verdict.MET;
    }

    /** What she can see of it: nothing while it may not be told. */
    public boolean isOpen() {
        return state != State.PENDING && explanation != null;
    }

    /** Stands among what is on the way. */
    boolean isOnTheWay() {
        return state != State.POSSIBLE && state != State.UNSEEN && state != State.PAUSED && state != State.OVER;
    }
}
