package dev.laurel.criteria.rule;

import dev.laurel.criteria.rule.Evaluation.Verdict;
import dev.laurel.gradebook.LineItem;
import dev.laurel.gradebook.Observation;
import dev.laurel.gradebook.Observation.Status;
import dev.laurel.gradebook.Observation.Visibility;
import java.math.BigDecimal;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The result of a column that counts for one learner, or why none does.
 *
 * @param seen what was looked at, even where it does not count
 * @param verdict that of the leaf where nothing counts; {@code null}: {@code seen} counts
 * @param reason why nothing counts; where something does, why it would stay so if it is not enough, or empty
 */
record Finding(@Nullable Observation seen, @Nullable Verdict verdict, String reason) {

    /** One of which nothing is known may decide. */
    static final String EARLIER_ATTEMPT = "earlier-attempt";

    /** Whether what counts is not the last word where it is not enough. */
    boolean mayBeBetter() {
        return reason.equals(EARLIER_ATTEMPT);
    }

    /** The latest result. */
    static Finding of(Facts learner, long lineItemId, Period period, Terms terms) {
        return of(learner, lineItemId, Score.Take.LATEST, Rule.Unit.POINTS, period, terms);
    }

    /** @param unit in which the best of several is the best */
    static Finding of(Facts learner, long lineItemId, Score.Take take, Rule.Unit unit, Period period, Terms terms) {
        String obstacle = obstacle(learner.course(), lineItemId);
        if (!obstacle.isEmpty()) {
            return new Finding(learner.latest(lineItemId), Verdict.UNDECIDED, obstacle);
        }
        Observation latest = learner.latest(lineItemId);
        if (latest == null || latest.status() == Status.NONE) {
            return new Finding(latest, terms.missing().verdict(), "no-score");
        }
        if (latest.status() == Status.EXCUSED) {
            // What the student may not see yet must not show through what an excuse does, either.
            return latest.visibility() == Visibility.HIDDEN
                    ? judge(latest, terms)
                    : new Finding(latest, terms.excused().verdict(), "excused");
        }
        // Whatever it is now, it may be better or worse than all that was read before.
        if (latest.status() == Status.UNREADABLE || (take == Score.Take.LATEST && period.isAlways())) {
            return judge(latest, terms);
        }
        return chosen(learner, lineItemId, take, unit, period, terms, latest);
    }

    /** Why a result that counts has no points to compare. */
    static String withoutPoints(@Nullable Observation seen) {
        return seen != null && seen.grade() != null ? "no-points" : "no-score";
    }

    /** Why a column says nothing; empty where it does. */
    static String obstacle(CourseFacts course, long lineItemId) {
        LineItem item = course.item(lineItemId);
        if (item == null || item.deleted()) {
            return "deleted-column";
        }
        if (item.output()) {
            return "own-column";
        }
        if (item.isTotal() && course.ownColumnInTotal()) {
            return "own-column-in-total";
        }
        return item.readable() ? "" : "unreadable-column";
    }

