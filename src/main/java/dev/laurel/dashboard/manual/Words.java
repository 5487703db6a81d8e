package dev.laurel.dashboard.manual;

import dev.laurel.gradebook.manual.EntryRefusedException;
import java.util.Locale;
import org.springframework.context.MessageSource;
import org.springframework.context.i18n.LocaleContextHolder;
import org.springframework.stereotype.Component;

/** What the pages of this package say after something was entered. */
@Component
class Words {

    private final MessageSource messages;

    Words(MessageSource messages) {
        this.messages = messages;
    }

    String say(String key, Object... words) {
        return messages.getMessage(key, words, LocaleContextHolder.getLocale());
    }

    String refusal(EntryRefusedException refused) {
        return say("entry.refused."
                + refused.reason().name().toLowerCase(Locale.ROOT).replace('_', '-'));
    }
}
