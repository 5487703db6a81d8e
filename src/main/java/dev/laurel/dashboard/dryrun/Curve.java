package dev.laurel.dashboard.dryrun;

import dev.laurel.criteria.PersonEvaluation;
import dev.laurel.criteria.rule.Evaluation.Verdict;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * How many would meet a rule as one of its thresholds moves.
 *
 * @param points by threshold, the lowest first
 * @param asked the one that is looked at
 * @param everybody who can earn
 */
record Curve(Threshold threshold, List<Point> points, Point asked, int everybody) {

    private static final int STEPS = 20;

    private static final int BELOW = 6;

    private static final int ABOVE = 4;

    static final int WIDTH = 320;

    static final int HEIGHT = 120;

    private static final int MARGIN = 8;

    /**
     * @param change how many more, or fewer, than as the rule stands
     * @param near how many of those who would not, would with a threshold one step lower
     */
    record Point(BigDecimal at, int met, int change, int near, boolean stands, boolean looked) {}

    /** Where it is worth looking: around the threshold as it stands, and at what was asked. */
    static List<BigDecimal> thresholds(Threshold threshold, BigDecimal asked) {
        BigDecimal step = step(threshold);
        TreeSet<BigDecimal> all = new TreeSet<>(List.of(threshold.at(), asked));
        BigDecimal middle = threshold.at().divide(step, 0, RoundingMode.DOWN).multiply(step);
        for (int i = -BELOW; i <= ABOVE; i++) {
            BigDecimal at = middle.add(step.multiply(BigDecimal.valueOf(i)));
            if (at.signum() > 0 && at.compareTo(threshold.most()) <= 0) {
                all.add(at);
            }
        }
        return new ArrayList<>(all);
    }

    private static BigDecimal step(Threshold threshold) {
        BigDecimal step = threshold.most().divide(BigDecimal.valueOf(STEPS), 0, RoundingMode.HALF_UP);
        return step.signum() > 0 ? step : BigDecimal.ONE;
    }

    /** @param evaluations for each of {@code thresholds} everybody's */
    static Curve of(
            Threshold threshold,
            BigDecimal asked,
            List<BigDecimal> thresholds,
            List<List<PersonEvaluation>> evaluations) {
        List<Integer> met = evaluations.stream().map(Curve::met).toList();
        int now = met.get(position(thresholds, threshold.at()));
        List<Point> points = new ArrayList<>();
        @Nullable Point looked = null;
        for (int i = 0; i < thresholds.size(); i++) {
            boolean isAsked = thresholds.get(i).compareTo(asked) == 0;
            Point point = new Point(
                    thresholds.get(i),
                    met.get(i),
                    met.get(i) - now,
                    i == 0 ? 0 : Math.max(0, met.get(i - 1) - met.get(i)),
                    thresholds.get(i).compareTo(threshold.at()) == 0,
                    isAsked);
            points.add(point);
            looked = isAsked ? point : looked;
        }
        Point at = looked == null ? points.get(position(thresholds, threshold.at())) : looked;
        return new Curve(threshold, points, at, evaluations.get(0).size());
    }

    private static int position(List<BigDecimal> thresholds, BigDecimal at) {
        for (int i = 0; i < thresholds.size(); i++) {
            if (thresholds.get(i).compareTo(at) == 0) {
                return i;
            }
        }
        return 0;
    }

    private static int met(List<PersonEvaluation> learners) {
        return (int) learners.stream()
                .filter(learner -> learner.evaluation().verdict() == Verdict.MET)
                .count();
    }

    /** The corners of the line in a picture of {@link #WIDTH} by {@link #HEIGHT}. */
    public String line() {
        StringBuilder corners = new StringBuilder();
        for (Point point : points) {
            corners.append(x(point)).append(',').append(y(point)).append(' ');
        }
        return corners.toString().strip();
    }

    public int x(Point point) {
        int last = points.size() - 1;
        return last == 0 ? WIDTH / 2 : MARGIN + points.indexOf(point) * (WIDTH - 2 * MARGIN) / last;
    }

    public int y(Point point) {
        return HEIGHT - MARGIN - (everybody == 0 ? 0 : point.met() * (HEIGHT - 2 * MARGIN) / everybody);
    }
}
