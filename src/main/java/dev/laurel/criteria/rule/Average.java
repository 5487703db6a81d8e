package dev.laurel.criteria.rule;

import dev.laurel.criteria.rule.Evaluation.Line;
import dev.laurel.criteria.rule.Evaluation.Part;
import dev.laurel.criteria.rule.Evaluation.Verdict;
import dev.laurel.gradebook.LineItem;
import dev.laurel.gradebook.Observation;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.apache.commons.numbers.fraction.BigFraction;
import org.jspecify.annotations.Nullable;

/**
 * The weighted average in percent, or the weighted sum in points, of several line items. Each result counts as its share
 * of its maximum times the weight (percent), or as its points times the weight (points). What the learner is excused from
 * is left out, and so are the {@code dropLowest} of the rest without which it is worth most.
 *
 * @param unit percent: the average; points: the sum
 */
public record Average(List<Item> items, BigDecimal threshold, Unit unit, int dropLowest, Terms terms)
        implements Rule.Leaf {

    static final String TYPE = "average";

    private static final BigFraction HUNDRED = BigFraction.of(100);

    public Average {
        items = List.copyOf(items);
    }

    /** @param weight more than 0 */
    public record Item(long lineItemId, BigDecimal weight) {}

    static Average read(RuleFields.Reader fields) {
        List<Item> items = new ArrayList<>();
        for (RuleFields.Reader item : fields.parts("items")) {
            BigDecimal weight = item.optionalNumber("weight");
            items.add(new Item(item.whole("lineItem"), weight == null ? BigDecimal.ONE : weight));
            item.end();
        }
        Integer drop = fields.optionalCount("dropLowest");
        return new Average(items, fields.number("atLeast"), fields.unit(), drop == null ? 0 : drop, fields.terms());
    }

    @Override
    public void write(RuleFields.Writer fields) {
        fields.text("type", TYPE);
        items.forEach(item -> fields.part("items")
                .whole("lineItem", item.lineItemId())
                .number("weight", item.weight().compareTo(BigDecimal.ONE) == 0 ? null : item.weight()));
        fields.number("atLeast", threshold).unit(unit);
        if (dropLowest > 0) {
            fields.whole("dropLowest", dropLowest);
        }
        fields.terms(terms);
    }

    /** Whether each point, or each share, counts for what it is: nothing more than once, and nothing is left out. */
    public boolean isPlain() {
        return dropLowest == 0 && items.stream().allMatch(item -> item.weight().compareTo(BigDecimal.ONE) == 0);
    }

    @Override
    public Set<Long> lineItemIds() {
        return items.stream().map(Item::lineItemId).collect(Collectors.toSet());
    }

    @Override
    public Rule onto(Map<Long, Long> columns) {
        return new Average(
                items.stream()
                        .map(item -> new Item(Rule.onto(item.lineItemId(), columns), item.weight()))
                        .toList(),
                threshold,
                unit,
                dropLowest,
                terms);
    }

    /** One item's result, ready to add up. */
    private record Share(
            Item item,
            String label,
            Finding found,
            @Nullable BigDecimal score,
            @Nullable BigDecimal maximum) {

        boolean isIgnored() {
            return found.verdict() == Verdict.IGNORED;
        }

        boolean isOpen() {
            return found.verdict() == Verdict.UNDECIDED;
        }

        /** Without a result that counts it is worth nothing, for now or for good. */
        BigFraction worth(Unit unit) {
            if (score == null || (unit == Unit.PERCENT && maximum == null)) {
                return BigFraction.ZERO;
            }
            BigFraction points = Numbers.exact(score);
            return unit == Unit.POINTS || maximum == null
                    ? points
                    : points.multiply(HUNDRED).divide(Numbers.exact(maximum));
        }

        /** How much more it adds to a sum than if it were worth {@code than}. */
        BigFraction adds(Unit unit, BigFraction than) {
            return worth(unit).subtract(than).multiply(Numbers.exact(item.weight()));
        }

        /** What is not there yet is not said to be left out: it may still be better than what is there. */
        Part part(boolean dropped) {
            Verdict verdict = found.verdict() == null ? Verdict.MET : found.verdict();
            boolean leftOut = dropped && !isOpen();
            Observation seen = found.seen();
            return new Part(
                    item.lineItemId(),
                    label,
                    score,
                    maximum,
                    seen == null ? null : seen.visibility(),
                    seen == null ? null : seen.recordedAt(),
                    leftOut ? Verdict.IGNORED : verdict,
                    leftOut ? "dropped" : found.reason());
        }
    }

    @Override
    public boolean asksForSeveral() {
        return true;
    }

    @Override
    public Line line(Facts learner) {
        List<Share> shares = items.stream().map(item -> share(learner, item)).toList();
        List<Share> counted = new ArrayList<>(
                shares.stream().filter(share -> !share.isIgnored()).toList());
        Set<Share> dropped = dropped(counted);
        counted.removeAll(dropped);
        LineBuilder line = LineBuilder.of(
                        TYPE,
                        String.join(", ", shares.stream().map(Share::label).toList()))
                .asks(threshold, unit == Unit.PERCENT ? Evaluation.Unit.PERCENT : Evaluation.Unit.POINTS)
                .parts(shares.stream()
                        .map(share -> share.part(dropped.contains(share)))
                        .toList())
                .from(last(shares));
        if (counted.isEmpty()) {
            return line.is(Verdict.IGNORED, "excused");
        }
        BigFraction total = total(counted);
        BigFraction missing =
                Numbers.exact(Numbers.roundedTo(threshold, terms.decimals())).subtract(total);
        boolean met = missing.signum() <= 0;
        String waiting = shares.stream()
                .filter(Share::isOpen)
                .map(share -> share.found().reason())
                .findFirst()
                .orElse("");
        List<Share> known = counted.stream().filter(share -> !share.isOpen()).toList();
        if (met || waiting.isEmpty()) {
            reached(line, total).missing(missing.bigDecimalValue(6, RoundingMode.CEILING));
        } else if (!known.isEmpty()) {
            reached(line, total(known));
        }
        // What is open is worth nothing yet. If that is enough already, it stays enough.
        if (met) {
            return line.is(Verdict.MET);
        }
        return waiting.isEmpty() ? line.is(Verdict.NOT_MET) : line.is(Verdict.UNDECIDED, waiting);
    }

    private LineBuilder reached(LineBuilder line, BigFraction total) {
        BigDecimal value = total.bigDecimalValue(6, RoundingMode.FLOOR);
        line.inPoints(threshold);
        if (terms.decimals() != null) {
            line.countedAs(total.bigDecimalValue(terms.decimals(), RoundingMode.HALF_UP));
        }
        return unit == Unit.PERCENT ? line.outOf(Numbers.hundred()).reached(value) : line.reached(value);
    }

    private Share share(Facts learner, Item item) {
        LineItem column = learner.course().item(item.lineItemId());
        Finding found = Finding.of(learner, item.lineItemId(), Period.ALWAYS, terms);
        Observation seen = found.seen();
        BigDecimal ofColumn = column == null ? null : column.scoreMaximum();
        BigDecimal maximum = seen == null ? ofColumn : Numbers.maximum(seen, ofColumn);
        BigDecimal score = found.verdict() != null || seen == null ? null : seen.score();
        if (found.verdict() == null && score == null) {
            found = new Finding(seen, Verdict.UNDECIDED, Finding.withoutPoints(seen));
        }
        if (score != null && unit == Unit.PERCENT && (maximum == null || maximum.signum() <= 0)) {
            found = new Finding(seen, Verdict.UNDECIDED, "no-maximum");
            score = null;
        }
        return new Share(item, column == null ? "" : column.label(), found, score, maximum);
    }

    /**
     * Those without which the rest is worth most. With equal weights they are the lowest; with others dropping the lowest
     * could make a higher score worth less (Kane and Kane, "The Drop-Lowest Problem").
     */
    private Set<Share> dropped(List<Share> counted) {
        int drop = Math.min(dropLowest, Math.max(0, counted.size() - 1));
        if (drop == 0) {
            return Set.of();
        }
        BigFraction least = unit == Unit.POINTS ? BigFraction.ZERO : total(counted);
        while (true) {
            // Differences are looked at by their sign: BigFraction compares two negative numbers the wrong way round.
            BigFraction than = least;
            List<Share> worst = counted.stream()
                    .sorted((one, other) -> one.adds(unit, than)
                            .subtract(other.adds(unit, than))
                            .signum())
                    .limit(drop)
                    .toList();
            List<Share> rest = new ArrayList<>(counted);
            rest.removeAll(worst);
            least = unit == Unit.POINTS ? than : total(rest);
            if (least.subtract(than).signum() <= 0) {
                return new HashSet<>(worst);
            }
        }
    }

    private BigFraction total(List<Share> counted) {
        BigFraction total = BigFraction.ZERO;
        BigFraction weights = BigFraction.ZERO;
        for (Share share : counted) {
            BigFraction weight = Numbers.exact(share.item().weight());
            total = total.add(share.worth(unit).multiply(weight));
            weights = weights.add(weight);
        }
        return unit == Unit.PERCENT ? total.divide(weights) : total;
    }

    private static @Nullable Observation last(List<Share> shares) {
        return shares.stream()
                .map(share -> share.found().seen())
                .filter(seen -> seen != null)
                .max(Comparator.comparingLong(Observation::seq))
                .orElse(null);
    }

    @Override
    public void check(CourseFacts course, String place) {
        if (items.size() < 2) {
            throw new BadRuleException(place + "/items", "rule.bad.too-few");
        }
        if (lineItemIds().size() < items.size()) {
            throw new BadRuleException(place + "/items", "rule.bad.twice");
        }
        for (int i = 0; i < items.size(); i++) {
            String at = place + "/items/" + i;
            LineItem item = Checks.column(
                    course, items.get(i).lineItemId(), at + "/lineItem", LineItem.Kind.SCORE, LineItem.Kind.SUBTOTAL);
            Checks.positive(items.get(i).weight(), at + "/weight");
            if (unit == Unit.PERCENT
                    && (item.isWithoutMaximum()
                            || item.scoreMaximum() != null
                                    && item.scoreMaximum().signum() <= 0)) {
                throw new BadRuleException(at + "/lineItem", "rule.bad.no-maximum");
            }
        }
        if (dropLowest < 0 || dropLowest >= items.size()) {
            throw new BadRuleException(place + "/dropLowest", "rule.bad.drops-all");
        }
        Checks.threshold(threshold, unit, null, place + "/atLeast");
        Checks.terms(terms, threshold, place);
        // A share of what one is excused from or lacks is either there or not; it cannot be met.
        if (terms.excused() == Terms.Excused.MET) {
            throw new BadRuleException(place + "/excused", "rule.bad.choice");
        }
    }

    @Override
    public List<Rule.Warning> warnings(CourseFacts course) {
        return items.stream()
                .flatMap(item -> (unit == Unit.PERCENT
                                ? Checks.column(course, item.lineItemId(), threshold, unit)
                                : Checks.column(course, item.lineItemId()))
                        .stream())
                .toList();
    }

    @Override
    public String phrase(Words words, CourseFacts course) {
        String where = words.list(
                items.stream()
                        .map(item -> words.column(course, item.lineItemId()) + weight(words, item))
                        .toList(),
                "and");
        String phrase = words.word(unit == Unit.PERCENT ? "average" : "sum", words.amount(threshold, unit), where);
        if (dropLowest > 0) {
            phrase = words.word("drop", phrase, words.count(Integer.toString(dropLowest), "drop.result"));
        }
        return words.under(phrase, terms);
    }

    private static String weight(Words words, Item item) {
        return item.weight().compareTo(BigDecimal.ONE) == 0
                ? ""
                : words.word("weight", Numbers.plain(item.weight()).toPlainString());
    }
}
