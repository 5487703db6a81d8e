package dev.laurel.credential.check;

import dev.laurel.credential.check.Check.Name;
import jakarta.json.JsonNumber;
import jakarta.json.JsonObject;
import java.io.ByteArrayInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.Base64;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.zip.GZIPInputStream;
import org.jspecify.annotations.Nullable;

/**
 * Whether a credential was taken back or suspended, in each of the lists that it names. A list counts only where whom it names as its
 * issuer signed it; that may be another than the issuer of the credential, whose signature covers the address of the list.
 *
 * @see <a href="https://www.w3.org/TR/vc-bitstring-status-list/#validate-algorithm">Bitstring Status List v1.0, 3.2</a>
 * @see <a href="https://www.imsglobal.org/spec/vccs/v1p0/">1EdTech Verifiable Credential Status List</a>
 */
final class StatusLookup {

    /** The most bits of a list that are read: 16 MB of them, and never kept in memory. */
    private static final int MOST_BITS = 1 << 27;

    /** Bytes of 131,072 places: whoever looks one up in a shorter list tells whose badge is shown. */
    private static final int SHORTEST = 16_384;

    private static final int MOST_ENTRIES = 5;

    /** Bits of one entry; nobody has that much to say of a badge. */
    private static final int LARGEST_ENTRY = 64;

    /** Of which places are told; they say something else than whether it counts. */
    private static final Set<String> REMARKS = Set.of("message", "refresh");

    private static final Duration LEEWAY = Duration.ofMinutes(1);

    private final Web web;

    private final Proofs proofs;

    private final Instant now;

    StatusLookup(Web web, Proofs proofs, Instant now) {
        this.web = web;
        this.proofs = proofs;
        this.now = now;
    }

    void check(JsonObject credential, String issuer, Findings findings) {
        List<JsonObject> entries = Look.objects(credential, "credentialStatus");
        if (!credential.containsKey("credentialStatus")) {
            return;
        }
        if (entries.isEmpty()
                || entries.size() != Look.values(credential, "credentialStatus").size()) {
            findings.unknown(Name.STATUS, Reason.STATUS_UNKNOWN, null);
            return;
        }
        if (entries.size() > MOST_ENTRIES) {
            findings.unknown(Name.STATUS, Reason.TOO_MANY_LOOKUPS, null);
            return;
        }
        Set<String> says = new TreeSet<>();
        for (JsonObject entry : entries) {
            if (isRemark(entry)) {
                continue;
            }
            try {
                says.add(check(entry, credential, issuer));
            } catch (RefusedException e) {
                findings.refused(Name.STATUS, e);
            }
        }
        if (!says.isEmpty()) {
            says.remove(issuer);
            findings.add(Name.STATUS, Check.Result.PASSED, null, says.isEmpty() ? null : String.join(" ", says));
        }
    }

    private static boolean isRemark(JsonObject entry) {
        String purpose = Look.text(entry, "statusPurpose");
        return isOfBits(entry) && purpose != null && REMARKS.contains(purpose);
    }

    private static boolean isOfBits(JsonObject entry) {
        return Look.hasType(entry, "BitstringStatusListEntry") || Look.hasType(entry, "StatusList2021Entry");
    }

    /** @return whose list says that it counts */
    private String check(JsonObject entry, JsonObject credential, String issuer) {
        if (Look.hasType(entry, "BitstringStatusListEntry")) {
            return checkBits(entry, "BitstringStatusListCredential", "BitstringStatusList");
        } else if (Look.hasType(entry, "StatusList2021Entry")) {
            return checkBits(entry, "StatusList2021Credential", "StatusList2021");
        } else if (Look.hasType(entry, "1EdTechRevocationList")) {
            checkRevocations(entry, credential, issuer);
            return issuer;
        }
        throw new RefusedException(Reason.STATUS_UNKNOWN, Look.text(entry, "type"));
    }

    private String checkBits(JsonObject entry, String listType, String subjectType) {
        String purpose = Look.text(entry, "statusPurpose");
        if (!"revocation".equals(purpose) && !"suspension".equals(purpose)) {
            throw new RefusedException(Reason.STATUS_UNKNOWN, purpose);
        }
        int place = place(entry);
        int size = size(entry);
        String url = required(entry, "statusListCredential");
        JsonObject list = signedList(web.get(Web.address(url)));
        JsonObject subject = Look.object(list, "credentialSubject");
        if (!Look.hasType(list, listType)
                || !Look.hasType(subject, subjectType)
                || !Look.texts(subject, "statusPurpose").contains(purpose)
                || subject != null && subject.containsKey("statusSize") && size(subject) != size
                || list.containsKey("id") && !url.equals(Look.text(list, "id"))) {
            throw new RefusedException(Reason.STATUS_LIST_BROKEN, url);
        }
        if (isSet(required(subject, "encodedList"), place, size, url)) {
            throw new RefusedException("revocation".equals(purpose) ? Reason.REVOKED : Reason.SUSPENDED);
        }
        return issuer(list);
    }

