package dev.laurel.credential;

import dev.laurel.context.Profile;
import dev.laurel.credential.document.Json;
import dev.laurel.credential.proof.JsonBytes;
import jakarta.json.JsonObject;
import jakarta.json.JsonObjectBuilder;
import java.util.Locale;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * What a badge says of its holder because she asked for it. Personal data: it is kept under her key only.
 *
 * @param name in plain text in the badge
 * @param email in lower case; the badge holds only its salted hash
 */
public record Named(@Nullable String name, @Nullable String email) {

    /** What a badge says of its holder unless she asks for more. */
    public static final Named NOTHING = new Named(null, null);

    private static final int LONGEST = 300;

    /** All that could be said of this person, as the LMS last told it. */
    public static Named of(Profile profile) {
        return new Named(
                profile.fullName().map(String::strip).filter(Named::fits).orElse(null),
                Optional.ofNullable(profile.email())
                        .map(email -> email.strip().toLowerCase(Locale.ROOT))
                        .filter(email -> email.indexOf('@') > 0 && fits(email))
                        .orElse(null));
    }

    /** The same with this address where the LMS tells none. */
    Named orEmail(String other) {
        String folded = other.strip().toLowerCase(Locale.ROOT);
        return email == null && fits(folded) ? new Named(name, folded) : this;
    }

    private static boolean fits(String text) {
        return !text.isEmpty() && text.length() <= LONGEST;
    }

    /** Only what is asked for, as far as it is there. */
    public Named only(boolean withName, boolean withEmail) {
        return new Named(withName ? name : null, withEmail ? email : null);
    }

    /** Whether the badge says nothing of who its holder is. */
    public boolean isNothing() {
        return name == null && email == null;
    }

    byte[] toBytes() {
        JsonObjectBuilder json = Json.object();
        Json.put(json, "name", name);
        Json.put(json, "email", email);
        return JsonBytes.write(json.build());
    }

    /** What {@link #toBytes} wrote. */
    public static Named read(byte[] bytes) {
        JsonObject json = JsonBytes.parse(bytes);
        return new Named(json.getString("name", null), json.getString("email", null));
    }
}
