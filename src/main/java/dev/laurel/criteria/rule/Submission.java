package dev.laurel.criteria.rule;

import dev.laurel.criteria.rule.Evaluation.Line;
import dev.laurel.criteria.rule.Evaluation.Verdict;
import dev.laurel.gradebook.LineItem;
import dev.laurel.gradebook.Observation;
import dev.laurel.gradebook.Observation.Status;
import dev.laurel.gradebook.Observation.Visibility;
import java.math.BigDecimal;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Work was handed in, whatever became of it; whether its grade is hidden does not matter. What is graded was handed in, also
 * where nobody saw that, as work on paper; but a grade of 0 alone says nothing: teachers and platforms note missing work so.
 */
public record Submission(long lineItemId, Period period, Terms terms) implements Rule.Leaf {

    static final String TYPE = "submission";

    static Submission read(RuleFields.Reader fields) {
        return new Submission(fields.whole("lineItem"), fields.period(), fields.terms());
    }

    @Override
    public void write(RuleFields.Writer fields) {
        fields.text("type", TYPE).whole("lineItem", lineItemId).period(period).terms(terms);
    }

    @Override
    public Set<Long> lineItemIds() {
        return Set.of(lineItemId);
    }

    @Override
    public Rule onto(Map<Long, Long> columns) {
        return new Submission(Rule.onto(lineItemId, columns), period, terms);
    }

    @Override
    public boolean needsHistory() {
        // Whether a grade of 0 is for something, only what was seen before it says.
        return true;
    }

    @Override
    public Line line(Facts learner) {
        LineBuilder line = LineBuilder.of(TYPE, lineItemId, learner.course().item(lineItemId))
                .asks(BigDecimal.ONE, Evaluation.Unit.DONE);
        String obstacle = Finding.obstacle(learner.course(), lineItemId);
        Observation latest = learner.latest(lineItemId);
        if (!obstacle.isEmpty()) {
            return line.is(Verdict.UNDECIDED, obstacle);
        }
        if (latest != null && latest.status() == Status.EXCUSED) {
            // A badge, or what is missing for it, would tell of an excuse that the student may not see yet.
            if (latest.visibility() == Visibility.HIDDEN) {
                return line.is(Verdict.UNDECIDED, "hidden");
            }
            return line.from(latest).is(terms.excused().verdict(), "excused");
        }
        Observation handedIn = handedIn(learner, latest);
        if (handedIn == null && latest != null && latest.status() == Status.UNREADABLE) {
            return line.is(Verdict.UNDECIDED, "unreadable");
        }
        if (handedIn == null) {
            return line.is(terms.missing().verdict(), "no-submission");
        }
        line.from(handedIn);
        if (terms.late() == Terms.Late.DOES_NOT_COUNT && !Boolean.FALSE.equals(handedIn.late())) {
            return handedIn.late() == null
                    ? line.is(Verdict.UNDECIDED, "late-unknown")
                    : line.is(Verdict.NOT_MET, "late");
        }
        return line.is(Verdict.MET);
    }

    private @Nullable Observation handedIn(Facts learner, @Nullable Observation latest) {
        Observation first = null;
        boolean handedInBefore = false;
        for (Observation each : learner.history(lineItemId)) {
            if (each.status() == Status.NONE) {
                first = null;
                handedInBefore = false;
            } else if (isHandedIn(each)) {
                // The day on which it is graded is not the day on which it was handed in.
                boolean handsIn = each.status() == Status.SUBMITTED || !handedInBefore;
                handedInBefore = true;
                if (first == null
                        && handsIn
                        && period.contains(each, learner.course().zone())) {
                    first = each;
                }
            }
        }
        return first == null || !period.isAlways() ? first : latest;
    }

    private static boolean isHandedIn(Observation seen) {
        return seen.status() == Status.SUBMITTED
                || ((seen.status() == Status.PROVISIONAL || seen.status() == Status.GRADED)
                        && (seen.attempt() != null
                                || seen.score() == null
                                || seen.score().signum() != 0));
    }

    @Override
    public void check(CourseFacts course, String place) {
        Checks.column(course, lineItemId, place + "/lineItem", LineItem.Kind.SCORE, LineItem.Kind.EVIDENCE);
        Checks.period(period, place);
        Checks.nothingToRound(terms, place);
    }

    @Override
    public List<Rule.Warning> warnings(CourseFacts course) {
        return Checks.column(course, lineItemId);
    }

    @Override
    public String phrase(Words words, CourseFacts course) {
        return words.under(words.within(words.word("submission", words.column(course, lineItemId)), period), terms);
    }
}
