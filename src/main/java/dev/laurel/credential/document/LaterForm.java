package dev.laurel.credential.document;

import dev.laurel.credential.proof.BadCredentialException;
import dev.laurel.credential.proof.JsonBytes;
import jakarta.json.JsonArray;
import jakarta.json.JsonObject;
import jakarta.json.JsonObjectBuilder;
import jakarta.json.JsonValue;
import java.util.List;
import java.util.function.BiPredicate;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * A further form of a credential, or the one that takes its place, signed perhaps years after the first: of the issuer, the badge
 * and the course it says what the first one said, whatever they are called by now.
 */
public final class LaterForm {

    private static final List<String> SAID = List.of("name", "awardedDate", "validFrom");

    /** Of an issuer or a badge, made of the public URL. */
    private static final List<String> ADDRESSES = List.of("id", "url", "related");

    private static final List<String> SAID_OF_SUBJECT = List.of("creditsEarned", "source");

    private LaterForm() {}

    /**
     * What is to be signed by the issuer of the first one, under the same DID.
     *
     * @param first as it is signed; {@code null} where it is not yet
     * @param now what would be signed if it were new
     * @throws BadCredentialException where our own verifier would refuse its form
     */
    public static JsonObject of(byte @Nullable [] first, JsonObject now) {
        return of(first, now, String::equals);
    }

    /**
     * Likewise, where the public URL may have moved: the names of issuer, badge and pictures are then those of today.
     *
     * @param sameIssuer whether two DIDs are of one issuer; of another one nothing is kept
     */
    public static JsonObject of(byte @Nullable [] first, JsonObject now, BiPredicate<String, String> sameIssuer) {
        JsonObject before = first == null ? null : JsonBytes.parse(first);
        JsonObject form = before == null || !sameIssuer.test(issuer(before), issuer(now)) ? now : keeping(before, now);
        CredentialShape.require(form);
        return form;
    }

    private static String issuer(JsonObject credential) {
        return JsonBytes.text(credential.getJsonObject("issuer"), "id");
    }

    private static JsonObject keeping(JsonObject before, JsonObject now) {
        boolean moved = !issuer(before).equals(issuer(now));
        JsonObject said = before.getJsonObject("credentialSubject");
        JsonObject subject = now.getJsonObject("credentialSubject");
        JsonObjectBuilder achievement =
                named(said.getJsonObject("achievement"), subject.getJsonObject("achievement"), moved);
        put(achievement, "resultDescription", subject.getJsonObject("achievement"));
        JsonObjectBuilder form = with(now, before, SAID)
                .add("issuer", named(before.getJsonObject("issuer"), now.getJsonObject("issuer"), moved))
                .add("credentialSubject", with(subject, said, SAID_OF_SUBJECT).add("achievement", achievement))
                .remove("evidence");
        // Of before a move the record of the decision would be told twice, under two addresses.
        List<JsonValue> evidence = Stream.concat(
                        evidence(before).filter(each -> !moved || isOf(Evidence.ASSESSMENT, each)),
                        evidence(now)
                                .filter(each ->
                                        moved ? !isOf(Evidence.ASSESSMENT, each) : isOf(Evidence.ARTIFACT, each)))
                .distinct()
                .toList();
        if (!evidence.isEmpty()) {
            form.add("evidence", JsonBytes.JSON.createArrayBuilder(evidence));
        }
        return form.build();
    }

    /** An issuer or a badge in the words of before, with what others say of it now: that may have ended. */
    private static JsonObjectBuilder named(JsonObject before, JsonObject now, boolean moved) {
        JsonObjectBuilder named = JsonBytes.JSON.createObjectBuilder(before);
        put(named, "endorsement", now);
        if (moved) {
            ADDRESSES.forEach(name -> put(named, name, now));
            for (String part : List.of("image", "criteria")) {
                if (before.get(part) instanceof JsonObject said && now.get(part) instanceof JsonObject there) {
                    named.add(part, with(said, there, List.of("id")));
                } else {
                    named.remove(part);
                }
            }
        }
        return named;
    }

    private static Stream<JsonValue> evidence(JsonObject credential) {
        return credential.get("evidence") instanceof JsonArray all ? all.stream() : Stream.empty();
    }

    private static boolean isOf(String genre, JsonValue evidence) {
        return genre.equals(evidence.asJsonObject().getString("genre", null));
    }

    private static JsonObjectBuilder with(JsonObject object, JsonObject other, List<String> names) {
        JsonObjectBuilder form = JsonBytes.JSON.createObjectBuilder(object);
        names.forEach(name -> put(form, name, other));
        return form;
    }

    private static void put(JsonObjectBuilder form, String name, JsonObject from) {
        JsonValue value = from.get(name);
        if (value == null) {
            form.remove(name);
        } else {
            form.add(name, value);
        }
    }
}
