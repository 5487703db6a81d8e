package dev.laurel.criteria;

import dev.laurel.gradebook.LineItem;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;
import org.springframework.context.MessageSource;
import org.springframework.context.i18n.LocaleContextHolder;
import org.springframework.stereotype.Component;

/**
 * A rule as a sentence: "Score at least 80 % in Essay 1". The words come from the message files, block
 * {@code rule.sentence}. Each part is a verb phrase, so that parts can be joined at any depth.
 */
@Component
class Sentences {

    private final MessageSource messages;

    Sentences(MessageSource messages) {
        this.messages = messages;
    }

    String of(Rule rule, Map<Long, LineItem> items) {
        String phrase = new Speaker(LocaleContextHolder.getLocale(), items).phrase(rule, false);
        int first = phrase.offsetByCodePoints(0, 1);
        return phrase.substring(0, first).toUpperCase(Locale.ROOT) + phrase.substring(first);
    }

    private final class Speaker {

        private final Locale locale;

        private final Map<Long, LineItem> items;

        Speaker(Locale locale, Map<Long, LineItem> items) {
            this.locale = locale;
            this.items = items;
        }

        String phrase(Rule rule, boolean inside) {
            if (rule instanceof Rule.AllOf all) {
                return combined("all", all.parts().size(), all.parts(), inside);
            }
            if (rule instanceof Rule.AnyOf any) {
                return combined("any", 1, any.parts(), inside);
            }
            if (rule instanceof Rule.AtLeast some) {
                return some.count() == some.parts().size()
                        ? combined("all", some.count(), some.parts(), inside)
                        : some.count() == 1
                                ? combined("any", 1, some.parts(), inside)
                                : combined("some", some.count(), some.parts(), inside);
            }
            Rule.ScoreAtLeast leaf = (Rule.ScoreAtLeast) rule;
            return score(leaf, label(leaf));
        }

        private String combined(String kind, int count, List<Rule> parts, boolean inside) {
            if (parts.size() == 1) {
                return phrase(parts.get(0), inside);
            }
            if (sameThreshold(parts)) {
                return score((Rule.ScoreAtLeast) parts.get(0), columns(kind, count, parts));
            }
            boolean simple = parts.stream().allMatch(part -> part instanceof Rule.ScoreAtLeast);
            if (parts.size() == 2 && !kind.equals("some") && (simple || !inside)) {
                return say("rule.sentence." + kind + ".two", phrase(parts.get(0), true), phrase(parts.get(1), true));
            }
            String list = parts.stream()
                    .map(part -> phrase(part, true))
                    .collect(Collectors.joining(say("rule.sentence.semicolon")));
            return say("rule.sentence." + kind + (inside ? ".inside" : ".many"), count, list);
        }

        /** "Score at least 80 % in each of A, B and C" reads better than saying the same thing three times. */
        private boolean sameThreshold(List<Rule> parts) {
            if (!(parts.get(0) instanceof Rule.ScoreAtLeast first)) {
                return false;
            }
            return parts.stream()
                    .allMatch(part -> part instanceof Rule.ScoreAtLeast leaf
                            && leaf.unit() == first.unit()
                            && leaf.threshold().compareTo(first.threshold()) == 0);
        }

        private String columns(String kind, int count, List<Rule> parts) {
            List<String> labels = new ArrayList<>();
            parts.forEach(part -> labels.add(label((Rule.ScoreAtLeast) part)));
            String joined = String.join(say("rule.sentence.comma"), labels.subList(0, labels.size() - 1));
            String list = say(
                    "rule.sentence.list." + (kind.equals("any") ? "or" : "and"), joined, labels.get(labels.size() - 1));
            return say("rule.sentence.columns." + kind, count, list);
        }

        private String score(Rule.ScoreAtLeast leaf, String where) {
            String number = Numbers.plain(leaf.threshold()).toPlainString();
            if (leaf.unit() == Rule.Unit.PERCENT) {
                return say("rule.sentence.percent", number, where);
            }
            return say(number.equals("1") ? "rule.sentence.point" : "rule.sentence.points", number, where);
        }

        private String label(Rule.ScoreAtLeast leaf) {
            LineItem item = items.get(leaf.lineItemId());
            return item == null ? say("rule.sentence.unknown-column") : item.label();
        }

        private String say(String key, Object... arguments) {
            return messages.getMessage(key, arguments, locale);
        }
    }
}
