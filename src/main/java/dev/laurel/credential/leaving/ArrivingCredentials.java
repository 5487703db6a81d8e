package dev.laurel.credential.leaving;

import dev.laurel.credential.leaving.ArrivedListRepository.Place;
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

    private final Map<String, Speaker> speakers = new HashMap<>();

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
        this.part = new Part(doneBefore);
    }

    /** @param asOf how new the word of this archive is */
    private record Speaker(ArrivedIssuer here, Instant asOf) {}

    /** What an archive says of a badge; a newer one may have come before. */
    private record Word(ArrivedCredential says, String did, Instant asOf, boolean newest) {}

    /** Badges with all of their forms. */
    static final class Part {

        private final int after;

        private final List<Word> words = new ArrayList<>();

        private final List<ArrivedRepository.Form> forms = new ArrayList<>();

        private int badges;

        private Part(int after) {
            this.after = after;
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
        int write(TenantId tenant, ArrivedRepository arrived, ArrivedListRepository rows) {
            List<UUID> all = words.stream().map(word -> word.says().id()).toList();
            int known = all.isEmpty() ? 0 : arrived.count(tenant, all);
            Map<UUID, Optional<ArrivedList>> lists = new HashMap<>();
            List<ArrivedCredential> newest = new ArrayList<>();
            List<ArrivedCredential> others = new ArrayList<>();
            for (Word word : words) {
                ArrivedCredential says = word.says();
                UUID id = says.listId();
                Optional<Boolean> listed = id == null
                        ? Optional.empty()
                        : lists.computeIfAbsent(
                                        id,
                                        list -> rows.lock(new Place(tenant, says.issuerId(), word.did(), list))
                                                .map(found -> ArrivedList.parse(found.signed())))
                                .map(found -> found.withdraws(says.id(), says.place()));
                if (word.newest() && (says.notInForceSince() != null || !listed.orElse(false))) {
                    newest.add(says);
                } else if (listed.isEmpty()) {
                    others.add(says);
                } else {
                    // What was taken back between a badge and its list, or by another word, is not in force from the
                    // first moment on.
                    Instant since = says.notInForceSince() == null ? word.asOf() : says.notInForceSince();
                    others.add(says.notInForce(listed.get() ? since : null));
                }
            }
            arrived.add(tenant, newest, true);
            arrived.add(tenant, others, false);
            arrived.addForms(tenant, forms);
            return all.size() - known;
        }
    }

    @Override
    public void issuer(ArrivingIssuer issuer) {
        issuer.dids()
                .forEach(did -> speakers.put(
                        did, new Speaker(arrived.issuerOf(tenant, did).orElseThrow(), issuer.asOf())));
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
            Speaker speaker = Objects.requireNonNull(speakers.get(issuer(credential)));
            ArrivedIssuer here = speaker.here();
            part.words.add(new Word(
                    described(name.of(), here.id(), credential, notInForceSince),
                    here.did(),
                    speaker.asOf(),
                    !here.asOf().isAfter(speaker.asOf())));
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
        part = new Part(Math.max(seen, doneBefore));
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
