package dev.laurel.credential;

import dev.laurel.credential.proof.JsonBytes;
import dev.laurel.credential.proof.PinnedContexts;
import jakarta.json.JsonArrayBuilder;
import jakarta.json.JsonObject;
import jakarta.json.JsonObjectBuilder;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.HexFormat;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * What a credential says, before any proof: the one model that every format is written from. It names nobody: the subject is
 * a random id of this award only, and the identifier a salted hash that only who knows the person's id in the LMS can check.
 *
 * @see <a href="https://www.imsglobal.org/spec/ob/v3p0/#achievementcredential">Open Badges 3.0, AchievementCredential</a>
 */
record AchievementCredential(
        UUID id,
        IssuerProfile issuer,
        Instant validFrom,
        UUID subjectId,
        @Nullable HashedIdentity identity,
        Badge badge,
        @Nullable CredentialStatus status) {

    /** {@code url} is the issuer's page. */
    record IssuerProfile(String did, String url, String name) {}

    /** The achievement; {@code id} and {@code imageUrl} are public URLs. */
    record Badge(
            String id,
            String type,
            String name,
            String description,
            String criteria,
            String imageUrl,
            String altText) {}

    /** The id of the holder in the LMS, hashed with a salt that is random for each award. */
    record HashedIdentity(String identityHash, String salt) {

        static HashedIdentity of(String identifier, byte[] randomSalt) {
            String salt = HexFormat.of().formatHex(randomSalt);
            return new HashedIdentity("sha256$" + HexFormat.of().formatHex(sha256(identifier + salt)), salt);
        }

        private static byte[] sha256(String text) {
            try {
                return MessageDigest.getInstance("SHA-256").digest(text.getBytes(StandardCharsets.UTF_8));
            } catch (NoSuchAlgorithmException e) {
                throw new IllegalStateException(e);
            }
        }
    }

    JsonObject toJson() {
        JsonObjectBuilder credential = object().add(
                        "@context", array(PinnedContexts.OF_AN_ACHIEVEMENT_CREDENTIAL.toArray(String[]::new)))
                .add("id", "urn:uuid:" + id)
                .add("type", array("VerifiableCredential", "AchievementCredential", "OpenBadgeCredential"))
                .add("name", badge.name())
                .add("issuer", issuerJson())
                .add("validFrom", validFrom.truncatedTo(ChronoUnit.SECONDS).toString())
                .add("credentialSubject", subjectJson());
        if (status != null) {
            credential.add("credentialStatus", status.toJson());
        }
        return credential.build();
    }

    private JsonObjectBuilder issuerJson() {
        return object().add("id", issuer.did())
                .add("type", array("Profile"))
                .add("name", issuer.name())
                .add("url", issuer.url());
    }

    private JsonObjectBuilder subjectJson() {
        JsonObjectBuilder subject =
                object().add("id", "urn:uuid:" + subjectId).add("type", array("AchievementSubject"));
        if (identity != null) {
            subject.add(
                    "identifier",
                    JsonBytes.JSON
                            .createArrayBuilder()
                            .add(object().add("type", "IdentityObject")
                                    .add("hashed", true)
                                    .add("identityHash", identity.identityHash())
                                    .add("identityType", "ltiUserId")
                                    .add("salt", identity.salt())));
        }
        return subject.add("achievement", badgeJson());
    }

    private JsonObjectBuilder badgeJson() {
        return object().add("id", badge.id())
                .add("type", array("Achievement"))
                .add("achievementType", badge.type())
                .add("name", badge.name())
                .add("description", badge.description())
                .add("criteria", object().add("narrative", badge.criteria()))
                .add(
                        "image",
                        object().add("id", badge.imageUrl())
                                .add("type", "Image")
                                .add("caption", badge.altText()));
    }

    private static JsonObjectBuilder object() {
        return JsonBytes.JSON.createObjectBuilder();
    }

    private static JsonArrayBuilder array(String... values) {
        JsonArrayBuilder array = JsonBytes.JSON.createArrayBuilder();
        for (String value : values) {
            array.add(value);
        }
        return array;
    }
}
