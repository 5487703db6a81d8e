package dev.laurel.platform.wording;

import org.jspecify.annotations.Nullable;
import org.springframework.context.MessageSource;
import org.springframework.context.i18n.LocaleContextHolder;
import org.springframework.stereotype.Component;

/** What is said to whoever made the request, in the language of that request. */
@Component
public class Wording {

    private final MessageSource messages;

    Wording(MessageSource messages) {
        this.messages = messages;
    }

    /**
     * @param words for the places of the text, in their order
     * @throws org.springframework.context.NoSuchMessageException where no message file has the key
     */
    public String say(String key, @Nullable Object... words) {
        return messages.getMessage(key, words, LocaleContextHolder.getLocale());
    }
}
