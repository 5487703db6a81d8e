package dev.laurel.credential;

import dev.laurel.credential.proof.PinnedContexts;
import dev.laurel.platform.secrets.Sha256;
import jakarta.json.JsonObject;
import jakarta.json.JsonObjectBuilder;
import java.time.Instant;
import java.util.HexFormat;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * What a credential says, before any proof: the one model that every format is written from. It names nobody: the subject is
 * a random id of this award only, and the identifier a salted hash that only who knows the person's id in the LMS can check.
 *
 * @param source who assessed, where that is not the issuer itself
 * @see <a href="https://www.imsglobal.org/spec/ob/v3p0/#achievementcredential">Open Badges 3.0, AchievementCredential</a>
 */
record AchievementCredential(
        UUID id,
        IssuerProfile issuer,
        Dates dates,
        Holder holder,
        Badge badge,
        Outcome outcome,
        @Nullable Assessor source,
        List<Evidence> evidence,
        @Nullable CredentialStatus status) {

    static final List<String> TYPES = List.of("VerifiableCredential", "AchievementCredential", "OpenBadgeCredential");

    AchievementCredential {
        evidence = List.copyOf(evidence);
    }

    /**
     * When it was decided, from when it may be shown, and when it ends; UTC.
     *
     * @param validUntil {@code null}: for ever
     */
    record Dates(
            Instant awarded, Instant validFrom, @Nullable Instant validUntil) {}

    /** @param identity {@code null} where the holder has no account in an LMS any more */
    record Holder(UUID id, @Nullable HashedIdentity identity) {}

    /** The course that assessed on behalf of an issuer of the institution. */
    record Assessor(String id, String name) {}

    /** The id of the holder in the LMS, hashed with a salt that is random for each award. */
    record HashedIdentity(String identityHash, String salt) {

        static HashedIdentity of(String identifier, byte[] randomSalt) {
            String salt = HexFormat.of().formatHex(randomSalt);
            byte[] hash = Sha256.of(identifier + salt);
            return new HashedIdentity("sha256$" + HexFormat.of().formatHex(hash), salt);
        }

        private JsonObjectBuilder toJson() {
            return Json.object()
                    .add("type", "IdentityObject")
                    .add("hashed", true)
                    .add("identityHash", identityHash)
                    .add("identityType", "ltiUserId")
                    .add("salt", salt);
        }
    }

    /** The same, saying no more than this of what was reached. */
    AchievementCredential with(Outcome other) {
        return new AchievementCredential(id, issuer, dates, holder, badge, other, source, evidence, status);
    }

    JsonObject toJson() {
        JsonObjectBuilder credential = Json.object()
                .add("@context", Json.array(PinnedContexts.OF_AN_ACHIEVEMENT_CREDENTIAL))
                .add("id", "urn:uuid:" + id)
                .add("type", Json.array(TYPES))
                .add("name", badge.name())
                .add("issuer", issuer.toJson())
                .add("awardedDate", Json.time(dates.awarded()))
                .add("validFrom", Json.time(dates.validFrom()));
        Json.put(credential, "validUntil", dates.validUntil());
        credential.add("credentialSubject", subjectJson());
        Json.putList(credential, "evidence", evidence, Evidence::toJson);
        Json.put(credential, "credentialStatus", status == null ? null : status.toJson());
        return credential.build();
    }

    private JsonObjectBuilder subjectJson() {
        JsonObjectBuilder subject = Json.object()
                .add("id", "urn:uuid:" + holder.id())
                .add("type", Json.array(List.of("AchievementSubject")));
        if (holder.identity() != null) {
            subject.add("identifier", Json.list(List.of(holder.identity()), HashedIdentity::toJson));
        }
        Json.put(subject, "creditsEarned", badge.credits());
        Json.put(subject, "source", source == null ? null : IssuerProfile.profile(source.id(), source.name(), null));
        JsonObjectBuilder achievement = badge.toJson();
        if (!outcome.saysNothing()) {
            subject.add("result", outcome.results(badge.id()));
            achievement.add("resultDescription", outcome.descriptions(badge.id()));
        }
        return subject.add("achievement", achievement);
    }
}
