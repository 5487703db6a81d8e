package dev.laurel.launch.notice;

import dev.laurel.launch.Launch;
import dev.laurel.platform.road.Reference;
import jakarta.servlet.http.HttpServletRequest;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.http.HttpStatus;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RestController;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * Where platforms send their notices: {@code {"notices": [{"jwt": "…"}]}}. They are kept and verified later, so the answer
 * comes at once and says only that they were taken in. After any other answer all of them may be sent again.
 *
 * @see <a href="https://www.imsglobal.org/spec/lti-pns/v1p0">LTI Platform Notification Service 1.0</a>
 */
@RestController
class NoticeController {

    private static final Logger LOG = LoggerFactory.getLogger(NoticeController.class);

    private static final int LONGEST = 512 * 1024;

    private static final int MOST = 100;

    private final NoticeInbox inbox;

    private final JsonMapper json;

    NoticeController(NoticeInbox inbox, JsonMapper json) {
        this.inbox = inbox;
        this.json = json;
    }

    @PostMapping(Launch.NoticeService.HANDLER_PATH)
    ResponseEntity<Map<String, String>> receive(HttpServletRequest request) throws IOException {
        if (request.getContentLengthLong() > LONGEST) {
            return tooLarge();
        }
        byte[] body = request.getInputStream().readNBytes(LONGEST + 1);
        if (body.length > LONGEST) {
            return tooLarge();
        }
        Optional<List<String>> jwts = jwts(new String(body, StandardCharsets.UTF_8));
        if (jwts.isEmpty()) {
            return refuse(
                    HttpStatus.BAD_REQUEST, "the body is not {\"notices\": [{\"jwt\": \"...\"}]}, with 1 to " + MOST);
        }
        int refused = 0;
        for (String jwt : jwts.get()) {
            NoticeInbox.Answer answer = inbox.take(jwt);
            if (answer == NoticeInbox.Answer.BUSY) {
                return refuse(HttpStatus.SERVICE_UNAVAILABLE, "too many notices of this platform wait");
            }
            refused += answer == NoticeInbox.Answer.REFUSED ? 1 : 0;
        }
        return refused == 0
                ? ResponseEntity.ok(Map.of())
                : refuse(HttpStatus.BAD_REQUEST, refused + " of no platform and deployment known here");
    }

    private Optional<List<String>> jwts(String body) {
        JsonNode notices;
        try {
            notices = json.readTree(body).path("notices");
        } catch (JacksonException e) {
            return Optional.empty();
        }
        List<String> jwts = new ArrayList<>();
        for (JsonNode notice : notices) {
            if (!notice.path("jwt").isString()) {
                return Optional.empty();
            }
            jwts.add(notice.path("jwt").stringValue());
        }
        return notices.isArray() && !jwts.isEmpty() && jwts.size() <= MOST ? Optional.of(jwts) : Optional.empty();
    }

    private static ResponseEntity<Map<String, String>> tooLarge() {
        return refuse(HttpStatus.CONTENT_TOO_LARGE, "more than " + LONGEST + " bytes");
    }

    private static ResponseEntity<Map<String, String>> refuse(HttpStatus status, String reason) {
        Reference reference = Reference.next();
        LOG.warn("Notices refused: reference {} ({})", reference, reason);
        return ResponseEntity.status(status)
                .body(Map.of("error", "invalid_request", "error_description", reason, "reference", reference.value()));
    }
}
