package dev.laurel.publication.page;

import java.time.ZonedDateTime;
import java.util.LinkedHashMap;
import java.util.Map;
import org.springframework.web.util.UriComponentsBuilder;

/**
 * Where a holder adds her badge to her profile at LinkedIn. It is a form filled in there, which she sends or not: Laurel
 * tells LinkedIn nothing.
 *
 * @see <a href="https://addtoprofile.linkedin.com/">LinkedIn, Add to profile</a>
 */
final class LinkedIn {

    private static final String FORM = "https://www.linkedin.com/profile/add";

    private LinkedIn() {}

    static String addToProfile(SharedPage badge) {
        Map<String, Object> fields = new LinkedHashMap<>();
        fields.put("startTask", "CERTIFICATION_NAME");
        fields.put("name", badge.name());
        String page = badge.linkedInPage();
        // One or the other: by the number the profile shows the logo, by the name it may be anybody's.
        if (page == null) {
            fields.put("organizationName", badge.issuer());
        } else {
            fields.put("organizationId", page);
        }
        fields.put("issueYear", badge.awarded().getYear());
        fields.put("issueMonth", badge.awarded().getMonthValue());
        ZonedDateTime until = badge.until();
        if (until != null) {
            fields.put("expirationYear", until.getYear());
            fields.put("expirationMonth", until.getMonthValue());
        }
        fields.put("certUrl", badge.url());
        fields.put("certId", badge.credentialId());
        UriComponentsBuilder form = UriComponentsBuilder.fromUriString(FORM);
        fields.keySet().forEach(field -> form.queryParam(field, "{" + field + "}"));
        // Values of variables are encoded whole: an ampersand in a name does not begin another field.
        return form.encode().buildAndExpand(fields).toUriString();
    }
}
