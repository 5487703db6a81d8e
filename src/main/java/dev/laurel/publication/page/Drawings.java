package dev.laurel.publication.page;

import java.time.Duration;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpStatus;
import org.springframework.stereotype.Component;
import org.springframework.web.ErrorResponseException;

/**
 * Documents and pictures that are drawn anew for whoever asks: each takes a processor and some ten megabytes for a moment, so only
 * a few are drawn at a time. The others wait in the order in which they came, and not for long.
 */
@Component
class Drawings {

    private static final int AT_ONCE = 4;

    private static final Duration PATIENCE = Duration.ofSeconds(10);

    private static final String RETRY_SECONDS = "30";

    private final Semaphore places;

    private final Duration patience;

    @Autowired
    Drawings() {
        this(AT_ONCE, PATIENCE);
    }

    Drawings(int atOnce, Duration patience) {
        this.places = new Semaphore(atOnce, true);
        this.patience = patience;
    }

    /** @throws ErrorResponseException 503 where there was no place in time */
    <T> T draw(Supplier<T> drawing) {
        if (!isPlaceFree()) {
            ErrorResponseException busy = new ErrorResponseException(HttpStatus.SERVICE_UNAVAILABLE);
            busy.getHeaders().set(HttpHeaders.RETRY_AFTER, RETRY_SECONDS);
            throw busy;
        }
        try {
            return drawing.get();
        } finally {
            places.release();
        }
    }

    private boolean isPlaceFree() {
        try {
            return places.tryAcquire(patience.toMillis(), TimeUnit.MILLISECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return false;
        }
    }
}
