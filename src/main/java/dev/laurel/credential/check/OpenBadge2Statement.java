package dev.laurel.credential.check;

import static dev.laurel.credential.check.OpenBadge3Statement.cut;

import dev.laurel.credential.check.Statement.Identity;
import jakarta.json.JsonObject;
import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** What an assertion of Open Badges 2.0 says, in the words that both versions share. */
final class OpenBadge2Statement {

    private OpenBadge2Statement() {}

    static Statement of(JsonObject assertion, @Nullable JsonObject badge, @Nullable JsonObject issuer) {
        return new Statement(
                false,
                cut(Look.text(assertion, "id")),
                cut(Look.text(badge, "name")),
                cut(Look.text(badge, "description")),
                OpenBadge3Statement.criteria(badge),
                cut(badge == null ? Look.id(assertion, "badge") : Look.text(badge, "id")),
                cut(Look.text(issuer, "id")),
                cut(Look.text(issuer, "name")),
                cut(Look.text(issuer, "url")),
                null,
                identities(Look.object(assertion, "recipient")),
                OpenBadge3Statement.targets(badge, "targetName", "targetUrl"),
                Look.timeOrNull(Look.text(assertion, "issuedOn")),
                Look.timeOrNull(Look.text(assertion, "expires")),
                OpenBadge3Statement.image(Stream.of(badge, assertion)));
    }

    private static List<Identity> identities(@Nullable JsonObject recipient) {
        if (Look.text(recipient, "identity") == null || recipient == null) {
            return List.of();
        }
        Identity identity = OpenBadge3Statement.identity(recipient, "type", "identity");
        String type = identity.type().equals("email") ? "emailAddress" : identity.type();
        return List.of(new Identity(type, identity.value(), identity.hashed(), identity.salt()));
    }
}
