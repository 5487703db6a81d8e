package dev.laurel.credential.check;

import dev.laurel.credential.check.Statement.Identity;
import dev.laurel.credential.check.Statement.Target;
import dev.laurel.platform.sql.Varchar;
import jakarta.json.JsonObject;
import jakarta.json.JsonString;
import jakarta.json.JsonValue;
import java.util.List;
import java.util.Objects;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** What an Open Badges 3.0 credential says, in the words that both versions share. */
final class OpenBadge3Statement {

    private static final int LONGEST = 2_000;

    private static final int MOST = 50;

    private OpenBadge3Statement() {}

    static Statement of(JsonObject credential) {
        JsonObject subject = Look.object(credential, "credentialSubject");
        JsonObject achievement = Look.object(subject, "achievement");
        boolean endorsement = Look.hasType(credential, "EndorsementCredential");
        JsonObject issuer = Look.object(credential, "issuer");
        String name = Look.text(achievement, "name");
        String about = endorsement ? Look.text(subject, "endorsementComment") : Look.text(achievement, "description");
        return new Statement(
                endorsement,
                cut(Look.text(credential, "id")),
                cut(name == null ? Look.text(credential, "name") : name),
                cut(about),
                criteria(achievement),
                cut(Look.text(achievement, "id")),
                cut(Look.id(credential, "issuer")),
                cut(Look.text(issuer, "name")),
                cut(Look.text(issuer, "url")),
                cut(Look.text(subject, "id")),
                identities(subject),
                targets(achievement, "targetName", "targetUrl"),
                Look.timeOrNull(OpenBadge3.from(credential)),
                Look.timeOrNull(OpenBadge3.until(credential)),
                image(Stream.of(achievement, credential)));
    }

    static @Nullable String criteria(@Nullable JsonObject achievement) {
        JsonObject criteria = Look.object(achievement, "criteria");
        String narrative = Look.text(criteria, "narrative");
        return cut(narrative == null ? Look.id(achievement, "criteria") : narrative);
    }

    private static List<Identity> identities(@Nullable JsonObject subject) {
        return Look.objects(subject, "identifier").stream()
                .filter(each -> Look.text(each, "identityHash") != null)
                .limit(MOST)
                .map(each -> identity(each, "identityType", "identityHash"))
                .toList();
    }

    static Identity identity(JsonObject object, String type, String value) {
        return new Identity(
                text(object, type), text(object, value), object.get("hashed") == JsonValue.TRUE, text(object, "salt"));
    }

    private static String text(JsonObject object, String name) {
        return Objects.requireNonNullElse(cut(Look.text(object, name)), "");
    }

    static List<Target> targets(@Nullable JsonObject achievement, String name, String url) {
        return Look.objects(achievement, "alignment").stream()
                .filter(each -> Look.text(each, url) != null)
                .limit(MOST)
                .map(each -> new Target(cut(Look.text(each, name)), text(each, url)))
                .toList();
    }

    /** The first address of a picture; those that come along are nothing that could be dead. */
    static @Nullable String image(Stream<@Nullable JsonObject> described) {
        return described
                .filter(Objects::nonNull)
                .flatMap(each -> Look.values(each, "image").stream())
                .map(image -> image instanceof JsonString text
                        ? text.getString()
                        : image instanceof JsonObject object ? Look.text(object, "id") : null)
                .filter(url -> url != null && !url.startsWith("data:"))
                .map(OpenBadge3Statement::cut)
                .findFirst()
                .orElse(null);
    }

    static @Nullable String cut(@Nullable String text) {
        return text == null ? null : Varchar.fit(text, LONGEST);
    }
}
