package dev.laurel.criteria.rule;

import dev.laurel.criteria.rule.Evaluation.Line;
import dev.laurel.criteria.rule.Evaluation.Verdict;
import dev.laurel.gradebook.LineItem;
import dev.laurel.gradebook.Observation;
import dev.laurel.gradebook.Observation.Status;
import dev.laurel.gradebook.Observation.Visibility;
import java.math.BigDecimal;
import java.time.Instant;
import java.time.ZoneId;
import java.util.Collections;
import java.util.Comparator;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Work was handed in, whatever became of it; whether its grade is hidden does not matter. What is graded was handed in, also
 * where nobody saw that, as work on paper; but a grade of 0 alone says nothing: teachers and platforms note missing work so.
 * Where the platform says that work is missing, no grade that it gives for that is one.
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
    public boolean needsAttempts() {
        return !period.isAlways() || terms.late() == Terms.Late.DOES_NOT_COUNT;
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
        List<HandIn> handIns = handIns(learner);
        if (handIns.isEmpty()) {
            if (latest != null && latest.status() == Status.UNREADABLE) {
                return line.is(Verdict.UNDECIDED, "unreadable");
            }
            return latest != null && latest.status() != Status.NONE && isAnyUnknown(learner)
                    ? line.from(latest).is(Verdict.UNDECIDED, Finding.EARLIER_ATTEMPT)
                    : line.is(terms.missing().verdict(), "no-submission");
        }
        if (terms.late() == Terms.Late.COUNTS) {
            return line.from(period.isAlways() ? latest : handIns.get(0).seen()).is(Verdict.MET);
        }
        // One that was on time is enough: what was handed in besides takes nothing back.
        HandIn soonest = Collections.min(handIns, Comparator.comparing(HandIn::lateness));
        line.from(soonest.seen());
        if (soonest.lateness() == 2 && isAnyUnknown(learner)) {
            return line.is(Verdict.UNDECIDED, Finding.EARLIER_ATTEMPT);
        }
        return switch (soonest.lateness()) {
            case 0 -> line.is(Verdict.MET);
            case 1 -> line.is(Verdict.UNDECIDED, "late-unknown");
            default -> line.is(Verdict.NOT_MET, "late");
        };
    }

    private boolean isAnyUnknown(Facts learner) {
        return Attempts.isAnyUnknown(learner, lineItemId, period, 0, null);
    }

    /**
     * Once that work was handed in.
     *
     * @param late as it was called last; {@code null} where the source does not say
     */
    private record HandIn(Observation seen, @Nullable Boolean late) {

        /** 0 on time, 1 nobody knows, 2 late. */
        int lateness() {
            return late == null ? 1 : late ? 2 : 0;
        }
    }

    /** Those that stand and are of the period, the first one first. What is graded is no other hand-in than its attempt. */
    private List<HandIn> handIns(Facts learner) {
        ZoneId zone = learner.course().zone();
        Map<Integer, HandIn> within = new LinkedHashMap<>();
        Set<Integer> known = new HashSet<>();
        // Without a number of its own, what does not hand in is of the one before it.
        int unnumbered = 0;
        for (Observation each : learner.history(lineItemId)) {
            if (each.status() == Status.NONE || each.isWithoutWork()) {
                within.clear();
                known.clear();
            } else if (isHandedIn(each)) {
                // The day on which it is graded is not the day on which it was handed in.
                boolean handsIn = each.status() == Status.SUBMITTED || each.handedInAt() != null || known.isEmpty();
                unnumbered -= each.attempt() == null && handsIn ? 1 : 0;
                int number = each.attempt() == null ? unnumbered : each.attempt();
                known.add(number);
                HandIn before = within.get(number);
                if (before != null || period.isAlways() || handsIn && isWithin(each, zone)) {
                    within.put(number, new HandIn(before == null ? each : before.seen(), each.late()));
                }
            }
        }
        return List.copyOf(within.values());
    }

    private boolean isWithin(Observation seen, ZoneId zone) {
        Instant handedIn = seen.handedInAt();
        return period.contains(seen, zone) || handedIn != null && period.contains(handedIn, zone);
    }

    private static boolean isHandedIn(Observation seen) {
        return seen.status() == Status.SUBMITTED
                || ((seen.status() == Status.PROVISIONAL || seen.status() == Status.GRADED)
                        && (seen.attempt() != null
                                || seen.handedInAt() != null
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
