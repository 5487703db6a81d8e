package dev.laurel.launch.web;

import jakarta.servlet.http.HttpServletRequest;
import jakarta.validation.constraints.Pattern;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.http.HttpHeaders;
import org.springframework.validation.annotation.Validated;

/**
 * Who reads the metrics besides the operator.
 *
 * @param token that a program shows in {@code Authorization: Bearer}, at least 24 characters; empty: none reads them
 */
@Validated
@ConfigurationProperties("laurel.metrics")
record MetricsSettings(
        @DefaultValue("") @Pattern(regexp = "|[!-~]{24,}", message = "at least 24 letters, digits or signs")
        String token) {

    /** Whether the request shows the token (RFC 6750, 2.1). */
    boolean isReader(HttpServletRequest request) {
        String shown = request.getHeader(HttpHeaders.AUTHORIZATION);
        return !token.isEmpty() && shown != null && MessageDigest.isEqual(utf8(shown), utf8("Bearer " + token));
    }

    private static byte[] utf8(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }
}
