package dev.laurel.dashboard.deeplinking;

import java.util.List;

/**
 * What an instructor chose to place in the course, exactly as typed.
 *
 * @param links public ids of badges, and {@link #COURSE} for the page with all of them
 * @param column a {@link Column}
 * @param columnName of a column that the instructor grades; empty: as the link
 */
record DeepLinkingForm(List<String> links, String column, String columnName, String maximum) {

    /** Stands for the page of the course among the links. */
    static final String COURSE = "course";

    static final DeepLinkingForm EMPTY = new DeepLinkingForm(List.of(), Column.NONE.name(), "", "100");

    /** What a column that comes with a link is for. */
    enum Column {
        NONE,
        /** The instructor grades it in the LMS, and rules can ask for its grades. */
        GRADED,
        /** Laurel writes 1 of 1 for everybody who earned the badge. */
        WRITTEN
    }

    @SuppressWarnings("NullAway") // binding leaves out what was not sent
    DeepLinkingForm {
        links = links == null ? List.of() : List.copyOf(links);
        column = column == null ? Column.NONE.name() : column;
        columnName = columnName == null ? "" : columnName;
        maximum = maximum == null ? "" : maximum;
    }

    /** What was chosen; something unknown is nothing. */
    Column wanted() {
        return column.equals(Column.GRADED.name())
                ? Column.GRADED
                : column.equals(Column.WRITTEN.name()) ? Column.WRITTEN : Column.NONE;
    }

    public boolean has(String link) {
        return links.contains(link);
    }
}
