package lms;

/** What is to be known of a cell of the LMS's own gradebook beside its points. */
public enum Mark {
    NONE("nothing special"),
    SUBMITTED("handed in"),
    LATE("handed in late"),
    PROVISIONAL("not final"),
    HIDDEN("hidden from the student"),
    EXCUSED("excused");

    private final String label;

    Mark(String label) {
        this.label = label;
    }

    String label() {
        return label;
    }

    static Mark of(String name) {
        for (Mark mark : values()) {
            if (mark.name().equals(name)) {
                return mark;
            }
        }
        return NONE;
    }
}
