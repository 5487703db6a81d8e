package dev.laurel.credential.document;

import dev.laurel.credential.proof.BadCredentialException;
import dev.laurel.credential.proof.JsonBytes;
import dev.laurel.credential.proof.PinnedContexts;
import dev.laurel.credential.status.CredentialStatus;
import jakarta.json.JsonArray;
import jakarta.json.JsonNumber;
import jakarta.json.JsonObject;
import jakarta.json.JsonString;
import jakarta.json.JsonValue;
import jakarta.json.JsonValue.ValueType;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;

/**
 * Whether JSON has the form of an Open Badges 3.0 credential. A signature covers the RDF of a document, and different JSON
 * can have the same RDF; whatever RDF would not notice (an added null, an empty list, a context of its own deeper inside) is
 * refused here, so that what a reader sees is what was signed.
 *
 * @see <a href="https://www.imsglobal.org/spec/ob/v3p0/#achievementcredential">Open Badges 3.0, AchievementCredential</a>
 */
public final class CredentialShape {

    private static final String URN = "urn:uuid:";

    private static final String ENDORSEMENT = "EndorsementCredential";

    private static final List<String> TYPES_OF_AN_ENDORSEMENT = List.of("VerifiableCredential", ENDORSEMENT);

    private static final Set<String> LISTS = Set.of(
            "identifier",
            "proof",
            "alignment",
            "evidence",
            "result",
            "resultDescription",
            "rubricCriterionLevel",
            "tag",
            "endorsement",
            "endorsementJwt",
            "otherIdentifier",
            "related",
            "credentialSchema",
            "termsOfUse");

    /** The types that Open Badges writes as a plain string; all others are lists. */
    private static final Set<String> PLAIN_TYPES = Set.of(
            "Image",
            "IdentityObject",
            "DataIntegrityProof",
            CredentialStatus.TYPE,
            CredentialStatus.LIST_OF_IDS,
            AchievementCredential.REFRESH);

    /** Those that only the context of the extensions defines. */
    private static final Set<String> EXTENSIONS = Set.of(AchievementCredential.REFRESH, CredentialStatus.LIST_OF_IDS);

    /** Every type that a credential of Open Badges can name; what no context defines is no type. */
    private static final Set<String> TYPES = Set.of(
            "VerifiableCredential",
            "AchievementCredential",
            "OpenBadgeCredential",
            ENDORSEMENT,
            "EndorsementSubject",
            "Profile",
            "Address",
            "AchievementSubject",
            "Achievement",
            "Alignment",
            "Evidence",
            "Result",
            "ResultDescription",
            "RubricCriterionLevel",
            "Related",
            "IdentifierEntry",
            "GeoCoordinates");

    private static final Set<String> BOOLEANS = Set.of("hashed");

    private CredentialShape() {}

    /** @throws BadCredentialException with what is not as it should be */
    public static void require(JsonObject credential) {
        walk(credential, true);
        requireText(credential, "id", URN);
        requireText(child(credential, "issuer"), "id", "did:");
        if (hasType(credential, ENDORSEMENT)) {
            requireEndorsement(credential);
        } else {
            requireAchievement(credential);
        }
    }

    /**
     * The same of an endorsement that is to stand inside a badge, whoever signed it.
     *
     * @throws BadCredentialException with what is not as it should be
     */
    public static void requireInside(JsonObject endorsement) {
        walk(endorsement, false);
        requireEndorsement(endorsement);
    }

    private static void requireStatement(JsonObject credential) {
        requireText(credential, "id", "");
        requireType(credential, "VerifiableCredential");
        requireText(credential, "validFrom", "");
        JsonObject issuer = child(credential, "issuer");
        requireType(issuer, "Profile");
        requireText(issuer, "id", "");
        requireText(issuer, "name", "");
    }

    private static void requireEndorsement(JsonObject credential) {
        requireStatement(credential);
        requireType(credential, ENDORSEMENT);
        JsonObject subject = child(credential, "credentialSubject");
        requireType(subject, "EndorsementSubject");
        requireText(subject, "id", "");
    }

    private static void requireAchievement(JsonObject credential) {
        requireStatement(credential);
        if (!hasType(credential, "AchievementCredential")) {
            requireType(credential, "OpenBadgeCredential");
        }
        JsonObject subject = child(credential, "credentialSubject");
        requireType(subject, "AchievementSubject");
        if (!subject.containsKey("identifier")) {
            requireText(subject, "id", "");
        }
        JsonObject achievement = child(subject, "achievement");
        requireType(achievement, "Achievement");
        requireText(achievement, "id", "");
        requireText(achievement, "name", "");
        requireText(achievement, "description", "");
        JsonObject criteria = child(achievement, "criteria");
        if (!criteria.containsKey("id")) {
            requireText(criteria, "narrative", "");
        }
    }

    /**
     * Whether it has the contexts and the types that Laurel writes, in its order. Two of the types mean the same, so RDF would
     * not notice where one of them is missing; nor would it notice a context that nothing needs.
     */
    static boolean isWrittenLikeOurs(JsonObject credential) {
        boolean extended = credential.values().stream()
                .anyMatch(value -> value instanceof JsonObject object
                        && object.get("type") instanceof JsonString type
                        && EXTENSIONS.contains(type.getString()));
        return texts(credential, "@context")
                        .equals(extended ? PinnedContexts.WITH_EXTENSIONS : PinnedContexts.OF_AN_ACHIEVEMENT_CREDENTIAL)
                && texts(credential, "type")
                        .equals(
                                hasType(credential, ENDORSEMENT)
                                        ? TYPES_OF_AN_ENDORSEMENT
                                        : AchievementCredential.TYPES);
    }

