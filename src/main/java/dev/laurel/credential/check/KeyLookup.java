package dev.laurel.credential.check;

import com.nimbusds.jose.jwk.JWK;
import jakarta.json.JsonObject;
import jakarta.json.JsonValue;
import java.net.URI;
import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Finds the key that a proof or a JWT names, and whether the issuer's own document says that it is its key: the DID document of a
 * {@code did:web}, or what the issuer's https address answers. A {@code did:key} is its own key and nobody vouches for it.
 *
 * @see <a href="https://w3c-ccg.github.io/did-method-web/">did:web Method Specification</a>
 * @see <a href="https://www.w3.org/TR/cid-1.0/#retrieve-verification-method">Controlled Identifiers, 3.3</a>
 */
final class KeyLookup {

    private static final String DID_KEY = "did:key:";

    private static final String DID_WEB = "did:web:";

    private static final String PURPOSE = "assertionMethod";

    private final Web web;

    private final String issuer;

    KeyLookup(Web web, String issuer) {
        this.web = web;
        this.issuer = issuer;
    }

    /**
     * @param method as {@code verificationMethod} or {@code kid} names it
     * @throws RefusedException where no key can be found there
     */
    FoundKey find(String method) {
        String did = beforeFragment(method);
        if (did.startsWith(DID_KEY)) {
            JWK key = FoundKey.ofMultibase(did.substring(DID_KEY.length()));
            return new FoundKey(key, null, did.equals(issuer) ? null : ofAnother(did));
        }
        if (did.startsWith(DID_WEB)) {
            JsonObject document = document(did);
            JWK key = listed(document, did, method);
            return did.equals(issuer) ? new FoundKey(key, vouch(did), null) : new FoundKey(key, null, ofAnother(did));
        }
        if (did.startsWith("did:") || !did.contains(":")) {
            throw new RefusedException(Reason.KEY_ADDRESS_UNKNOWN, method);
        }
        return atAddress(method);
    }

    /** A key that came along: only the issuer's document can say that it is its key. */
    FoundKey brought(JWK key) {
        return brought(key, null, JsonValue.EMPTY_JSON_OBJECT);
    }

    /** Whatever it says of itself: at a host with several authors each of them can write whose key it is to be. */
    private FoundKey brought(JWK key, @Nullable String method, JsonObject itself) {
        try {
            String controller = Look.text(itself, "controller");
            if (controller != null && !controller.equals(issuer)) {
                throw ofAnother(controller);
            }
            RefusedException revoked = revoked(itself);
            if (revoked != null) {
                throw revoked;
            }
            return published(key, method);
        } catch (RefusedException e) {
            return new FoundKey(key, null, e);
        }
    }

    private FoundKey published(JWK key, @Nullable String method) {
        if (issuer.startsWith(DID_KEY)) {
            boolean own = FoundKey.same(key, FoundKey.ofMultibase(issuer.substring(DID_KEY.length())));
            return new FoundKey(key, null, own ? null : ofAnother(issuer));
        }
        JsonObject document = document(issuer);
        boolean listed = method != null && isOnlyNamed(document, method)
                || forBadges(document, issuer).anyMatch(each -> isKey(each, key));
        if (listed) {
            return new FoundKey(key, vouch(issuer), null);
        }
        // An issuer that lists no keys leaves open whose this one is; among those that it lists it would have to be.
        boolean lists = !Look.values(document, PURPOSE).isEmpty();
        return new FoundKey(
                key, null, lists ? ofAnother(issuer) : new RefusedException(Reason.KEY_NOT_PUBLISHED, issuer));
    }

    /** Listed by its address alone; where the document has the method itself, its key there is what counts. */
    private boolean isOnlyNamed(JsonObject document, String method) {
        return Look.texts(document, PURPOSE).contains(method)
                && methods(document).noneMatch(each -> isNamed(each, issuer, method));
    }

    private static boolean isKey(JsonObject method, JWK key) {
        try {
            return revoked(method) == null && FoundKey.same(key, FoundKey.of(method));
        } catch (RefusedException e) {
            // One that cannot be read is not this one.
            return false;
        }
    }

    /** The method's address is the issuer's own one, or the document there is a key that the issuer lists. */
    private FoundKey atAddress(String method) {
        URI address = Web.withoutFragment(Web.address(method));
        JsonObject document;
        try {
            document = web.json(address);
        } catch (RefusedException e) {
            return inFragment(method, e);
        }
        if (document.containsKey("kty")
                || document.containsKey("publicKeyMultibase")
                || document.containsKey("publicKeyJwk")) {
            JWK key = FoundKey.of(document);
            return brought(key, method, document);
        }
        if (!address.toString().equals(issuer)) {
            throw new RefusedException(Reason.KEY_ADDRESS_UNKNOWN, method);
        }
        try {
            return new FoundKey(listed(document, issuer, method), vouch(issuer), null);
        } catch (RefusedException e) {
            return inFragment(method, e);
        }
    }

