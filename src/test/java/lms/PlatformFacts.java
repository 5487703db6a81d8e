package lms;

import java.util.List;

/** What a tool must know of a platform to be launched by it: one (issuer, client_id) with its endpoints. */
public record PlatformFacts(
        String issuer,
        String clientId,
        String name,
        String auth,
        String token,
        String jwks,
        String tenant,
        boolean tellsAssistants,
        List<String> deployments) {}