    static boolean isEndorsement(JsonObject credential) {
        return hasType(credential, ENDORSEMENT);
    }

    /** @throws BadCredentialException where it is none of those that Laurel gives */
    static UUID id(JsonObject credential) {
        try {
            return UUID.fromString(JsonBytes.text(credential, "id").substring(URN.length()));
        } catch (IllegalArgumentException e) {
            throw new BadCredentialException("Not an id of ours", e);
        }
    }

    static List<String> texts(JsonObject object, String name) {
        return object.get(name) instanceof JsonArray all
                ? all.stream()
                        .map(value -> value instanceof JsonString text ? text.getString() : "")
                        .toList()
                : List.of();
    }

    private static void walk(JsonObject object, boolean root) {
        if (object.isEmpty()) {
            throw new BadCredentialException("Something empty");
        }
        if (!root && hasType(object, ENDORSEMENT) && !isEndorsementUnderOurContexts(object)) {
            throw new BadCredentialException("An endorsement under other contexts");
        }
        for (Map.Entry<String, JsonValue> member : object.entrySet()) {
            String name = member.getKey();
            JsonValue value = member.getValue();
            if (name.equals("@context") && (root || isEndorsementUnderOurContexts(object))) {
                continue;
            }
            if (name.isEmpty() || name.indexOf('@') >= 0 || name.indexOf(':') >= 0) {
                throw new BadCredentialException("A name that is no plain term");
            }
            if (name.equals("type")) {
                requirePlainTypes(value);
            } else if (LISTS.contains(name) && !isReference(object, name)) {
                requireList(value);
            } else {
                requireOne(name, value);
            }
        }
    }

    /** It is a credential of its own inside another; its contexts must mean the same as those around it. */
    private static boolean isEndorsementUnderOurContexts(JsonObject object) {
        return hasType(object, ENDORSEMENT)
                && texts(object, "@context").equals(PinnedContexts.OF_AN_ACHIEVEMENT_CREDENTIAL);
    }

    /** {@code resultDescription} is a list of an achievement, and in a result the id of one. */
    private static boolean isReference(JsonObject object, String name) {
        return name.equals("resultDescription") && hasType(object, "Result");
    }

    private static void requireOne(String name, JsonValue value) {
        boolean isBoolean = value.getValueType() == ValueType.TRUE || value.getValueType() == ValueType.FALSE;
        if (value.getValueType() == ValueType.NULL
                || value.getValueType() == ValueType.ARRAY
                || isBoolean != BOOLEANS.contains(name)) {
            throw new BadCredentialException("Not the form of " + name);
        }
        if (value instanceof JsonNumber number
                && !number.bigDecimalValue().equals(Json.plain(number.bigDecimalValue()))) {
            throw new BadCredentialException("A number that is written in another way");
        }
        if (name.equals("id") && (text(value).startsWith("_:") || text(value).startsWith("@"))) {
            throw new BadCredentialException("An id that names nothing");
        }
        if (value instanceof JsonObject object) {
            walk(object, false);
        }
    }

    private static void requireList(JsonValue value) {
        if (!(value instanceof JsonArray array) || array.isEmpty() || new HashSet<>(array).size() != array.size()) {
            throw new BadCredentialException("Not a list of different things");
        }
        for (JsonValue item : array) {
            if (item instanceof JsonObject object) {
                walk(object, false);
            } else {
                text(item);
            }
        }
    }

    private static void requirePlainTypes(JsonValue value) {
        List<String> types;
        if (value instanceof JsonArray array && !array.isEmpty()) {
            types = array.stream().map(CredentialShape::text).toList();
        } else if (value instanceof JsonString text && PLAIN_TYPES.contains(text.getString())) {
            types = List.of(text.getString());
        } else {
            throw new BadCredentialException("Not a list of types");
        }
        boolean listed = value.getValueType() == ValueType.ARRAY;
        for (String type : types) {
            if (listed ? !TYPES.contains(type) : !PLAIN_TYPES.contains(type)) {
                throw new BadCredentialException("Not the form of a type");
            }
        }
        if (new HashSet<>(types).size() != types.size()) {
            throw new BadCredentialException("A type twice");
        }
    }

    private static JsonObject child(JsonObject object, String name) {
        if (object.get(name) instanceof JsonObject child) {
            return child;
        }
        throw new BadCredentialException("No " + name);
    }

    private static void requireText(JsonObject object, String name, String prefix) {
        String text = JsonBytes.text(object, name);
        if (text.isEmpty() || !text.startsWith(prefix)) {
            throw new BadCredentialException("Not the form of " + name);
        }
    }

    private static void requireType(JsonObject object, String type) {
        if (!hasType(object, type)) {
            throw new BadCredentialException("No " + type);
        }
    }

    private static boolean hasType(JsonObject object, String type) {
        return object.get("type") instanceof JsonArray types
                && types.stream()
                        .anyMatch(value -> value instanceof JsonString text
                                && text.getString().equals(type));
    }

    private static String text(JsonValue value) {
        if (value instanceof JsonString text) {
            return text.getString();
        }
        throw new BadCredentialException("Not a text");
    }
}
