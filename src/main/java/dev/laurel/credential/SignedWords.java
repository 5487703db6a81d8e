package dev.laurel.credential;

import dev.laurel.credential.document.Evidence;
import dev.laurel.credential.proof.BadCredentialException;
import dev.laurel.credential.proof.JsonBytes;
import jakarta.json.JsonArray;
import jakarta.json.JsonObject;
import jakarta.json.JsonValue;
import org.jspecify.annotations.Nullable;

/**
 * What a signed credential says for pages, whatever was edited since.
 *
 * @param issuer the name of the issuer when it was signed; {@code null} where it says none
 * @param assessment how the badge was assessed, in words worked out from the facts; {@code null} where it does not say
 */
public record SignedWords(@Nullable String issuer, @Nullable String assessment) {

    static SignedWords by(byte[] embedded) {
        try {
            JsonObject credential = JsonBytes.parse(embedded);
            return new SignedWords(issuer(credential), assessment(credential));
        } catch (BadCredentialException e) {
            return new SignedWords(null, null);
        }
    }

    private static @Nullable String issuer(JsonObject credential) {
        return credential.get("issuer") instanceof JsonObject issuer ? issuer.getString("name", null) : null;
    }

    private static @Nullable String assessment(JsonObject credential) {
        return credential.get("evidence") instanceof JsonArray evidence
                ? evidence.stream()
                        .filter(JsonObject.class::isInstance)
                        .map(JsonValue::asJsonObject)
                        .filter(each -> Evidence.ASSESSMENT.equals(each.getString("genre", null)))
                        .map(each -> each.getString("narrative", ""))
                        .filter(narrative -> !narrative.isBlank())
                        .findFirst()
                        .orElse(null)
                : null;
    }
}
