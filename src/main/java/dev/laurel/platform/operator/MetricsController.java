package dev.laurel.platform.operator;

import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.http.HttpStatus;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RestController;
import org.springframework.web.server.ResponseStatusException;

/** Metrics for the operator, and a sign of life for everybody. */
@RestController
class MetricsController {

    private static final String FORMAT = "text/plain; version=0.0.4; charset=utf-8";

    private final ObjectProvider<PrometheusMeterRegistry> prometheus;

    MetricsController(ObjectProvider<PrometheusMeterRegistry> prometheus) {
        this.prometheus = prometheus;
    }

    /** @see <a href="https://prometheus.io/docs/instrumenting/exposition_formats/">Prometheus text format</a> */
    @GetMapping("/operator/metrics")
    ResponseEntity<String> metrics() {
        PrometheusMeterRegistry registry = prometheus.getIfAvailable();
        if (registry == null) {
            throw new ResponseStatusException(HttpStatus.NOT_FOUND);
        }
        return ResponseEntity.ok().header("Content-Type", FORMAT).body(registry.scrape());
    }

    /** This process answers; whether its database does is the operator's to see. */
    @GetMapping("/health")
    ResponseEntity<String> health() {
        return ResponseEntity.ok()
                .header("Content-Type", "text/plain; charset=utf-8")
                .body("UP\n");
    }
}
