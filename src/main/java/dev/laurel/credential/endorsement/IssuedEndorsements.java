package dev.laurel.credential.endorsement;

import dev.laurel.credential.issuer.CredentialAddresses;
import dev.laurel.credential.leaving.LeavingDocuments;
import dev.laurel.credential.proof.EddsaRdfc2022;
import dev.laurel.credential.proof.JsonBytes;
import dev.laurel.credential.proof.PinnedContexts;
import dev.laurel.credential.proof.Signer;
import dev.laurel.credential.status.CredentialStatus;
import dev.laurel.credential.status.StatusListSigning;
import dev.laurel.credential.status.StatusLists;
import dev.laurel.credential.status.StatusLists.Endorsed;
import dev.laurel.platform.sql.Utc;
import dev.laurel.platform.tenant.TenantId;
import jakarta.json.JsonObject;
import java.io.IOException;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;
import org.springframework.transaction.annotation.Transactional;

/**
 * EndorsementCredentials that our issuers sign about badges and issuers of others (table {@code issued_endorsement}): signed
 * once, and readable by anybody at an address of their own.
 */
@Repository
public class IssuedEndorsements implements LeavingDocuments {

    private static final int SHOWN = 100;

    private final JdbcClient jdbc;

    private final Speakers speakers;

    private final EddsaRdfc2022 suite;

    private final StatusLists lists;

    private final StatusListSigning listSigning;

    private final CredentialAddresses addresses;

    private final Clock clock;

    IssuedEndorsements(
            JdbcClient jdbc,
            Speakers speakers,
            EddsaRdfc2022 suite,
            StatusLists lists,
            StatusListSigning listSigning,
            CredentialAddresses addresses,
            Clock clock) {
        this.jdbc = jdbc;
        this.speakers = speakers;
        this.suite = suite;
        this.lists = lists;
        this.listSigning = listSigning;
        this.addresses = addresses;
        this.clock = clock;
    }

    /**
     * Signs one.
     *
     * @param subject the id of what is endorsed: an absolute URL or a DID
     * @param title what it is called
     * @throws IllegalArgumentException where it is no issuer of this institution
     * @throws IllegalStateException where its key cannot be opened
     */
    @Transactional
    public UUID issue(TenantId tenant, long issuerId, String subject, String title, String remark, long byPerson) {
        JsonObject profile = speakers.profile(tenant, issuerId)
                .orElseThrow(() -> new IllegalArgumentException("No issuer of the institution: " + issuerId));
        UUID id = UUID.randomUUID();
        Instant now = clock.instant().truncatedTo(ChronoUnit.SECONDS);
        Endorsed dealt = lists.dealToEndorsement(tenant, issuerId);
        String list = addresses
                .under(dealt.place().publicUrl())
                .statusList(dealt.place().list());
        JsonObject credential = JsonBytes.JSON
                .createObjectBuilder()
                .add("@context", JsonBytes.JSON.createArrayBuilder(PinnedContexts.OF_AN_ACHIEVEMENT_CREDENTIAL))
                .add("id", "urn:uuid:" + id)
                .add(
                        "type",
                        JsonBytes.JSON.createArrayBuilder(List.of("VerifiableCredential", "EndorsementCredential")))
                .add("name", title)
                .add("issuer", profile)
                .add("validFrom", now.toString())
                .add(
                        "credentialSubject",
                        JsonBytes.JSON
                                .createObjectBuilder()
                                .add("id", subject)
                                .add("type", JsonBytes.JSON.createArrayBuilder(List.of("EndorsementSubject")))
                                .add("endorsementComment", remark))
                .add(
                        "credentialStatus",
                        new CredentialStatus(list, dealt.place().index()).toJson())
                .build();
        byte[] signed = JsonBytes.write(
                suite.sign(credential, speakers.signer(tenant, issuerId, profile.getString("id")), now));
        jdbc.sql("""
                INSERT INTO issued_endorsement
                    (tenant_id, public_id, issuer_id, subject, title, content, list_id, place, issued_by, issued_at)
                VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)""")
                .params(
                        tenant.value(),
                        id.toString(),
                        issuerId,
                        subject,
                        title,
                        signed,
                        dealt.listId(),
                        dealt.place().index(),
                        byPerson,
                        Utc.of(now))
                .update();
        // Whoever reads it must find the list that it names.
        listSigning.publish(tenant);
        return id;
    }

