package dev.laurel.publication.verifier;

import dev.laurel.credential.check.BadgeReport;
import dev.laurel.credential.check.BadgeVerifier;
import dev.laurel.credential.check.Bundle;
import dev.laurel.credential.check.Bundle.Piece;
import dev.laurel.credential.check.Bundle.TooMuchException;
import dev.laurel.publication.page.CredentialForm;
import jakarta.servlet.http.HttpServletRequest;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Semaphore;
import org.jspecify.annotations.Nullable;
import org.springframework.http.CacheControl;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpStatus;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.stereotype.Controller;
import org.springframework.web.bind.annotation.ExceptionHandler;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestHeader;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.multipart.MaxUploadSizeExceededException;
import org.springframework.web.multipart.MultipartFile;
import org.springframework.web.servlet.ModelAndView;

/**
 * Checks badges of anybody for anybody: a page with a form, and an endpoint for programs. What is brought is neither kept nor
 * logged.
 */
@Controller
@RequestMapping("/verify")
class VerifierController {

    /** As the form takes at once. */
    static final int LARGEST = 20 << 20;

    /** More at once would take memory and connections that launches need: sites that are asked may answer slowly. */
    static final int AT_ONCE = 12;

    /** A badge with its picture inside is seldom larger. */
    static final int SMALL = 1 << 20;

    /** Bodies beyond that are held in memory while they arrive, as slowly as somebody likes; a zip is as large once unpacked. */
    static final int LARGE_AT_ONCE = 4;

    private static final String RETRY_SECONDS = "30";

    private static final String VIEW = "publication/verify";

    private final BadgeVerifier verifier;

    private final Semaphore places = new Semaphore(AT_ONCE);

    private final Semaphore largePlaces = new Semaphore(LARGE_AT_ONCE);

    VerifierController(BadgeVerifier verifier) {
        this.verifier = verifier;
    }

    @GetMapping
    ModelAndView form() {
        return new ModelAndView(VIEW, Map.of());
    }

    /** From the form: as a page, or as JSON where {@code Accept} asks for it. */
    @PostMapping(consumes = {MediaType.MULTIPART_FORM_DATA_VALUE, MediaType.APPLICATION_FORM_URLENCODED_VALUE})
    Object check(
            @RequestParam(name = "badge", defaultValue = "") String text,
            @RequestParam(name = "files", required = false) @Nullable List<MultipartFile> files,
            @RequestHeader(name = HttpHeaders.ACCEPT, required = false) @Nullable String accept)
            throws IOException {
        boolean json = CredentialForm.of(accept).kind() != CredentialForm.Kind.PAGE;
        boolean large = files != null
                && files.stream().mapToLong(MultipartFile::getSize).sum() > SMALL;
        Work work = () -> inTurn(places, json, () -> checked(brought(text, files), large, json));
        return large ? inTurn(largePlaces, json, work) : work.answer();
    }

    /** Files wait on the disk until it is their turn. */
    private static List<Piece> brought(String text, @Nullable List<MultipartFile> files) throws IOException {
        List<Piece> brought = new ArrayList<>();
        for (MultipartFile file : files == null ? List.<MultipartFile>of() : files) {
            if (!file.isEmpty()) {
                String name = file.getOriginalFilename();
                brought.add(new Piece(name == null ? "" : name, file.getBytes()));
            }
        }
        if (!text.isBlank()) {
            brought.add(new Piece("", text.getBytes(StandardCharsets.UTF_8)));
        }
        return brought;
    }

    /** From a program: the body is what is to be checked, whatever type it says it has. */
    @PostMapping
    Object check(
            HttpServletRequest request,
            @RequestHeader(name = HttpHeaders.ACCEPT, required = false) @Nullable String accept)
            throws IOException {
        boolean json = accept == null || !accept.contains(MediaType.TEXT_HTML_VALUE);
        InputStream in = request.getInputStream();
        byte[] body = in.readNBytes(SMALL + 1);
        if (body.length <= SMALL) {
            return checkedInTurn(body, false, json);
        }
        return inTurn(largePlaces, json, () -> {
            ByteArrayOutputStream all = new ByteArrayOutputStream();
            all.write(body);
            all.write(in.readNBytes(LARGEST + 1 - body.length));
            return all.size() > LARGEST
                    ? problem("too-large", HttpStatus.CONTENT_TOO_LARGE, json)
                    : checkedInTurn(all.toByteArray(), true, json);
        });
    }

    private Object checkedInTurn(byte[] body, boolean large, boolean json) throws IOException {
        List<Piece> brought = body.length == 0 ? List.of() : List.of(new Piece("", body));
        return inTurn(places, json, () -> checked(brought, large, json));
    }

    private interface Work {

        Object answer() throws IOException;
    }

    /** Nobody waits here: whoever finds no place is told at once. */
    private static Object inTurn(Semaphore places, boolean json, Work work) throws IOException {
        if (!places.tryAcquire()) {
            return problem("busy", HttpStatus.SERVICE_UNAVAILABLE, json);
        }
        try {
            return work.answer();
        } finally {
            places.release();
        }
    }

    /** @param large whether it has a place for what is large */
    private Object checked(List<Piece> brought, boolean large, boolean json) throws IOException {
        if (brought.isEmpty()) {
            return problem("nothing", HttpStatus.BAD_REQUEST, json);
        }
        if (!large && brought.stream().anyMatch(Piece::isZip)) {
            return inTurn(largePlaces, json, () -> checked(brought, true, json));
        }
        List<Piece> pieces;
        try {
            pieces = Bundle.takeApart(brought);
        } catch (TooMuchException e) {
            return problem("too-many", HttpStatus.CONTENT_TOO_LARGE, json);
        }
        List<BadgeReport> reports =
                verifier.verifyAll(pieces.stream().map(Piece::badge).toList());
        if (json) {
            return json(HttpStatus.OK, VerifierAnswer.of(pieces, reports));
        }
        List<VerifiedBadge> badges = new ArrayList<>();
        for (int i = 0; i < reports.size(); i++) {
            badges.add(VerifiedBadge.of(pieces.get(i).source(), reports.get(i)));
        }
        return new ModelAndView(VIEW, Map.of("badges", badges));
    }

    @ExceptionHandler(MaxUploadSizeExceededException.class)
    Object tooLarge(HttpServletRequest request) {
        return problem(
                "too-large",
                HttpStatus.CONTENT_TOO_LARGE,
                CredentialForm.of(request.getHeader(HttpHeaders.ACCEPT)).kind() != CredentialForm.Kind.PAGE);
    }

    private static Object problem(String problem, HttpStatus status, boolean json) {
        return json
                ? json(status, Map.of("problem", problem))
                : new ModelAndView(VIEW, Map.of("problem", problem), status);
    }

    private static ResponseEntity<Object> json(HttpStatus status, Object body) {
        ResponseEntity.BodyBuilder answer = ResponseEntity.status(status)
                .contentType(MediaType.APPLICATION_JSON)
                .cacheControl(CacheControl.noStore());
        if (status == HttpStatus.SERVICE_UNAVAILABLE) {
            answer.header(HttpHeaders.RETRY_AFTER, RETRY_SECONDS);
        }
        return answer.body(body);
    }
}
