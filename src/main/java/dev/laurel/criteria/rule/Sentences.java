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

    /** As long as the criteria text of a badge can be. */
    private static final int LONGEST = 4_000;

    /** A hundred long titles would not fit; then each is cut, first a little and then more. */
    private static final int[] LONGEST_TITLES = {Integer.MAX_VALUE, 80, 40, 15};

    private final MessageSource messages;

    Sentences(MessageSource messages) {
        this.messages = messages;
    }

    /**
     * Without a full stop. Two rules that award differently never say the same; {@link Excuses} are said once, for all of
     * it.
     */
    public String of(Rule rule, CourseFacts course) {
        String sentence = "";
        for (int longestTitle : LONGEST_TITLES) {
            sentence = of(rule, course, new Words(messages, LocaleContextHolder.getLocale(), longestTitle));
            if (sentence.length() <= LONGEST) {
                return sentence;
            }
        }
        int end = sentence.offsetByCodePoints(0, sentence.codePointCount(0, LONGEST - 2));
        return sentence.substring(0, end) + "…";
    }

    private static String of(Rule rule, CourseFacts course, Words words) {
        String phrase = new Speaker(words, course).whole(rule);
        int first = phrase.offsetByCodePoints(0, 1);
        String sentence = phrase.substring(0, first).toUpperCase(Locale.ROOT) + phrase.substring(first);
        return Excuses.canHelp(rule) ? words.word("excuses", sentence) : sentence;
    }

    /** What stands around a phrase, and so how it must be closed off. */
    private enum Place {
        /** Nothing. */
        ALONE,
        /** Semicolons. */
        LISTED,
        /** "And" or "or", or what comes after. */
        PAIRED,
        /** "And" before it and nothing after it. */
        LAST
    }

    private record Speaker(Words words, CourseFacts course) {

        String whole(Rule rule) {
            if (!(rule instanceof Rule.Levels levels)) {
                return phrase(rule, Place.ALONE);
            }
            List<String> tiers = new ArrayList<>();
            for (Rule.Levels.Level level : levels.levels()) {
                String key = tiers.isEmpty() ? "level" : "level.higher";
                tiers.add(words.word(key, words.apart(level.name()), phrase(level.rule(), Place.LISTED)));
            }
            return String.join(words.word("semicolon"), tiers);
        }

        private String phrase(Rule rule, Place place) {
            if (rule instanceof Rule.Leaf leaf) {
                return leaf.phrase(words, course);
            }
            Rule.Joined joined = (Rule.Joined) rule;
            List<Rule> parts = joined.parts();
            if (joined.needed() == parts.size() && !(joined instanceof Rule.AnyOf)) {
                return combined("all", parts.size(), parts, place);
            }
            return joined.needed() == 1
                    ? combined("any", 1, parts, place)
                    : combined("some", joined.needed(), parts, place);
        }

        private String combined(String kind, int count, List<Rule> parts, Place place) {
            if (parts.size() == 1) {
                return phrase(parts.get(0), place);
            }
            if (parts.get(0) instanceof Score first && parts.stream().allMatch(first::asksTheSame)) {
                return first.phrase(words, columns(kind, count, parts));
            }
            if (parts.size() == 2 && !kind.equals("some") && place != Place.PAIRED) {
                String one = phrase(parts.get(0), Place.PAIRED);
                boolean last = place == Place.ALONE && kind.equals("all");
                String other = phrase(parts.get(1), last ? Place.LAST : Place.PAIRED);
                boolean simple = parts.stream().allMatch(part -> part instanceof Rule.Leaf);
                boolean closed = place != Place.LAST || kind.equals("any");
                // Of "this, by Monday and that" nobody knows what is due by Monday.
                if (closed && (simple || place == Place.ALONE) && !(one + other).contains(words.word("comma"))) {
                    return words.word(kind + ".two", one, other);
                }
            }
            String list = parts.stream()
                    .map(part -> phrase(part, Place.LISTED))
                    .collect(Collectors.joining(words.word("semicolon")));
            return words.word(kind + (place == Place.ALONE ? ".many" : ".inside"), count, list);
        }

        /** "Score at least 80 % in each of A, B and C" reads better than saying the same thing three times. */
        private String columns(String kind, int count, List<Rule> parts) {
            List<String> labels = new ArrayList<>();
            parts.forEach(part -> labels.add(words.column(course, ((Score) part).lineItemId())));
            return words.word("columns." + kind, count, words.list(labels, kind.equals("any") ? "or" : "and"));
        }
    }
}
