package dev.laurel.launch.confirm;

import dev.laurel.launch.OpenLaunches;
import dev.laurel.launch.browser.Origin;
import dev.laurel.launch.session.SignedIn;
import dev.laurel.platform.secrets.MasterKey;
import dev.laurel.platform.tenant.TenantId;
import jakarta.servlet.http.HttpServletRequest;
import java.security.SecureRandom;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Base64;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.stereotype.Component;

/**
 * Acts that cannot be undone. A page of ours inside a frame may lie under another one, so a click there is not proof that
 * somebody wanted it: its button opens a window of ours, which nobody can frame, and the real button is there. The frame's
 * cookie does not reach that window; a ticket does, for this act only.
 */
@Component
public class Confirmations {

    /** From the page in the frame to the window that asks. */
    static final Duration TO_ASK = Duration.ofSeconds(60);

    /** From that window to its button. */
    static final Duration TO_DO = Duration.ofMinutes(10);

    /** The field with a ticket that does its act. */
    static final String FIELD = "_act";

    private static final Logger LOG = LoggerFactory.getLogger(Confirmations.class);

    private static final String REDEEMED = Confirmations.class.getName() + ".redeemed";

    private static final Duration KEPT = Duration.ofDays(1);

    private static final SecureRandom RANDOM = new SecureRandom();

    private final ConfirmationRepository repository;

    private final OpenLaunches launches;

    private final MasterKey masterKey;

    private final Clock clock;

    Confirmations(ConfirmationRepository repository, OpenLaunches launches, MasterKey masterKey, Clock clock) {
        this.repository = repository;
        this.launches = launches;
        this.masterKey = masterKey;
        this.clock = clock;
    }

    /** The launch that a button in a window of ours acts for. */
    public record Redeemed(TenantId tenant, long launchId) {}

    /**
     * Goes on only where nothing can lie over the button: in a window of ours, or in a page that has a browser's tab for
     * itself. A browser that does not say where a page is counts as a frame.
     */
    public void require(HttpServletRequest request, SignedIn me, Act act) {
        if (isRedeemed(request) || isAlone(request, me)) {
            return;
        }
        LOG.info("Confirmation asked for: launch {} {}", me.launchId(), act.path());
        throw new ConfirmationNeededException(act);
    }

    /** Whether a request carries a ticket that does an act. */
    public static boolean isRedeeming(HttpServletRequest request) {
        String type = request.getContentType();
        return "POST".equals(request.getMethod())
                && type != null
                && type.startsWith("application/x-www-form-urlencoded")
                && request.getParameter(FIELD) != null;
    }

    /** Uses the ticket of a request up; empty where it does not count: not ours, used, too old, or for another act. */
    public Optional<Redeemed> redeem(HttpServletRequest request) {
        Instant now = clock.instant();
        Optional<Ticket> ticket = Ticket.open(masterKey, String.valueOf(request.getParameter(FIELD)))
                .filter(t -> t.stage() == Ticket.Stage.DO && now.isBefore(t.expires()))
                .filter(t -> t.act().path().equals(request.getRequestURI()))
                .filter(t -> !isFramed(request))
                .filter(t -> repository.uses(t, now));
        ticket.ifPresentOrElse(
                t -> request.setAttribute(REDEEMED, t),
                () -> LOG.info("Confirmation refused: the ticket is used, too old or for something else"));
        return ticket.map(t -> new Redeemed(t.tenant(), t.launchId()));
    }

    public static boolean isRedeemed(HttpServletRequest request) {
        return redeemed(request) != null;
    }

    static @Nullable Ticket redeemed(HttpServletRequest request) {
        return request.getAttribute(REDEEMED) instanceof Ticket ticket ? ticket : null;
    }

    /** A ticket for the question, sealed for the page that has the button. */
    Offer offer(HttpServletRequest request, SignedIn me, Act act) {
        byte[] number = new byte[16];
        RANDOM.nextBytes(number);
        Ticket ticket = new Ticket(
                Ticket.Stage.ASK,
                me.tenant(),
                me.launchId(),
                clock.instant().plus(TO_ASK),
                Base64.getUrlEncoder().withoutPadding().encodeToString(number),
                act);
        return new Offer(!isAlone(request, me), ticket.seal(masterKey), ticket.number(), act);
    }

    /** The act that a page was given a ticket for, for a fresh one; empty where it was another launch's. */
    Optional<Act> offered(SignedIn me, String sealed) {
        return Ticket.open(masterKey, sealed)
                .filter(t -> t.stage() == Ticket.Stage.ASK && t.isFor(me.tenant(), me.launchId()))
                .map(Ticket::act);
    }

    /** The question that a ticket opens, once, and the ticket of its button. */
    Optional<Question> ask(HttpServletRequest request, String sealed) {
        Instant now = clock.instant();
        return Ticket.open(masterKey, sealed)
                .filter(t -> t.stage() == Ticket.Stage.ASK && now.isBefore(t.expires()))
                .filter(t -> !isFramed(request))
                .filter(t -> launches.find(t.tenant(), t.launchId()).isPresent())
                .filter(t -> repository.opens(t, now))
                .map(t -> new Question(
                        t.act(), t.next(Ticket.Stage.DO, now.plus(TO_DO)).seal(masterKey)));
    }

    void done(Ticket ticket) {
        repository.done(ticket, clock.instant());
    }

    boolean isDone(SignedIn me, String number) {
        return repository.isDone(me.tenant(), me.launchId(), number);
    }

    public void forgetOld() {
        repository.forget(clock.instant().minus(KEPT));
    }

    /** What a page needs for its button. */
    record Offer(boolean framed, String ticket, String number, Act act) {}

    /** What the window of ours says. */
    record Question(Act act, String ticket) {}

    /** No page of a session by a mailed link can be framed, whatever the browser tells. */
    private static boolean isAlone(HttpServletRequest request, SignedIn me) {
        return me.isByMail() || Origin.isTopLevel(request);
    }

    /** Fetch Metadata: only browsers say it, and no page can make them say something else. */
    private static boolean isFramed(HttpServletRequest request) {
        return request.getHeader("Sec-Fetch-Dest") != null && !Origin.isTopLevel(request);
    }
}
