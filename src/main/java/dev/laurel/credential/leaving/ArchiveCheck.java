package dev.laurel.credential.leaving;

import dev.laurel.credential.leaving.ArchiveRefusedException.Reason;
import dev.laurel.credential.proof.EddsaRdfc2022;
import dev.laurel.credential.proof.JsonBytes;
import dev.laurel.credential.proof.VcJwt;
import dev.laurel.platform.tenant.TenantId;
import jakarta.json.JsonObject;
import java.time.Instant;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * Checks everything in an archive, each signature with the keys that it brings, and writes nothing; nothing is fetched. A
 * reading that goes on after another does not ask again for signatures that were found good: they are what takes long.
 */
class ArchiveCheck implements ArchiveReading.Visitor {

    /** Bytes of a badge in all its forms: so much is in memory at a time. */
    private static final int LARGEST_BADGE = 16 << 20;

    /** Bytes of the keys of all issuers under each of their DIDs, as they are kept: those of 10,000 issuers have room. */
    private static final int LARGEST_KEYS = 32 << 20;

    private static final int A_KEY = 300;

    /** Bytes of the logos of all issuers, each under all its DIDs, as they are kept: more than those of 1,000 faculties. */
    private static final int LARGEST_LOGOS = 256 << 20;

    private static final int ASKED_TOGETHER = 500;

    private final TenantId tenant;

    private final LeavingIssuers own;

    private final ArrivedRepository arrived;

    private final EddsaRdfc2022 suite;

    private final long checkedBefore;

    private final Map<String, Speaker> byDid = new HashMap<>();

    private final Set<ListOf> lists = new HashSet<>();

    private long entries;

    private int badges;

    private long keyBytes;

    private long logoBytes;

    private @Nullable UUID current;

    private @Nullable Speaker currentSpeaker;

    /** Badges of which is not asked yet who has them here. */
    private final Map<UUID, Speaker> spokenBy = new HashMap<>();

    private long size;

    /** @param checkedBefore so many entries were found good already */
    ArchiveCheck(
            TenantId tenant, LeavingIssuers own, ArrivedRepository arrived, EddsaRdfc2022 suite, long checkedBefore) {
        this.tenant = tenant;
        this.own = own;
        this.arrived = arrived;
        this.suite = suite;
        this.checkedBefore = checkedBefore;
    }

    private record ListOf(String did, UUID id) {}

    /**
     * An issuer under one of its DIDs.
     *
     * @param here its number, where it came before
     */
    private record Speaker(
            UUID issuer,
            String did,
            ArrivedKeys keys,
            @Nullable Long here) {}

    int badges() {
        return badges;
    }

    /** So many are read. */
    long entries() {
        return entries;
    }

    @Override
    public void issuer(ArrivingIssuer issuer) {
        requireRoom(issuer);
        ArrivedKeys keys = new ArrivedKeys(issuer);
        for (String did : issuer.dids()) {
            if (own.isAtHome(tenant, did)) {
                throw new ArchiveRefusedException(Reason.AT_HOME, issuer.name());
            }
            ArrivedIssuer here = arrived.issuerOf(tenant, did).orElse(null);
            if (here != null && issuer.contradicts(arrived.keys(tenant, here.id()))) {
                throw new ArchiveRefusedException(Reason.OTHER_KEYS, issuer.name());
            }
            byDid.put(did, new Speaker(issuer.id(), did, keys, here == null ? null : here.id()));
        }
    }

    private void requireRoom(ArrivingIssuer issuer) {
        for (IssuerPapers.Key key : issuer.keys()) {
            keyBytes += (long) issuer.dids().size()
                    * (A_KEY + key.privateKey().length + key.publicKey().length());
        }
        if (keyBytes > LARGEST_KEYS) {
            throw new ArchiveRefusedException(
                    Reason.TOO_LARGE, ArchiveReader.shown(issuer.dids().get(0)));
        }
    }

    @Override
    public void published(ArchiveNames.Part part, byte[] content) {
        if (part.what().equals("image.png")) {
            requireRoomForLogo(part, content);
            return;
        }
        String did = JsonBytes.parse(content).getString("id", "");
        Speaker speaker = byDid.get(did);
        if (speaker == null || !speaker.issuer().equals(part.of())) {
            throw new ArchiveRefusedException(Reason.KEYS, ArchiveReader.shown(did));
        }
    }

