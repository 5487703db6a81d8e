package dev.laurel.context;

import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Personal data of one person, as the platform last gave it. Never stored outside this module, never logged.
 *
 * @param sisId the id under which the institution's student system knows the person
 */
public record Profile(
        @Nullable String name,
        @Nullable String givenName,
        @Nullable String familyName,
        @Nullable String email,
        @Nullable String sisId) {

    /** Of somebody of whom no platform tells anything. */
    public static final Profile UNKNOWN = new Profile(null, null, null, null, null);

    /** What to call this person on a page that they or their teachers see: a name, else the e-mail, else a stand-in. */
    public String displayName(String standIn) {
        return fullName().orElse(email != null && !email.isBlank() ? email : standIn);
    }

    /** The first letters of the first and the last word of the name, such as {@code A. L.} */
    public Optional<String> initials() {
        return fullName().map(full -> {
            String[] words = full.strip().split("\\s+");
            String first = initial(words[0]);
            return words.length == 1 ? first : first + " " + initial(words[words.length - 1]);
        });
    }

    private static String initial(String word) {
        return new String(Character.toChars(Character.toUpperCase(word.codePointAt(0)))) + ".";
    }

    /** The name, which alone may stand on a page for others. */
    public Optional<String> fullName() {
        if (name != null && !name.isBlank()) {
            return Optional.of(name);
        }
        String joined = ((givenName == null ? "" : givenName) + " " + (familyName == null ? "" : familyName)).trim();
        return joined.isEmpty() ? Optional.empty() : Optional.of(joined);
    }
}
