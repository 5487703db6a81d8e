package dev.laurel.credential.endorsement;

import dev.laurel.credential.proof.EddsaRdfc2022;
import dev.laurel.credential.proof.JsonBytes;
import dev.laurel.credential.proof.PinnedContexts;
import jakarta.json.JsonArray;
import jakarta.json.JsonObject;
import jakarta.json.JsonString;
import jakarta.json.JsonValue;
import java.util.Collection;
import java.util.List;
import java.util.Set;
import org.springframework.stereotype.Component;

/**
 * Which endorsements may stand inside badges: those that make none of them invalid, neither when it is signed nor later. Checkers
 * hold what is inside to the same as the badge itself, so what ends, or what somebody else can take back, is shown on pages only.
 */
@Component
class InsideBadges {

    /** Bytes. Ten of them stand in every badge, which must stay readable for everybody. */
    private static final int LARGEST = 16_000;

    private static final int DEEPEST = 10;

    /** Values, objects and lists. */
    private static final int MOST_PARTS = 250;

    /** Members with which it ends some day, or asks checkers to look elsewhere whether it still holds. */
    private static final Set<String> ENDING = Set.of(
            "validUntil",
            "expires",
            "credentialStatus",
            "refreshService",
            "credentialSchema",
            "endorsement",
            "endorsementJwt");

    private final Speakers speakers;

    InsideBadges(Speakers speakers) {
        this.speakers = speakers;
    }

    /** @param size bytes that it takes */
    boolean take(JsonObject endorsement, int size) {
        return size <= LARGEST
                && JsonBytes.keepsNumbers(endorsement)
                && depth(endorsement) <= DEEPEST
                && parts(endorsement) <= MOST_PARTS
                && !ends(endorsement)
                && isSignedLikeOurs(endorsement)
                && speakers.canCarry(endorsement);
    }

    /** Our badges are signed with two contexts; under them, and in a list of one proof, its own proof holds inside them, too. */
    private static boolean isSignedLikeOurs(JsonObject credential) {
        return credential.get("@context") instanceof JsonArray contexts
                && contexts.stream()
                        .map(each -> each instanceof JsonString text ? text.getString() : "")
                        .toList()
                        .equals(PinnedContexts.OF_AN_ACHIEVEMENT_CREDENTIAL)
                && credential.get("issuer") instanceof JsonObject
                && credential.containsKey("name")
                && credential.get("proof") instanceof JsonArray proofs
                && proofs.size() == 1
                && proofs.get(0) instanceof JsonObject proof
                && EddsaRdfc2022.CRYPTOSUITE.equals(proof.getString("cryptosuite", ""));
    }

    private static boolean ends(JsonValue value) {
        return value instanceof JsonObject object && object.keySet().stream().anyMatch(ENDING::contains)
                || inside(value).stream().anyMatch(InsideBadges::ends);
    }

    private static int depth(JsonValue value) {
        return 1 + inside(value).stream().mapToInt(InsideBadges::depth).max().orElse(0);
    }

    private static int parts(JsonValue value) {
        return 1 + inside(value).stream().mapToInt(InsideBadges::parts).sum();
    }

    private static Collection<JsonValue> inside(JsonValue value) {
        return value instanceof JsonObject object
                ? object.values()
                : value instanceof JsonArray array ? array : List.<JsonValue>of();
    }
}
