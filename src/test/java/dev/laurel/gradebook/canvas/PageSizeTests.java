package dev.laurel.gradebook.canvas;

import static org.assertj.core.api.Assertions.assertThat;

import org.jspecify.annotations.Nullable;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class PageSizeTests {

    @ParameterizedTest
    @CsvSource({
        "/x?per_page=100, /x?per_page=10",
        "/x?per_page=100&a=b, /x?per_page=10&a=b",
        "/x?page=3&per_page=100, /x?page=21&per_page=10",
        "/x?page=1&per_page=100, /x?page=1&per_page=10",
        "/x?page=4&per_page=41, /x?page=31&per_page=4",
        "/x?page=bookmark:WyJ4Il0&per_page=100, /x?page=bookmark:WyJ4Il0&per_page=10",
        "/x?student_ids[]=all&per_page=100, /x?student_ids[]=all&per_page=10",
        "/x?student_ids[]=8&student_ids%5B%5D=9&per_page=10, /x?student_ids[]=8&student_ids%5B%5D=9&per_page=2"
    })
    void aSmallerPageBeginsAtTheSameEntryOrBeforeIt(String address, String smaller) {
        assertThat(PageSize.smaller(address)).isEqualTo(smaller);
    }

    @ParameterizedTest
    @CsvSource({"/x", "/x?per_page=1", "/x?per_page=many", "/x?student_ids[]=8&student_ids[]=9&per_page=2"})
    void orThereIsNone(String address) {
        assertThat(PageSize.smaller(address)).isNull();
    }

    @ParameterizedTest
    @CsvSource({
        "/x?page=11&per_page=1, /x?page=2&per_page=10",
        "/x?per_page=10&page=11, /x?per_page=100&page=2",
        "/x?page=10&per_page=1,",
        "/x?page=11&per_page=10&a=b, /x?page=2&per_page=100&a=b",
        "/x?page=2&per_page=100,",
        "/x?page=bookmark:WyJ4Il0&per_page=1,",
        "/x?per_page=1,"
    })
    void aLargerPageBeginsAtTheSameEntryAndHoldsNoMoreThanAskedForFirst(String address, @Nullable String larger) {
        assertThat(PageSize.larger(address, 100)).isEqualTo(larger);
    }

    @ParameterizedTest
    @CsvSource({
        "/x?page=3&per_page=1, /x?page=4&per_page=1",
        "/x?per_page=1, /x?per_page=1&page=2",
        "/x?page=3&per_page=2,",
        "/x?page=bookmark:WyJ4Il0&per_page=1,",
        "/x,"
    })
    void thePageBehindASingleEntryIsKnownWherePagesAreNumbered(String address, @Nullable String behind) {
        assertThat(PageSize.behindOne(address)).isEqualTo(behind);
    }
}
