package lms;

import java.util.AbstractList;
import java.util.List;
import java.util.function.Function;

/** A list of which only those entries are put into words that are on the page which is asked for. */
final class ToldLater<T, R> extends AbstractList<R> {

    private final List<T> things;

    private final Function<T, R> teller;

    ToldLater(List<T> things, Function<T, R> teller) {
        this.things = things;
        this.teller = teller;
    }

    @Override
    public R get(int index) {
        return teller.apply(things.get(index));
    }

    @Override
    public int size() {
        return things.size();
    }
}
