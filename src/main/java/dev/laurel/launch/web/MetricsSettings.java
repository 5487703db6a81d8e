package dev.laurel.launch.web;

import jakarta.servlet.http.HttpServletRequest;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.http.HttpHeaders;

/**
 * Who reads the metrics besides the operator.
 *
 * @param token that a program shows in {@code Authorization: Bearer}, at least 24 characters; empty: none reads them
 */
@ConfigurationProperties("laurel.metrics")
record MetricsSettings(@DefaultValue("") String token) {

    /** Not by a constraint: what breaks one is shown with its value. */
    MetricsSettings {
        if (!token.matches("|[!-~]{24,}")) {
            throw new IllegalArgumentException(
                    "LAUREL_METRICS_TOKEN (laurel.metrics.token) must have at least 24 letters, digits or signs");
        }
    }

    /** Whether the request shows the token (RFC 6750, 2.1). */
    boolean isReader(HttpServletRequest request) {
        String shown = request.getHeader(HttpHeaders.AUTHORIZATION);
        return !token.isEmpty() && shown != null && MessageDigest.isEqual(utf8(shown), utf8("Bearer " + token));
    }

    /** Without the token. */
    @Override
    public String toString() {
        return "MetricsSettings[]";
    }

    private static byte[] utf8(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }
}
