package lms;

import java.net.URI;
import java.util.List;
import java.util.Set;

/**
 * A tool that is registered with the LMS.
 *
 * @param redirectUris where an id_token may be sent, compared exactly
 * @param deployments its deployment ids; the first is the one new links get
 * @param scopes what its service tokens may cover
 * @param getsNames whether names and e-mail addresses are sent to it
 */
public record Tool(
        String clientId,
        String name,
        URI loginUrl,
        List<URI> redirectUris,
        URI targetLinkUri,
        URI jwksUrl,
        List<String> deployments,
        Set<String> scopes,
        boolean getsNames) {

    public static final String LAUREL_CLIENT_ID = "laurel-reference";

    /** Laurel at this public URL, with every service and deployment "1". */
    public static Tool laurel(URI publicUrl) {
        return laurel(publicUrl, LAUREL_CLIENT_ID, "1");
    }

    public static Tool laurel(URI publicUrl, String clientId, String... deployments) {
        URI launch = publicUrl.resolve("/lti/launch");
        return new Tool(
                clientId,
                "Laurel",
                publicUrl.resolve("/lti/login"),
                List.of(launch),
                launch,
                publicUrl.resolve("/lti/jwks.json"),
                List.of(deployments),
                LtiNames.ALL_SCOPES,
                true);
    }

    public Tool withScopes(Set<String> granted) {
        return new Tool(
                clientId, name, loginUrl, redirectUris, targetLinkUri, jwksUrl, deployments, granted, getsNames);
    }

    public Tool withoutNames() {
        return new Tool(clientId, name, loginUrl, redirectUris, targetLinkUri, jwksUrl, deployments, scopes, false);
    }
}
