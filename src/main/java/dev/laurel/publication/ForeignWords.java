package dev.laurel.publication;

import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/** {@link ForeignText} for templates: {@code ${@foreign.shown(text)}}. */
@Component("foreign")
class ForeignWords {

    public String shown(String text) {
        return ForeignText.shown(text);
    }

    /** @param host of whoever vouches, with or without a port; {@code null}: nobody does */
    public boolean mixesAlphabets(String name, @Nullable String host) {
        return ForeignText.mixesAlphabets(name)
                || host != null && ForeignText.hostMixesAlphabets(host.replaceAll(":\\d+$", ""));
    }
}