    private static Finding chosen(
            Facts learner,
            long lineItemId,
            Score.Take take,
            Rule.Unit unit,
            Period period,
            Terms terms,
            Observation latest) {
        // What is hidden now may replace what was seen before: it waits, however good the older result.
        if (latest.visibility() == Visibility.HIDDEN) {
            return judge(latest, terms);
        }
        List<Observation> standing = Attempts.standing(learner.history(lineItemId));
        List<Observation> graded = standing.stream()
                .filter(result -> isGraded(result)
                        && result.visibility() != Visibility.HIDDEN
                        && period.contains(result, learner.course().zone()))
                .toList();
        if (graded.isEmpty()) {
            boolean waiting = (latest.status() != Status.GRADED || latest.score() == null)
                    && period.contains(latest, learner.course().zone());
            if (waiting) {
                return judge(latest, terms);
            }
            return Attempts.isAnyUnknown(learner, lineItemId, period, 0, null)
                    ? new Finding(latest, Verdict.UNDECIDED, EARLIER_ATTEMPT)
                    : new Finding(latest, terms.missing().verdict(), "no-score");
        }
        if (take == Score.Take.FIRST) {
            return first(learner, lineItemId, graded, standing, period, terms);
        }
        if (take == Score.Take.LATEST) {
            Observation last = graded.get(graded.size() - 1);
            boolean mayBeAnother =
                    last.attempt() != null && Attempts.isAnyUnknown(learner, lineItemId, period, last.attempt(), null);
            return mayBeAnother ? new Finding(last, Verdict.UNDECIDED, EARLIER_ATTEMPT) : judge(last, terms);
        }
        Finding best = best(learner, lineItemId, unit, graded, terms);
        boolean mayBeBetter = (best.verdict() == null || best.verdict() == Verdict.NOT_MET)
                && Attempts.isAnyUnknown(learner, lineItemId, period, 0, null);
        return mayBeBetter
                ? new Finding(best.seen(), best.verdict() == null ? null : Verdict.UNDECIDED, EARLIER_ATTEMPT)
                : best;
    }

    private static Finding best(Facts learner, long lineItemId, Rule.Unit unit, List<Observation> graded, Terms terms) {
        LineItem item = learner.course().item(lineItemId);
        BigDecimal ofColumn = item == null ? null : item.scoreMaximum();
        Observation best = null;
        for (Observation result : graded) {
            if (judge(result, terms).verdict() == null
                    && (best == null || Numbers.isBetter(result, best, unit, ofColumn))) {
                best = result;
            }
        }
        return judge(best == null ? graded.get(graded.size() - 1) : best, terms);
    }

    private static boolean isGraded(Observation seen) {
        return seen.status() == Status.GRADED && seen.score() != null;
    }

    /** It waits where an attempt before it is not known, or may yet turn out to be the first one that is graded. */
    private static Finding first(
            Facts learner,
            long lineItemId,
            List<Observation> graded,
            List<Observation> standing,
            Period period,
            Terms terms) {
        Observation first = Attempts.fromTheFirst(graded).get(0);
        if (first.attempt() != null && Attempts.isAnyUnknown(learner, lineItemId, period, 0, first.attempt())) {
            return new Finding(first, Verdict.UNDECIDED, EARLIER_ATTEMPT);
        }
        for (Observation each : standing) {
            boolean isBefore = first.attempt() != null && each.attempt() != null && each.attempt() < first.attempt();
            boolean mayCount = each.status() == Status.PROVISIONAL || isGraded(each);
            if (isBefore && mayCount && period.contains(each, learner.course().zone())) {
                return judge(each, terms);
            }
        }
        Finding found = judge(first, terms);
        return found.verdict() == null ? new Finding(found.seen(), null, "first") : found;
    }

    private static Finding judge(Observation seen, Terms terms) {
        String waiting = switch (seen.status()) {
            case NONE -> "no-score";
            case SUBMITTED -> "submitted";
            case PROVISIONAL -> "provisional";
            case EXCUSED -> "hidden";
            case UNREADABLE -> "unreadable";
            case GRADED -> seen.score() == null && seen.grade() == null ? "no-score" : "";
        };
        if (!waiting.isEmpty()) {
            return new Finding(seen, Verdict.UNDECIDED, waiting);
        }
        // A score that the student may not see yet must not show through a badge or through what is missing.
        if (seen.visibility() == Visibility.HIDDEN) {
            return new Finding(seen, Verdict.UNDECIDED, "hidden");
        }
        if (terms.late() == Terms.Late.DOES_NOT_COUNT && !Boolean.FALSE.equals(seen.late())) {
            return seen.late() == null
                    ? new Finding(seen, Verdict.UNDECIDED, "late-unknown")
                    : new Finding(seen, Verdict.NOT_MET, "late");
        }
        return new Finding(seen, null, "");
    }
}
