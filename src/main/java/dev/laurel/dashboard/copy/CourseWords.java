package dev.laurel.dashboard.copy;

import org.springframework.context.MessageSource;
import org.springframework.context.i18n.LocaleContextHolder;
import org.springframework.stereotype.Component;

/** What badges say of the course that they were made for, where another one takes them over. */
@Component
public class CourseWords {

    /** In no title: browsers do not send it. */
    private static final String MARK = "\u0000";

    private final MessageSource messages;

    CourseWords(MessageSource messages) {
        this.messages = messages;
    }

    /** A description that Laurel filled in names this course now; any other stays as it is. */
    public String moved(String description, String from, String to) {
        String[] one = words("badge.description.one", from).split(MARK, 2);
        if (description.startsWith(one[0]) && description.endsWith(one[1])) {
            String of = description.substring(one[0].length(), description.length() - one[1].length());
            return words("badge.description.one", to).replace(MARK, of);
        }
        return description.equals(words("badge.description.several", from))
                ? words("badge.description.several", to)
                : description;
    }

    /** Whether these words, once they are moved, name the course that they come from still. */
    public boolean staysNamed(String from, String to, String description, String... others) {
        if (from.isBlank() || to.contains(from)) {
            return false;
        }
        return (moved(description, from, to) + MARK + String.join(MARK, others)).contains(from);
    }

    private String words(String key, String course) {
        return messages.getMessage(key, new Object[] {MARK, course}, LocaleContextHolder.getLocale());
    }
}
