package dev.laurel.credential;

import dev.laurel.achievement.Issuers;
import dev.laurel.achievement.Issuers.OwnedIssuer;
import dev.laurel.credential.baking.BakedPng;
import dev.laurel.credential.baking.BakedPng.Keyword;
import dev.laurel.credential.proof.BadCredentialException;
import dev.laurel.credential.proof.JsonBytes;
import dev.laurel.credential.proof.VcJwt;
import dev.laurel.credential.status.ListKind;
import dev.laurel.credential.status.SignedStatusList;
import dev.laurel.credential.status.StatusLists;
import dev.laurel.platform.sql.Varchar;
import jakarta.json.JsonObject;
import jakarta.json.JsonString;
import java.io.IOException;
import java.io.InputStream;
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
import java.util.UUID;
import java.util.stream.Collectors;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import org.jspecify.annotations.Nullable;
import org.springframework.context.MessageSource;
import org.springframework.core.io.ClassPathResource;
import org.springframework.stereotype.Component;
import org.thymeleaf.ITemplateEngine;
import org.thymeleaf.context.Context;
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

    private final ITemplateEngine templates;

    private final MessageSource messages;

    private final JsonMapper json;

    private final Clock clock;

    SurvivalKits(
            Issuers issuers,
            IssuerKeys keys,
            DidDocuments documents,
            CredentialAddresses addresses,
            StatusLists lists,
            ITemplateEngine templates,
            MessageSource messages,
            JsonMapper json,
            Clock clock) {
        this.issuers = issuers;
        this.keys = keys;
        this.documents = documents;
        this.addresses = addresses;
        this.lists = lists;
        this.templates = templates;
        this.messages = messages;
        this.json = json;
        this.clock = clock;
    }

    /**
     * One badge of a kit.
     *
     * @param name of the badge, which its files are named after
     * @param picture a PNG with nothing inside
     */
    public record Item(StoredCredential credential, String name, byte[] picture) {}

    /** What the page knows of a badge. */
    record Known(String file, String name, String jwt) {}

    /** What the page knows of an issuer. */
    record Speaker(String did, String name, Map<String, Object> keys) {}

    /**
     * What the page knows of a list of what is not in force.
     *
     * @param all everything that is not, {@code encodedList} of the published list
     * @param suspended what is not for now only
     * @param ids in a list of ids, in place of both: why each credential is not in force
     */
    record Withdrawn(
            @Nullable String all,
            @Nullable String suspended,
            @Nullable Map<String, String> ids) {

        static Withdrawn of(SignedStatusList list) {
            if (list.kind() == ListKind.IDS) {
                return new Withdrawn(null, null, RevocationList.all(list.bytes()));
            }
            byte[] suspensions = list.suspensions();
            return new Withdrawn(
                    encodedList(list.bytes()), suspensions == null ? null : encodedList(suspensions), null);
        }
    }

    private record Data(Instant made, List<Speaker> issuers, Map<String, Withdrawn> lists, List<Known> badges) {}

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
        List<Known> known = new ArrayList<>();
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
                    known.add(new Known(file, item.name(), new String(credential.jwt(), StandardCharsets.US_ASCII)));
                }
            }
            collect(credential.embedded(), owners, withdrawn);
        }
        if (record != null) {
            put(zip, "record.jws", record);
            collect(VcJwt.payload(record), owners, withdrawn);
        }
        List<Speaker> speakers = new ArrayList<>();
        for (OwnedIssuer issuer : owners.values()) {
            UUID id = issuer.issuer().publicId();
            List<IssuerKey> all = keys.all(issuer.tenant(), issuer.issuer());
            put(zip, "issuers/" + id + "/did.json", json.writeValueAsBytes(documents.document(id, all)));
            speakers.add(new Speaker(addresses.did(id), issuer.issuer().name(), jwks(id, all)));
        }
        Map<String, Withdrawn> told = new LinkedHashMap<>();
        for (Map.Entry<String, SignedStatusList> list : withdrawn.entrySet()) {
            String file = "status/" + list.getKey().substring(list.getKey().lastIndexOf('/') + 1);
            put(zip, file + ".json", list.getValue().bytes());
            byte[] suspensions = list.getValue().suspensions();
            if (suspensions != null) {
                put(zip, file + "-suspensions.json", suspensions);
            }
            told.put(list.getKey(), Withdrawn.of(list.getValue()));
        }
        put(zip, "README.txt", readMe(number, made, record != null, locale));
        put(zip, "check.html", page(new Data(made, speakers, told, known), number > known.size(), locale));
        zip.finish();
    }

    /** Notes whose it is and where its status stands; of an issuer or a list of others nothing is known here. */
    private void collect(byte[] embedded, Map<String, OwnedIssuer> owners, Map<String, SignedStatusList> withdrawn) {
        try {
            JsonObject credential = JsonBytes.parse(embedded);
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

    /** The public keys that sign JWTs, by the address that {@code kid} names. */
    private Map<String, Object> jwks(UUID issuer, List<IssuerKey> all) {
        return all.stream()
                .filter(key -> key.algorithm().signsJwts())
                .collect(Collectors.toMap(
                        key -> addresses.key(issuer, key.fragment()), key -> documents.key(issuer, key)));
    }

    private static String encodedList(byte[] list) {
        return JsonBytes.parse(list).getJsonObject("credentialSubject").getString("encodedList");
    }

    private byte[] readMe(int number, Instant made, boolean recorded, Locale locale) {
        String record = recorded ? messages.getMessage("kit.readme.record", null, locale) : "";
        return messages.getMessage("kit.readme", new Object[] {number, made.toString(), record}, locale)
                .getBytes(StandardCharsets.UTF_8);
    }

    /** @param more of the badges stand beside it only */
    private byte[] page(Data data, boolean more, Locale locale) {
        Context model = new Context(locale);
        // Inside a script element nothing but the end of one means anything.
        model.setVariable("data", json.writeValueAsString(data).replace("<", "\\u003c"));
        model.setVariable("script", script());
        model.setVariable("more", more);
        model.setVariable("made", data.made().toString());
        return templates.process("credential/kit", model).getBytes(StandardCharsets.UTF_8);
    }

    private static String script() {
        try (InputStream in = new ClassPathResource("dev/laurel/credential/kit/check.js").getInputStream()) {
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new IllegalStateException("The script of the kit is not there", e);
        }
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
