package dev.laurel.credential;

import dev.laurel.achievement.Alignment;
import dev.laurel.credential.proof.JsonBytes;
import dev.laurel.credential.proof.PinnedContexts;
import jakarta.json.JsonArrayBuilder;
import jakarta.json.JsonObject;
import jakarta.json.JsonObjectBuilder;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.HexFormat;
import java.util.List;
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
        @Nullable Instant validUntil,
        UUID subjectId,
        @Nullable HashedIdentity identity,
        Badge badge,
        @Nullable Tier tier,
        @Nullable Decision decision,
        @Nullable CredentialStatus status) {

    /** {@code url} is the issuer's page. */
    record IssuerProfile(String did, String url, String name) {}

    /**
     * The achievement; {@code id} and {@code imageUrl} are public URLs.
     *
     * @param credits what it is worth; {@code null} where nothing was said
     * @param alignments what it stands for in frameworks of others
     */
    record Badge(
            String id,
            String type,
            String name,
            String description,
            String criteria,
            String imageUrl,
            String altText,
            @Nullable BigDecimal credits,
            List<Alignment> alignments) {}

    /**
     * The tier of the badge that was reached, as a level of its one criterion.
     *
     * @param names of all tiers, the lowest first
     * @param rank 1 is the lowest
     * @see <a href="https://www.imsglobal.org/spec/ob/v3p0/#resultdescription">Open Badges 3.0, ResultDescription</a>
     */
    record Tier(List<String> names, int rank) {

        /** One badge may have other tiers in another course, so the id is made of what they are. */
        private String id(String achievement, String part) {
            String tiers = achievement + "\n" + String.join("\n", names) + "\n" + part;
            return "urn:uuid:" + UUID.nameUUIDFromBytes(tiers.getBytes(StandardCharsets.UTF_8));
        }

        private String levelId(String achievement, int level) {
            return id(achievement, Integer.toString(level));
        }
    }

    /**
     * The record of the decision, which says more of the holder than the credential: only its hash is told.
     *
     * @param url where it is said how to check it
     * @param hash SHA-256, hexadecimal
     */
    record Decision(String url, String hash) {}

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

    /** The same, silent about the tier and about there being any. */
    AchievementCredential withoutTier() {
        return new AchievementCredential(
                id, issuer, validFrom, validUntil, subjectId, identity, badge, null, decision, status);
    }

    JsonObject toJson() {
        JsonObjectBuilder credential = object().add(
                        "@context", array(PinnedContexts.OF_AN_ACHIEVEMENT_CREDENTIAL.toArray(String[]::new)))
                .add("id", "urn:uuid:" + id)
                .add("type", array("VerifiableCredential", "AchievementCredential", "OpenBadgeCredential"))
                .add("name", badge.name())
                .add("issuer", issuerJson())
                .add("validFrom", validFrom.truncatedTo(ChronoUnit.SECONDS).toString());
        if (validUntil != null) {
            credential.add(
                    "validUntil", validUntil.truncatedTo(ChronoUnit.SECONDS).toString());
        }
        credential.add("credentialSubject", subjectJson());
        if (decision != null) {
            credential.add("evidence", list(evidenceJson(decision)));
        }
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
                    list(object().add("type", "IdentityObject")
                            .add("hashed", true)
                            .add("identityHash", identity.identityHash())
                            .add("identityType", "ltiUserId")
                            .add("salt", identity.salt())));
        }
        if (badge.credits() != null) {
            subject.add("creditsEarned", plain(badge.credits()));
        }
        if (tier != null) {
            subject.add(
                    "result",
                    list(object().add("type", array("Result"))
                            .add("resultDescription", tier.id(badge.id(), ""))
                            .add("achievedLevel", tier.levelId(badge.id(), tier.rank()))));
        }
        return subject.add("achievement", badgeJson());
    }

    private JsonObjectBuilder badgeJson() {
        JsonObjectBuilder achievement = object().add("id", badge.id())
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
        if (badge.credits() != null) {
            achievement.add("creditsAvailable", plain(badge.credits()));
        }
        if (!badge.alignments().isEmpty()) {
            JsonArrayBuilder alignments = JsonBytes.JSON.createArrayBuilder();
            badge.alignments().forEach(each -> alignments.add(alignmentJson(each)));
            achievement.add("alignment", alignments);
        }
        if (tier != null) {
            achievement.add("resultDescription", list(tiersJson(tier)));
        }
        return achievement;
    }

    private static JsonObjectBuilder alignmentJson(Alignment alignment) {
        JsonObjectBuilder json = object().add("type", array("Alignment"))
                .add("targetName", alignment.targetName())
                .add("targetUrl", alignment.targetUrl());
        if (alignment.targetCode() != null) {
            json.add("targetCode", alignment.targetCode());
        }
        if (alignment.targetFramework() != null) {
            json.add("targetFramework", alignment.targetFramework());
        }
        return json;
    }

    private JsonObjectBuilder tiersJson(Tier all) {
        JsonArrayBuilder levels = JsonBytes.JSON.createArrayBuilder();
        for (int rank = 1; rank <= all.names().size(); rank++) {
            levels.add(object().add("id", all.levelId(badge.id(), rank))
                    .add("type", array("RubricCriterionLevel"))
                    .add("name", all.names().get(rank - 1))
                    .add("level", Integer.toString(rank)));
        }
        return object().add("id", all.id(badge.id(), ""))
                .add("type", array("ResultDescription"))
                .add("name", "Level")
                .add("resultType", "RubricCriterionLevel")
                .add("rubricCriterionLevel", levels);
    }

    private static JsonObjectBuilder evidenceJson(Decision record) {
        return object().add("id", record.url())
                .add("type", array("Evidence"))
                .add("name", "Decision record")
                .add(
                        "narrative",
                        "The holder can show the record of the decision, which says what was reached and what it took."
                                + " Its hash (SHA-256 of its canonical JSON, RFC 8785) is sha256$" + record.hash());
    }

    /** JSON numbers of one value must be one text: 3 and 3.00 are signed alike. */
    private static BigDecimal plain(BigDecimal number) {
        BigDecimal stripped = number.stripTrailingZeros();
        return stripped.scale() < 0 ? stripped.setScale(0) : stripped;
    }

    private static JsonArrayBuilder list(JsonObjectBuilder only) {
        return JsonBytes.JSON.createArrayBuilder().add(only);
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
