package dev.laurel.credential.leaving;

import dev.laurel.credential.leaving.ArchiveRefusedException.Reason;
import dev.laurel.credential.leaving.ArrivedListRepository.Located;
import dev.laurel.credential.leaving.ArrivedListRepository.Place;
import dev.laurel.credential.leaving.ArrivedListRepository.StatusList;
import dev.laurel.credential.leaving.ArrivedRepository.Published;
import dev.laurel.credential.leaving.ArrivedRepository.SealedKey;
import dev.laurel.credential.proof.JsonBytes;
import dev.laurel.platform.secrets.MasterKey;
import dev.laurel.platform.tenant.TenantId;
import java.time.Instant;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Collectors;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Writes the issuers of an archive that was checked, with their keys and status lists, in the transaction of its caller. */
final class ArrivingIssuers implements ArchiveReading.Visitor {

    static final String SUSPENSIONS = "suspensions";

    private static final Logger LOG = LoggerFactory.getLogger(ArrivingIssuers.class);

    private final TenantId tenant;

    private final ArrivedRepository arrived;

    private final MasterKey masterKey;

    private final ArrivedLists lists;

    private final ArrivedListRepository listRows;

    private final Instant now;

    private final Map<UUID, List<Speaker>> speakers = new HashMap<>();

    private final Map<String, Speaker> byDid = new HashMap<>();

    private final Map<ListOf, StatusList> arriving = new LinkedHashMap<>();

    private Instant madeAt = Instant.EPOCH;

    private int withdrawalsKept;

    ArrivingIssuers(
            TenantId tenant,
            ArrivedRepository arrived,
            ArrivedLists lists,
            ArrivedListRepository listRows,
            MasterKey masterKey,
            Instant now) {
        this.tenant = tenant;
        this.arrived = arrived;
        this.lists = lists;
        this.listRows = listRows;
        this.masterKey = masterKey;
        this.now = now;
    }

    /**
     * An issuer under one of its DIDs: what it signed under each has an address of its own.
     *
     * @param asOf how new the word of this archive is
     * @param newest whether no archive of it that is as new came before
     * @param older whether a newer one came before
     */
    private record Speaker(long id, String did, Instant asOf, boolean newest, boolean older) {}

    private record ListOf(Speaker speaker, UUID id) {}

    /** What came of it, beside its badges. */
    Settled settled() {
        long older = speakers.values().stream()
                .filter(named -> named.stream().anyMatch(Speaker::older))
                .count();
        return new Settled(speakers.size(), madeAt, Math.toIntExact(older), withdrawalsKept);
    }

    /**
     * What is noted of an archive whose issuers are here.
     *
     * @param savedAt when it was made
     * @param older issuers of which a newer archive came before
     * @param withdrawalsKept places that it has in force, and that stay taken back
     */
    record Settled(int issuers, Instant savedAt, int older, int withdrawalsKept) {}

    @Override
    public void madeAt(Instant time) {
        madeAt = time;
    }

    @Override
    public void issuer(ArrivingIssuer issuer) {
        List<Speaker> named =
                issuer.dids().stream().map(did -> speaker(issuer, did)).toList();
        speakers.put(issuer.id(), named);
        named.forEach(speaker -> byDid.put(speaker.did(), speaker));
    }

    private Speaker speaker(ArrivingIssuer issuer, String did) {
        boolean isNew = arrived.lock(tenant, did).isEmpty();
        arrived.add(tenant, did, issuer.name(), issuer.asOf(), now);
        ArrivedIssuer here = arrived.lock(tenant, did).orElseThrow();
        List<SealedKey> keys = arrived.keys(tenant, here.id());
        if (issuer.contradicts(keys)) {
            throw new ArchiveRefusedException(Reason.OTHER_KEYS, issuer.name());
        }
        Set<String> known = keys.stream().map(SealedKey::fragment).collect(Collectors.toSet());
        boolean newest = isNew || issuer.asOf().isAfter(here.asOf());
        for (IssuerPapers.Key key : issuer.keys()) {
            if (newest || !known.contains(key.fragment())) {
                arrived.put(tenant, here.id(), sealed(key));
            }
        }
        if (newest) {
            arrived.newer(tenant, here.id(), issuer.name(), issuer.asOf());
        }
        return new Speaker(here.id(), did, issuer.asOf(), newest, issuer.asOf().isBefore(here.asOf()));
    }

    private SealedKey sealed(IssuerPapers.Key key) {
        return new SealedKey(
                key.fragment(),
                key.algorithm(),
                key.publicKey(),
                masterKey.seal(ArrivedKeys.PURPOSE, key.privateKey()),
                key.createdAt(),
                key.retiredAt());
    }

    @Override
    public void published(ArchiveNames.Part part, byte[] content) {
        if (part.what().equals("image.png")) {
            speakers.getOrDefault(part.of(), List.of()).forEach(speaker -> publish(speaker, Published.LOGO, content));
            return;
        }
        Speaker speaker = byDid.get(JsonBytes.parse(content).getString("id"));
        if (speaker != null) {
            publish(speaker, part.what().equals("did.json") ? Published.DID_DOCUMENT : Published.PROFILE, content);
        }
    }

    private void publish(Speaker speaker, Published what, byte[] content) {
        if (speaker.newest()) {
            arrived.publish(tenant, speaker.id(), what, content);
        }
    }

    @Override
    public void list(ArchiveNames.Part part, byte[] content) {
        Speaker speaker = byDid.get(ArrivedList.parse(content).json().getString("issuer", ""));
        if (speaker == null) {
            // Of samples, which stay behind.
            return;
        }
        boolean suspensions = part.what().equals(SUSPENSIONS);
        arriving.compute(
                new ListOf(speaker, part.of()),
                (list, first) -> suspensions
                        ? new StatusList(Objects.requireNonNull(first).signed(), content, 1)
                        : new StatusList(content, null, 1));
    }

    /** Nothing follows. */
    void end() {
        arriving.forEach(this::take);
        // Also of badges whose list is not in this archive.
        for (Speaker speaker : byDid.values()) {
            for (Located each : listRows.of(tenant, speaker.id())) {
                lists.lock(each.place()).ifPresent(list -> lists.follow(each.place(), list, speaker.asOf()));
            }
        }
    }

    /** What either word takes back for good stays so, and of everything else the newer one counts. */
    private void take(ListOf list, StatusList word) {
        Speaker speaker = list.speaker();
        Place place = new Place(tenant, speaker.id(), speaker.did(), list.id());
        StatusList before = lists.lock(place).orElse(null);
        if (before == null) {
            lists.put(place, word);
            return;
        }
        NotInForce here = NotInForce.of(before);
        NotInForce there = NotInForce.of(word);
        NotInForce after = speaker.newest() ? there.over(here) : here.over(there);
        withdrawalsKept += here.keptAgainst(there);
        long revision = before.revision() + 1;
        if (after.equals(there) && !after.equals(here)) {
            lists.put(place, word.at(revision));
        } else if (!after.equals(here)) {
            lists.write(place, before.suspensions() == null ? word : before, after, revision)
                    .ifPresentOrElse(
                            written -> lists.put(place, written),
                            () -> LOG.warn(
                                    "Status list {} of {} stays as it was: no key is here that could sign it",
                                    list.id(),
                                    speaker.did()));
        }
    }
}
