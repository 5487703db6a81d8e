package dev.laurel.credential.leaving;

import dev.laurel.credential.leaving.ArchiveRefusedException.Reason;
import dev.laurel.credential.leaving.ArrivedRepository.Published;
import dev.laurel.credential.leaving.ArrivedRepository.SealedKey;
import dev.laurel.credential.leaving.ArrivedRepository.StatusList;
import dev.laurel.credential.proof.EddsaRdfc2022;
import dev.laurel.credential.proof.JsonBytes;
import dev.laurel.platform.secrets.MasterKey;
import dev.laurel.platform.tenant.TenantId;
import java.time.Instant;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Collectors;

/** Writes the issuers of an archive that was checked, with their keys and status lists, in the transaction of its caller. */
final class ArrivingIssuers implements ArchiveReading.Visitor {

    static final String SUSPENSIONS = "suspensions";

    private final TenantId tenant;

    private final ArrivedRepository arrived;

    private final MasterKey masterKey;

    private final ArrivedListSigning signing;

    private final Instant now;

    private final Map<UUID, List<Speaker>> speakers = new HashMap<>();

    private final Map<String, Speaker> byDid = new HashMap<>();

    /** As they arrive. */
    private final Map<ListOf, StatusList> changedHere = new LinkedHashMap<>();

    private Instant madeAt = Instant.EPOCH;

    ArrivingIssuers(TenantId tenant, ArrivedRepository arrived, EddsaRdfc2022 suite, MasterKey masterKey, Instant now) {
        this.signing = new ArrivedListSigning(arrived, suite, masterKey);
        this.tenant = tenant;
        this.arrived = arrived;
        this.masterKey = masterKey;
        this.now = now;
    }

    /**
     * An issuer under one of its DIDs: what it signed under each has an address of its own.
     *
     * @param newest whether no archive of it that is as new came before
     */
    private record Speaker(long id, String did, boolean newest) {}

    private record ListOf(Speaker speaker, UUID id) {}

    int count() {
        return speakers.size();
    }

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
        arrived.add(tenant, did, issuer.name(), madeAt, now);
        ArrivedIssuer here = arrived.lock(tenant, did).orElseThrow();
        List<SealedKey> keys = arrived.keys(tenant, here.id());
        if (issuer.contradicts(keys)) {
            throw new ArchiveRefusedException(Reason.OTHER_KEYS, issuer.name());
        }
        Set<String> known = keys.stream().map(SealedKey::fragment).collect(Collectors.toSet());
        boolean newest = isNew || madeAt.isAfter(here.asOf());
        for (IssuerPapers.Key key : issuer.keys()) {
            if (newest || !known.contains(key.fragment())) {
                arrived.put(tenant, here.id(), sealed(key));
            }
        }
        if (newest) {
            arrived.newer(tenant, here.id(), issuer.name(), madeAt);
        }
        return new Speaker(here.id(), did, newest);
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

    /** Of one that was changed here, what was taken back here stays so, and everything else is as the newest archive says. */
    @Override
    public void list(ArchiveNames.Part part, byte[] content) {
        Speaker speaker = byDid.get(ArrivedList.parse(content).json().getString("issuer", ""));
        if (speaker == null) {
            // Of samples, which stay behind.
            return;
        }
        boolean suspensions = part.what().equals(SUSPENSIONS);
        Optional<StatusList> before = arrived.lockList(tenant, speaker.id(), part.of());
        if (before.isEmpty() || speaker.newest() && before.get().revision() == 1) {
            arrived.putList(
                    tenant,
                    speaker.id(),
                    part.of(),
                    suspensions
                            ? new StatusList(before.orElseThrow().signed(), content, 1)
                            : new StatusList(content, null, 1));
        } else if (speaker.newest()) {
            changedHere.compute(
                    new ListOf(speaker, part.of()),
                    (list, first) -> suspensions
                            ? new StatusList(Objects.requireNonNull(first).signed(), content, first.revision())
                            : new StatusList(content, null, before.get().revision()));
        }
    }

    /** Nothing follows. */
    void end() {
        changedHere.forEach(this::followWhatWasTakenBackHere);
        followTheLists();
    }

    private void followWhatWasTakenBackHere(ListOf list, StatusList arriving) {
        Speaker speaker = list.speaker();
        StatusList before = arrived.lockList(tenant, speaker.id(), list.id()).orElseThrow();
        signing.signer(tenant, speaker.id(), speaker.did())
                .map(signer ->
                        signing.withdraw(arriving, arrived.withdrawn(tenant, speaker.id(), list.id()), signer, now))
                .filter(after -> !ArrivedListSigning.areTheSame(before, after))
                .ifPresent(after -> arrived.putList(tenant, speaker.id(), list.id(), after));
    }

    /** Among badges that are here already: what was taken back since they came. */
    private void followTheLists() {
        for (Speaker speaker : byDid.values()) {
            for (UUID id : arrived.lists(tenant, speaker.id())) {
                List<ArrivedCredential> inForce = arrived.inForce(tenant, speaker.id(), id);
                if (!inForce.isEmpty()) {
                    ArrivedList list = ArrivedList.parse(arrived.lockList(tenant, speaker.id(), id)
                            .orElseThrow()
                            .signed());
                    List<UUID> gone = inForce.stream()
                            .filter(each -> list.withdraws(each.id(), each.place()))
                            .map(ArrivedCredential::id)
                            .toList();
                    arrived.notInForce(tenant, gone, madeAt);
                }
            }
        }
    }
}