    private static int place(JsonObject entry) {
        String index = entry.containsKey("statusListIndex") ? Look.text(entry, "statusListIndex") : null;
        if (index == null && entry.get("statusListIndex") instanceof JsonNumber number) {
            index = number.toString();
        }
        if (index == null || !index.matches("\\d{1,9}") || Integer.parseInt(index) >= MOST_BITS) {
            throw new RefusedException(Reason.STATUS_UNKNOWN, "statusListIndex");
        }
        return Integer.parseInt(index);
    }

    /** Bits of each entry. */
    private static int size(JsonObject entry) {
        if (!entry.containsKey("statusSize")) {
            return 1;
        }
        String size = entry.get("statusSize") instanceof JsonNumber number ? number.toString() : "";
        if (!size.matches("[1-9]\\d?") || Integer.parseInt(size) > LARGEST_ENTRY) {
            throw new RefusedException(Reason.STATUS_UNKNOWN, "statusSize");
        }
        return Integer.parseInt(size);
    }

    private static String required(@Nullable JsonObject object, String name) {
        String text = Look.text(object, name);
        if (text == null) {
            throw new RefusedException(Reason.STATUS_LIST_BROKEN, name);
        }
        return text;
    }

    private JsonObject signedList(byte[] body) {
        String text = new String(body, StandardCharsets.UTF_8).strip();
        JsonObject list;
        try {
            if (BadgeReader.isJws(text)) {
                Jws jws = Jws.parse(text);
                list = CredentialJwt.credential(jws.payload());
                proofs.require(jws, issuer(list), web);
            } else {
                list = BadgeReader.object(text);
                proofs.require(list, issuer(list), web);
            }
            requireInForce(list);
        } catch (RefusedException e) {
            throw e.reason() == Reason.OUT_OF_TIME || e.reason() == Reason.TOO_MANY_LOOKUPS
                    ? e
                    : new RefusedException(
                            Reason.STATUS_LIST_UNTRUSTED, e.reason().code());
        }
        return list;
    }

    private void requireInForce(JsonObject list) {
        Instant from = Look.timeOrNull(OpenBadge3.from(list));
        Instant until = Look.timeOrNull(OpenBadge3.until(list));
        if (from != null && from.isAfter(now.plus(LEEWAY))) {
            throw new RefusedException(Reason.NOT_YET_VALID);
        }
        if (until != null && until.isBefore(now)) {
            throw new RefusedException(Reason.EXPIRED);
        }
    }

    private static String issuer(JsonObject list) {
        String issuer = Look.id(list, "issuer");
        if (issuer == null) {
            throw new RefusedException(Reason.KEY_OF_ANOTHER);
        }
        return issuer;
    }

    /** Whether any bit of the entry is. Reads no further than the entry and the shortest list. */
    private static boolean isSet(String encoded, int place, int size, String url) {
        long from = (long) place * size;
        if (from + size > MOST_BITS) {
            throw new RefusedException(Reason.STATUS_UNKNOWN, "statusListIndex");
        }
        // In the list of 2021 the prefix that names the alphabet is not there yet; the compressed data begin with an H.
        String base64 = encoded.startsWith("u") ? encoded.substring(1) : encoded;
        try (GZIPInputStream in = new GZIPInputStream(
                new ByteArrayInputStream(Base64.getUrlDecoder().decode(base64)))) {
            in.skipNBytes(from / 8);
            boolean set = false;
            int bits = 0;
            for (long bit = from; bit < from + size; bit++) {
                if (bit == from || bit % 8 == 0) {
                    bits = in.read();
                }
                if (bits < 0) {
                    throw new EOFException();
                }
                set |= (bits & 0x80 >> bit % 8) != 0;
            }
            in.skipNBytes(Math.max(0, (long) SHORTEST * size - (from + size + 7) / 8));
            return set;
        } catch (IOException | IllegalArgumentException e) {
            throw new RefusedException(Reason.STATUS_LIST_BROKEN, url);
        }
    }

    /** A list by name; it is not signed, so it has to stand at the issuer's own host. */
    private void checkRevocations(JsonObject entry, JsonObject credential, String issuer) {
        String url = required(entry, "id");
        URI address = Web.address(url);
        RevocationIds.Answer list = revocations(address, String.valueOf(Look.text(credential, "id")));
        if (!issuer.equals(list.issuer()) || !isOfIssuer(address, issuer)) {
            throw new RefusedException(Reason.STATUS_LIST_UNTRUSTED, url);
        }
        if (!list.isList()) {
            throw new RefusedException(Reason.STATUS_LIST_BROKEN, url);
        }
        if (list.revoked()) {
            throw new RefusedException(Reason.REVOKED);
        }
    }

    private RevocationIds.Answer revocations(URI address, String id) {
        byte[] body = web.get(address);
        try {
            return RevocationIds.find(body, id);
        } catch (RefusedException e) {
            throw new RefusedException(Reason.ANSWER_UNREADABLE, address.toString());
        }
    }

    private static boolean isOfIssuer(URI address, String issuer) {
        try {
            URI of = issuer.startsWith("did:web:") ? KeyLookup.address(issuer) : Web.address(issuer);
            return address.getRawAuthority().equalsIgnoreCase(of.getRawAuthority());
        } catch (RefusedException e) {
            // Whose it is cannot be told by its address.
            return false;
        }
    }
}
