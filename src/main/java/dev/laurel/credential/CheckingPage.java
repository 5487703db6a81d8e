package dev.laurel.credential;

import dev.laurel.achievement.Issuer;
import dev.laurel.credential.issuer.CredentialAddresses;
import dev.laurel.credential.issuer.DidDocuments;
import dev.laurel.credential.issuer.IssuerKey;
import dev.laurel.credential.proof.JsonBytes;
import dev.laurel.credential.status.ListKind;
import dev.laurel.credential.status.RevocationList;
import dev.laurel.credential.status.SignedStatusList;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.UUID;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.springframework.core.io.ClassPathResource;
import org.springframework.stereotype.Component;
import org.thymeleaf.ITemplateEngine;
import org.thymeleaf.context.Context;
import tools.jackson.databind.json.JsonMapper;

/**
 * A page that checks badges in a browser without any network, by keys and lists that stand in it: for files that are made to
 * outlive this installation.
 */
@Component
class CheckingPage {

    private final DidDocuments documents;

    private final ITemplateEngine templates;

    private final JsonMapper json;

    CheckingPage(DidDocuments documents, ITemplateEngine templates, JsonMapper json) {
        this.documents = documents;
        this.templates = templates;
        this.json = json;
    }

    /**
     * A badge that is checked as soon as the page is opened.
     *
     * @param file where it stands beside the page, without {@code .jwt}
     * @param forms JWTs of other forms of it, which JSON that says the same as one of them is compared with
     * @param beside all files of it that stand beside the page, which links to them
     */
    record Badge(String file, String name, String jwt, List<String> forms, List<String> beside) {}

    /**
     * What the page knows of an issuer.
     *
     * @param keys public ones, by the address that {@code kid} names
     */
    record Speaker(String did, String name, Map<String, Object> keys) {}

    /**
     * What the page knows of a list of what is not in force.
     *
     * @param all everything that is not, {@code encodedList} of the published list
     * @param suspended what is not for now only
     * @param ids in a list of ids, in place of both: why each credential is not in force
     */
    private record Withdrawn(
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

    private record Data(Instant made, List<Speaker> issuers, Map<String, Withdrawn> lists, List<Badge> badges) {}

    /**
     * An issuer with those of its keys that sign JWTs: browsers have no Ed25519 everywhere.
     *
     * @param addresses by which its badges name it
     */
    Speaker speaker(Issuer issuer, List<IssuerKey> keys, CredentialAddresses addresses) {
        UUID id = issuer.publicId();
        return new Speaker(
                addresses.did(id),
                issuer.name(),
                keys.stream()
                        .filter(key -> key.stolenAt() == null)
                        .filter(key -> key.algorithm().signsJwts())
                        .collect(Collectors.toMap(
                                key -> addresses.key(id, key.fragment()),
                                key -> documents.under(addresses).key(id, key))));
    }

    /**
     * The page as one HTML file.
     *
     * @param made the time as of which it knows what is in force
     * @param lists by their public address
     * @param more badges stand beside it that it does not check by itself
     */
    byte[] write(
            Instant made,
            List<Speaker> issuers,
            Map<String, SignedStatusList> lists,
            List<Badge> badges,
            boolean more,
            Locale locale) {
        Map<String, Withdrawn> withdrawn = new LinkedHashMap<>();
        lists.forEach((address, list) -> withdrawn.put(address, Withdrawn.of(list)));
        Context model = new Context(locale);
        // Inside a script element nothing but the end of one means anything.
        model.setVariable(
                "data",
                json.writeValueAsString(new Data(made, issuers, withdrawn, badges))
                        .replace("<", "\\u003c"));
        model.setVariable("script", script());
        model.setVariable("more", more);
        model.setVariable("made", made.toString());
        return templates.process("credential/kit", model).getBytes(StandardCharsets.UTF_8);
    }

    private static String encodedList(byte[] list) {
        return JsonBytes.parse(list).getJsonObject("credentialSubject").getString("encodedList");
    }

    private static String script() {
        try (InputStream in = new ClassPathResource("dev/laurel/credential/kit/check.js").getInputStream()) {
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new IllegalStateException("The script of the kit is not there", e);
        }
    }
}
