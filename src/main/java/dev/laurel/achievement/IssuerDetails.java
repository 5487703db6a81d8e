package dev.laurel.achievement;

import org.jspecify.annotations.Nullable;

/**
 * What an institution says of an issuer besides its name. Nothing of it has to be known; all of it is public.
 *
 * @param website its own page, absolute http or https
 * @param email where others may ask about badges
 * @param parent the organisation that it belongs to
 * @param linkedInPage the number of its page at LinkedIn, by which a profile there shows its logo beside a badge; no part of
 *     a credential
 * @see <a href="https://www.imsglobal.org/spec/ob/v3p0/#profile">Open Badges 3.0, Profile</a>
 */
public record IssuerDetails(
        @Nullable String website,
        @Nullable String email,
        @Nullable String phone,
        @Nullable Address address,
        @Nullable Parent parent,
        @Nullable String linkedInPage) {

    public static final IssuerDetails NOTHING = new IssuerDetails(null, null, null, null, null, null);

    public static final int LONGEST = 300;

    /**
     * Where it is.
     *
     * @param countryCode two letters of ISO 3166-1
     */
    public record Address(
            @Nullable String street,
            @Nullable String postalCode,
            @Nullable String locality,
            @Nullable String region,
            @Nullable String countryCode) {

        /** @throws IllegalArgumentException where it says nothing, or the country is none */
        public Address {
            if (street == null && postalCode == null && locality == null && region == null && countryCode == null) {
                throw new IllegalArgumentException("An address says where something is");
            }
            if (countryCode != null && !isCountry(countryCode)) {
                throw new IllegalArgumentException("Not a country");
            }
        }

        public static boolean isCountry(String code) {
            return code.matches("[A-Z]{2}");
        }
    }

    /** An organisation above the issuer; its address is what it is known by. */
    public record Parent(String name, String url) {

        /** @throws IllegalArgumentException where the name is missing or the URL is none */
        public Parent {
            if (name.isBlank() || !Alignment.isUrl(url)) {
                throw new IllegalArgumentException("An organisation has a name and an absolute URL");
            }
        }
    }

    /** @throws IllegalArgumentException where a URL, an e-mail address, a telephone number or a number at LinkedIn is none */
    public IssuerDetails {
        if ((website != null && !Alignment.isUrl(website))
                || (email != null && !isEmail(email))
                || (phone != null && !isPhone(phone))
                || (linkedInPage != null && !isLinkedInPage(linkedInPage))) {
            throw new IllegalArgumentException("Not what can be said of an issuer");
        }
    }

    public static boolean isEmail(String text) {
        return text.matches("[^@\\s\"<>]+@[^@\\s\"<>.]+(\\.[^@\\s\"<>.]+)+");
    }

    /** With the code of its country, as Open Badges takes it. */
    public static boolean isPhone(String text) {
        return text.matches("\\+[1-9]\\d{1,14}");
    }

    public static boolean isLinkedInPage(String text) {
        return text.matches("[1-9]\\d{0,18}");
    }
}
