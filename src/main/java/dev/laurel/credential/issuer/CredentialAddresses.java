package dev.laurel.credential.issuer;

import dev.laurel.platform.tenant.FormerPublicUrls;
import dev.laurel.platform.tenant.PublicUrl;
import jakarta.servlet.http.HttpServletRequest;
import java.net.URI;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.function.Function;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.http.HttpHeaders;
import org.springframework.stereotype.Component;

/**
 * The public names inside credentials. They are made of the public URL and must never change: what was signed before an
 * installation moved keeps the names of then, see {@link #under}.
 *
 * @see <a href="https://w3c-ccg.github.io/did-method-web/">did:web Method Specification</a>
 */
@Component
public class CredentialAddresses {

    private static final String STATUS_LISTS = "/status-lists/";

    private static final String ACHIEVEMENTS = "/achievements/";

    private final PublicUrl publicUrl;

    private final Supplier<List<PublicUrl>> all;

    private final String didPrefix;

    @Autowired
    CredentialAddresses(PublicUrl publicUrl, FormerPublicUrls former) {
        this(() -> Stream.concat(Stream.of(publicUrl), former.all().stream()).toList(), publicUrl);
    }

    private CredentialAddresses(Supplier<List<PublicUrl>> all, PublicUrl publicUrl) {
        this.publicUrl = publicUrl;
        this.all = all;
        URI url = publicUrl.value();
        String path = url.getRawPath() == null ? "" : url.getRawPath();
        this.didPrefix = "did:web:" + url.getRawAuthority().replace(":", "%3A") + path.replace('/', ':') + ":issuers:";
    }

    /** The address that these names are made of. */
    public PublicUrl publicUrl() {
        return publicUrl;
    }

    /** The names of today, and those of each address of before. */
    public List<CredentialAddresses> all() {
        return all.get().stream().map(this::under).toList();
    }

    /** Likewise, without those that no DID tells from another one: at one host the address of today answers, else the newest. */
    public List<CredentialAddresses> allHosts() {
        Set<String> hosts = new HashSet<>();
        return all().stream().filter(each -> hosts.add(each.didPrefix)).toList();
    }

    /** The same names under another address of this installation. */
    public CredentialAddresses under(PublicUrl other) {
        return other.equals(publicUrl) ? this : new CredentialAddresses(all, other);
    }

    /** Those that one of our own DIDs is made of; empty for anybody else's. */
    public Optional<CredentialAddresses> naming(String did) {
        return allNaming(did).stream().findFirst();
    }

    /** Several where an installation moved from http to https, which a DID does not say. */
    public List<CredentialAddresses> allNaming(String did) {
        return all().stream().filter(each -> each.issuerHere(did).isPresent()).toList();
    }

    /**
     * Those under which a request asks: a former host's where that still leads here. Everything that is told apart by it is public,
     * so a proxy's word is as good as a browser's; and of the two it is the proxy that knows which host was asked.
     */
    public CredentialAddresses askedBy(HttpServletRequest request) {
        String forwarded = request.getHeader("X-Forwarded-Host");
        String host = forwarded == null ? request.getHeader(HttpHeaders.HOST) : forwarded.split(",", 2)[0].strip();
        // Of two addresses at one host, as http and https, today's comes first.
        return Stream.concat(Stream.of(publicUrl), all.get().stream())
                .filter(url -> url.value().getRawAuthority().equalsIgnoreCase(host))
                .findFirst()
                .map(this::under)
                .orElse(this);
    }

    public String did(UUID issuer) {
        return didPrefix + issuer;
    }

    /** The issuer of one of our own DIDs, of today or of before; empty for anybody else's. */
    public Optional<UUID> issuerOf(String did) {
        return firstOf(each -> each.issuerHere(did));
    }

    private <T> Optional<T> firstOf(Function<CredentialAddresses, Optional<T>> read) {
        return all().stream().flatMap(each -> read.apply(each).stream()).findFirst();
    }

    private Optional<UUID> issuerHere(String did) {
        if (!did.startsWith(didPrefix)) {
            return Optional.empty();
        }
        try {
            UUID issuer = UUID.fromString(did.substring(didPrefix.length()));
            return did(issuer).equals(did) ? Optional.of(issuer) : Optional.empty();
        } catch (IllegalArgumentException e) {
            return Optional.empty();
        }
    }

    String verificationMethod(UUID issuer, String fragment) {
        return did(issuer) + "#" + fragment;
    }

    public String issuerPage(UUID issuer) {
        return publicUrl.at("/issuers/" + issuer);
    }

    /** Of one logo: what it shows never changes, whatever the issuer shows later. */
    public String issuerImage(UUID issuer, long image) {
        return issuerPage(issuer) + "/images/" + image + ".png";
    }

    /** Where the bare JWK of a key is served: the {@code kid} of our JWTs. */
    public String key(UUID issuer, String fragment) {
        return issuerPage(issuer) + "/keys/" + fragment;
    }

    public String statusList(UUID list) {
        return publicUrl.at(STATUS_LISTS + list);
    }

    /** Beside a status list: which of its places are suspended only. */
    public String suspensions(UUID list) {
        return statusList(list) + "/suspensions";
    }

    /** Of one of our own status lists; empty for anybody else's. */
    public Optional<UUID> statusListOf(String url) {
        return firstOf(each -> each.statusListHere(url));
    }

    private Optional<UUID> statusListHere(String url) {
        String prefix = publicUrl.at(STATUS_LISTS);
        try {
            UUID list = UUID.fromString(url.startsWith(prefix) ? url.substring(prefix.length()) : "");
            return statusList(list).equals(url) ? Optional.of(list) : Optional.empty();
        } catch (IllegalArgumentException e) {
            return Optional.empty();
        }
    }

    /** Where whoever has a credential gets the newest one of its award, while its holder shares it. */
    public String refresh(String token) {
        return publicUrl.at("/refresh/" + token);
    }

    public String achievement(UUID achievement, int version) {
        return publicUrl.at(ACHIEVEMENTS + achievement + "/" + version);
    }

    /** A version of a badge. */
    public record NamedVersion(UUID achievement, int version) {}

    /** Of one of our own badges; empty for anybody else's. */
    public Optional<NamedVersion> achievementOf(String url) {
        return firstOf(each -> each.achievementHere(url));
    }

    private Optional<NamedVersion> achievementHere(String url) {
        String prefix = publicUrl.at(ACHIEVEMENTS);
        String[] parts = (url.startsWith(prefix) ? url.substring(prefix.length()) : "").split("/", -1);
        if (parts.length != 2 || !parts[1].matches("[1-9]\\d{0,8}")) {
            return Optional.empty();
        }
        try {
            NamedVersion named = new NamedVersion(UUID.fromString(parts[0]), Integer.parseInt(parts[1]));
            return achievement(named.achievement(), named.version()).equals(url)
                    ? Optional.of(named)
                    : Optional.empty();
        } catch (IllegalArgumentException e) {
            return Optional.empty();
        }
    }

    /** Where a stranger reads how to check the record of a decision. */
    public static String decision(String achievement, String hash) {
        return achievement + "/decisions/" + hash;
    }

    public String achievementImage(UUID achievement, int version) {
        return achievement(achievement, version) + "/image.png";
    }
}
