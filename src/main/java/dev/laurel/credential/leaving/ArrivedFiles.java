package dev.laurel.credential.leaving;

import dev.laurel.credential.leaving.ArrivedListRepository.Located;
import dev.laurel.credential.leaving.ArrivedListRepository.StatusList;
import dev.laurel.credential.leaving.ArrivedRepository.Form;
import dev.laurel.credential.leaving.ArrivedRepository.Published;
import dev.laurel.credential.proof.JsonBytes;
import dev.laurel.platform.secrets.MasterKey;
import dev.laurel.platform.tenant.TenantId;
import jakarta.json.JsonObjectBuilder;
import java.io.IOException;
import java.time.Instant;
import java.util.Collection;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Collectors;
import org.springframework.stereotype.Component;

/** What was brought to an institution leaves with it again, as it stands here now and in the form in which it came. */
@Component
class ArrivedFiles {

    private static final int PAGE = 100;

    private final ArrivedRepository arrived;

    private final ArrivedLists arrivedLists;

    private final ArrivedListRepository listRows;

    private final IssuerFiles issuerFiles;

    private final MasterKey masterKey;

    private final SiteNames site;

    ArrivedFiles(
            ArrivedRepository arrived,
            ArrivedLists arrivedLists,
            ArrivedListRepository listRows,
            IssuerFiles issuerFiles,
            MasterKey masterKey,
            SiteNames site) {
        this.arrived = arrived;
        this.arrivedLists = arrivedLists;
        this.listRows = listRows;
        this.issuerFiles = issuerFiles;
        this.masterKey = masterKey;
        this.site = site;
    }

    /** Whether each status list that was brought here says as much as was published; what can be brought forward is first. */
    boolean isUpToDate(TenantId tenant) {
        List<ArrivedIssuer> issuers = arrived.issuers(tenant, Integer.MAX_VALUE);
        issuers.forEach(issuer -> arrivedLists.bringForward(tenant, issuer.id()));
        return issuers.stream()
                .allMatch(issuer -> listRows.of(tenant, issuer.id()).stream()
                        .map(each -> served(issuer, each))
                        .noneMatch(arrivedLists::isBehind));
    }

    private ArrivedListRepository.Served served(ArrivedIssuer issuer, Located each) {
        return arrivedLists.find(issuer.arrivalId(), each.place().list()).orElseThrow();
    }

    /** @param own issuers whose files are in the archive already, which came here under another name once */
    ArchiveContents.Count write(TenantId tenant, ArchiveWriter archive, ArchiveKey key, Set<UUID> own)
            throws IOException {
        int credentials = 0;
        Map<UUID, List<ArrivedIssuer>> issuers = issuers(tenant, own);
        for (Map.Entry<UUID, List<ArrivedIssuer>> each : issuers.entrySet()) {
            issuer(tenant, archive, key, each.getKey(), each.getValue());
            for (ArrivedIssuer named : each.getValue()) {
                lists(tenant, archive, named);
                credentials += credentials(tenant, archive, named);
            }
        }
        return new ArchiveContents.Count(issuers.size(), credentials);
    }

    /** One that has several DIDs came under each of them, that of its last day first. */
    private Map<UUID, List<ArrivedIssuer>> issuers(TenantId tenant, Set<UUID> own) {
        Map<UUID, List<ArrivedIssuer>> issuers = arrived.issuers(tenant, Integer.MAX_VALUE).stream()
                .sorted(Comparator.comparingLong(ArrivedIssuer::id))
                .collect(Collectors.groupingBy(
                        issuer -> UUID.fromString(
                                issuer.did().substring(issuer.did().lastIndexOf(':') + 1)),
                        LinkedHashMap::new,
                        Collectors.toList()));
        issuers.keySet().removeAll(own);
        return issuers;
    }

