package dev.laurel.launch.oidc;

import jakarta.servlet.http.HttpServletResponse;
import org.springframework.http.CacheControl;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpStatus;

/** Sends the browser on, exactly to the address that is given. */
final class Redirect {

    private Redirect() {}

    static void to(String address, HttpStatus status, HttpServletResponse response) {
        response.setStatus(status.value());
        response.setHeader(HttpHeaders.LOCATION, address);
        response.setHeader(HttpHeaders.CACHE_CONTROL, CacheControl.noStore().getHeaderValue());
    }
}
