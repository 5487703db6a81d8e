package dev.laurel.credential;

import dev.laurel.achievement.Issuer;
import dev.laurel.achievement.Issuers;
import dev.laurel.achievement.Issuers.OwnedIssuer;
import dev.laurel.credential.baking.BakedPng;
import dev.laurel.credential.baking.BakedPng.Keyword;
import dev.laurel.credential.issuer.CredentialAddresses;
import dev.laurel.credential.issuer.DidDocuments;
import dev.laurel.credential.issuer.IssuerKey;
import dev.laurel.credential.issuer.IssuerKeys;
import dev.laurel.credential.proof.BadCredentialException;
import dev.laurel.credential.proof.JsonBytes;
import dev.laurel.credential.proof.VcJwt;
import dev.laurel.credential.status.SignedStatusList;
import dev.laurel.credential.status.StatusLists;
import dev.laurel.platform.sql.Varchar;
import jakarta.json.JsonObject;
import jakarta.json.JsonString;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import org.jspecify.annotations.Nullable;
import org.springframework.context.MessageSource;
import org.springframework.stereotype.Component;
import tools.jackson.databind.json.JsonMapper;

/**
 * Credentials with all that it takes to check them when nobody answers any more: one zip with the signed badges in every form,
 * the keys of their issuers, what was withdrawn, and a page that checks them in a browser without any network.
 */
@Component
public class SurvivalKits {

    /** So many are checked as soon as the page is opened; more are given to it as files. */
    private static final int CHECKED_AT_ONCE = 500;

    private static final int LONGEST_NAME = 40;

    private final Issuers issuers;

    private final IssuerKeys keys;

    private final DidDocuments documents;

    private final CredentialAddresses addresses;

    private final StatusLists lists;

    private final CheckingPage page;

    private final MessageSource messages;

    private final JsonMapper json;

    private final Clock clock;

    SurvivalKits(
            Issuers issuers,
            IssuerKeys keys,
            DidDocuments documents,
            CredentialAddresses addresses,
            StatusLists lists,
            CheckingPage page,
            MessageSource messages,
            JsonMapper json,
            Clock clock) {
        this.issuers = issuers;
        this.keys = keys;
        this.documents = documents;
        this.addresses = addresses;
        this.lists = lists;
        this.page = page;
        this.messages = messages;
        this.json = json;
        this.clock = clock;
    }

    /**
     * One badge of a kit.
     *
     * @param name of the badge, which its files are named after
     * @param picture a PNG with nothing inside
     * @param forms JWTs of other forms of the same badge, as without its level or for a wallet
     */
    public record Item(StoredCredential credential, String name, byte[] picture, List<byte[]> forms) {}

