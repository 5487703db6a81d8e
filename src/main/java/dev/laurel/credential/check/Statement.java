package dev.laurel.credential.check;

import dev.laurel.platform.secrets.Sha256;
import java.time.Instant;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * What a badge, or an endorsement, says. It is text of strangers: whether it is true is what the checks are about, and nothing in
 * it is a safe link or markup. Texts are cut after 2,000 characters, lists after 50.
 *
 * @param endorsement an EndorsementCredential: {@code subject} is what is endorsed, and {@code description} the comment
 * @param criteria narrative, or else the address of one
 * @param subject whom it was given to, a DID, URN or {@code mailto:}; {@code null} where only {@code identities} tell it
 * @param image address of a picture; never a {@code data:} one
 */
public record Statement(
        boolean endorsement,
        @Nullable String id,
        @Nullable String name,
        @Nullable String description,
        @Nullable String criteria,
        @Nullable String achievement,
        @Nullable String issuer,
        @Nullable String issuerName,
        @Nullable String issuerUrl,
        @Nullable String subject,
        List<Identity> identities,
        List<Target> alignments,
        @Nullable Instant from,
        @Nullable Instant until,
        @Nullable String image) {

    /** What an achievement is aligned to. */
    public record Target(@Nullable String name, String url) {}

    /**
     * A way to recognise whom it was given to.
     *
     * @param type {@code emailAddress} or another of Open Badges 3.0; those of 2.0 are written in the same words
     * @param value the identifier, or {@code sha256$…} of it with the salt behind
     */
    public record Identity(String type, String value, boolean hashed, String salt) {

        private static final String SHA256 = "sha256$";

        /** Whether this is it, as written or in lower case. */
        public boolean isOf(String identifier) {
            return isExactly(identifier) || isExactly(identifier.toLowerCase(Locale.ROOT));
        }

        private boolean isExactly(String identifier) {
            if (!hashed) {
                return value.equals(identifier);
            }
            String hash = HexFormat.of().formatHex(Sha256.of(identifier + salt));
            return value.startsWith(SHA256) && value.substring(SHA256.length()).equalsIgnoreCase(hash);
        }
    }
}
