package dev.laurel.publication.owner;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import dev.laurel.award.Award;
import dev.laurel.context.PersonErased;
import dev.laurel.launch.limits.ClientNetwork;
import dev.laurel.platform.road.Fleeting;
import dev.laurel.platform.secrets.Sha256;
import dev.laurel.platform.secrets.Token;
import dev.laurel.platform.tenant.TenantId;
import dev.laurel.publication.ForeignText;
import java.security.SecureRandom;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;
import org.springframework.context.event.EventListener;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Transactional;

/**
 * Questions whether a badge is somebody's. Whoever asks learns that its holder answered just now, and nothing of who she is;
 * where nobody answers they learn nothing.
 */
@Component
public class OwnerQuestions implements Fleeting {

    static final Duration ANSWERED_WITHIN = Duration.ofMinutes(15);

    /** Of one address about one badge; more of them at once is no conversation. */
    static final int IN_AN_HOUR = 10;

    /** Of everybody about one badge: what one stranger sends leaves room for many others. */
    static final int OF_ALL_IN_AN_HOUR = 20 * IN_AN_HOUR;

    private static final int MOST_ASKERS = 100_000;

    private static final Duration KEPT_FOR = Duration.ofDays(1);

    private static final int LONGEST_NAME = 80;

    private static final SecureRandom RANDOM = new SecureRandom();

    private final OwnerQuestionRepository questions;

    private final Clock clock;

    /** In memory, on each node by itself: where somebody asked from is not written down. */
    private final Cache<Asker, AtomicInteger> asked = Caffeine.newBuilder()
            .maximumSize(MOST_ASKERS)
            .expireAfterWrite(Duration.ofHours(1))
            .build();

    private record Asker(TenantId tenant, long awardId, String network) {}

    OwnerQuestions(OwnerQuestionRepository questions, Clock clock) {
        this.questions = questions;
        this.clock = clock;
    }

    /**
     * @param askedBy what they say of themselves
     * @param address where they ask from, as the server believes it
     * @return the secret in the address where the answer will stand; empty where this badge was asked about too often
     */
    @Transactional
    Optional<String> ask(TenantId tenant, Award award, @Nullable String askedBy, String address) {
        Instant now = clock.instant();
        Asker asker = new Asker(tenant, award.id(), ClientNetwork.of(address).widest());
        if (asked.get(asker, any -> new AtomicInteger()).incrementAndGet() > IN_AN_HOUR
                || questions.askedSince(tenant, award.id(), now.minus(Duration.ofHours(1))) >= OF_ALL_IN_AN_HOUR) {
            return Optional.empty();
        }
        String secret = Token.next();
        questions.add(
                tenant,
                award.id(),
                award.personId(),
                Sha256.of(secret),
                String.format(Locale.ROOT, "%06d", RANDOM.nextInt(1_000_000)),
                readable(askedBy),
                now,
                now.plus(ANSWERED_WITHIN));
        return Optional.of(secret);
    }

    /** One line, with nothing that turns or hides a text; {@code null} where nothing is left. */
    static @Nullable String readable(@Nullable String text) {
        if (text == null) {
            return null;
        }
        String plain =
                ForeignText.shown(text).replaceAll("[\\s\\p{Zl}\\p{Zp}]+", " ").strip();
        if (plain.isEmpty()) {
            return null;
        }
        int length = plain.codePointCount(0, plain.length());
        return length <= LONGEST_NAME ? plain : plain.substring(0, plain.offsetByCodePoints(0, LONGEST_NAME));
    }

    /** What she can answer now, the newest first. */
    public List<OwnerQuestion> open(TenantId tenant, long awardId) {
        return questions.open(tenant, awardId, clock.instant());
    }

    Optional<OwnerQuestion> find(TenantId tenant, Award award, String secret) {
        return questions.bySecret(tenant, award.id(), Sha256.of(secret));
    }

    /** Its holder says yes; whether there was still somebody to hear it. */
    boolean answer(TenantId tenant, Award award, long id) {
        return questions.answer(tenant, award.id(), id, clock.instant());
    }

    OwnerQuestion.State state(OwnerQuestion question) {
        return question.state(clock.instant());
    }

    /** Whole minutes that are left to wait, or to see the answer; at least one. */
    long minutes(OwnerQuestion question) {
        Duration left = Duration.between(clock.instant(), question.shownUntil());
        return Math.max(1, left.plusSeconds(59).toMinutes());
    }

    @Override
    public void forgetOld() {
        questions.forgetBefore(clock.instant().minus(KEPT_FOR));
    }

    @EventListener
    void on(PersonErased erased) {
        questions.forget(erased.tenant(), erased.personId());
    }
}
