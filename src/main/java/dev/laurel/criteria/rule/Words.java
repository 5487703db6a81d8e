package dev.laurel.criteria.rule;

import java.math.BigDecimal;
import java.time.LocalDate;
import java.time.format.DateTimeFormatter;
import java.util.List;
import java.util.Locale;
import org.springframework.context.MessageSource;

/** The words of sentences, from block {@code rule.sentence} of the message files. */
public final class Words {

    private final MessageSource messages;

    private final Locale locale;

    Words(MessageSource messages, Locale locale) {
        this.messages = messages;
        this.locale = locale;
    }

    String word(String key, Object... arguments) {
        return messages.getMessage("rule.sentence." + key, arguments, locale);
    }

    String column(CourseFacts course, long lineItemId) {
        return course.item(lineItemId) == null ? word("unknown-column") : course.label(lineItemId);
    }

    String badge(CourseFacts course, long achievementId) {
        return course.badges().getOrDefault(achievementId, word("unknown-badge"));
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

    /** The phrase and what differs from {@link Terms#STANDARD}. Being open where nothing is known needs no words. */
    String under(String phrase, Terms terms) {
        String said = phrase;
        if (terms.late() == Terms.Late.DOES_NOT_COUNT) {
            said = word("on-time", said);
        }
        if (terms.decimals() != null) {
            said = terms.decimals() == 0
                    ? word("rounded.whole", said)
                    : word("rounded.decimals", said, terms.decimals());
        }
        if (terms.excused() == Terms.Excused.MET) {
            said = word("excused.met", said);
        } else if (terms.excused() == Terms.Excused.NOT_MET) {
            said = word("excused.not-met", said);
        }
        return said;
    }

    private String day(LocalDate day) {
        return DateTimeFormatter.ofPattern("d MMMM uuuu", locale).format(day);
    }
}
