package dev.laurel.credential.document;

import dev.laurel.credential.document.AchievementCredential.Assessor;
import dev.laurel.credential.document.AchievementCredential.Dates;
import dev.laurel.credential.document.AchievementCredential.Holder;
import dev.laurel.credential.proof.EddsaRdfc2022;
import dev.laurel.credential.proof.JsonBytes;
import dev.laurel.credential.proof.QuadTemplate;
import dev.laurel.credential.proof.Signer;
import dev.laurel.credential.status.CredentialStatus;
import jakarta.json.JsonObject;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * What all credentials of one badge version and one shape have in common, so that signing one of them is filling in what is of
 * this award only: its ids, dates, what it says of the holder, evidence, and place in the status list. Every other difference is another
 * template.
 */
final class CredentialTemplate {

    /**
     * What has to be the same for a template to fit; which parts are there and which are not is a part of it.
     *
     * @param statusList {@code null}: without a status
     */
    record Shape(
            IssuerProfile issuer,
            Badge badge,
            Outcome outcome,
            @Nullable Assessor source,
            List<EvidenceShape> evidence,
            boolean ends,
            List<IdentityShape> identities,
            @Nullable String statusList,
            boolean statusOfIds,
            boolean refreshes) {

        static Shape of(AchievementCredential credential) {
            CredentialStatus status = credential.status();
            return new Shape(
                    credential.issuer(),
                    credential.badge(),
                    credential.outcome(),
                    credential.source(),
                    credential.evidence().stream()
                            .map(each -> new EvidenceShape(each.id() != null, each.name(), each.genre()))
                            .toList(),
                    credential.dates().validUntil() != null,
                    credential.holder().identities().stream()
                            .map(each -> new IdentityShape(each.kind(), each.salt() != null))
                            .toList(),
                    status == null ? null : status.list(),
                    status != null && status.index() == null,
                    credential.refreshAt() != null);
        }
    }

    private record EvidenceShape(
            boolean hasId, String name, @Nullable String genre) {}

    private record IdentityShape(HolderIdentity.Kind kind, boolean hashed) {}

    private static final Pattern NOTHING_TO_ESCAPE = Pattern.compile("[A-Za-z0-9 ._:/?&=%~-]*");

    private static final String TOKEN = "laurel-slot-5f1d0c77b2a94e36-";

    private static final Instant AWARDED = Instant.parse("1871-01-18T11:12:13Z");

    private static final Instant FROM = Instant.parse("1872-02-19T11:12:13Z");

    private static final Instant UNTIL = Instant.parse("1873-03-20T11:12:13Z");

    private static final UUID ID = UUID.fromString("5f1d0c77-b2a9-4e36-9d1e-000000000001");

    private static final UUID SUBJECT = UUID.fromString("5f1d0c77-b2a9-4e36-9d1e-000000000002");

    private static final int INDEX = 2_147_403_861;

    private final QuadTemplate quads;

    /** The JSON between the values, and which value stands after each. */
    private final List<byte[]> pieces;

    private final List<Integer> order;

    private CredentialTemplate(QuadTemplate quads, List<byte[]> pieces, List<Integer> order) {
        this.quads = quads;
        this.pieces = pieces;
        this.order = order;
    }

    /** @return {@code null} where none can be made of its shape */
    static @Nullable CredentialTemplate of(AchievementCredential credential, EddsaRdfc2022 suite) {
        JsonObject empty = withTokens(credential).toJson();
        List<String> tokens = tokens(credential);
        String real = credential.toJson().toString();
        if (tokens.stream().anyMatch(real::contains)) {
            return null;
        }
        QuadTemplate quads = suite.template(empty, tokens);
        if (quads == null) {
            return null;
        }
        String text = new String(JsonBytes.write(empty), StandardCharsets.UTF_8);
        List<byte[]> pieces = new ArrayList<>();
        List<Integer> order = new ArrayList<>();
        int from = 0;
        for (int at = 0; at < text.length(); at++) {
            for (int number = 0; number < tokens.size(); number++) {
                if (text.startsWith(tokens.get(number), at)) {
                    pieces.add(utf8(text.substring(from, at)));
                    order.add(number);
                    at += tokens.get(number).length() - 1;
                    from = at + 1;
                    break;
                }
            }
        }
        // The proof goes before the last brace.
        pieces.add(utf8(text.substring(from, text.length() - 1)));
        return new CredentialTemplate(quads, List.copyOf(pieces), List.copyOf(order));
    }

