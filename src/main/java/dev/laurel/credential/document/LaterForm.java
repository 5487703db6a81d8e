package dev.laurel.credential.document;

import dev.laurel.credential.proof.BadCredentialException;
import dev.laurel.credential.proof.JsonBytes;
import jakarta.json.JsonArray;
import jakarta.json.JsonObject;
import jakarta.json.JsonObjectBuilder;
import jakarta.json.JsonValue;
import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * A further form of a credential, or the one that takes its place, signed perhaps years after the first: of the issuer, the badge
 * and the course it says what the first one said, whatever they are called by now.
 */
public final class LaterForm {

    private static final List<String> SAID = List.of("name", "issuer", "awardedDate", "validFrom");

    private static final List<String> SAID_OF_SUBJECT = List.of("creditsEarned", "source");

    private LaterForm() {}

    /**
     * What is to be signed. Under another DID, as after the public URL has moved, the issuer can only say what is true now.
     *
     * @param first as it is signed; {@code null} where it is not yet
     * @param now what would be signed if it were new
     * @throws BadCredentialException where our own verifier would refuse its form
     */
    public static JsonObject of(byte @Nullable [] first, JsonObject now) {
        JsonObject before = first == null ? null : JsonBytes.parse(first);
        JsonObject form = before == null || !issuer(before).equals(issuer(now)) ? now : keeping(before, now);
        CredentialShape.require(form);
        return form;
    }

    private static String issuer(JsonObject credential) {
        return JsonBytes.text(credential.getJsonObject("issuer"), "id");
    }

    private static JsonObject keeping(JsonObject before, JsonObject now) {
        JsonObject said = before.getJsonObject("credentialSubject");
        JsonObject subject = now.getJsonObject("credentialSubject");
        JsonObjectBuilder achievement = JsonBytes.JSON.createObjectBuilder(said.getJsonObject("achievement"));
        put(achievement, "resultDescription", subject.getJsonObject("achievement"));
        JsonObjectBuilder form = with(now, before, SAID)
                .add("credentialSubject", with(subject, said, SAID_OF_SUBJECT).add("achievement", achievement))
                .remove("evidence");
        List<JsonValue> evidence = Stream.concat(evidence(before), evidence(now).filter(LaterForm::isArtifact))
                .distinct()
                .toList();
        if (!evidence.isEmpty()) {
            form.add("evidence", JsonBytes.JSON.createArrayBuilder(evidence));
        }
        return form.build();
    }

    private static Stream<JsonValue> evidence(JsonObject credential) {
        return credential.get("evidence") instanceof JsonArray all ? all.stream() : Stream.empty();
    }

    private static boolean isArtifact(JsonValue evidence) {
        return Evidence.ARTIFACT.equals(evidence.asJsonObject().getString("genre", null));
    }

    private static JsonObjectBuilder with(JsonObject now, JsonObject before, List<String> names) {
        JsonObjectBuilder form = JsonBytes.JSON.createObjectBuilder(now);
        names.forEach(name -> put(form, name, before));
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
