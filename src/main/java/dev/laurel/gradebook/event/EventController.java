package dev.laurel.gradebook.event;

import jakarta.servlet.http.HttpServletRequest;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.time.Clock;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpStatus;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestHeader;
import org.springframework.web.bind.annotation.RestController;
import org.springframework.web.server.ResponseStatusException;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * Where events arrive: Live Events of Canvas, and the webhook that docs/events.md describes. The answer says only that
 * they were taken in, so that nobody learns who is in which course.
 */
@RestController
class EventController {

    private static final int LONGEST = 512 * 1024;

    private static final int MOST = 1_000;

    /** How old a signed webhook may be: one that somebody recorded makes nobody look again later. */
    private static final Duration FRESH = Duration.ofMinutes(5);

    private final EventChannels channels;

    private final CanvasSignatures signatures;

    private final EventHints hints;

    private final JsonMapper json;

    private final Clock clock;

    EventController(
            EventChannels channels, CanvasSignatures signatures, EventHints hints, JsonMapper json, Clock clock) {
        this.channels = channels;
        this.signatures = signatures;
        this.hints = hints;
        this.json = json;
        this.clock = clock;
    }

    /** Canvas Data Services over HTTPS; where it signs the payload, the body is a JWT with the event as its claims. */
    @PostMapping("/events/canvas/{path}")
    ResponseEntity<Map<String, String>> canvas(@PathVariable String path, HttpServletRequest request)
            throws IOException {
        EventChannels.Channel channel = channel(path);
        String body = body(request);
        if (body == null) {
            return refuse(HttpStatus.CONTENT_TOO_LARGE, "more than " + LONGEST + " bytes");
        }
        String event = body.stripLeading().startsWith("{")
                ? body
                : signatures.payload(body.strip()).orElse(null);
        Optional<JsonNode> read = event == null ? Optional.empty() : parse(event);
        if (read.isEmpty()) {
            return refuse(HttpStatus.BAD_REQUEST, "neither JSON nor a JWT that Canvas signed");
        }
        return take(channel, CanvasEvents.read(read.get()));
    }

    /** {@code {"events": [{"course": "…", "user": "…"}]}}, signed. */
    @PostMapping("/events/results/{path}")
    ResponseEntity<Map<String, String>> results(
            @PathVariable String path,
            @RequestHeader(name = "Laurel-Timestamp", required = false) @Nullable String timestamp,
            @RequestHeader(name = "Laurel-Signature", required = false) @Nullable String signature,
            HttpServletRequest request)
            throws IOException {
        EventChannels.Channel channel = channel(path);
        String body = body(request);
        if (body == null) {
            return refuse(HttpStatus.CONTENT_TOO_LARGE, "more than " + LONGEST + " bytes");
        }
        if (timestamp == null || signature == null || !isSigned(channel.secret(), timestamp, body, signature)) {
            return refuse(HttpStatus.UNAUTHORIZED, "the signature is missing or wrong");
        }
        if (!isFresh(timestamp)) {
            return refuse(HttpStatus.UNAUTHORIZED, "the timestamp is not of the last five minutes");
        }
        List<Said> said = new ArrayList<>();
        for (JsonNode event : parse(body).orElse(json.createObjectNode()).path("events")) {
            if (!event.path("course").isString()) {
                return refuse(HttpStatus.BAD_REQUEST, "an event names no course");
            }
            said.add(new Said(
                    event.path("course").asString(),
                    event.path("user").isString() ? event.path("user").asString() : null));
        }
        return said.isEmpty()
                ? refuse(
                        HttpStatus.BAD_REQUEST,
                        "the body is not {\"events\": [{\"course\": \"...\", \"user\": \"...\"}]}")
                : take(channel, said);
    }

    private EventChannels.Channel channel(String path) {
        return channels.find(path).orElseThrow(() -> new ResponseStatusException(HttpStatus.NOT_FOUND));
    }

    private ResponseEntity<Map<String, String>> take(EventChannels.Channel channel, List<Said> said) {
        if (said.size() > MOST) {
            return refuse(HttpStatus.BAD_REQUEST, "more than " + MOST + " events");
        }
        hints.take(channel.tenant(), channel.registrationId(), said);
        return ResponseEntity.accepted().body(Map.of());
    }

    /** {@code null} where there is too much of it. */
    private static @Nullable String body(HttpServletRequest request) throws IOException {
        byte[] body = request.getInputStream().readNBytes(LONGEST + 1);
        return body.length > LONGEST ? null : new String(body, StandardCharsets.UTF_8);
    }

    private Optional<JsonNode> parse(String text) {
        try {
            return Optional.of(json.readTree(text)).filter(JsonNode::isObject);
        } catch (JacksonException e) {
            return Optional.empty();
        }
    }

    private boolean isFresh(String timestamp) {
        try {
            Instant at = Instant.ofEpochSecond(Long.parseLong(timestamp));
            return Duration.between(at, clock.instant()).abs().compareTo(FRESH) <= 0;
        } catch (NumberFormatException | DateTimeException e) {
            return false;
        }
    }

    private static boolean isSigned(String secret, String timestamp, String body, String signature) {
        try {
            Mac mac = Mac.getInstance("HmacSHA256");
            mac.init(new SecretKeySpec(secret.getBytes(StandardCharsets.UTF_8), "HmacSHA256"));
            String right = "sha256="
                    + HexFormat.of().formatHex(mac.doFinal((timestamp + "." + body).getBytes(StandardCharsets.UTF_8)));
            return MessageDigest.isEqual(
                    right.getBytes(StandardCharsets.UTF_8), signature.getBytes(StandardCharsets.UTF_8));
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("This Java has no HmacSHA256", e);
        }
    }

    private static ResponseEntity<Map<String, String>> refuse(HttpStatus status, String reason) {
        return ResponseEntity.status(status).body(Map.of("error", "invalid_request", "error_description", reason));
    }
}
