package bsl.data;

import java.util.BitSet;

/**
 * Tells lists of items from lines of {@code user item rating}, which read as lists of two items.
 * Such a file is read without an error, and what is trained on it is worthless; so it is noticed.
 *
 * <p>Ratings are suspected where every line has the same number of numbers, three or four, where
 * users have several lines, and where the third numbers are all at most {@value #HIGHEST_RATING}.
 */
final class LineShapes {
  private static final int HIGHEST_RATING = 100;
  private static final int FEWEST_LINES = 3;
  private static final int TRIPLE = 3;
  private static final int TRIPLE_WITH_TIME = 4;

  private final BitSet users = new BitSet();
  private long lines;
  private int numbers;
  private boolean alike = true;
  private boolean userAgain;
  private int highestThird;

  /**
   * Notes a line.
   *
   * @param user its first number
   * @param items how many numbers follow
   * @param second the second of those, if there is one
   */
  void line(int user, int items, int second) {
    alike &= lines == 0 || numbers == items + 1;
    numbers = items + 1;
    userAgain |= users.get(user);
    users.set(user);
    highestThird = Math.max(highestThird, second);
    lines++;
  }

  boolean looksLikeRatings() {
    return alike
        && userAgain
        && lines >= FEWEST_LINES
        && (numbers == TRIPLE || numbers == TRIPLE_WITH_TIME)
        && highestThird <= HIGHEST_RATING;
  }
}
