package dev.laurel.platform;

import dev.laurel.platform.tool.ToolConfiguration;
import java.time.Duration;
import org.springframework.http.CacheControl;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RestController;

/**
 * Our public keys, where platforms look for them.
 *
 * @see <a href="https://www.imsglobal.org/spec/security/v1p0/#h_key-set-url">1EdTech Security Framework, 6.3</a>
 */
@RestController
class JwksController {

    private final ToolKeys keys;

    JwksController(ToolKeys keys) {
        this.keys = keys;
    }

    @GetMapping(ToolConfiguration.JWKS_PATH)
    ResponseEntity<String> jwks() {
        return ResponseEntity.ok()
                .contentType(MediaType.APPLICATION_JSON)
                .cacheControl(CacheControl.maxAge(Duration.ofMinutes(10)).cachePublic())
                .body(keys.published().toString());
    }
}
