package dev.laurel.criteria.rule;

import java.math.BigDecimal;
import java.time.LocalDate;
import java.time.format.DateTimeFormatter;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.springframework.context.MessageSource;

/** The words of sentences, from block {@code rule.sentence} of the message files. */
public final class Words {

    /** A title with any of these could be taken for a part of the sentence, so it is put in quotation marks. */
    private static final Pattern LIKE_WORDS_OF_THE_SENTENCE = Pattern.compile(
            "[,;:()\u201c\u201d\"]|\\b(?:and|or|by|from|to|on|in|without|except|rounded)\\b", Pattern.CASE_INSENSITIVE);

    /** In the language of the words, which are English for everybody. */
    private static final DateTimeFormatter DAY = DateTimeFormatter.ofPattern("d MMMM uuuu", Locale.ENGLISH);

    private static final Set<Byte> RIGHT_TO_LEFT = Set.of(
            Character.DIRECTIONALITY_RIGHT_TO_LEFT,
            Character.DIRECTIONALITY_RIGHT_TO_LEFT_ARABIC,
            Character.DIRECTIONALITY_RIGHT_TO_LEFT_EMBEDDING,
            Character.DIRECTIONALITY_RIGHT_TO_LEFT_OVERRIDE,
            Character.DIRECTIONALITY_RIGHT_TO_LEFT_ISOLATE);

    private static final String FIRST_STRONG_ISOLATE = "\u2068";

    private static final String POP_DIRECTIONAL_ISOLATE = "\u2069";

    private final MessageSource messages;

    private final Locale locale;

    private final int longestTitle;

    Words(MessageSource messages, Locale locale) {
        this(messages, locale, Integer.MAX_VALUE);
    }

    /** @param longestTitle in characters; longer ones are cut */
    Words(MessageSource messages, Locale locale, int longestTitle) {
        this.messages = messages;
        this.locale = locale;
        this.longestTitle = longestTitle;
    }

    /** Numbers are written as they are in every language that a browser asks for: the sentence goes into credentials. */
    String word(String key, Object... arguments) {
        Object[] words = Stream.of(arguments).map(String::valueOf).toArray();
        return messages.getMessage("rule.sentence." + key, words, locale);
    }

    String column(CourseFacts course, long lineItemId) {
        if (course.item(lineItemId) == null) {
            return word("unknown-column");
        }
        String label = course.label(lineItemId).strip();
        if (label.isEmpty()) {
            return word("unnamed-column");
        }
        return LIKE_WORDS_OF_THE_SENTENCE.matcher(label).find() ? word("quoted", apart(label)) : apart(label);
    }

    String badge(CourseFacts course, long achievementId) {
        String name = course.badges().get(achievementId);
        return name == null ? word("unknown-badge") : word("badge-name", apart(name));
    }

    String section(CourseFacts course, String number) {
        String name = course.sections().get(number);
        return name == null ? word("quoted", apart(number)) : word("section", apart(name), number);
    }

    /** A name that is written from right to left must not turn the words around it. */
    String apart(String title) {
        String name = title.codePointCount(0, title.length()) <= longestTitle
                ? title
                : title.substring(0, title.offsetByCodePoints(0, longestTitle)).strip() + "…";
        boolean turns = name.codePoints().mapToObj(Character::getDirectionality).anyMatch(RIGHT_TO_LEFT::contains);
        return turns ? FIRST_STRONG_ISOLATE + name + POP_DIRECTIONAL_ISOLATE : name;
    }

    /** {@code 80 %}, {@code 1 point}, {@code 7.5 points}. */
    String amount(BigDecimal number, Rule.Unit unit) {
        String plain = Numbers.plain(number).toPlainString();
        return unit == Rule.Unit.PERCENT ? word("amount.percent", plain) : count(plain, "amount.point");
    }

    /** The singular or plural of a key. */
    String count(String number, String key) {
        return word(number.equals("1") ? key : key + "s", number);
    }

    /** {@code A}, {@code A and B}, {@code A, B and C}. */
    String list(List<String> words, String and) {
        if (words.size() == 1) {
            return words.get(0);
        }
        String joined = String.join(word("comma"), words.subList(0, words.size() - 1));
        return word("list." + and, joined, words.get(words.size() - 1));
    }

    /** The phrase and what limits it in time. */
    String within(String phrase, Period period) {
        LocalDate from = period.from();
        LocalDate until = period.until();
        if (from != null && until != null) {
            return word("between", phrase, day(from), day(until));
        }
        if (from != null) {
            return word("from", phrase, day(from));
        }
        return until == null ? phrase : word("until", phrase, day(until));
    }

    /**
     * The phrase and what differs from {@link Terms#STANDARD}. Being open where nothing is known needs no words: whether it
     * waits or is not reached, it is not earned. So it is with being excused where that does not help.
     */
    String under(String phrase, Terms terms) {
        String said = phrase;
        if (terms.late() == Terms.Late.DOES_NOT_COUNT) {
            said = word("on-time", said);
        }
        if (terms.decimals() != null) {
            said = switch (terms.decimals()) {
                case 0 -> word("rounded.whole", said);
                case 1 -> word("rounded.decimal", said);
                default -> word("rounded.decimals", said, terms.decimals());
            };
        }
        if (terms.excused() == Terms.Excused.MET) {
            said = word("excused.met", said);
        } else if (terms.excused() != Terms.Excused.IGNORED) {
            said = word("excused.not-met", said);
        }
        return said;
    }

    private static String day(LocalDate day) {
        return DAY.format(day);
    }
}
