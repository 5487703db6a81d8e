package dev.laurel.dashboard.explain;

import dev.laurel.criteria.rule.Average;
import dev.laurel.criteria.rule.CountInGroup;
import dev.laurel.criteria.rule.Evaluation;
import dev.laurel.criteria.rule.Evaluation.Line;
import dev.laurel.criteria.rule.Rule;
import java.math.BigDecimal;
import java.time.LocalDate;
import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.springframework.context.MessageSource;
import org.springframework.context.i18n.LocaleContextHolder;
import org.springframework.stereotype.Component;

/** What one leaf still takes, in words. */
@Component
class Steps {

    /** Of a list of things, in one sentence. */
    static final int MOST = 4;

    private final MessageSource messages;

    private final Say say;

    private final Lines lines;

    Steps(MessageSource messages, Say say, Lines lines) {
        this.messages = messages;
        this.say = say;
        this.lines = lines;
    }

    /**
     * One step, so that those that differ only in where can be said together: {@code 80 % or more in each of A and B}.
     *
     * @param key under {@code next.}, whose {0} is where and whose rest is how much
     * @param until the last day, or empty
     */
    record Step(String key, List<String> amounts, String where, String until) {

        boolean isLike(Step other) {
            return !key.equals("do.badge")
                    && key.equals(other.key)
                    && amounts.equals(other.amounts)
                    && until.equals(other.until);
        }

        Step in(String places) {
            return new Step(key, amounts, places, until);
        }
    }

    Step of(Explanation leaf) {
        Line line = line(leaf);
        String until = leaf.isWaiting() ? "" : until(leaf);
        if (leaf.isStuck()) {
            return new Step("unreadable", List.of(), label(leaf), "");
        }
        if (leaf.isWaiting()) {
            return new Step("grading", List.of(), label(leaf), "");
        }
        boolean begun = line.value() != null && line.missing() != null;
        boolean number = line.unit() == Evaluation.Unit.PERCENT || line.unit() == Evaluation.Unit.POINTS;
        if (!begun && number && line.reason().equals("excused")) {
            return new Step("excused", List.of(say.least(line)), label(leaf), until);
        }
        BigDecimal missing = begun && line.missing() != null ? line.missing() : line.threshold();
        return switch (line.unit()) {
            case ITEMS -> items(leaf, line, missing);
            case CREDITS -> new Step(counted("credits", missing), List.of(say.number(missing)), "", "");
            case LETTER ->
                new Step("letter", List.of(line.letter() == null ? "" : say.isolated(line.letter())), "", until);
            case DONE -> new Step("do." + line.type(), List.of(), say.isolated(line.label()), until);
            default ->
                leaf.leaf() instanceof Average average
                        ? average(average, line, begun, missing)
                        : begun
                                ? begun(line, missing, label(leaf), until)
                                : new Step("first", List.of(say.least(line)), label(leaf), until);
        };
    }

    private Step begun(Line line, BigDecimal missing, String where, String until) {
        BigDecimal percent = lines.missingPercent(line);
        return percent == null
                ? new Step("points", List.of(more(missing)), where, until)
                : new Step("total.more", List.of(say.up(percent)), where, until);
    }

    private Step average(Average average, Line line, boolean begun, BigDecimal missing) {
        String all = list(
                line.parts().stream().map(part -> say.isolated(part.label())).toList(), "next.and");
        // Ten points more are not ten points where each counts half, or where the lowest are left out.
        String where = average.isPlain() ? all : text("next.counted", all);
        boolean percent = average.unit() == Rule.Unit.PERCENT;
        if (!begun) {
            return new Step(percent ? "average" : "sum", List.of(say.least(line)), where, "");
        }
        return percent
                ? new Step("average.more", List.of(say.up(missing)), where, "")
                : new Step("sum.more", List.of(more(missing)), where, "");
    }

    /** {@code 1 more point}, {@code 7.5 more points}. */
    private String more(BigDecimal points) {
        return say.missing(points).replace(" point", " more point");
    }

    private Step items(Explanation leaf, Line line, BigDecimal missing) {
        String number = say.number(missing);
        String group = say.isolated(line.label());
        return leaf.leaf() instanceof CountInGroup count
                ? new Step(
                        counted("results", missing),
                        List.of(
                                number,
                                count.unit() == Rule.Unit.PERCENT
                                        ? say.number(count.threshold()) + " %"
                                        : say.points(count.threshold())),
                        group,
                        "")
                : new Step(counted("sessions", missing), List.of(number), group, "");
    }

    String words(Step step) {
        return dated(text("next." + step.key(), arguments(step)), step);
    }

    /** As one says it to somebody: {@code hand in Essay 1}. */
    String imperative(Step step) {
        String words =
                messages.getMessage("next.you." + step.key(), arguments(step), "", LocaleContextHolder.getLocale());
        return words == null || words.isEmpty() ? words(step) : dated(words, step);
    }

    private String dated(String words, Step step) {
        return step.until().isEmpty() ? words : text("next.until", words, step.until());
    }

    private static Object[] arguments(Step step) {
        return Stream.concat(Stream.of(step.where()), step.amounts().stream()).toArray();
    }

    String label(Explanation leaf) {
        return lines.label(line(leaf));
    }

    /** The last day on which it counts; empty where there is none. */
    String until(Explanation leaf) {
        @Nullable
        LocalDate until = leaf.leaf() == null ? null : leaf.leaf().period().until();
        return say.date(until);
    }

    /** {@code A, B and C}; the rest is counted where there are more than a few. */
    String list(List<String> places, String and) {
        if (places.size() == 1) {
            return places.get(0);
        }
        boolean many = places.size() > MOST;
        List<String> said = places.subList(0, many ? MOST - 1 : places.size() - 1);
        String last = many
                ? text(and.equals("next.and") ? "next.more" : "next.others", places.size() - said.size())
                : places.get(places.size() - 1);
        return String.join(", ", said) + " " + text(and) + " " + last;
    }

    private static String counted(String key, BigDecimal number) {
        return number.compareTo(BigDecimal.ONE) == 0 ? key + ".one" : key;
    }

    private static Line line(Explanation leaf) {
        Line line = leaf.line();
        if (line == null) {
            throw new IllegalArgumentException("not a leaf");
        }
        return line;
    }

    private String text(String key, Object... words) {
        return messages.getMessage(key, words, LocaleContextHolder.getLocale());
    }
}
