package dev.laurel.dashboard.explain;

import dev.laurel.criteria.rule.Evaluation.Line;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.springframework.context.MessageSource;
import org.springframework.context.i18n.LocaleContextHolder;
import org.springframework.stereotype.Component;

/** Progress as the next step, never a verdict on the person: {@code 1 more point in Essay 1 and this is yours.} */
@Component
public class NextStep {

    private static final int MOST = 3;

    /** What no learner can do anything about. */
    private static final Set<String> CLOSED =
            Set.of("own-column-in-total", "no-total", "no-scheme", "no-mastery", "empty-group", "other-group");

    private final MessageSource messages;

    private final Say say;

    private final Lines lines;

    NextStep(MessageSource messages, Say say, Lines lines) {
        this.messages = messages;
        this.say = say;
        this.lines = lines;
    }

    /** For the learner herself. */
    public String toLearner(Explanation explanation) {
        return explanation.nextSteps().stream().anyMatch(NextStep::isGone)
                ? text("next.gone")
                : text("next.yours", steps(explanation));
    }

    /** For staff: only what is missing. */
    public String toStaff(Explanation explanation) {
        return steps(explanation);
    }

    private String steps(Explanation explanation) {
        List<String> words = new ArrayList<>();
        List<Line> steps = explanation.nextSteps();
        steps.stream().limit(MOST).map(this::step).forEach(words::add);
        if (steps.size() > MOST) {
            words.add(text("next.more", steps.size() - MOST));
        }
        if (words.size() < 2) {
            return words.isEmpty() ? "" : words.get(0);
        }
        return String.join(", ", words.subList(0, words.size() - 1)) + " " + text("next.and") + " "
                + words.get(words.size() - 1);
    }

    private String step(Line line) {
        if (line.reason().endsWith("-column") || CLOSED.contains(line.reason())) {
            return text("next.unreadable", lines.label(line));
        }
        if (line.value() != null && line.missing() != null) {
            return switch (line.unit()) {
                case ITEMS -> text("next.items", say.number(line.missing()), line.label());
                case CREDITS -> text("next.credits", say.number(line.missing()));
                default -> text("next.points", more(line), lines.label(line));
            };
        }
        return switch (line.reason()) {
            case "provisional", "submitted", "hidden" -> text("next.grading", lines.label(line));
            case "excused" -> text("next.excused", lines.label(line));
            default -> first(line);
        };
    }

    private String first(Line line) {
        return switch (line.unit()) {
            case DONE -> text("next.do." + line.type(), line.label());
            case LETTER -> text("next.letter", line.letter() == null ? "" : line.letter());
            case ITEMS -> text("next.items", say.number(line.threshold()), line.label());
            default -> text("next.first", say.least(line), lines.label(line));
        };
    }

    /** {@code 1 more point}, {@code 7.5 more points}. */
    private String more(Line line) {
        return line.missing() == null ? "" : say.missing(line.missing()).replace(" point", " more point");
    }

    private static boolean isGone(Line line) {
        return line.reason().endsWith("-column") || CLOSED.contains(line.reason());
    }

    private String text(String key, Object... words) {
        return messages.getMessage(key, words, LocaleContextHolder.getLocale());
    }
}