    private void issuer(TenantId tenant, ArchiveWriter archive, ArchiveKey key, UUID id, List<ArrivedIssuer> named)
            throws IOException {
        Map<String, IssuerPapers.Key> keys = new LinkedHashMap<>();
        for (ArrivedIssuer each : named) {
            arrived.keys(tenant, each.id()).forEach(one -> keys.putIfAbsent(one.fragment(), open(one)));
        }
        List<String> dids = named.stream().map(ArrivedIssuer::did).toList();
        Instant asOf = named.stream()
                .map(ArrivedIssuer::asOf)
                .min(Comparator.naturalOrder())
                .orElseThrow();
        issuerFiles.writeKeys(archive, key, id, named.get(0).name(), dids, keys.values(), asOf);
        for (ArrivedIssuer each : named) {
            publish(archive, each, id);
        }
    }

    private IssuerPapers.Key open(ArrivedRepository.SealedKey key) {
        return new IssuerPapers.Key(
                key.fragment(),
                key.algorithm(),
                key.publicKey(),
                masterKey.open(ArrivedKeys.PURPOSE, key.privateSealed()),
                key.createdAt(),
                key.retiredAt());
    }

    /** At its old address. */
    private void publish(ArchiveWriter archive, ArrivedIssuer issuer, UUID id) throws IOException {
        String folder = site.elsewhere(issuer.did()) + "issuers/" + id + "/";
        byte[] document =
                arrived.published(issuer.arrivalId(), Published.DID_DOCUMENT).orElse(null);
        byte[] profile =
                arrived.published(issuer.arrivalId(), Published.PROFILE).orElse(null);
        byte[] logo = arrived.published(issuer.arrivalId(), Published.LOGO).orElse(null);
        if (logo != null) {
            archive.add(folder + "image.png", logo);
        }
        if (profile != null) {
            archive.add(folder + "index.json", profile);
        }
        if (document != null) {
            archive.add(folder + "did.json", document);
            for (Map.Entry<String, byte[]> each : KeysOfJwts.of(document).entrySet()) {
                archive.add(folder + "keys/" + each.getKey(), each.getValue());
            }
        }
    }

    private void lists(TenantId tenant, ArchiveWriter archive, ArrivedIssuer issuer) throws IOException {
        arrivedLists.bringForward(tenant, issuer.id());
        for (Located each : listRows.of(tenant, issuer.id())) {
            UUID id = each.place().list();
            ArrivedListRepository.Served served = served(issuer, each);
            if (arrivedLists.isBehind(served)) {
                throw new IllegalStateException("Status list " + id + " says less than was published");
            }
            StatusList list = served.list();
            String folder = site.elsewhere(issuer.did()) + "status-lists/" + id + "/";
            archive.add(folder + "index.json", list.signed());
            byte[] suspensions = list.suspensions();
            if (suspensions != null) {
                archive.add(folder + ArrivingIssuers.SUSPENSIONS, suspensions);
            }
        }
    }

    private int credentials(TenantId tenant, ArchiveWriter archive, ArrivedIssuer issuer) throws IOException {
        int count = 0;
        List<ArrivedCredential> page = arrived.credentialsAfter(tenant, issuer.id(), "", PAGE);
        while (!page.isEmpty()) {
            Map<UUID, List<Form>> forms =
                    arrived
                            .forms(
                                    tenant,
                                    page.stream().map(ArrivedCredential::id).toList())
                            .stream()
                            .collect(Collectors.groupingBy(Form::credential));
            for (ArrivedCredential each : page) {
                credential(archive, each, forms.getOrDefault(each.id(), List.of()));
            }
            count += page.size();
            page = arrived.credentialsAfter(
                    tenant, issuer.id(), page.get(page.size() - 1).id().toString(), PAGE);
        }
        return count;
    }

    private static void credential(ArchiveWriter archive, ArrivedCredential credential, Collection<Form> forms)
            throws IOException {
        UUID id = credential.id();
        JsonObjectBuilder about = JsonBytes.JSON.createObjectBuilder().add("id", "urn:uuid:" + id);
        Instant since = credential.notInForceSince();
        if (since != null) {
            about.add("notInForceSince", since.toString());
        }
        archive.add(ArchiveNames.credential(id, ArrivingCredentials.ABOUT), JsonBytes.write(about.build()));
        for (Form form : forms) {
            archive.add(ArchiveNames.credential(id, form.form()), form.content());
        }
    }
}
