package dev.laurel.context;

import org.jspecify.annotations.Nullable;

/** Personal data of one person, as the platform last gave it. Never stored outside this module, never logged. */
public record Profile(
        @Nullable String name,
        @Nullable String givenName,
        @Nullable String familyName,
        @Nullable String email) {

    /** What to call this person on a page that they or their teachers see: a name, else the e-mail, else a stand-in. */
    public String displayName(String standIn) {
        if (name != null && !name.isBlank()) {
            return name;
        }
        String joined = ((givenName == null ? "" : givenName) + " " + (familyName == null ? "" : familyName)).trim();
        if (!joined.isEmpty()) {
            return joined;
        }
        return email != null && !email.isBlank() ? email : standIn;
    }
}
