package dev.laurel.credential.document;

import dev.laurel.credential.proof.PinnedContexts;
import dev.laurel.credential.status.CredentialStatus;
import jakarta.json.JsonObject;
import jakarta.json.JsonObjectBuilder;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * What a credential says, before any proof: the one model that every format is written from. It names nobody unless its holder
 * asks for it: the subject is a random id of this award only, and the identifier a salted hash that only who knows the
 * person's id in the LMS can check.
 *
 * @param source who assessed, where that is not the issuer itself
 * @param refreshAt the address at which whoever has this one asks for the newest; {@code null}: it cannot be asked for
 * @see <a href="https://www.imsglobal.org/spec/ob/v3p0/#achievementcredential">Open Badges 3.0, AchievementCredential</a>
 */
public record AchievementCredential(
        UUID id,
        IssuerProfile issuer,
        Dates dates,
        Holder holder,
        Badge badge,
        Outcome outcome,
        @Nullable Assessor source,
        List<Evidence> evidence,
        @Nullable CredentialStatus status,
        @Nullable String refreshAt) {

    static final String REFRESH = "1EdTechCredentialRefresh";

    static final List<String> TYPES = List.of("VerifiableCredential", "AchievementCredential", "OpenBadgeCredential");

    public AchievementCredential {
        evidence = List.copyOf(evidence);
    }

    /**
     * When it was decided, from when it may be shown, and when it ends; UTC.
     *
     * @param validUntil {@code null}: for ever
     */
    record Dates(
            Instant awarded, Instant validFrom, @Nullable Instant validUntil) {}

    /** @param identities none where the holder has no account in an LMS any more */
    record Holder(UUID id, List<HolderIdentity> identities) {

        Holder {
            identities = List.copyOf(identities);
        }
    }

    /** The course that assessed on behalf of an issuer of the institution. */
    record Assessor(String id, String name) {}

    /** The same, saying no more than this of what was reached. */
    AchievementCredential with(Outcome other) {
        return new AchievementCredential(id, issuer, dates, holder, badge, other, source, evidence, status, refreshAt);
    }

    /** The same, resting on these too. */
    AchievementCredential with(List<Evidence> more) {
        List<Evidence> all = Stream.concat(evidence.stream(), more.stream()).toList();
        return new AchievementCredential(id, issuer, dates, holder, badge, outcome, source, all, status, refreshAt);
    }

    /** The same, of which whoever has it cannot ask for the newest. */
    public AchievementCredential withoutRefresh() {
        return new AchievementCredential(id, issuer, dates, holder, badge, outcome, source, evidence, status, null);
    }

    public JsonObject toJson() {
        JsonObjectBuilder credential = Json.object()
                .add("@context", Json.array(contexts()))
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
        if (refreshAt != null) {
            credential.add("refreshService", Json.object().add("id", refreshAt).add("type", REFRESH));
        }
        return credential.build();
    }

    private List<String> contexts() {
        boolean extended = refreshAt != null || status != null && status.index() == null;
        return extended ? PinnedContexts.WITH_EXTENSIONS : PinnedContexts.OF_AN_ACHIEVEMENT_CREDENTIAL;
    }

    private JsonObjectBuilder subjectJson() {
        JsonObjectBuilder subject = Json.object()
                .add("id", "urn:uuid:" + holder.id())
                .add("type", Json.array(List.of("AchievementSubject")));
        Json.putList(subject, "identifier", holder.identities(), HolderIdentity::toJson);
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