    /** The bytes of the signed credential; {@code null} where the long way has to be gone. */
    byte @Nullable [] sign(AchievementCredential credential, Signer signer, Instant created) {
        List<String> values = values(credential);
        byte[] hash = quads.hash(values);
        if (hash == null) {
            return null;
        }
        ByteArrayOutputStream json = new ByteArrayOutputStream(8_192);
        for (int i = 0; i < order.size(); i++) {
            json.writeBytes(pieces.get(i));
            json.writeBytes(utf8(escaped(values.get(order.get(i)))));
        }
        json.writeBytes(pieces.get(order.size()));
        json.writeBytes(utf8(",\"proof\":[" + EddsaRdfc2022.proof(hash, signer, created) + "]}"));
        return json.toByteArray();
    }

    private static byte[] utf8(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }

    /** As the writer of JSON writes it, without the quotes. */
    private static String escaped(String value) {
        if (NOTHING_TO_ESCAPE.matcher(value).matches()) {
            return value;
        }
        String quoted = JsonBytes.JSON.createValue(value).toString();
        return quoted.substring(1, quoted.length() - 1);
    }

    private static AchievementCredential withTokens(AchievementCredential credential) {
        List<Evidence> evidence = new ArrayList<>();
        for (Evidence each : credential.evidence()) {
            int number = evidence.size();
            evidence.add(new Evidence(
                    each.id() == null ? null : "urn:" + TOKEN + "id" + number + ".",
                    each.name(),
                    TOKEN + "narrative" + number + ".",
                    each.genre()));
        }
        CredentialStatus status = credential.status();
        return new AchievementCredential(
                ID,
                credential.issuer(),
                new Dates(AWARDED, FROM, credential.dates().validUntil() == null ? null : UNTIL),
                new Holder(SUBJECT, identitiesWithTokens(credential.holder())),
                credential.badge(),
                credential.outcome(),
                credential.source(),
                evidence,
                status == null || status.index() == null ? status : new CredentialStatus(status.list(), INDEX),
                credential.refreshAt() == null ? null : "urn:" + TOKEN + "refresh.");
    }

    private static List<HolderIdentity> identitiesWithTokens(Holder holder) {
        List<HolderIdentity> identities = new ArrayList<>();
        for (HolderIdentity each : holder.identities()) {
            int number = identities.size();
            identities.add(new HolderIdentity(
                    each.kind(),
                    TOKEN + "identity" + number + ".",
                    each.salt() == null ? null : TOKEN + "salt" + number + "."));
        }
        return identities;
    }

    /** In the order of {@link #values}. */
    private static List<String> tokens(AchievementCredential credential) {
        return values(withTokens(credential));
    }

    private static List<String> values(AchievementCredential credential) {
        List<String> values = new ArrayList<>();
        values.add(credential.id().toString());
        values.add(credential.holder().id().toString());
        values.add(Json.time(credential.dates().awarded()));
        values.add(Json.time(credential.dates().validFrom()));
        Instant until = credential.dates().validUntil();
        if (until != null) {
            values.add(Json.time(until));
        }
        for (HolderIdentity each : credential.holder().identities()) {
            values.add(each.value());
            if (each.salt() != null) {
                values.add(each.salt());
            }
        }
        for (Evidence each : credential.evidence()) {
            if (each.id() != null) {
                values.add(each.id());
            }
            values.add(each.narrative());
        }
        CredentialStatus status = credential.status();
        if (status != null && status.index() != null) {
            values.add(Integer.toString(status.index()));
        }
        if (credential.refreshAt() != null) {
            values.add(credential.refreshAt());
        }
        return values;
    }
}
