package dev.laurel.credential.leaving;

import dev.laurel.platform.tenant.FormerPublicUrls;
import dev.laurel.platform.tenant.PublicUrl;
import java.net.URI;
import java.util.Comparator;
import java.util.stream.Stream;
import org.springframework.stereotype.Component;

/** Where in the tree of an archive stands what the world reads at an address that this installation has or had. */
@Component
class SiteNames {

    private final PublicUrl publicUrl;

    private final FormerPublicUrls former;

    SiteNames(PublicUrl publicUrl, FormerPublicUrls former) {
        this.publicUrl = publicUrl;
        this.former = former;
    }

    /**
     * The name of an entry.
     *
     * @throws IllegalArgumentException where the address is none of this installation
     */
    String at(String address) {
        return Stream.concat(Stream.of(publicUrl), former.all().stream())
                .filter(url -> address.startsWith(url.at("/")))
                // One of them may lie below another.
                .max(Comparator.comparingInt(url -> url.at("/").length()))
                .map(url -> ArchiveNames.site(
                        folder(url) + address.substring(url.at("/").length())))
                .orElseThrow(() -> new IllegalArgumentException("Not at this installation: " + address));
    }

    /**
     * The name of the folder of what another Laurel had at its address, which ends with a slash.
     *
     * @param did of an issuer there: {@code did:web:}, host and path, {@code :issuers:} and its id
     */
    String elsewhere(String did) {
        String host = ArrivedKeys.address(did).replaceFirst("/issuers/[^/]*$", "");
        if (clean(host).equals(host(publicUrl))) {
            return ArchiveNames.site("");
        }
        String folder = clean(host).replaceAll("(^|/)\\.", "$1-").replaceAll("/{2,}", "/");
        return ArchiveNames.site(ArchiveNames.former(folder));
    }

    /** At the host of today http and https are one. */
    private String folder(PublicUrl url) {
        return host(url).equals(host(publicUrl)) ? "" : ArchiveNames.former(host(url));
    }

    private static String host(PublicUrl url) {
        URI value = url.value();
        return clean(value.getRawAuthority() + value.getRawPath());
    }

    private static String clean(String host) {
        return host.replaceAll("[^A-Za-z0-9._~/-]", "-");
    }
}
