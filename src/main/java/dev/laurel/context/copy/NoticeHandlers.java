package dev.laurel.context.copy;

import com.github.kagkarlsson.scheduler.task.Task;
import dev.laurel.launch.Launch;
import dev.laurel.platform.ServiceProblem;
import dev.laurel.platform.ServiceReader;
import dev.laurel.platform.http.OutboundRequest;
import dev.laurel.platform.road.Jobs;
import dev.laurel.platform.tenant.PublicUrl;
import dev.laurel.platform.tenant.TenantId;
import dev.laurel.platform.tool.LtiScope;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.http.HttpMethod;
import org.springframework.stereotype.Component;
import tools.jackson.databind.json.JsonMapper;

/**
 * Asks each deployment that offers it to tell Laurel of copied courses. Nothing depends on it: the history in the next
 * launch says the same.
 *
 * @see <a href="https://www.imsglobal.org/spec/lti-pns/v1p0">LTI Platform Notification Service 1.0</a>
 */
@Component
public class NoticeHandlers {

    static final String KIND = "notice-handler";

    private static final Set<String> SCOPES = Set.of(LtiScope.NOTICE_HANDLERS.uri());

    /** When a platform that refused, or never answered, is asked again; the next launch after that does it. */
    private static final Duration PATIENCE = Duration.ofDays(1);

    private final NoticeHandlerRepository handlers;

    private final ServiceReader services;

    private final Jobs jobs;

    private final JsonMapper json;

    private final Clock clock;

    private final String handler;

    NoticeHandlers(
            NoticeHandlerRepository handlers,
            ServiceReader services,
            Jobs jobs,
            JsonMapper json,
            Clock clock,
            PublicUrl publicUrl) {
        this.handlers = handlers;
        this.services = services;
        this.jobs = jobs;
        this.json = json;
        this.clock = clock;
        this.handler = publicUrl.at(Launch.NoticeService.HANDLER_PATH);
    }

    /** What is known of a deployment's handler. */
    public record Known(URI serviceUrl, String handler, Instant askedAt, boolean registered) {}

    /** Asks for it where a launch offers it and it was not done; inside the transaction of the launch. */
    public void offered(Launch launch, @Nullable Known known) {
        Launch.NoticeService offer = launch.notices();
        if (offer == null || !offer.types().contains(Launch.NoticeService.CONTEXT_COPY) || isDone(offer, known)) {
            return;
        }
        Instant now = clock.instant();
        handlers.asked(launch.tenant(), launch.deploymentPk(), launch.registrationId(), offer.url(), handler, now);
        jobs.schedule(KIND, launch.tenant(), Long.toString(launch.deploymentPk()), now.getEpochSecond() / 60);
    }

    private boolean isDone(Launch.NoticeService offer, @Nullable Known known) {
        return known != null
                && known.serviceUrl().equals(offer.url())
                && known.handler().equals(handler)
                && (known.registered() || known.askedAt().plus(PATIENCE).isAfter(clock.instant()));
    }

    void run(TenantId tenant, String subject) {
        long deploymentPk = Long.parseLong(subject);
        handlers.open(tenant, deploymentPk).ifPresent(open -> {
            byte[] body = json.writeValueAsString(
                            Map.of("notice_type", Launch.NoticeService.CONTEXT_COPY, "handler", open.handler()))
                    .getBytes(StandardCharsets.UTF_8);
            try {
                services.send(
                        open.registrationId(),
                        SCOPES,
                        new OutboundRequest(
                                HttpMethod.PUT,
                                open.serviceUrl(),
                                Map.of("Content-Type", "application/json", "Accept", "application/json"),
                                body));
                handlers.registered(tenant, deploymentPk, clock.instant());
            } catch (ServiceProblem problem) {
                if (!problem.isFinal()) {
                    throw problem;
                }
                handlers.refused(tenant, deploymentPk, String.valueOf(problem.getMessage()));
            }
        });
    }

    /** Makes the job known to the scheduler. */
    @Configuration(proxyBeanMethods = false)
    static class Declaration {

        @Bean
        Task<?> noticeHandlerTask(Jobs jobs, NoticeHandlers handlers) {
            return jobs.kind(KIND, handlers::run);
        }
    }
}
