package dev.laurel.publication.wallet;

import java.util.Map;
import org.springframework.http.CacheControl;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpStatus;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.ExceptionHandler;
import org.springframework.web.bind.annotation.RestControllerAdvice;

/** Tells wallets why not, as JSON. */
@RestControllerAdvice(basePackages = "dev.laurel.publication")
class WalletErrors {

    @ExceptionHandler
    ResponseEntity<Map<String, String>> refused(WalletException e) {
        ResponseEntity.BodyBuilder answer = ResponseEntity.status(e.status()).cacheControl(CacheControl.noStore());
        if (e.status() == HttpStatus.UNAUTHORIZED) {
            answer.header(HttpHeaders.WWW_AUTHENTICATE, "Bearer error=\"" + e.error() + "\"");
        }
        return answer.body(Map.of("error", e.error(), "error_description", String.valueOf(e.getMessage())));
    }
}
