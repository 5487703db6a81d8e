package lms;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;

/** While it lasts, entries of a list come in any order, one of them twice, and answers late by some milliseconds. */
final class Disorder {

    private static final int LATEST = 20;

    private volatile Random dice;

    /** @param next {@code null} ends it */
    void by(Random next) {
        dice = next;
    }

    <T> List<T> of(List<T> entries) {
        Random now = dice;
        if (now == null || entries.isEmpty()) {
            return entries;
        }
        var mixed = new ArrayList<T>(entries);
        synchronized (now) {
            mixed.add(entries.get(now.nextInt(entries.size())));
            Collections.shuffle(mixed, now);
        }
        return mixed;
    }

    void delay() {
        Random now = dice;
        if (now != null) {
            try {
                Thread.sleep(now.nextInt(LATEST));
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
        }
    }
}
