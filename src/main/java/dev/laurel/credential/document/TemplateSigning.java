package dev.laurel.credential.document;

import dev.laurel.credential.document.CredentialTemplate.Shape;
import dev.laurel.credential.proof.BadCredentialException;
import dev.laurel.credential.proof.EddsaRdfc2022;
import dev.laurel.credential.proof.JsonBytes;
import dev.laurel.credential.proof.Signer;
import jakarta.json.JsonObject;
import java.time.Instant;
import java.util.Arrays;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.stereotype.Component;

/**
 * Signs many credentials of one badge in a fraction of the time, by a template. The long way stays the reference: the first
 * credentials of each template, and one in a thousand after, are signed both ways and compared to the byte; a template that
 * differs once is never used again (docs/decisions/013).
 */
@Component
public class TemplateSigning {

    /** A shape that comes once is not worth a template. */
    private static final int WORTH_A_TEMPLATE = 2;

    private static final int CHECKED_FIRST = 3;

    private static final int CHECKED_ONE_IN = 1_000;

    private static final int MOST_SHAPES = 500;

    private static final Logger LOG = LoggerFactory.getLogger(TemplateSigning.class);

    private final EddsaRdfc2022 suite;

    private final Map<Shape, Seen> shapes = Collections.synchronizedMap(new LinkedHashMap<>(64, 0.75f, true) {

        private static final long serialVersionUID = 1L;

        @Override
        protected boolean removeEldestEntry(Map.Entry<Shape, Seen> eldest) {
            return size() > MOST_SHAPES;
        }
    });

    TemplateSigning(EddsaRdfc2022 suite) {
        this.suite = suite;
    }

    /** What is known of a shape. */
    private final class Seen {

        private final AtomicLong times = new AtomicLong();

        private final AtomicLong signed = new AtomicLong();

        private volatile @Nullable CredentialTemplate template;

        private volatile boolean unfit;

        /** {@code null} where there is none, or none yet. */
        private @Nullable CredentialTemplate template(AchievementCredential credential) {
            if (unfit || times.incrementAndGet() < WORTH_A_TEMPLATE) {
                return null;
            }
            if (template == null) {
                synchronized (this) {
                    if (template == null && !unfit) {
                        template = CredentialTemplate.of(credential, suite);
                        unfit = template == null;
                    }
                }
            }
            return template;
        }
    }

    /**
     * The bytes of the signed credential, the same as the long way makes.
     *
     * @throws BadCredentialException as {@link EddsaRdfc2022#sign}, or where our own verifier would refuse its form
     */
    public byte[] sign(AchievementCredential credential, Signer signer, Instant created) {
        Seen seen = shapes.computeIfAbsent(Shape.of(credential), shape -> new Seen());
        CredentialTemplate template = seen.template(credential);
        byte[] bytes = template == null ? null : template.sign(credential, signer, created);
        if (bytes == null) {
            return plain(credential, signer, created);
        }
        long number = seen.signed.get();
        if (number < CHECKED_FIRST || number % CHECKED_ONE_IN == 0) {
            byte[] plain = plain(credential, signer, created);
            if (!Arrays.equals(plain, bytes)) {
                seen.unfit = true;
                seen.template = null;
                LOG.error(
                        "A template signs otherwise than the long way and is not used: {}",
                        credential.badge().id());
                return plain;
            }
        }
        // Only now: where the form is wrong the long way refuses each one.
        seen.signed.incrementAndGet();
        return bytes;
    }

    private byte[] plain(AchievementCredential credential, Signer signer, Instant created) {
        JsonObject json = credential.toJson();
        CredentialShape.require(json);
        return JsonBytes.write(suite.sign(json, signer, created));
    }
}
