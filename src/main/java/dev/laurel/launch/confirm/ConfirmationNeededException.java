package dev.laurel.launch.confirm;

/** The request may come from a click that was meant for something else: the person is asked once more, in a window of ours. */
class ConfirmationNeededException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    private final transient Act act;

    ConfirmationNeededException(Act act) {
        super(null, null, false, false);
        this.act = act;
    }

    Act act() {
        return act;
    }
}
