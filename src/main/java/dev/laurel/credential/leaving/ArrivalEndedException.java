package dev.laurel.credential.leaving;

/** The archive that a job works on is not what it was: it was given up, or another node went on with it. */
final class ArrivalEndedException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    ArrivalEndedException(long id) {
        super("Archive " + id + " is not under way any more", null, false, false);
    }
}
