package dev.laurel.launch.operator;

import dev.laurel.launch.web.BrowserSession;
import jakarta.servlet.http.HttpServletRequest;
import java.net.URI;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.http.CacheControl;
import org.springframework.http.HttpStatus;
import org.springframework.http.ResponseEntity;
import org.springframework.stereotype.Controller;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.server.ResponseStatusException;

/** The operator's way in and out. */
@Controller
class OperatorEntryController {

    private static final Logger LOG = LoggerFactory.getLogger(OperatorEntryController.class);

    private static final URI OVERVIEW = URI.create("/operator");

    private final OperatorLinks links;

    private final BrowserSession session;

    OperatorEntryController(OperatorLinks links, BrowserSession session) {
        this.links = links;
        this.session = session;
    }

    @GetMapping(OperatorLinks.PATH + "{token}")
    ResponseEntity<Void> enter(@PathVariable String token, HttpServletRequest request) {
        if (!links.use(token)) {
            throw new ResponseStatusException(HttpStatus.UNAUTHORIZED);
        }
        session.startForOperator(request);
        LOG.info("An operator signed in");
        return ResponseEntity.status(HttpStatus.SEE_OTHER)
                .location(OVERVIEW)
                .cacheControl(CacheControl.noStore())
                .build();
    }

    @PostMapping("/operator/leave")
    ResponseEntity<Void> leave(HttpServletRequest request) {
        session.end(request);
        return ResponseEntity.status(HttpStatus.SEE_OTHER)
                .location(URI.create("/operator"))
                .build();
    }
}
