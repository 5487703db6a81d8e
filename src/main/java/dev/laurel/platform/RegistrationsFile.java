package dev.laurel.platform;

import dev.laurel.platform.tool.LtiMessage;
import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.net.URISyntaxException;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.beans.factory.SmartInitializingSingleton;
import org.springframework.core.io.Resource;
import org.springframework.core.io.ResourceLoader;
import org.springframework.stereotype.Component;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.PropertyNamingStrategies;
import tools.jackson.dataformat.yaml.YAMLMapper;

/**
 * The registrations file ({@code laurel.registrations}): each entry is added or renewed when Laurel starts. What is not in
 * the file is never touched.
 */
@Component
class RegistrationsFile implements SmartInitializingSingleton {

    private static final Logger LOG = LoggerFactory.getLogger(RegistrationsFile.class);

    private static final String ORIGIN = "https?://[A-Za-z0-9.*-]+(:[0-9]+)?";

    private static final YAMLMapper YAML = YAMLMapper.builder()
            .propertyNamingStrategy(PropertyNamingStrategies.KEBAB_CASE)
            .enable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES)
            .build();

    private final LaurelProperties settings;

    private final ResourceLoader resources;

    private final Platforms platforms;

    RegistrationsFile(LaurelProperties settings, ResourceLoader resources, Platforms platforms) {
        this.settings = settings;
        this.resources = resources;
        this.platforms = platforms;
    }

    /** Before the first request comes in. */
    @Override
    public void afterSingletonsInstantiated() {
        String location = settings.registrations();
        if (location == null || location.isBlank()) {
            return;
        }
        List<RegistrationEntry> entries = read(resources.getResource(location.strip()));
        for (RegistrationEntry entry : entries) {
            try {
                platforms.register(entry, true);
            } catch (IllegalArgumentException e) {
                throw new InstallationException("The registrations file " + location + ": " + e.getMessage(), e);
            }
        }
        LOG.info("Read {} registrations from {}", entries.size(), location);
    }

    static List<RegistrationEntry> read(Resource file) {
        Contents contents;
        try (InputStream in = file.getInputStream()) {
            contents = YAML.readValue(in, Contents.class);
        } catch (IOException e) {
            throw new InstallationException("The registrations file " + file.getDescription() + " cannot be read", e);
        } catch (JacksonException e) {
            throw new InstallationException(
                    "The registrations file " + file.getDescription() + " is not understood: " + e.getOriginalMessage()
                            + (e.getLocation() == null
                                    ? ""
                                    : " (line " + e.getLocation().getLineNr() + ")"),
                    e);
        }
        List<RegistrationEntry> entries = new ArrayList<>();
        Set<String> keys = new HashSet<>();
        List<Entry> listed =
                contents == null || contents.registrations() == null ? List.of() : contents.registrations();
        for (Entry entry : listed) {
            String where = "The registrations file " + file.getDescription() + ", entry " + (entries.size() + 1) + ": ";
            RegistrationEntry valid = new Validation(where).validate(entry);
            if (!keys.add(valid.issuer() + '\0' + valid.clientId())) {
                throw new InstallationException(where + "this issuer and client-id came before");
            }
            entries.add(valid);
        }
        return entries;
    }

    private record Contents(@Nullable List<Entry> registrations) {}

    private record Entry(
            @Nullable String name,
            @Nullable String issuer,
            @Nullable String clientId,
            @Nullable String authorizationEndpoint,
            @Nullable String tokenEndpoint,
            @Nullable String tokenAudience,
            @Nullable String jwksUri,
            @Nullable String frameOrigin,
            @Nullable Boolean tellsAssistants,
            @Nullable Integer pollSeconds,
            @Nullable List<String> messages,
            @Nullable Boolean testCopy,
            @Nullable List<DeploymentLine> deployments) {}

    private record DeploymentLine(
            @Nullable String id, @Nullable String tenant) {}

    /** Says of one entry what is wrong with it, and where. */
    private record Validation(String where) {

        RegistrationEntry validate(Entry entry) {
            List<RegistrationEntry.DeploymentEntry> deployments = new ArrayList<>();
            for (DeploymentLine line : entry.deployments() == null ? List.<DeploymentLine>of() : entry.deployments()) {
                deployments.add(new RegistrationEntry.DeploymentEntry(
                        text("the id of a deployment", line.id(), 255),
                        text("the tenant of a deployment", line.tenant(), 200)));
            }
            return new RegistrationEntry(
                    text("name", entry.name(), 200),
                    text("issuer", entry.issuer(), 1000),
                    text("client-id", entry.clientId(), 500),
                    address("authorization-endpoint", entry.authorizationEndpoint()),
                    address("token-endpoint", entry.tokenEndpoint()),
                    entry.tokenAudience(),
                    address("jwks-uri", entry.jwksUri()),
                    origins(entry.frameOrigin()),
                    entry.tellsAssistants(),
                    seconds(entry.pollSeconds()),
                    deployments,
                    messages(entry.messages()),
                    Boolean.TRUE.equals(entry.testCopy()));
        }

        private String text(String name, @Nullable String value, int longest) {
            if (value == null || value.isBlank()) {
                throw new InstallationException(where + name + " is missing");
            }
            if (value.strip().length() > longest) {
                throw new InstallationException(where + name + " is longer than " + longest + " characters");
            }
            return value.strip();
        }

        private URI address(String name, @Nullable String value) {
            String text = text(name, value, 1000);
            try {
                URI uri = new URI(text);
                if (("https".equals(uri.getScheme()) || "http".equals(uri.getScheme())) && uri.getHost() != null) {
                    return uri;
                }
            } catch (URISyntaxException e) {
                // The sentence below says it.
            }
            throw new InstallationException(where + name + " must be a web address");
        }

        private @Nullable String origins(@Nullable String value) {
            if (value == null || value.isBlank()) {
                return null;
            }
            for (String origin : value.strip().split("\\s+")) {
                if (!origin.matches(ORIGIN)) {
                    throw new InstallationException(
                            where + "frame-origin must be like https://lms.example.edu, without a path");
                }
            }
            return value.strip().replaceAll("\\s+", " ");
        }

        private @Nullable Set<LtiMessage> messages(@Nullable List<String> types) {
            if (types == null) {
                return null;
            }
            Set<LtiMessage> messages = EnumSet.noneOf(LtiMessage.class);
            for (String type : types) {
                messages.add(
                        LtiMessage.of(type)
                                .filter(LtiMessage::isOptional)
                                .orElseThrow(
                                        () -> new InstallationException(
                                                where
                                                        + "messages can only name LtiSubmissionReviewRequest and LtiDataPrivacyLaunchRequest")));
            }
            return messages;
        }

        private @Nullable Integer seconds(@Nullable Integer value) {
            if (value != null && value < 1) {
                throw new InstallationException(where + "poll-seconds must be at least 1");
            }
            return value;
        }
    }
}
