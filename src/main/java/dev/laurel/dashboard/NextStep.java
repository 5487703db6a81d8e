package dev.laurel.dashboard;

import dev.laurel.criteria.Evaluation.Line;
import java.util.ArrayList;
import java.util.List;
import org.springframework.context.MessageSource;
import org.springframework.context.i18n.LocaleContextHolder;
import org.springframework.stereotype.Component;

/** Progress as the next step, never a verdict on the person: {@code 1 more point in Essay 1 and this is yours.} */
@Component
class NextStep {

    private static final int MOST = 3;

    private final MessageSource messages;

    private final Say say;

    NextStep(MessageSource messages, Say say) {
        this.messages = messages;
        this.say = say;
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
        if (line.value() != null && line.missingPoints() != null) {
            return text("next.points", more(line), line.label());
        }
        return switch (line.reason()) {
            case "provisional", "submitted", "hidden" -> text("next.grading", line.label());
            case "excused" -> text("next.excused", line.label());
            case "deleted-column", "unreadable-column", "own-column" -> text("next.unreadable", line.label());
            default -> text("next.first", say.least(line), line.label());
        };
    }

    /** {@code 1 more point}, {@code 7.5 more points}. */
    private String more(Line line) {
        return line.missingPoints() == null
                ? ""
                : say.missing(line.missingPoints()).replace(" point", " more point");
    }

    private static boolean isGone(Line line) {
        return line.reason().endsWith("-column");
    }

    private String text(String key, Object... words) {
        return messages.getMessage(key, words, LocaleContextHolder.getLocale());
    }
}
