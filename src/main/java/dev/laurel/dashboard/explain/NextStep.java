package dev.laurel.dashboard.explain;

import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;
import org.springframework.context.MessageSource;
import org.springframework.context.i18n.LocaleContextHolder;
import org.springframework.stereotype.Component;

/** Progress as the next step, never a verdict on the person: {@code 1 more point in Essay 1 and this is yours.} */
@Component
public class NextStep {

    private static final int MOST = 3;

    private final MessageSource messages;

    private final Ways ways;

    private final Steps steps;

    NextStep(MessageSource messages, Ways ways, Steps steps) {
        this.messages = messages;
        this.ways = ways;
        this.steps = steps;
    }

    /** For the learner herself; empty where nothing is missing. */
    public String toLearner(Explanation explanation) {
        if (explanation.isOver()) {
            return over(explanation);
        }
        if (explanation.isIgnored()) {
            return text("next.excused.all");
        }
        List<Explanation> shortest = explanation.nextSteps();
        if (shortest.isEmpty()) {
            return "";
        }
        if (shortest.stream().anyMatch(Explanation::isStuck)) {
            return text("next.gone");
        }
        if (shortest.stream().allMatch(Explanation::isWaiting)) {
            return text(
                    "next.waiting",
                    steps.list(shortest.stream().map(steps::label).distinct().toList(), "next.and"));
        }
        Ways.Way way = ways.of(explanation);
        return way.step() == null
                ? text("next.still", way.words())
                : upper(text("next.yours", steps.imperative(way.step())));
    }

    /** What is missing for a tier above the one that she has. */
    public String toTier(Tiers.Tier tier) {
        if (tier.way().isOver()) {
            return text("next.tier.over", tier.name());
        }
        return tier.way().nextSteps().isEmpty() ? "" : text("next.tier", tier.name(), toStaff(tier.way()));
    }

    /** For staff: only what is missing. */
    public String toStaff(Explanation explanation) {
        if (explanation.isIgnored()) {
            return text("next.excused.all.staff");
        }
        return explanation.isOver() ? over(explanation) : ways.of(explanation).words();
    }

    /** Kindly: what it is that cannot be any more, and that nothing is lost by it. */
    private String over(Explanation explanation) {
        List<String> reasons = explanation.ends().stream()
                .map(leaf -> text(
                        "next.end." + String.valueOf(leaf.end()).toLowerCase(Locale.ROOT),
                        steps.label(leaf),
                        steps.until(leaf)))
                .distinct()
                .toList();
        String said = reasons.stream().limit(MOST).collect(Collectors.joining(" "));
        return reasons.size() > MOST ? said + " " + text("next.end.more") : said;
    }

    private static String upper(String sentence) {
        return sentence.isEmpty()
                ? sentence
                : sentence.substring(0, 1).toUpperCase(Locale.ENGLISH) + sentence.substring(1);
    }

    private String text(String key, Object... words) {
        return messages.getMessage(key, words, LocaleContextHolder.getLocale());
    }
}
