package dev.laurel.credential.document;

import static org.assertj.core.api.Assertions.assertThat;

import dev.laurel.credential.document.CredentialSamples.Part;
import dev.laurel.credential.proof.JsonBytes;
import jakarta.json.JsonObject;
import java.util.EnumSet;
import org.junit.jupiter.api.Test;

/** What is signed of a badge years later says what the first one said; what others say of it may have ended since. */
class LaterFormTests {

    private final JsonObject first = new TestIssuer()
            .samples(1)
            .of(EnumSet.of(Part.ENDORSED, Part.ISSUER_ENDORSED, Part.STATUS))
            .toJson();

    @Test
    void whatOthersSayIsThatOfNow() {
        JsonObject said = badge(first);
        JsonObject others = first.getJsonObject("issuer");
        JsonObject now = with(
                with(first, "issuer", without(with(others, "name", "Renamed"), "endorsement")),
                with(with(said, "name", "Renamed"), "endorsement", others));

        JsonObject later = LaterForm.of(JsonBytes.write(first), now);

        assertThat(badge(later).getString("name")).isEqualTo(said.getString("name"));
        assertThat(badge(later).get("endorsement")).isEqualTo(others.get("endorsement"));
        assertThat(later.getJsonObject("issuer")).isEqualTo(without(others, "endorsement"));
    }

    @Test
    void whatIsNewlySaidIsSaidToo() {
        JsonObject silent = with(
                with(first, "issuer", without(first.getJsonObject("issuer"), "endorsement")),
                without(badge(first), "endorsement"));

        JsonObject later = LaterForm.of(JsonBytes.write(silent), first);

        assertThat(badge(later)).isEqualTo(badge(first));
        assertThat(later.getJsonObject("issuer")).isEqualTo(first.getJsonObject("issuer"));
    }

    private static JsonObject badge(JsonObject credential) {
        return credential.getJsonObject("credentialSubject").getJsonObject("achievement");
    }

    /** The credential with this badge. */
    private static JsonObject with(JsonObject credential, JsonObject badge) {
        JsonObject subject = credential.getJsonObject("credentialSubject");
        return with(
                credential,
                "credentialSubject",
                JsonBytes.JSON
                        .createObjectBuilder(subject)
                        .add("achievement", badge)
                        .build());
    }

    private static JsonObject with(JsonObject object, String name, JsonObject value) {
        return JsonBytes.JSON
                .createObjectBuilder(object)
                .add(name, name.equals("endorsement") ? value.get(name) : value)
                .build();
    }

    private static JsonObject with(JsonObject object, String name, String value) {
        return JsonBytes.JSON.createObjectBuilder(object).add(name, value).build();
    }

    private static JsonObject without(JsonObject object, String name) {
        return JsonBytes.JSON.createObjectBuilder(object).remove(name).build();
    }
}
