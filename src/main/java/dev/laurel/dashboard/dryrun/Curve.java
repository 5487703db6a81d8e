package dev.laurel.dashboard.dryrun;

import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeSet;

/**
 * How many would get a badge now as one of the thresholds of its rule moves.
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
     * @param heads how many would get the badge, or a higher level of it, or have it renewed
     * @param change how many more, or fewer, than as the rule stands
     */
    record Point(BigDecimal at, int heads, int change, boolean stands, boolean looked) {}

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

    /** @param heads for each of {@code thresholds} how many awards would be made */
    static Curve of(
            Threshold threshold, BigDecimal asked, List<BigDecimal> thresholds, List<Integer> heads, int everybody) {
        int now = heads.get(position(thresholds, threshold.at()));
        List<Point> points = new ArrayList<>();
        for (int i = 0; i < thresholds.size(); i++) {
            points.add(new Point(
                    thresholds.get(i),
                    heads.get(i),
                    heads.get(i) - now,
                    thresholds.get(i).compareTo(threshold.at()) == 0,
                    thresholds.get(i).compareTo(asked) == 0));
        }
        return new Curve(threshold, points, points.get(position(thresholds, asked)), everybody);
    }

    private static int position(List<BigDecimal> thresholds, BigDecimal at) {
        for (int i = 0; i < thresholds.size(); i++) {
            if (thresholds.get(i).compareTo(at) == 0) {
                return i;
            }
        }
        return 0;
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
        return HEIGHT - MARGIN - (everybody == 0 ? 0 : point.heads() * (HEIGHT - 2 * MARGIN) / everybody);
    }
}
