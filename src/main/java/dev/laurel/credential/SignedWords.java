package dev.laurel.credential;

import dev.laurel.achievement.Alignment;
import dev.laurel.achievement.IssuerDetails;
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
 * @param website of the issuer, absolute http or https, or its page at Laurel; {@code null} where it says none
 * @param parent the organisation that the issuer belonged to; {@code null} where it says none
 * @param assessment how the badge was assessed, in words worked out from the facts; {@code null} where it does not say
 */
public record SignedWords(
        @Nullable String issuer,
        @Nullable String website,
        IssuerDetails.@Nullable Parent parent,
        @Nullable String assessment) {

    private static final SignedWords NONE = new SignedWords(null, null, null, null);

    static SignedWords by(byte[] embedded) {
        try {
            JsonObject credential = JsonBytes.parse(embedded);
            JsonObject issuer = object(credential, "issuer");
            return issuer == null
                    ? new SignedWords(null, null, null, assessment(credential))
                    : new SignedWords(text(issuer, "name"), url(issuer), parent(issuer), assessment(credential));
        } catch (BadCredentialException e) {
            return NONE;
        }
    }

    private static @Nullable JsonObject object(JsonObject json, String name) {
        return json.get(name) instanceof JsonObject object ? object : null;
    }

    private static @Nullable String text(JsonObject json, String name) {
        return json.getString(name, null);
    }

    private static @Nullable String url(JsonObject profile) {
        String url = text(profile, "url");
        return url != null && Alignment.isUrl(url) ? url : null;
    }

    private static IssuerDetails.@Nullable Parent parent(JsonObject issuer) {
        JsonObject parent = object(issuer, "parentOrg");
        String name = parent == null ? null : text(parent, "name");
        String url = parent == null ? null : url(parent);
        return name == null || name.isBlank() || url == null ? null : new IssuerDetails.Parent(name, url);
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
