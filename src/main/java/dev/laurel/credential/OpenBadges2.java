package dev.laurel.credential;

import dev.laurel.achievement.AchievementVersion;
import dev.laurel.achievement.Alignment;
import dev.laurel.achievement.Issuer;
import dev.laurel.award.Award;
import dev.laurel.credential.baking.BakedPng;
import dev.laurel.credential.document.Json;
import dev.laurel.credential.issuer.CredentialAddresses;
import dev.laurel.credential.proof.JsonBytes;
import dev.laurel.platform.secrets.Sha256;
import jakarta.json.JsonObjectBuilder;
import jakarta.servlet.http.HttpServletRequest;
import java.net.URI;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/**
 * Badges as hosted assertions of Open Badges 2.0, for backpacks and displayers that read no other: nothing is signed, what stands at
 * the addresses is what counts.
 *
 * @see <a href="https://www.imsglobal.org/sites/default/files/Badges/OBv2p0Final/index.html">Open Badges 2.0</a>
 */
@Component
public class OpenBadges2 {

    private static final String CONTEXT = "https://w3id.org/openbadges/v2";

    /** Of the address at which badge and issuer say what they are in this version. */
    public static final String PATH = "/ob2.json";

    private final CredentialAddresses addresses;

    OpenBadges2(CredentialAddresses addresses) {
        this.addresses = addresses;
    }

    /** As it is called at the host that a request came to, of before Laurel moved or of today: an assertion is what stands at its id. */
    public OpenBadges2 askedBy(HttpServletRequest request) {
        return new OpenBadges2(addresses.askedBy(request));
    }

    /** As it is called under each address that Laurel has or had. */
    public List<OpenBadges2> all() {
        return addresses.all().stream().map(OpenBadges2::new).toList();
    }

    /** As it is called at each host that Laurel has or had, today's first. */
    public List<OpenBadges2> allHosts() {
        return addresses.allHosts().stream().map(OpenBadges2::new).toList();
    }

    /** What follows the address under which this is called; empty for what stands elsewhere. */
    public Optional<String> pathOf(URI url) {
        String site = addresses.publicUrl().at("");
        return Optional.of(url.toString())
                .filter(text -> text.startsWith(site + "/"))
                .map(text -> text.substring(site.length()));
    }

    /** Where the assertion with this token stands. */
    public String assertionUrl(String token) {
        return addresses.publicUrl().at("/assertions/" + token);
    }

    /**
     * Whom a badge was given to.
     *
     * @param identity {@code sha256$} and the hash of the e-mail address with the salt behind it
     */
    public record Recipient(String identity, String salt) {

        /** @param email as a backpack knows it, character by character */
        public static Recipient of(String email, byte[] salt) {
            String text = HexFormat.of().formatHex(salt);
            byte[] hash = Sha256.of(email + text);
            return new Recipient("sha256$" + HexFormat.of().formatHex(hash), text);
        }
    }

    /** @param url at which the assertion stands */
    public byte[] assertion(String url, Award award, AchievementVersion version, Recipient recipient) {
        JsonObjectBuilder json = object("Assertion", url)
                .add(
                        "recipient",
                        Json.object()
                                .add("type", "email")
                                .add("hashed", true)
                                .add("salt", recipient.salt())
                                .add("identity", recipient.identity()))
                .add("badge", badgeUrl(version))
                .add("verification", Json.object().add("type", "hosted"))
                .add("issuedOn", seconds(award.decidedAt()));
        Instant until = award.validUntil();
        Json.put(json, "expires", until == null ? null : seconds(until));
        return JsonBytes.write(json.build());
    }

    /** What is left of one that was taken back. */
    public byte[] revoked(String url) {
        return JsonBytes.write(object("Assertion", url).add("revoked", true).build());
    }

    /** The BadgeClass that stands at {@link #PATH} below the page of a badge. */
    public byte[] badge(AchievementVersion version, Issuer issuer) {
        String page = addresses.achievement(version.achievementPublicId(), version.version());
        JsonObjectBuilder json = object("BadgeClass", badgeUrl(version))
                .add("name", version.name())
                .add("description", version.says())
                .add("image", addresses.achievementImage(version.achievementPublicId(), version.version()))
                .add("criteria", Json.object().add("id", page).add("narrative", version.criteria()))
                .add("issuer", issuerUrl(issuer));
        if (!version.details().tags().isEmpty()) {
            json.add("tags", Json.array(version.details().tags()));
        }
        if (!version.alignments().isEmpty()) {
            json.add("alignment", Json.list(version.alignments(), OpenBadges2::alignment));
        }
        return JsonBytes.write(json.build());
    }

    /**
     * The Profile that stands at {@link #PATH} below the page of an issuer.
     *
     * @param email required of issuers; {@code null} only where a badge went to a backpack before Laurel asked for one
     * @see <a href="https://www.imsglobal.org/sites/default/files/Badges/OBv2p0Final/index.html#Profile">Open Badges 2.0,
     *     Profile</a>
     */
    public byte[] issuer(Issuer issuer, @Nullable String email) {
        String website = issuer.details().website();
        JsonObjectBuilder json = object("Issuer", issuerUrl(issuer))
                .add("name", issuer.name())
                .add("url", website == null ? addresses.issuerPage(issuer.publicId()) : website);
        Json.put(json, "email", email);
        Long logo = issuer.imageId();
        Json.put(json, "image", logo == null ? null : addresses.issuerImage(issuer.publicId(), logo));
        return JsonBytes.write(json.build());
    }

    /** The picture with the assertion inside. */
    public byte[] bake(byte[] png, byte[] assertion) {
        return BakedPng.bake(png, BakedPng.Keyword.OPEN_BADGES_2, assertion);
    }

    /** Where {@link #badge} stands. */
    public String badgeUrl(AchievementVersion version) {
        return addresses.achievement(version.achievementPublicId(), version.version()) + PATH;
    }

    /** Where {@link #issuer} stands. */
    public String issuerUrl(Issuer issuer) {
        return addresses.issuerPage(issuer.publicId()) + PATH;
    }

    private static JsonObjectBuilder object(String type, String id) {
        return Json.object().add("@context", CONTEXT).add("type", type).add("id", id);
    }

    private static JsonObjectBuilder alignment(Alignment alignment) {
        JsonObjectBuilder json =
                Json.object().add("targetName", alignment.targetName()).add("targetUrl", alignment.targetUrl());
        Json.put(json, "targetCode", alignment.targetCode());
        Json.put(json, "targetFramework", alignment.targetFramework());
        return json;
    }

    private static String seconds(Instant time) {
        return time.truncatedTo(ChronoUnit.SECONDS).toString();
    }
}
