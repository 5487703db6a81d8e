package dev.laurel.credential.document;

import dev.laurel.achievement.Issuer;
import dev.laurel.achievement.IssuerDetails;
import dev.laurel.credential.endorsement.Attachment;
import dev.laurel.credential.issuer.CredentialAddresses;
import dev.laurel.credential.proof.PinnedContexts;
import jakarta.json.JsonObject;
import jakarta.json.JsonObjectBuilder;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Who speaks, as credentials and the issuer's own page say it.
 *
 * @param page the issuer's page at Laurel
 * @param imageUrl its logo
 * @param endorsements what other organisations say of it, with their proofs
 * @see <a href="https://www.imsglobal.org/spec/ob/v3p0/#profile">Open Badges 3.0, Profile</a>
 */
public record IssuerProfile(
        String did,
        String page,
        String name,
        IssuerDetails details,
        @Nullable String imageUrl,
        List<Attachment> endorsements) {

    /** One of which nobody else says anything. */
    IssuerProfile(String did, String page, String name, IssuerDetails details, @Nullable String imageUrl) {
        this(did, page, name, details, imageUrl, List.of());
    }

    public static IssuerProfile of(Issuer issuer, CredentialAddresses addresses) {
        return of(issuer, addresses, List.of());
    }

    static IssuerProfile of(Issuer issuer, CredentialAddresses addresses, List<Attachment> endorsements) {
        Long logo = issuer.imageId();
        return new IssuerProfile(
                addresses.did(issuer.publicId()),
                addresses.issuerPage(issuer.publicId()),
                issuer.name(),
                issuer.details(),
                logo == null ? null : addresses.issuerImage(issuer.publicId(), logo),
                endorsements);
    }

    /** As a document of its own. */
    public JsonObject document() {
        JsonObjectBuilder document = Json.object().add("@context", Json.array(List.of(PinnedContexts.OPEN_BADGES)));
        toJson().build().forEach(document::add);
        return document.build();
    }

    public JsonObjectBuilder toJson() {
        JsonObjectBuilder json = profile(did, name, details.website() == null ? page : details.website());
        Json.put(json, "email", details.email());
        Json.put(json, "phone", details.phone());
        if (imageUrl != null) {
            json.add(
                    "image",
                    Json.object().add("id", imageUrl).add("type", "Image").add("caption", name));
        }
        IssuerDetails.Address address = details.address();
        if (address != null) {
            json.add("address", addressJson(address));
        }
        IssuerDetails.Parent parent = details.parent();
        if (parent != null) {
            json.add("parentOrg", profile(parent.url(), parent.name(), parent.url()));
        }
        Endorsing.put(json, endorsements);
        return json;
    }

    /** An organisation of which no more is said. */
    static JsonObjectBuilder profile(String id, String name, @Nullable String url) {
        JsonObjectBuilder json = Json.object().add("id", id);
        json.add("type", Json.array(List.of("Profile"))).add("name", name);
        Json.put(json, "url", url);
        return json;
    }

    private static JsonObjectBuilder addressJson(IssuerDetails.Address address) {
        JsonObjectBuilder json = Json.object().add("type", Json.array(List.of("Address")));
        Json.put(json, "streetAddress", address.street());
        Json.put(json, "postalCode", address.postalCode());
        Json.put(json, "addressLocality", address.locality());
        Json.put(json, "addressRegion", address.region());
        Json.put(json, "addressCountryCode", address.countryCode());
        return json;
    }
}
