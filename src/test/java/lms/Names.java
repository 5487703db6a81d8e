package lms;

import java.util.List;

/** Names of invented students. */
final class Names {

    private static final List<String> GIVEN = List.of(
            "Ada",
            "Bao",
            "Chiara",
            "Dawit",
            "Elif",
            "Farid",
            "Greta",
            "Hana",
            "Ivo",
            "Jomo",
            "Katarzyna",
            "Liam",
            "Mei",
            "Noor",
            "Oisín",
            "Priya",
            "Quentin",
            "Rosa",
            "Søren",
            "Tomoko",
            "Uche",
            "Valentina",
            "Wiremu",
            "Xenia",
            "Yusuf",
            "Zoë",
            "Amara",
            "Björn",
            "Camila",
            "Dmytro");

    private static final List<String> FAMILY = List.of(
            "Lindqvist",
            "Nguyen",
            "Ricci",
            "Tesfaye",
            "Yılmaz",
            "Haddad",
            "Vogel",
            "Kim",
            "Horvat",
            "Otieno",
            "Łukaszewska",
            "O’Connor",
            "Zhang",
            "Rahman",
            "Byrne",
            "Nair",
            "Dubois",
            "Fernández",
            "Møller",
            "Sato",
            "Okafor",
            "Silva",
            "Parata",
            "Papadaki",
            "Demir",
            "de Vries",
            "Diallo",
            "Andersson",
            "Rojas",
            "Kovalenko");

    private Names() {}

    static String given(int index) {
        return GIVEN.get(index % GIVEN.size());
    }

    /** The first thirty are plain; after that pairs come again with another family name and at last with a number. */
    static String family(int index) {
        int round = index / GIVEN.size();
        String family = FAMILY.get((index + round) % FAMILY.size());
        return round < FAMILY.size() ? family : family + " " + (round / FAMILY.size() + 1);
    }
}
