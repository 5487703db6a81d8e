package dev.laurel.credential.leaving;

import dev.laurel.credential.proof.JsonBytes;
import jakarta.json.JsonArrayBuilder;
import jakarta.json.JsonObjectBuilder;
import java.io.IOException;
import java.time.Instant;
import java.util.Base64;
import java.util.Collection;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/** Everything of one issuer in an archive: its keys for whoever takes it in, and what the world reads at each of its addresses; its page and its pictures
 * under that of today only. */
@Component
class IssuerFiles {

    private final SiteNames site;

    IssuerFiles(SiteNames site) {
        this.site = site;
    }

    void write(ArchiveWriter archive, ArchiveKey key, IssuerPapers papers) throws IOException {
        UUID id = papers.publicId();
        writeKeys(archive, key, id, papers.name(), papers.dids(), papers.keys(), null);
        archive.add(ArchiveNames.publicIssuer(id, "index.html"), StaticPages.issuer(papers));
        Iterator<byte[]> oldest = papers.logos().values().iterator();
        if (oldest.hasNext()) {
            archive.add(ArchiveNames.publicIssuer(id, "image.png"), oldest.next());
        }
        for (IssuerPapers.Named named : papers.named()) {
            publish(archive, named);
        }
        for (Map.Entry<String, byte[]> logo : papers.logos().entrySet()) {
            archive.add(ArchiveNames.publicIssuer(id, "images/" + logo.getKey()), logo.getValue());
        }
    }

    /**
     * @param dids that of its last day first
     * @param asOf of when it is what stands here of it; {@code null}: of the moment of the archive, as of an issuer at home
     */
    void writeKeys(
            ArchiveWriter archive,
            ArchiveKey key,
            UUID id,
            String name,
            List<String> dids,
            Collection<IssuerPapers.Key> keys,
            @Nullable Instant asOf)
            throws IOException {
        JsonArrayBuilder published = JsonBytes.JSON.createArrayBuilder();
        JsonArrayBuilder secret = JsonBytes.JSON.createArrayBuilder();
        for (IssuerPapers.Key each : keys) {
            published.add(described(each));
            if (each.privateKey().length > 0) {
                secret.add(JsonBytes.JSON
                        .createObjectBuilder()
                        .add("fragment", each.fragment())
                        .add("private", Base64.getUrlEncoder().withoutPadding().encodeToString(each.privateKey())));
            }
        }
        JsonObjectBuilder json = JsonBytes.JSON
                .createObjectBuilder()
                .add("did", dids.get(0))
                .add("name", name)
                .add("keys", published);
        if (dids.size() > 1) {
            json.add(ArrivingIssuer.FORMER_DIDS, JsonBytes.JSON.createArrayBuilder(dids.subList(1, dids.size())));
        }
        if (asOf != null) {
            json.add(ArrivingIssuer.AS_OF, asOf.toString());
        }
        archive.add(ArchiveNames.issuer(id, "issuer.json"), JsonBytes.write(json.build()));
        archive.add(
                ArchiveNames.issuer(id, "keys.jwe"),
                key.encrypt(JsonBytes.write(
                        JsonBytes.JSON.createObjectBuilder().add("keys", secret).build())));
    }

    private static JsonObjectBuilder described(IssuerPapers.Key key) {
        JsonObjectBuilder json = JsonBytes.JSON
                .createObjectBuilder()
                .add("fragment", key.fragment())
                .add("algorithm", key.algorithm())
                .add("public", key.publicKey())
                .add("createdAt", key.createdAt().toString());
        Instant retired = key.retiredAt();
        if (retired != null) {
            json.add("retiredAt", retired.toString());
        }
        return json;
    }

    private void publish(ArchiveWriter archive, IssuerPapers.Named named) throws IOException {
        archive.add(site.at(named.page() + "/did.json"), named.didDocument());
        archive.add(site.at(named.page() + "/index.json"), named.profile());
        for (Map.Entry<String, byte[]> each : KeysOfJwts.of(named.didDocument()).entrySet()) {
            archive.add(site.at(named.page() + "/keys/" + each.getKey()), each.getValue());
        }
    }
}