    /** What this issuer said and did not take back, with the key that it has now; it says the same at the same address. */
    @Transactional
    public void signAgain(TenantId tenant, long issuerId) {
        Instant now = clock.instant().truncatedTo(ChronoUnit.SECONDS);
        Map<Long, byte[]> standing = new LinkedHashMap<>();
        jdbc.sql(
                        "SELECT id, content FROM issued_endorsement WHERE tenant_id = ? AND issuer_id = ? AND ended_at IS NULL FOR UPDATE")
                .params(tenant.value(), issuerId)
                .query(row -> {
                    standing.put(row.getLong("id"), row.getBytes("content"));
                });
        standing.forEach((id, content) -> {
            JsonObject unsigned = JsonBytes.JSON
                    .createObjectBuilder(JsonBytes.parse(content))
                    .remove("proof")
                    .build();
            Signer signer = speakers.signer(
                    tenant, issuerId, unsigned.getJsonObject("issuer").getString("id"));
            jdbc.sql("UPDATE issued_endorsement SET content = ? WHERE tenant_id = ? AND id = ?")
                    .params(JsonBytes.write(suite.sign(unsigned, signer, now)), tenant.value(), id)
                    .update();
        });
    }

    /** The newest first; at most {@value #SHOWN}. */
    public List<IssuedEndorsement> all(TenantId tenant) {
        return jdbc.sql("""
                SELECT id, public_id, subject, title, issued_at, ended_at FROM issued_endorsement
                WHERE tenant_id = ? ORDER BY id DESC LIMIT\s""" + SHOWN)
                .param(tenant.value())
                .query(IssuedEndorsements::row)
                .list();
    }

    /** Whether one of this id was taken back; not where it is none of ours. */
    public boolean isEnded(TenantId tenant, UUID publicId) {
        return jdbc.sql("SELECT COUNT(*) FROM issued_endorsement"
                                + " WHERE tenant_id = ? AND public_id = ? AND ended_at IS NOT NULL")
                        .params(tenant.value(), publicId.toString())
                        .query(Integer.class)
                        .single()
                > 0;
    }

    /**
     * From now on its address says that it is gone, and its status list that it was taken back. One from before there were such
     * lists names none: only Laurel's own verifier knows.
     */
    @Transactional
    public boolean end(TenantId tenant, long id, long byPerson) {
        boolean ended = jdbc.sql("UPDATE issued_endorsement SET ended_by = ?, ended_at = ?"
                                + " WHERE tenant_id = ? AND id = ? AND ended_at IS NULL")
                        .params(byPerson, Utc.of(clock.instant()), tenant.value(), id)
                        .update()
                == 1;
        if (ended) {
            jdbc.sql("SELECT list_id FROM issued_endorsement WHERE tenant_id = ? AND id = ? AND list_id IS NOT NULL")
                    .params(tenant.value(), id)
                    .query(Long.class)
                    .optional()
                    .ifPresent(list -> lists.endorsementEnded(tenant, list));
            listSigning.publish(tenant);
        }
        return ended;
    }

    /** Those that were not taken back. */
    @Override
    public void write(TenantId tenant, Tree tree) throws IOException {
        Map<String, byte[]> standing = new LinkedHashMap<>();
        jdbc.sql(
                        "SELECT public_id, content FROM issued_endorsement WHERE tenant_id = ? AND ended_at IS NULL ORDER BY id")
                .param(tenant.value())
                .query(row -> {
                    standing.put(row.getString("public_id"), row.getBytes("content"));
                });
        for (Map.Entry<String, byte[]> each : standing.entrySet()) {
            tree.add(addresses.publicUrl().at("/endorsements/" + each.getKey()), each.getValue());
        }
    }

    /** What stands at a public address. */
    record Published(byte[] content, boolean ended) {}

    Optional<Published> published(UUID publicId) {
        return jdbc.sql("SELECT content, ended_at FROM issued_endorsement WHERE public_id = ?")
                .param(publicId.toString())
                .query((row, n) -> new Published(row.getBytes("content"), row.getObject("ended_at") != null))
                .optional();
    }

    private static IssuedEndorsement row(ResultSet row, int n) throws SQLException {
        return new IssuedEndorsement(
                row.getLong("id"),
                UUID.fromString(row.getString("public_id")),
                row.getString("subject"),
                row.getString("title"),
                Utc.read(row, "issued_at"),
                Utc.readNullable(row, "ended_at"));
    }
}
