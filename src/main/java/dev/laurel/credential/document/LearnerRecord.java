package dev.laurel.credential.document;

import dev.laurel.credential.proof.BadCredentialException;
import dev.laurel.credential.proof.JsonBytes;
import dev.laurel.credential.proof.PinnedContexts;
import jakarta.json.JsonArray;
import jakarta.json.JsonObject;
import jakarta.json.JsonObjectBuilder;
import jakarta.json.JsonValue;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Set;
import java.util.UUID;

/**
 * Signed credentials of one person as one record, before it is signed itself. Its subject is a random id of this record only: who
 * has two of them cannot tell by their ids that they are of the same person.
 *
 * @param credentials each with its own proof
 * @param parts which of their achievements is part of which other
 * @param partial something that its issuer knows of her is not in it
 * @see <a href="https://www.imsglobal.org/spec/clr/v2p0/#clrcredential">Comprehensive Learner Record 2.0, ClrCredential</a>
 */
public record LearnerRecord(
        UUID id,
        UUID subject,
        IssuerProfile issuer,
        Instant validFrom,
        List<JsonObject> credentials,
        Set<Part> parts,
        boolean partial) {

    private static final List<String> CONTEXTS =
            List.of(PinnedContexts.CREDENTIALS_V2, PinnedContexts.LEARNER_RECORD, PinnedContexts.OPEN_BADGES);

    private static final String TYPE = "ClrCredential";

    private static final List<String> TYPES = List.of("VerifiableCredential", TYPE);

    private static final String SUBJECT = "ClrSubject";

    public LearnerRecord {
        credentials = List.copyOf(credentials);
        parts = Set.copyOf(parts);
    }

    /**
     * That the rule of one badge asks for another one.
     *
     * @param achievement the public id of the version that she holds
     */
    public record Part(String achievement, String whole) {

        private static final Comparator<Part> IN_ORDER =
                Comparator.comparing(Part::whole).thenComparing(Part::achievement);

        /**
         * Of the kinds that there are, {@code isPartOf} says just that. {@code isChildOf} would say that it has its place under the
         * whole in a framework, where a badge may be asked for by several; {@code precedes} that it has to come first.
         */
        private JsonObjectBuilder toJson() {
            return Json.object()
                    .add("type", "Association")
                    .add("associationType", "isPartOf")
                    .add("sourceId", achievement)
                    .add("targetId", whole);
        }
    }

    public JsonObject toJson() {
        JsonObjectBuilder about =
                Json.object().add("id", "urn:uuid:" + subject).add("type", Json.array(List.of(SUBJECT)));
        about.add("verifiableCredential", Json.list(credentials, JsonBytes.JSON::createObjectBuilder));
        Json.putList(about, "association", parts.stream().sorted(Part.IN_ORDER).toList(), Part::toJson);
        JsonObjectBuilder record = Json.object()
                .add("@context", Json.array(CONTEXTS))
                .add("id", "urn:uuid:" + id)
                .add("type", Json.array(TYPES))
                .add("name", "Comprehensive Learner Record")
                .add("issuer", issuer.toJson())
                .add("validFrom", Json.time(validFrom));
        if (partial) {
            record.add("partial", true);
        }
        return record.add("credentialSubject", about).build();
    }

    static boolean is(JsonObject credential) {
        return CredentialShape.texts(credential, "type").contains(TYPE);
    }

    /**
     * Whether it has the form that Laurel gives it; what is in it is checked on its own.
     *
     * @throws BadCredentialException where it has not
     */
    static void require(JsonObject record) {
        JsonObject about =
                record.get("credentialSubject") instanceof JsonObject object ? object : JsonValue.EMPTY_JSON_OBJECT;
        boolean whole = JsonBytes.text(record, "id").startsWith("urn:uuid:")
                && record.get("issuer") instanceof JsonObject
                && CredentialShape.texts(about, "type").equals(List.of(SUBJECT))
                && about.get("verifiableCredential") instanceof JsonArray credentials
                && !credentials.isEmpty()
                && credentials.stream().allMatch(JsonObject.class::isInstance);
        if (!whole) {
            throw new BadCredentialException("Not the form of a learner record");
        }
    }

    /** Whether it has the contexts and the types that Laurel writes. */
    static boolean isWrittenLikeOurs(JsonObject record) {
        return CredentialShape.texts(record, "@context").equals(CONTEXTS)
                && CredentialShape.texts(record, "type").equals(TYPES);
    }
}
