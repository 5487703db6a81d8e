package dev.laurel.publication.backpack;

import dev.laurel.award.Award;
import dev.laurel.award.Awards;
import dev.laurel.context.Contexts;
import dev.laurel.context.Profile;
import dev.laurel.credential.Credentials;
import dev.laurel.credential.StoredCredential;
import dev.laurel.credential.Variant;
import dev.laurel.platform.tenant.PublicUrl;
import dev.laurel.publication.Disclosures;
import java.nio.charset.StandardCharsets;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.springframework.http.CacheControl;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpStatus;
import org.springframework.http.ResponseEntity;
import org.springframework.security.core.annotation.AuthenticationPrincipal;
import org.springframework.security.oauth2.core.OAuth2AuthenticatedPrincipal;
import org.springframework.web.bind.annotation.ExceptionHandler;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;
import org.springframework.web.util.UriComponentsBuilder;
import tools.jackson.databind.util.RawValue;

/**
 * What a backpack reads for whoever let it: the badges that she accepted and that count, and her name.
 *
 * @see <a href="https://www.imsglobal.org/spec/ob/v3p0/#getcredentials">Open Badges 3.0, 6.3 getCredentials</a>
 */
@RestController
@RequestMapping(BackpackSecurity.API)
class BackpackApiController {

    private static final int USUAL = 50;

    private static final int MOST = 100;

    private final Awards awards;

    private final Credentials credentials;

    private final Disclosures disclosures;

    private final Contexts contexts;

    private final PublicUrl publicUrl;

    BackpackApiController(
            Awards awards, Credentials credentials, Disclosures disclosures, Contexts contexts, PublicUrl publicUrl) {
        this.awards = awards;
        this.credentials = credentials;
        this.disclosures = disclosures;
        this.contexts = contexts;
        this.publicUrl = publicUrl;
    }

    /** A query that says nothing. */
    private static final class BadQueryException extends RuntimeException {

        private static final long serialVersionUID = 1L;

        BadQueryException(String message) {
            super(message);
        }
    }

    /** @param since what was not accepted, made anew, reinstated or shown otherwise since then is left out; without a zone it is UTC */
    @GetMapping("/credentials")
    ResponseEntity<Map<String, Object>> credentials(
            @AuthenticationPrincipal OAuth2AuthenticatedPrincipal who,
            @RequestParam(required = false) @Nullable String limit,
            @RequestParam(required = false) @Nullable String offset,
            @RequestParam(required = false) @Nullable String since) {
        BackpackHolder holder = BackpackHolder.parse(who.getName());
        int size = Math.min(MOST, number("limit", limit, 1, USUAL));
        int from = number("offset", offset, 0, 0);
        Instant after = instant(since);
        List<Award> all = awards.ofPerson(holder.tenant(), holder.personId()).stream()
                .filter(award -> award.isValid() && award.claimedAt() != null)
                .sorted(Comparator.comparing(Award::id))
                .toList();
        if (after != null) {
            all = newer(holder, all, after);
        }
        List<Award> slice = all.stream().skip(from).limit(size).toList();
        Map<Long, StoredCredential> signed =
                credentials.find(holder.tenant(), slice.stream().map(Award::id).toList());
        List<RawValue> page = slice.stream()
                .flatMap(award -> given(holder, award, signed.get(award.id())).stream())
                // The stored bytes exactly.
                .map(stored -> new RawValue(new String(stored.embedded(), StandardCharsets.UTF_8)))
                .toList();
        return ResponseEntity.ok()
                .cacheControl(CacheControl.noStore())
                .header("X-Total-Count", Integer.toString(all.size()))
                .header(HttpHeaders.LINK, links(all.size(), size, from, since))
                .body(Map.of("credential", page, "compactJwsString", List.of()));
    }

    /** The form without the level where she keeps that back, and never another one. */
    private Optional<StoredCredential> given(BackpackHolder holder, Award award, @Nullable StoredCredential asIssued) {
        return hidesLevel(holder, award)
                ? credentials.find(holder.tenant(), award.id(), Variant.WITHOUT_LEVEL)
                : Optional.ofNullable(asIssued);
    }

