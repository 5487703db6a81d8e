package lms;

import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jwt.JWTClaimsSet;
import com.nimbusds.jwt.SignedJWT;
import java.math.BigDecimal;
import java.text.ParseException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Checks what a tool answers to a deep linking request, to the letter.
 *
 * @see <a href="https://www.imsglobal.org/spec/lti-dl/v2p0#deep-linking-response-message">LTI Deep Linking 2.0, response</a>
 */
final class DeepLinkingAnswers {

    private static final String DL = "https://purl.imsglobal.org/spec/lti-dl/claim/";

    private static final Duration LEEWAY = Duration.ofSeconds(60);

    private static final Duration LONGEST = Duration.ofHours(1);

    private final ReferenceLms lms;

    private final Tokens tokens;

    private final Set<String> nonces = ConcurrentHashMap.newKeySet();

    DeepLinkingAnswers(ReferenceLms lms, Tokens tokens) {
        this.lms = lms;
        this.tokens = tokens;
    }

    /** A link that the tool wants placed. */
    record Item(String title, Map<String, String> custom, Optional<DeepLinkingPages.Wanted> column) {}

    /** What was understood; where there are faults, nothing is placed. */
    record Read(List<Item> items, String message, List<String> faults) {}

    Read read(DeepLinkingPages.Dialog dialog, SignedJWT jwt) throws ParseException {
        var faults = new ArrayList<String>();
        if (!JWSAlgorithm.RS256.equals(jwt.getHeader().getAlgorithm())) {
            faults.add("Only RS256.");
        }
        tokens.signatureFault(dialog.tool(), jwt).ifPresent(faults::add);
        JWTClaimsSet claims = jwt.getJWTClaimsSet();
        checkClaims(dialog, claims, faults);
        List<Item> items = items(dialog, claims, faults);
        if (items.size() > 1 && !dialog.multiple()) {
            faults.add("One link only was asked for.");
        }
        String error = claims.getStringClaim(DL + "errormsg");
        String message = claims.getStringClaim(DL + "msg");
        return new Read(items, error != null ? error : Objects.requireNonNullElse(message, ""), faults);
    }

    private void checkClaims(DeepLinkingPages.Dialog dialog, JWTClaimsSet claims, List<String> faults)
            throws ParseException {
        Tool tool = dialog.tool();
        var expected = new LinkedHashMap<String, Object>();
        expected.put("iss", tool.clientId());
        expected.put(LtiNames.MESSAGE_TYPE, "LtiDeepLinkingResponse");
        expected.put(LtiNames.VERSION, "1.3.0");
        expected.put(LtiNames.DEPLOYMENT_ID, tool.deployments().get(0));
        expected.put(DL + "data", tool.mode() == Mode.GENERIC ? dialog.data() : null);
        expected.forEach((name, value) -> {
            if (!Objects.equals(claims.getClaim(name), value)) {
                faults.add(name + " must be " + value + ".");
            }
        });
        if (!claims.getAudience().equals(List.of(lms.issuer()))) {
            faults.add("aud must be " + lms.issuer() + ".");
        }
        String nonce = claims.getStringClaim("nonce");
        if (nonce == null || nonce.isBlank() || !nonces.add(tool.clientId() + " " + nonce)) {
            faults.add("nonce is missing or was used before.");
        }
        checkTimes(claims, faults);
    }

    private void checkTimes(JWTClaimsSet claims, List<String> faults) {
        Instant now = lms.clock().instant();
        if (claims.getIssueTime() == null || claims.getExpirationTime() == null) {
            faults.add("iat and exp are required.");
            return;
        }
        Instant issued = claims.getIssueTime().toInstant();
        Instant expires = claims.getExpirationTime().toInstant();
        if (issued.isAfter(now.plus(LEEWAY))
                || expires.isBefore(now.minus(LEEWAY))
                || Duration.between(issued, expires).compareTo(LONGEST) > 0) {
            faults.add("iat or exp is out of bounds.");
        }
    }

    private static List<Item> items(DeepLinkingPages.Dialog dialog, JWTClaimsSet claims, List<String> faults) {
        var items = new ArrayList<Item>();
        if (!(claims.getClaim(DL + "content_items") instanceof List<?> list)) {
            faults.add("content_items must be an array.");
            return items;
        }
        for (Object each : list) {
            Map<?, ?> item = each instanceof Map<?, ?> map ? map : Map.of();
            if (!"ltiResourceLink".equals(item.get("type"))) {
                faults.add("Only ltiResourceLink was asked for, not " + item.get("type") + ".");
                continue;
            }
            String url = String.valueOf(item.get("url"));
            if (!url.startsWith(DeepLinkingPages.origin(dialog.tool().targetLinkUri()) + "/")) {
                faults.add("The url of a link must be the tool's own.");
            }
            items.add(new Item(
                    item.get("title") instanceof String title
                            ? title
                            : dialog.tool().name(),
                    custom(item.get("custom"), faults),
                    column(item.get("lineItem"), faults)));
        }
        return items;
    }

    private static Map<String, String> custom(Object value, List<String> faults) {
        var custom = new LinkedHashMap<String, String>();
        if (value instanceof Map<?, ?> map) {
            map.forEach((name, text) -> {
                if (text instanceof String string) {
                    custom.put(String.valueOf(name), string);
                } else {
                    faults.add("Values of custom are texts.");
                }
            });
        }
        return custom;
    }

    private static Optional<DeepLinkingPages.Wanted> column(Object value, List<String> faults) {
        if (!(value instanceof Map<?, ?> lineItem)) {
            return Optional.empty();
        }
        if (!(lineItem.get("scoreMaximum") instanceof Number maximum) || maximum.doubleValue() <= 0) {
            faults.add("scoreMaximum must be a number above zero.");
            return Optional.empty();
        }
        return Optional.of(new DeepLinkingPages.Wanted(
                text(lineItem.get("label")),
                new BigDecimal(maximum.toString()),
                text(lineItem.get("resourceId")),
                text(lineItem.get("tag"))));
    }

    private static String text(Object value) {
        return value instanceof String string ? string : "";
    }
}
