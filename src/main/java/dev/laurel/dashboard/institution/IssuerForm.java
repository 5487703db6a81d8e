package dev.laurel.dashboard.institution;

import dev.laurel.achievement.Alignment;
import dev.laurel.achievement.Issuer;
import dev.laurel.achievement.IssuerDetails;
import dev.laurel.achievement.IssuerDetails.Address;
import dev.laurel.achievement.IssuerDetails.Parent;
import dev.laurel.dashboard.Typed;
import java.util.Locale;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.springframework.web.multipart.MultipartFile;

/** What an administrator typed about a name that speaks for the institution, exactly as typed. */
record IssuerForm(
        String name,
        String website,
        String email,
        String phone,
        String street,
        String postalCode,
        String locality,
        String region,
        String country,
        String parentName,
        String parentUrl,
        String linkedIn,
        @Nullable MultipartFile logo,
        @Nullable String withoutLogo) {

    private static final int LONGEST_NAME = 300;

    private static final Pattern LINKED_IN_PAGE =
            Pattern.compile("^(?:https?://)?(?:[a-z]+\\.)?linkedin\\.com/(?:company|school)/(\\d+)(?:[/?#].*)?$");

    /** Told the field and the message of what is wrong. */
    interface Problems {

        void reject(String field, String key, Object... words);
    }

    @SuppressWarnings("NullAway") // binding leaves out what was not sent
    IssuerForm {
        name = name == null ? "" : name;
        website = website == null ? "" : website;
        email = email == null ? "" : email;
        phone = phone == null ? "" : phone;
        street = street == null ? "" : street;
        postalCode = postalCode == null ? "" : postalCode;
        locality = locality == null ? "" : locality;
        region = region == null ? "" : region;
        country = country == null ? "" : country;
        parentName = parentName == null ? "" : parentName;
        parentUrl = parentUrl == null ? "" : parentUrl;
        linkedIn = linkedIn == null ? "" : linkedIn;
    }

    static IssuerForm of(Issuer issuer) {
        IssuerDetails details = issuer.details();
        Address address = details.address();
        Parent parent = details.parent();
        return new IssuerForm(
                issuer.name(),
                plain(details.website()),
                plain(details.email()),
                plain(details.phone()),
                address == null ? "" : plain(address.street()),
                address == null ? "" : plain(address.postalCode()),
                address == null ? "" : plain(address.locality()),
                address == null ? "" : plain(address.region()),
                address == null ? "" : plain(address.countryCode()),
                parent == null ? "" : parent.name(),
                parent == null ? "" : parent.url(),
                plain(details.linkedInPage()),
                null,
                null);
    }

    /** Tells everything that cannot be. */
    void check(Problems problems) {
        if (name.isBlank() || name.strip().length() > LONGEST_NAME) {
            problems.reject("name", "institution.issuer.bad");
        }
        checkUrl("website", website, problems);
        checkUrl("parentUrl", parentUrl, problems);
        if (!email.isBlank() && (!IssuerDetails.isEmail(email.strip()) || email.length() > IssuerDetails.LONGEST)) {
            problems.reject("email", "issuer.email.bad");
        }
        if (!phone.isBlank() && !IssuerDetails.isPhone(bare(phone))) {
            problems.reject("phone", "issuer.phone.bad");
        }
        if (!country.isBlank() && !Address.isCountry(upper(country))) {
            problems.reject("country", "issuer.country.bad");
        }
        if (!linkedIn.isBlank() && !IssuerDetails.isLinkedInPage(numberAtLinkedIn(linkedIn))) {
            problems.reject("linkedIn", "issuer.linkedIn.bad");
        }
        if (parentName.isBlank() != parentUrl.isBlank()) {
            problems.reject(parentName.isBlank() ? "parentName" : "parentUrl", "issuer.parent.half");
        }
        checkLength("street", street, problems);
        checkLength("postalCode", postalCode, problems);
        checkLength("locality", locality, problems);
        checkLength("region", region, problems);
        checkLength("parentName", parentName, problems);
    }

    private static void checkUrl(String field, String text, Problems problems) {
        if (!text.isBlank() && (!Alignment.isUrl(text.strip()) || text.length() > Alignment.LONGEST_URL)) {
            problems.reject(field, "details.url.bad");
        }
    }

    private static void checkLength(String field, String text, Problems problems) {
        if (text.length() > IssuerDetails.LONGEST) {
            problems.reject(field, "details.long", IssuerDetails.LONGEST);
        }
    }

    /** What was typed; only after {@link #check} found nothing. */
    IssuerDetails details() {
        boolean nowhere = (street + postalCode + locality + region + country).isBlank();
        return new IssuerDetails(
                orNull(website),
                orNull(email),
                phone.isBlank() ? null : bare(phone),
                nowhere
                        ? null
                        : new Address(
                                orNull(street),
                                orNull(postalCode),
                                orNull(locality),
                                orNull(region),
                                country.isBlank() ? null : upper(country)),
                parentName.isBlank() ? null : new Parent(Typed.text(parentName), parentUrl.strip()),
                linkedIn.isBlank() ? null : numberAtLinkedIn(linkedIn));
    }

    boolean takesLogoAway() {
        return withoutLogo != null;
    }

    /** People write telephone numbers in groups. */
    private static String bare(String phone) {
        return phone.replaceAll("[\\s()/.-]", "");
    }

    /** People copy the whole address of their page. */
    private static String numberAtLinkedIn(String typed) {
        return LINKED_IN_PAGE.matcher(typed.strip()).replaceFirst("$1");
    }

    private static String upper(String country) {
        return country.strip().toUpperCase(Locale.ROOT);
    }

    private static @Nullable String orNull(String text) {
        return Typed.text(text).isEmpty() ? null : Typed.text(text);
    }

    private static String plain(@Nullable String text) {
        return text == null ? "" : text;
    }
}
