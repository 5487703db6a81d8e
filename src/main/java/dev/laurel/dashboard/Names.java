package dev.laurel.dashboard;

import dev.laurel.context.Contexts;
import dev.laurel.context.Profile;
import dev.laurel.platform.tenant.TenantId;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
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

    /** By person; one statement however many they are. */
    public Map<Long, String> of(TenantId tenant, Collection<Long> people) {
        Map<Long, Profile> profiles = contexts.profiles(tenant, people);
        Map<Long, String> names = new HashMap<>();
        people.forEach(person -> names.put(person, of(profiles.get(person))));
        return names;
    }
}
