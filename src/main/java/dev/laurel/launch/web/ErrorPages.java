package dev.laurel.launch.web;

import dev.laurel.platform.road.Reference;
import jakarta.servlet.RequestDispatcher;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.boot.webmvc.error.ErrorController;
import org.springframework.http.HttpStatus;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.stereotype.Controller;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.servlet.ModelAndView;

/** The one place where something that went wrong becomes a page, and a line in the log under the same reference. */
@Controller
class ErrorPages implements ErrorController {

    /** Request attribute: which page it is, where more is known than the status says. */
    static final String KIND = ErrorPages.class.getName() + ".kind";

    private static final Logger LOG = LoggerFactory.getLogger(ErrorPages.class);

    private final BrowserSession session;

    ErrorPages(BrowserSession session) {
        this.session = session;
    }

    /**
     * Refuses a request of somebody who is signed in.
     *
     * @param kind the page says why: the middle of the message keys {@code error.*.title} and {@code error.*.do}
     */
    static void refuse(HttpServletRequest request, HttpServletResponse response, String kind) throws IOException {
        request.setAttribute(KIND, kind);
        response.sendError(HttpServletResponse.SC_FORBIDDEN);
    }

    @RequestMapping(path = "/error", produces = MediaType.TEXT_HTML_VALUE)
    ModelAndView page(HttpServletRequest request) {
        HttpStatus status = status(request);
        return new ModelAndView(
                "error",
                Map.of(
                        "kind",
                        kind(request, status),
                        "home",
                        session.launch(request).isPresent(),
                        "reference",
                        log(request, status).value()),
                status);
    }

    @RequestMapping("/error")
    ResponseEntity<Map<String, Object>> json(HttpServletRequest request) {
        HttpStatus status = status(request);
        return ResponseEntity.status(status)
                .contentType(MediaType.APPLICATION_JSON)
                .body(Map.of(
                        "status",
                        status.value(),
                        "error",
                        status.getReasonPhrase(),
                        "reference",
                        log(request, status).value()));
    }

    /** A fault of ours with its trace; what a stranger asks for in vain only where somebody wants to know. */
    private static Reference log(HttpServletRequest request, HttpStatus status) {
        Reference reference = Reference.next();
        String path = String.valueOf(request.getAttribute(RequestDispatcher.ERROR_REQUEST_URI))
                .replaceAll("[^\\x21-\\x7e]", "?")
                // As long as the tokens of shared pages and of operators are.
                .replaceAll("[A-Za-z0-9_%-]{20,}", "...");
        if (status.is5xxServerError()) {
            LOG.error(
                    "Page failed: reference {} status {} {} {}",
                    reference,
                    status.value(),
                    request.getMethod(),
                    path,
                    (Throwable) request.getAttribute(RequestDispatcher.ERROR_EXCEPTION));
        } else {
            LOG.info(
                    "Page refused: reference {} status {} {} {} ({})",
                    reference,
                    status.value(),
                    request.getMethod(),
                    path,
                    kind(request, status));
        }
        return reference;
    }

    private static HttpStatus status(HttpServletRequest request) {
        Object code = request.getAttribute(RequestDispatcher.ERROR_STATUS_CODE);
        @Nullable HttpStatus status = code instanceof Integer number ? HttpStatus.resolve(number) : null;
        // Somebody who opens /error itself finds nothing there.
        return status == null ? (code == null ? HttpStatus.NOT_FOUND : HttpStatus.INTERNAL_SERVER_ERROR) : status;
    }

    private static String kind(HttpServletRequest request, HttpStatus status) {
        if (request.getAttribute(KIND) instanceof String known) {
            return known;
        }
        return switch (status) {
            case UNAUTHORIZED -> "signed-out";
            case FORBIDDEN -> "stale-form";
            case NOT_FOUND, METHOD_NOT_ALLOWED -> isOfAStranger(request) ? "no-badge" : "not-found";
            case GONE -> "gone";
            case CONTENT_TOO_LARGE -> "too-large";
            case TOO_MANY_REQUESTS, SERVICE_UNAVAILABLE -> "busy";
            default -> status.is5xxServerError() ? "fault" : "bad-request";
        };
    }

    /** Whoever looks for the page of a badge was sent there by somebody, and not by a course. */
    private static boolean isOfAStranger(HttpServletRequest request) {
        return String.valueOf(request.getAttribute(RequestDispatcher.ERROR_REQUEST_URI))
                .startsWith("/b/");
    }
}
