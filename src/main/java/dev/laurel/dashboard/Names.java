package dev.laurel.dashboard;

import dev.laurel.context.Contexts;
import dev.laurel.context.Profile;
import dev.laurel.platform.tenant.TenantId;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.context.MessageSource;
import org.springframework.context.i18n.LocaleContextHolder;
import org.springframework.stereotype.Component;

/** People as pages call them, with a stand-in where the LMS told no name or nothing is known any more. */
@Component
public class Names {

    private final Contexts contexts;

    private final MessageSource messages;

    Names(Contexts contexts, MessageSource messages) {
        this.contexts = contexts;
        this.messages = messages;
    }

    public String of(@Nullable Profile profile) {
        String standIn = messages.getMessage("person.unknown", null, LocaleContextHolder.getLocale());
        return profile == null ? standIn : profile.displayName(standIn);
    }

    public String of(TenantId tenant, long personId) {
        return of(contexts.profiles(tenant, List.of(personId)).get(personId));
    }
}