    /** Many issuers put the key itself behind the {@code #}: then it can be checked, but not whose it is. */
    private static FoundKey inFragment(String method, RefusedException e) {
        String fragment = method.substring(method.indexOf('#') + 1);
        if (!fragment.startsWith("z6Mk")) {
            throw e;
        }
        RefusedException doubt = e.reason() == Reason.KEY_NOT_PUBLISHED || e.reason() == Reason.ANSWER_UNREADABLE
                ? new RefusedException(Reason.KEY_NOT_PUBLISHED, e.detail())
                : e;
        return new FoundKey(FoundKey.ofMultibase(fragment), null, doubt);
    }

    private JsonObject document(String id) {
        JsonObject document = web.json(id.startsWith(DID_WEB) ? address(id) : Web.address(id));
        if (id.startsWith("did:") && !id.equals(Look.text(document, "id"))) {
            throw new RefusedException(Reason.KEY_OF_ANOTHER, id);
        }
        return document;
    }

    private static JWK listed(JsonObject document, String id, String method) {
        JsonObject named = methods(document)
                .filter(each -> isNamed(each, id, method))
                .findFirst()
                .orElseThrow(() -> new RefusedException(Reason.KEY_NOT_PUBLISHED, method));
        if (forBadges(document, id).noneMatch(named::equals)) {
            throw new RefusedException(Reason.KEY_NOT_FOR_BADGES, method);
        }
        String controller = Look.text(named, "controller");
        if (controller != null && !controller.equals(id)) {
            throw ofAnother(controller);
        }
        RefusedException revoked = revoked(named);
        if (revoked != null) {
            throw revoked;
        }
        return FoundKey.of(named);
    }

    private static @Nullable RefusedException revoked(JsonObject method) {
        return method.containsKey("revoked") ? new RefusedException(Reason.KEY_REVOKED, Look.text(method, "id")) : null;
    }

    private static Stream<JsonObject> methods(JsonObject document) {
        return Stream.of("verificationMethod", "publicKey", PURPOSE)
                .flatMap(name -> Look.objects(document, name).stream());
    }

    /** Those that may sign what the issuer says: listed by name, or standing there. */
    private static Stream<JsonObject> forBadges(JsonObject document, String id) {
        List<String> names = Look.texts(document, PURPOSE);
        return Stream.concat(
                Look.objects(document, PURPOSE).stream(),
                methods(document).filter(each -> names.stream().anyMatch(name -> isNamed(each, id, name))));
    }

    private static boolean isNamed(JsonObject method, String id, String name) {
        String own = Look.text(method, "id");
        return own != null && absolute(own, id).equals(absolute(name, id));
    }

    private static String absolute(String name, String id) {
        return name.startsWith("#") ? id + name : name;
    }

    private static RefusedException ofAnother(String whose) {
        return new RefusedException(Reason.KEY_OF_ANOTHER, whose);
    }

    private static Vouch vouch(String id) {
        return id.startsWith(DID_WEB)
                ? new Vouch(Vouch.Kind.DID_WEB, address(id).getRawAuthority())
                : new Vouch(Vouch.Kind.HTTPS, Web.address(id).getRawAuthority());
    }

    /** Where the document of a {@code did:web} stands. */
    static URI address(String did) {
        String[] parts = did.substring(DID_WEB.length()).split(":", -1);
        String host = parts[0].replaceAll("(?i)%3A", ":");
        StringBuilder address = new StringBuilder("https://").append(host);
        for (int i = 1; i < parts.length; i++) {
            if (!parts[i].matches("[A-Za-z0-9._~%-]+") || parts[i].matches("\\.+")) {
                throw new RefusedException(Reason.KEY_ADDRESS_UNKNOWN, did);
            }
            address.append('/').append(parts[i]);
        }
        if (!host.matches("[A-Za-z0-9.-]+(:\\d{1,5})?")) {
            throw new RefusedException(Reason.KEY_ADDRESS_UNKNOWN, did);
        }
        return Web.address(address.append(parts.length == 1 ? "/.well-known/did.json" : "/did.json")
                .toString());
    }

    private static String beforeFragment(String method) {
        int fragment = method.indexOf('#');
        return fragment < 0 ? method : method.substring(0, fragment);
    }
}
