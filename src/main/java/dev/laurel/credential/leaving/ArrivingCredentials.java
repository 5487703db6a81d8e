package dev.laurel.credential.leaving;

import dev.laurel.credential.proof.JsonBytes;
import dev.laurel.platform.sql.Varchar;
import dev.laurel.platform.tenant.TenantId;
import jakarta.json.JsonObject;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** The badges of an archive that was checked and whose issuers are here, in parts of whole badges. */
final class ArrivingCredentials implements ArchiveReading.Visitor {

    static final String ABOUT = "about.json";

    static final String AS_ISSUED = "as-issued.json";

    /** Badges of a part. */
    static final int TOGETHER = 100;

    private static final int HEAVY = 4 << 20;

    private static final String STATUS_LISTS = "/status-lists/";

    private final TenantId tenant;

    private final ArrivedRepository arrived;

    private final int doneBefore;

    private final Consumer<Part> each;

    private final Map<String, ArrivedIssuer> issuers = new HashMap<>();

    private Instant madeAt = Instant.EPOCH;

    private int seen;

    private long bytes;

    private @Nullable Instant notInForceSince;

    private Part part;

    /** @param doneBefore so many badges, the first of the archive, are here already */
    ArrivingCredentials(TenantId tenant, ArrivedRepository arrived, int doneBefore, Consumer<Part> each) {
        this.tenant = tenant;
        this.arrived = arrived;
        this.doneBefore = doneBefore;
        this.each = each;
        this.part = new Part(doneBefore, Instant.EPOCH);
    }

    /** Badges with all of their forms. */
    static final class Part {

        private final int after;

        private final Instant madeAt;

        private final List<ArrivedCredential> newest = new ArrayList<>();

        private final List<ArrivedCredential> others = new ArrayList<>();

        private final List<ArrivedRepository.Form> forms = new ArrayList<>();

        private int badges;

        private Part(int after, Instant madeAt) {
            this.after = after;
            this.madeAt = madeAt;
        }

        /** So many badges stand before these in the archive. */
        int after() {
            return after;
        }

        int badges() {
            return badges;
        }

        /**
         * Writes them in the transaction of the caller; again changes nothing.
         *
         * @return how many were not here before
         */
        int write(TenantId tenant, ArrivedRepository arrived) {
            List<UUID> all = new ArrayList<>();
            newest.forEach(each -> all.add(each.id()));
            others.forEach(each -> all.add(each.id()));
            int known = all.isEmpty() ? 0 : arrived.count(tenant, all);
            Map<UUID, Optional<ArrivedList>> lists = new HashMap<>();
            arrived.add(tenant, asTheListsSay(tenant, arrived, newest, lists), true);
            arrived.add(tenant, asTheListsSay(tenant, arrived, others, lists), false);
            arrived.addForms(tenant, forms);
            return all.size() - known;
        }

        /** What was taken back between a badge and its list is not in force from the first moment on. */
        private List<ArrivedCredential> asTheListsSay(
                TenantId tenant,
                ArrivedRepository arrived,
                List<ArrivedCredential> credentials,
                Map<UUID, Optional<ArrivedList>> lists) {
            return credentials.stream()
                    .map(each -> {
                        UUID id = each.listId();
                        if (id == null || each.notInForceSince() != null) {
                            return each;
                        }
                        return lists.computeIfAbsent(
                                        id,
                                        listId -> arrived.lockList(tenant, each.issuerId(), listId)
                                                .map(list -> ArrivedList.parse(list.signed())))
                                .filter(list -> list.withdraws(each.id(), each.place()))
                                .map(list -> each.notInForce(madeAt))
                                .orElse(each);
                    })
                    .toList();
        }
    }

    @Override
    public void madeAt(Instant time) {
        madeAt = time;
        part = new Part(doneBefore, time);
    }

    @Override
    public void issuer(ArrivingIssuer issuer) {
        issuer.dids()
                .forEach(did -> issuers.put(did, arrived.issuerOf(tenant, did).orElseThrow()));
    }

    @Override
    public void credential(ArchiveNames.Part name, byte[] content) {
        if (name.what().equals(ABOUT)) {
            begin(content);
            return;
        }
        if (seen <= doneBefore) {
            return;
        }
        part.forms.add(new ArrivedRepository.Form(name.of(), name.what(), content));
        bytes += content.length;
        if (name.what().equals(AS_ISSUED)) {
            JsonObject credential = JsonBytes.parse(content);
            ArrivedIssuer issuer = Objects.requireNonNull(issuers.get(issuer(credential)));
            boolean newest = !issuer.asOf().isAfter(madeAt);
            (newest ? part.newest : part.others).add(described(name.of(), issuer.id(), credential, notInForceSince));
        }
    }

    private void begin(byte[] about) {
        if (part.badges == TOGETHER || bytes >= HEAVY) {
            flush();
        }
        seen++;
        if (seen > doneBefore) {
            part.badges++;
            notInForceSince = notInForceSince(about);
        }
    }

    /** Hands on what is left. */
    void flush() {
        if (part.badges > 0) {
            each.accept(part);
        }
        part = new Part(Math.max(seen, doneBefore), madeAt);
        bytes = 0;
    }

    static @Nullable Instant notInForceSince(byte[] content) {
        JsonObject about = JsonBytes.parse(content);
        return about.containsKey("notInForceSince") ? ArchiveTime.parse(about.getString("notInForceSince")) : null;
    }

    static String issuer(JsonObject credential) {
        return credential.getJsonObject("issuer").getString("id");
    }

    static ArrivedCredential described(UUID id, long issuerId, JsonObject credential, @Nullable Instant notInForce) {
        String badge = credential
                .getJsonObject("credentialSubject")
                .getJsonObject("achievement")
                .getString("name");
        UUID list = null;
        Integer place = null;
        JsonObject status = credential.getJsonObject("credentialStatus");
        if (status != null) {
            boolean ofBits = status.containsKey("statusListIndex");
            String url = status.getString(ofBits ? "statusListCredential" : "id");
            list = UUID.fromString(url.substring(url.lastIndexOf(STATUS_LISTS) + STATUS_LISTS.length()));
            place = ofBits ? Integer.valueOf(status.getString("statusListIndex")) : null;
        }
        return new ArrivedCredential(
                id,
                issuerId,
                Varchar.fit(badge, 300),
                ArchiveTime.parse(credential.getString("validFrom")),
                list,
                place,
                notInForce,
                null);
    }
}
