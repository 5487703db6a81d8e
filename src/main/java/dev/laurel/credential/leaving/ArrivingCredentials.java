package dev.laurel.credential.leaving;

import dev.laurel.credential.leaving.ArchiveRefusedException.Reason;
import dev.laurel.credential.leaving.Arriving.Speaker;
import dev.laurel.credential.proof.EddsaRdfc2022;
import dev.laurel.credential.proof.JsonBytes;
import dev.laurel.credential.proof.VcJwt;
import dev.laurel.platform.sql.Varchar;
import dev.laurel.platform.tenant.TenantId;
import jakarta.json.JsonObject;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** The badges of an archive while they come in: checked one by one, written some at a time. */
final class ArrivingCredentials {

    private static final int TOGETHER = 100;

    private static final String STATUS_LISTS = "/status-lists/";

    private final TenantId tenant;

    private final ArrivedRepository arrived;

    private final EddsaRdfc2022 suite;

    private final List<ArrivedCredential> newest = new ArrayList<>();

    private final List<ArrivedCredential> others = new ArrayList<>();

    private final List<ArrivedRepository.Form> forms = new ArrayList<>();

    private @Nullable UUID current;

    private @Nullable Instant notInForceSince;

    ArrivingCredentials(TenantId tenant, ArrivedRepository arrived, EddsaRdfc2022 suite) {
        this.tenant = tenant;
        this.arrived = arrived;
        this.suite = suite;
    }

    void take(ArchiveNames.Part part, byte[] content, Map<String, Speaker> speakers) {
        if (part.what().equals("about.json")) {
            JsonObject about = JsonBytes.parse(content);
            current = part.of();
            notInForceSince =
                    about.containsKey("notInForceSince") ? Instant.parse(about.getString("notInForceSince")) : null;
            return;
        }
        if (!part.of().equals(current)) {
            throw new ArchiveRefusedException(Reason.DAMAGED);
        }
        boolean jwt = part.what().endsWith(".jwt");
        JsonObject credential = JsonBytes.parse(jwt ? VcJwt.payload(content) : content);
        Speaker speaker = speakers.get(credential.getJsonObject("issuer").getString("id"));
        if (speaker == null
                || !credential.getString("id", "").equals("urn:uuid:" + part.of())
                || !isSigned(speaker, credential, jwt, content)) {
            throw new ArchiveRefusedException(Reason.SIGNATURE, ArchiveNames.credential(part.of(), part.what()));
        }
        if (part.what().equals("as-issued.json")) {
            (speaker.newest() ? newest : others).add(described(part.of(), speaker.id(), credential));
        }
        forms.add(new ArrivedRepository.Form(part.of(), part.what(), content));
        if (forms.size() >= TOGETHER) {
            flush();
        }
    }

    private boolean isSigned(Speaker speaker, JsonObject credential, boolean jwt, byte[] content) {
        return jwt
                ? speaker.keys().signedInside(content).isPresent()
                : speaker.keys().signed(suite, credential);
    }

    private ArrivedCredential described(UUID id, long issuerId, JsonObject credential) {
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
                OffsetDateTime.parse(credential.getString("validFrom")).toInstant(),
                list,
                place,
                notInForceSince,
                null);
    }

    void flush() {
        if (!newest.isEmpty()) {
            arrived.add(tenant, newest, true);
        }
        if (!others.isEmpty()) {
            arrived.add(tenant, others, false);
        }
        if (!forms.isEmpty()) {
            arrived.addForms(tenant, forms);
        }
        newest.clear();
        others.clear();
        forms.clear();
    }
}