    private void requireRoomForLogo(ArchiveNames.Part part, byte[] content) {
        logoBytes += content.length
                * byDid.values().stream()
                        .filter(speaker -> speaker.issuer().equals(part.of()))
                        .count();
        if (logoBytes > LARGEST_LOGOS) {
            throw new ArchiveRefusedException(Reason.TOO_LARGE, ArchiveNames.publicIssuer(part.of(), part.what()));
        }
    }

    @Override
    public void credential(ArchiveNames.Part part, byte[] content) {
        if (part.what().equals(ArrivingCredentials.ABOUT)) {
            ArrivingCredentials.notInForceSince(content);
            current = part.of();
            currentSpeaker = null;
            size = 0;
            badges++;
            return;
        }
        if (!part.of().equals(current)) {
            throw new ArchiveRefusedException(Reason.DAMAGED);
        }
        size += content.length;
        if (size > LARGEST_BADGE) {
            throw new ArchiveRefusedException(Reason.TOO_LARGE, ArchiveNames.credential(part.of(), part.what()));
        }
        boolean jwt = part.what().endsWith(".jwt");
        JsonObject credential = JsonBytes.parse(jwt ? VcJwt.payload(content) : content);
        Speaker speaker = byDid.get(ArrivingCredentials.issuer(credential));
        if (speaker == null
                || currentSpeaker != null && !currentSpeaker.issuer().equals(speaker.issuer())
                || !credential.getString("id", "").equals("urn:uuid:" + part.of())
                || !isKnown() && !isSigned(speaker, credential, jwt, content)) {
            throw new ArchiveRefusedException(Reason.SIGNATURE, ArchiveNames.credential(part.of(), part.what()));
        }
        currentSpeaker = speaker;
        if (part.what().equals(ArrivingCredentials.AS_ISSUED)) {
            spokenBy.put(part.of(), speaker);
            if (spokenBy.size() == ASKED_TOGETHER) {
                requireOwnBadges();
            }
            ArrivingCredentials.described(part.of(), 0, credential, Instant.EPOCH);
        }
    }

    /** What is here under the number of a badge is by the same issuer. */
    private void requireOwnBadges() {
        Map<UUID, Long> here = spokenBy.isEmpty() ? Map.of() : arrived.issuersOf(tenant, spokenBy.keySet());
        here.forEach((badge, issuer) -> {
            if (!issuer.equals(Objects.requireNonNull(spokenBy.get(badge)).here())) {
                throw new ArchiveRefusedException(
                        Reason.OTHER_ISSUER, ArchiveNames.credential(badge, ArrivingCredentials.AS_ISSUED));
            }
        });
        spokenBy.clear();
    }

    /** Nothing follows. */
    void end() {
        requireOwnBadges();
    }

    private boolean isSigned(Speaker speaker, JsonObject credential, boolean jwt, byte[] content) {
        return jwt
                ? speaker.keys().signed(speaker.did(), content)
                : speaker.keys().signed(suite, speaker.did(), credential);
    }

    @Override
    public void list(ArchiveNames.Part part, byte[] content) {
        ArrivedList list = ArrivedList.parse(content);
        JsonObject json = list.json();
        Speaker speaker = byDid.get(json.getString("issuer", ""));
        if (speaker == null) {
            // Of samples, which stay behind.
            return;
        }
        boolean suspensions = part.what().equals(ArrivingIssuers.SUSPENSIONS);
        String end = "/status-lists/" + part.of() + (suspensions ? "/suspensions" : "");
        // A list of ids has no signature in any case; the seal of the archive covers it.
        boolean isSigned = !list.isOfBits() || isKnown() || speaker.keys().signed(suite, speaker.did(), json);
        if (!json.getString("id", "").endsWith(end) || !isSigned) {
            throw new ArchiveRefusedException(Reason.SIGNATURE, end);
        }
        ListOf one = new ListOf(speaker.did(), part.of());
        if (suspensions ? !lists.contains(one) : !lists.add(one)) {
            throw new ArchiveRefusedException(Reason.DAMAGED);
        }
    }

    @Override
    public void isRead(long entries, long bytes) {
        this.entries = entries;
    }

    /** Of the entry that is being read. */
    private boolean isKnown() {
        return entries < checkedBefore;
    }
}
