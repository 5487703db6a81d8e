package dev.laurel.award.grant;

/** The badge has no level by the name of the one that the first of two people gave. */
public class LevelGoneException extends IllegalStateException {

    private static final long serialVersionUID = 1L;

    public LevelGoneException(String level) {
        super("There is no level " + level + " any more");
    }
}