    /**
     * Writes a kit; the stream stays open. The items are asked for one after the other, so that any number of them needs
     * little memory.
     *
     * @param record of {@link LearnerRecords}; {@code null} where there is none
     */
    public void write(Iterable<Item> items, byte @Nullable [] record, Locale locale, OutputStream out)
            throws IOException {
        Instant made = clock.instant().truncatedTo(ChronoUnit.SECONDS);
        Map<String, OwnedIssuer> owners = new LinkedHashMap<>();
        Map<String, SignedStatusList> withdrawn = new LinkedHashMap<>();
        List<CheckingPage.Badge> known = new ArrayList<>();
        ZipOutputStream zip = new ZipOutputStream(out, StandardCharsets.UTF_8);
        int number = 0;
        for (Item item : items) {
            number++;
            String file = "badges/%04d-%s".formatted(number, fileName(item.name()));
            StoredCredential credential = item.credential();
            put(zip, file + ".json", credential.embedded());
            put(zip, file + ".png", BakedPng.bake(item.picture(), Keyword.OPEN_BADGES_3, credential.embedded()));
            if (credential.jwt() != null) {
                put(zip, file + ".jwt", credential.jwt());
                if (known.size() < CHECKED_AT_ONCE) {
                    known.add(new CheckingPage.Badge(
                            file,
                            item.name(),
                            ascii(credential.jwt()),
                            item.forms().stream().map(SurvivalKits::ascii).toList(),
                            List.of(file + ".png", file + ".json", file + ".jwt")));
                }
            }
            collect(credential.embedded(), owners, withdrawn);
        }
        if (record != null) {
            put(zip, "record.jws", record);
            collect(VcJwt.payload(record), owners, withdrawn);
        }
        List<CheckingPage.Speaker> speakers = new ArrayList<>();
        for (Map.Entry<String, OwnedIssuer> owner : owners.entrySet()) {
            Issuer issuer = owner.getValue().issuer();
            CredentialAddresses names = addresses.naming(owner.getKey()).orElseThrow();
            List<IssuerKey> all = keys.all(owner.getValue().tenant(), issuer);
            put(
                    zip,
                    folder(names) + issuer.publicId() + "/did.json",
                    json.writeValueAsBytes(documents.under(names).document(issuer.publicId(), all)));
            // Under http and https it has one DID, and each of its keys has two names.
            addresses.allNaming(owner.getKey()).forEach(each -> speakers.add(page.speaker(issuer, all, each)));
        }
        for (Map.Entry<String, SignedStatusList> list : withdrawn.entrySet()) {
            String file = "status/" + list.getKey().substring(list.getKey().lastIndexOf('/') + 1);
            put(zip, file + ".json", list.getValue().bytes());
            byte[] suspensions = list.getValue().suspensions();
            if (suspensions != null) {
                put(zip, file + "-suspensions.json", suspensions);
            }
        }
        put(zip, "README.txt", readMe(number, made, record != null, locale));
        put(zip, "check.html", page.write(made, speakers, withdrawn, known, number > known.size(), locale));
        zip.finish();
    }

    /** Another one for each address under which an issuer signed, before Laurel moved. */
    private String folder(CredentialAddresses names) {
        return names.publicUrl().equals(addresses.publicUrl())
                ? "issuers/"
                : "issuers/" + names.publicUrl().value().getRawAuthority().replace(':', '-') + "/";
    }

    /**
     * Notes whose it is and where its status stands; of an issuer or a list of others nothing is known here. It is ours, and so as
     * large as it has become.
     */
    private void collect(byte[] embedded, Map<String, OwnedIssuer> owners, Map<String, SignedStatusList> withdrawn) {
        try {
            JsonObject credential = JsonBytes.parse(embedded, embedded.length);
            if (credential.get("issuer") instanceof JsonObject issuer) {
                String did = issuer.getString("id", "");
                if (!owners.containsKey(did)) {
                    addresses.issuerOf(did).flatMap(issuers::findByPublicId).ifPresent(owned -> owners.put(did, owned));
                }
            }
            // A list of ids is named by the id of the entry itself.
            if (credential.get("credentialStatus") instanceof JsonObject status
                    && status.getOrDefault("statusListCredential", status.get("id")) instanceof JsonString list
                    && !withdrawn.containsKey(list.getString())) {
                addresses
                        .statusListOf(list.getString())
                        .flatMap(lists::published)
                        .ifPresent(published -> withdrawn.put(list.getString(), published));
            }
        } catch (BadCredentialException e) {
            // What cannot be read is in the kit as it is, and the page says that it is not valid.
        }
    }

    private byte[] readMe(int number, Instant made, boolean recorded, Locale locale) {
        String record = recorded ? messages.getMessage("kit.readme.record", null, locale) : "";
        return messages.getMessage("kit.readme", new Object[] {number, made.toString(), record}, locale)
                .getBytes(StandardCharsets.UTF_8);
    }

    private static String ascii(byte[] jwt) {
        return new String(jwt, StandardCharsets.US_ASCII);
    }

    private static void put(ZipOutputStream zip, String name, byte[] bytes) throws IOException {
        zip.putNextEntry(new ZipEntry(name));
        zip.write(bytes);
        zip.closeEntry();
    }

    /** Letters and digits of any script, which every file system takes. */
    private static String fileName(String name) {
        String plain = name.strip().toLowerCase(Locale.ROOT).replaceAll("[^\\p{L}\\p{M}\\p{N}]+", "-");
        String trimmed = Varchar.fit(plain, LONGEST_NAME).replaceAll("^-+|-+$", "");
        return trimmed.isEmpty() ? "badge" : trimmed;
    }
}