    private boolean hidesLevel(BackpackHolder holder, Award award) {
        return award.level() != null
                && disclosures.of(holder.tenant(), award.id()).hidesLevel(award);
    }

    /**
     * A badge that was made anew, as with another name in it, is another one for whoever has the one before; so is one of which
     * she shows more or less by now. One that was suspended was not there for a while.
     */
    private List<Award> newer(BackpackHolder holder, List<Award> accepted, Instant after) {
        List<Long> ids = accepted.stream().map(Award::id).toList();
        Map<Long, Instant> signed = credentials.signedAt(holder.tenant(), ids);
        Map<Long, Instant> chosen = disclosures.chosenAt(holder.tenant(), ids);
        Map<Long, Instant> reinstated = awards.reinstatedAt(holder.tenant(), ids);
        return accepted.stream()
                .filter(award -> Stream.of(
                                award.claimedAt(),
                                signed.get(award.id()),
                                chosen.get(award.id()),
                                reinstated.get(award.id()))
                        .anyMatch(at -> at != null && at.isAfter(after)))
                .toList();
    }

    private String links(int all, int size, int from, @Nullable String since) {
        List<String> links = new ArrayList<>();
        if (from < all - size) {
            links.add(link(size, from + size, since, "next"));
        }
        links.add(link(size, Math.max(0, (all - 1) / size * size), since, "last"));
        links.add(link(size, 0, since, "first"));
        if (from > 0) {
            links.add(link(size, Math.max(0, from - size), since, "prev"));
        }
        return String.join(", ", links);
    }

    private String link(int size, int from, @Nullable String since, String relation) {
        UriComponentsBuilder url = UriComponentsBuilder.fromUriString(
                        publicUrl.at(BackpackSecurity.API + "/credentials"))
                .queryParam("limit", size)
                .queryParam("offset", from);
        if (since != null) {
            url.queryParam("since", "{since}");
        }
        return "<" + url.encode().buildAndExpand(since == null ? "" : since).toUriString() + ">; rel=\"" + relation
                + "\"";
    }

    @GetMapping("/profile")
    ResponseEntity<Map<String, Object>> profile(@AuthenticationPrincipal OAuth2AuthenticatedPrincipal who) {
        BackpackHolder holder = BackpackHolder.parse(who.getName());
        // Two backpacks learn nothing of each other's.
        String id = who.getAttribute("client_id") + "/" + who.getName();
        Map<String, Object> profile = new LinkedHashMap<>();
        profile.put(
                "@context",
                List.of(
                        "https://www.w3.org/ns/credentials/v2",
                        "https://purl.imsglobal.org/spec/ob/v3p0/context-3.0.3.json"));
        profile.put("id", "urn:uuid:" + UUID.nameUUIDFromBytes(id.getBytes(StandardCharsets.UTF_8)));
        profile.put("type", List.of("Profile"));
        Profile known =
                contexts.profiles(holder.tenant(), List.of(holder.personId())).get(holder.personId());
        Optional.ofNullable(known).flatMap(Profile::fullName).ifPresent(name -> profile.put("name", name));
        return ResponseEntity.ok().cacheControl(CacheControl.noStore()).body(profile);
    }

    private static int number(String name, @Nullable String text, int least, int usual) {
        if (text == null) {
            return usual;
        }
        try {
            int number = Integer.parseInt(text);
            if (number >= least) {
                return number;
            }
        } catch (NumberFormatException e) {
            // Said below.
        }
        throw new BadQueryException(name + " is not a number from " + least + " on");
    }

    private static @Nullable Instant instant(@Nullable String since) {
        if (since == null) {
            return null;
        }
        try {
            return DateTimeFormatter.ISO_DATE_TIME.parseBest(since, OffsetDateTime::from, LocalDateTime::from)
                            instanceof OffsetDateTime zoned
                    ? zoned.toInstant()
                    : LocalDateTime.parse(since).toInstant(ZoneOffset.UTC);
        } catch (DateTimeException e) {
            throw new BadQueryException("since is not a time");
        }
    }

    @ExceptionHandler
    ResponseEntity<Map<String, Object>> refused(BadQueryException e) {
        return ResponseEntity.badRequest().body(StatusInfos.of(HttpStatus.BAD_REQUEST, String.valueOf(e.getMessage())));
    }
}
