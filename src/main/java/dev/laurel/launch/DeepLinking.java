package dev.laurel.launch;

import dev.laurel.launch.session.SignedIn;
import dev.laurel.platform.sql.Utc;
import dev.laurel.platform.tenant.PublicUrl;
import dev.laurel.platform.tenant.TenantId;
import dev.laurel.platform.tool.LtiMessage;
import java.net.URI;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDateTime;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;
import tools.jackson.databind.json.JsonMapper;

/**
 * Deep linking requests and their answers (table {@code deep_linking}). Each belongs to the launch that it came with and
 * is answered once; the answer is then posted by the browser from {@link #ANSWER_PATH}.
 *
 * @see <a href="https://www.imsglobal.org/spec/lti-dl/v2p0">LTI Deep Linking 2.0</a>
 */
@Repository
public class DeepLinking {

    /** The page that takes the answer to the platform. */
    public static final String ANSWER_PATH = "/deep-linking/answer";

    private static final String CLAIM = "https://purl.imsglobal.org/spec/lti-dl/claim/";

    /** Nobody is signed in by a launch for as long as that. */
    private static final Duration KEPT = Duration.ofDays(1);

    private static final int SLICE = 5_000;

    private final JdbcClient jdbc;

    private final Launches launches;

    private final PublicUrl publicUrl;

    private final JsonMapper json;

    private final Clock clock;

    DeepLinking(JdbcClient jdbc, Launches launches, PublicUrl publicUrl, JsonMapper json, Clock clock) {
        this.jdbc = jdbc;
        this.launches = launches;
        this.publicUrl = publicUrl;
        this.json = json;
        this.clock = clock;
    }

    /**
     * A request and what became of it.
     *
     * @param answer JSON of the claims that go back; {@code null} while nobody decided
     * @param sentAt when a page that posts the answer was first given out
     */
    public record Exchange(
            DeepLinkingRequest request,
            @Nullable String answer,
            @Nullable String nonce,
            @Nullable Instant answeredAt,
            @Nullable Instant sentAt) {

        public boolean isAnswered() {
            return answeredAt != null;
        }
    }

    /** The request that somebody came with; empty after any other launch. */
    public Optional<Exchange> of(SignedIn me) {
        if (launches.find(me.tenant(), me.launchId())
                .filter(launch -> launch.messageType().equals(LtiMessage.DEEP_LINKING.type()))
                .isEmpty()) {
            return Optional.empty();
        }
        return jdbc.sql("SELECT * FROM deep_linking WHERE tenant_id = ? AND launch_id = ?")
                .params(me.tenant().value(), me.launchId())
                .query(DeepLinking::exchange)
                .optional();
    }

    /** Keeps a request with its launch. Called in the transaction that stores the launch. */
    public void keep(TenantId tenant, long launchId, DeepLinkingRequest request) {
        jdbc.sql("""
                INSERT INTO deep_linking (tenant_id, launch_id, return_url, accepts_links, accepts_multiple,
                    accepts_line_items, title, data, created_at)
                VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)""")
                .param(tenant.value())
                .param(launchId)
                .param(request.returnUrl().toString())
                .param(request.acceptsLinks())
                .param(request.acceptsMultiple())
                .param(request.acceptsLineItems())
                .param(request.title())
                .param(request.data())
                .param(Utc.of(clock.instant()))
                .update();
    }

    /**
     * Decides what goes back: these links, or none. Only the first decision counts.
     *
     * @param message plain words that the platform may show; {@code null}: none
     * @return whether this was the first
     * @throws IllegalArgumentException where there is more than the platform accepts
     */
    public boolean answer(SignedIn me, List<ContentItem> items, @Nullable String message) {
        DeepLinkingRequest request = of(me).orElseThrow().request();
        if ((!items.isEmpty() && !request.acceptsLinks())
                || (items.size() > 1 && !request.acceptsMultiple())
                || (!request.acceptsLineItems() && items.stream().anyMatch(item -> item.lineItem() != null))) {
            throw new IllegalArgumentException("The platform does not accept that");
        }
        return decide(me, items, message, "msg");
    }

    /** Decides that nothing goes back, because something is wrong; the platform may show the words. */
    public boolean refuse(SignedIn me, String message) {
        return decide(me, List.of(), message, "errormsg");
    }

    private boolean decide(SignedIn me, List<ContentItem> items, @Nullable String message, String claim) {
        Map<String, Object> answer = new LinkedHashMap<>();
        answer.put(CLAIM + "content_items", ContentItem.toJson(items, publicUrl.at("/lti/launch")));
        if (message != null) {
            answer.put(CLAIM + claim, message);
        }
        return jdbc.sql("""
                UPDATE deep_linking SET answer = ?, nonce = ?, answered_at = ?
                WHERE tenant_id = ? AND launch_id = ? AND answered_at IS NULL""")
                        .params(
                                json.writeValueAsString(answer),
                                UUID.randomUUID().toString(),
                                Utc.of(clock.instant()),
                                me.tenant().value(),
                                me.launchId())
                        .update()
                == 1;
    }

    /** Whether this is the first page that posts the answer: true once, so that a reload posts nothing by itself. */
    public boolean send(SignedIn me) {
        return jdbc.sql("""
                UPDATE deep_linking SET sent_at = ?
                WHERE tenant_id = ? AND launch_id = ? AND answered_at IS NOT NULL AND sent_at IS NULL""")
                        .params(Utc.of(clock.instant()), me.tenant().value(), me.launchId())
                        .update()
                == 1;
    }

    /** Clears away requests that nobody can answer any more. */
    public void forgetOld() {
        LocalDateTime before = Utc.of(clock.instant().minus(KEPT));
        int deleted;
        do {
            deleted = jdbc.sql("DELETE FROM deep_linking WHERE created_at < ? LIMIT " + SLICE)
                    .param(before)
                    .update();
        } while (deleted == SLICE);
    }

    private static Exchange exchange(ResultSet row, int n) throws SQLException {
        return new Exchange(
                new DeepLinkingRequest(
                        URI.create(row.getString("return_url")),
                        row.getBoolean("accepts_links"),
                        row.getBoolean("accepts_multiple"),
                        row.getBoolean("accepts_line_items"),
                        row.getString("title"),
                        row.getString("data")),
                row.getString("answer"),
                row.getString("nonce"),
                Utc.readNullable(row, "answered_at"),
                Utc.readNullable(row, "sent_at"));
    }
}
