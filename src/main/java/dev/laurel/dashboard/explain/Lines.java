package dev.laurel.dashboard.explain;

import dev.laurel.criteria.rule.Evaluation.Line;
import dev.laurel.criteria.rule.Evaluation.Part;
import dev.laurel.criteria.rule.Evaluation.Unit;
import dev.laurel.criteria.rule.Evaluation.Verdict;
import java.math.BigDecimal;
import java.math.RoundingMode;
import org.jspecify.annotations.Nullable;
import org.springframework.context.MessageSource;
import org.springframework.context.i18n.LocaleContextHolder;
import org.springframework.stereotype.Component;

/** One line of an evaluation in words, for templates: {@code ${@lines.label(line)}}. */
@Component("lines")
public class Lines {

    private final MessageSource messages;

    private final Say say;

    Lines(MessageSource messages, Say say) {
        this.messages = messages;
        this.say = say;
    }

    /** What it is about: {@code Essay 1}, {@code Results in Quizzes}, {@code Course total}. */
    public String label(Line line) {
        return text("why.label." + line.type(), say.isolated(line.label()));
    }

    /** Where the learner is: {@code 79 of 100 (79 %)}, {@code 2 of 4}, {@code Done}, {@code Handed in, not graded yet}. */
    public String status(Line line) {
        if (line.unit() == Unit.DONE && line.verdict() == Verdict.MET) {
            return text("why.done");
        }
        String reason = line.reason().isEmpty() ? "" : text("why.reason." + line.reason());
        BigDecimal reached = line.value();
        if (reached == null) {
            String shown = line.shown() == null ? "" : say.isolated(line.shown());
            String why = reason.isEmpty() ? text("why.reason.no-score") : reason;
            return shown.isEmpty() ? why : text("why.part", shown, why);
        }
        String value = value(line, reached);
        if (line.reason().equals("unreadable")) {
            return text("why.part", text("why.reason.unreadable.last", value), reason);
        }
        return reason.isEmpty() ? value : value + " · " + reason;
    }

    private String value(Line line, BigDecimal reached) {
        return switch (line.unit()) {
            case DONE -> text("why.not-done");
            case CREDITS -> credits(reached);
            case ITEMS -> text("why.items", say.number(reached), say.number(line.maximum()));
            default -> asShown(line, isAverage(line) ? average(line, reached) : say.score(line));
        };
    }

    /** The number that was compared and what the LMS shows, where they are not the number itself. */
    private String asShown(Line line, String score) {
        String counted = line.counted() == null
                ? score
                : text(
                        line.unit() == Unit.POINTS ? "why.counted" : "why.counted.percent",
                        score,
                        say.number(line.counted()));
        return line.shown() == null ? counted : text("why.shown", counted, say.isolated(line.shown()));
    }

    private String average(Line line, BigDecimal reached) {
        return line.unit() == Unit.PERCENT
                ? text("why.average", say.number(reached))
                : text("why.sum", say.points(reached));
    }

    private static boolean isAverage(Line line) {
        return line.type().equals("average");
    }

    private String credits(BigDecimal number) {
        return text(number.compareTo(BigDecimal.ONE) == 0 ? "why.credit" : "why.credits", say.number(number));
    }

    /** One of several results that a line was worked out from: {@code Quiz 1: 8 / 10}, {@code Quiz 2: No grade yet}. */
    public String part(Line line, Part part) {
        return text(
                "why.part", say.isolated(part.label()), part(part, line.type().equals("attendance")));
    }

    private String part(Part part, boolean session) {
        String reason = part.reason().isEmpty() ? "" : text("why.reason." + part.reason());
        if (part.value() == null) {
            return reason.isEmpty() ? "–" : reason;
        }
        if (session) {
            return text(part.verdict() == Verdict.MET ? "why.there" : "why.not-there");
        }
        String number = say.number(part.value());
        String score = part.maximum() == null ? number : number + " / " + say.number(part.maximum());
        return reason.isEmpty() ? score : score + " · " + reason;
    }

    /** What it takes, behind "at least": {@code 80 % (80 of 100)}, {@code 3}, {@code B}; empty where it is done or not. */
    public String needed(Line line) {
        return switch (line.unit()) {
            case DONE -> "";
            case LETTER -> line.letter() == null ? "" : line.letter();
            case ITEMS -> items(line);
            case CREDITS -> credits(line.threshold());
            default -> isAverage(line) ? say.least(line) : say.threshold(line);
        };
    }

    /** What one is excused from lowers how many are asked for only where too few would be left. */
    private String items(Line line) {
        String asked = say.number(line.threshold());
        BigDecimal needed = line.thresholdPoints();
        return needed == null || needed.compareTo(line.threshold()) == 0
                ? asked
                : text("why.fewer", say.number(needed), asked);
    }

    /** The same in short: {@code 80 %}, {@code 16 points}. */
    public String least(Line line) {
        return line.unit() == Unit.PERCENT || line.unit() == Unit.POINTS ? say.least(line) : needed(line);
    }

    /** How much is missing: {@code 1 point}, {@code 2}, {@code 3 credits}; empty where no number says it. */
    public String missing(Line line) {
        if (line.verdict() == Verdict.MET || line.value() == null || line.missing() == null) {
            return "";
        }
        BigDecimal percent = missingPercent(line);
        return switch (line.unit()) {
            case ITEMS -> say.number(line.missing());
            case CREDITS -> credits(line.missing());
            case LETTER -> "";
            default -> percent == null ? say.missing(line.missing()) : text("why.percent", say.up(percent));
        };
    }

    /**
     * What is missing of an average or a total in percent, where points would be those of no work that anybody could do;
     * {@code null} for all others.
     */
    @Nullable
    BigDecimal missingPercent(Line line) {
        boolean ofSeveral = isAverage(line) || line.type().equals("courseTotal");
        if (!ofSeveral || line.unit() != Unit.PERCENT || line.missing() == null) {
            return null;
        }
        return line.maximum() == null || line.maximum().signum() <= 0
                ? line.missing()
                : line.missing().movePointRight(2).divide(line.maximum(), 6, RoundingMode.UP);
    }

    private String text(String key, Object... words) {
        return messages.getMessage(key, words, LocaleContextHolder.getLocale());
    }
}
