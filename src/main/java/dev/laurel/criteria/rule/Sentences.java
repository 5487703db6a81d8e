package dev.laurel.criteria.rule;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;
import org.springframework.context.MessageSource;
import org.springframework.context.i18n.LocaleContextHolder;
import org.springframework.stereotype.Component;

/**
 * A rule as a sentence: "Score at least 80 % in Essay 1". Each part is a verb phrase, so that parts can be joined at any
 * depth.
 */
@Component
public class Sentences {

    private final MessageSource messages;

    Sentences(MessageSource messages) {
        this.messages = messages;
    }

    /** Without a full stop. */
    public String of(Rule rule, CourseFacts course) {
        Locale locale = LocaleContextHolder.getLocale();
        String phrase = new Speaker(new Words(messages, locale), course).whole(rule);
        int first = phrase.offsetByCodePoints(0, 1);
        return phrase.substring(0, first).toUpperCase(Locale.ROOT) + phrase.substring(first);
    }

    private record Speaker(Words words, CourseFacts course) {

        String whole(Rule rule) {
            if (!(rule instanceof Rule.Levels levels)) {
                return phrase(rule, false);
            }
            return levels.levels().stream()
                    .map(level -> words.word("level", level.name(), phrase(level.rule(), true)))
                    .collect(Collectors.joining(words.word("semicolon")));
        }

        private String phrase(Rule rule, boolean inside) {
            if (rule instanceof Rule.Leaf leaf) {
                return leaf.phrase(words, course);
            }
            Rule.Joined joined = (Rule.Joined) rule;
            List<Rule> parts = joined.parts();
            if (joined.needed() == parts.size() && !(joined instanceof Rule.AnyOf)) {
                return combined("all", parts.size(), parts, inside);
            }
            return joined.needed() == 1
                    ? combined("any", 1, parts, inside)
                    : combined("some", joined.needed(), parts, inside);
        }

        private String combined(String kind, int count, List<Rule> parts, boolean inside) {
            if (parts.size() == 1) {
                return phrase(parts.get(0), inside);
            }
            if (parts.get(0) instanceof Score first && parts.stream().allMatch(first::asksTheSame)) {
                return first.phrase(words, columns(kind, count, parts));
            }
            boolean simple = parts.stream().allMatch(part -> part instanceof Rule.Leaf);
            if (parts.size() == 2 && !kind.equals("some") && (simple || !inside)) {
                return words.word(kind + ".two", phrase(parts.get(0), true), phrase(parts.get(1), true));
            }
            String list =
                    parts.stream().map(part -> phrase(part, true)).collect(Collectors.joining(words.word("semicolon")));
            return words.word(kind + (inside ? ".inside" : ".many"), count, list);
        }

        /** "Score at least 80 % in each of A, B and C" reads better than saying the same thing three times. */
        private String columns(String kind, int count, List<Rule> parts) {
            List<String> labels = new ArrayList<>();
            parts.forEach(part -> labels.add(words.column(course, ((Score) part).lineItemId())));
            return words.word("columns." + kind, count, words.list(labels, kind.equals("any") ? "or" : "and"));
        }
    }
}
