package dev.laurel.dashboard.explain;

import dev.laurel.criteria.rule.Evaluation.Line;
import dev.laurel.criteria.rule.Evaluation.Unit;
import dev.laurel.criteria.rule.Evaluation.Verdict;
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
        if (!line.reason().isEmpty()) {
            return text("why.reason." + line.reason());
        }
        if (line.value() == null) {
            return text("why.reason.no-score");
        }
        return switch (line.unit()) {
            case DONE -> text("why.not-done");
            case CREDITS -> text("why.credits", say.number(line.value()));
            case ITEMS -> text("why.items", say.number(line.value()), say.number(line.maximum()));
            default -> line.shown() == null ? say.score(line) : text("why.shown", say.score(line), line.shown());
        };
    }

    /** What it takes, behind "at least": {@code 80 % (80 of 100)}, {@code 3}, {@code B}; empty where it is done or not. */
    public String needed(Line line) {
        return switch (line.unit()) {
            case DONE -> "";
            case LETTER -> line.letter() == null ? "" : line.letter();
            case ITEMS -> say.number(line.threshold());
            case CREDITS -> text("why.credits", say.number(line.threshold()));
            default -> say.threshold(line);
        };
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
        return switch (line.unit()) {
            case ITEMS -> say.number(line.missing());
            case CREDITS -> text("why.credits", say.number(line.missing()));
            default -> say.missing(line.missing());
        };
    }

    private String text(String key, Object... words) {
        return messages.getMessage(key, words, LocaleContextHolder.getLocale());
    }
}
