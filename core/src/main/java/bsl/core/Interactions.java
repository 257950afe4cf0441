package bsl.core;

import java.util.Arrays;
import java.util.Objects;

/**
 * Immutable user-item pairs as a compressed sparse row (CSR) matrix: for each user the ascending,
 * duplicate-free list of items.
 *
 * <p>Rows are users in {@code [0, users)}, columns items in {@code [0, items)}; {@link
 * #transpose()} swaps the two roles.
 */
public final class Interactions {
  /** Bytes of a pair as text, with a blank and a line break. */
  private static final int LONGEST_PAIR = 2 * DecimalText.LONGEST + 2;

  private final int users;
  private final int items;
  private final int[] offsets;
  private final int[] columns;

  private Interactions(int users, int items, int[] offsets, int[] columns) {
    this.users = users;
    this.items = items;
    this.offsets = offsets;
    this.columns = columns;
  }

  /**
   * Builds the matrix from pairs in any order; pairs that occur more than once are kept once.
   *
   * @param users number of users, at least 0
   * @param items number of items, at least 0
   * @param pairUsers user of each pair, each in {@code [0, users)}
   * @param pairItems item of each pair, each in {@code [0, items)}; same length
   * @throws IllegalArgumentException if a number is negative, the lengths differ or an index is out
   *     of range
   */
  public static Interactions of(int users, int items, int[] pairUsers, int[] pairItems) {
    if (users < 0 || items < 0) {
      throw new IllegalArgumentException("no pairs of " + users + " users and " + items + " items");
    }
    if (pairUsers.length != pairItems.length) {
      throw new IllegalArgumentException(
          "pairs need as many items as users: " + pairUsers.length + " and " + pairItems.length);
    }
    int[] offsets = new int[users + 1];
    for (int p = 0; p < pairUsers.length; p++) {
      checkIndex("user", pairUsers[p], users);
      checkIndex("item", pairItems[p], items);
      offsets[pairUsers[p] + 1]++;
    }
    for (int u = 0; u < users; u++) {
      offsets[u + 1] += offsets[u];
    }
    int[] columns = new int[pairUsers.length];
    int[] next = Arrays.copyOf(offsets, users);
    for (int p = 0; p < pairUsers.length; p++) {
      columns[next[pairUsers[p]]++] = pairItems[p];
    }
    return compact(users, items, offsets, columns);
  }

  private static void checkIndex(String what, int index, int bound) {
    if (index < 0 || index >= bound) {
      throw new IllegalArgumentException(what + " " + index + " is outside [0, " + bound + ")");
    }
  }

  /** Sorts each row and drops repeated columns. */
  private static Interactions compact(int users, int items, int[] offsets, int[] columns) {
    int[] compactOffsets = new int[users + 1];
    int size = 0;
    for (int u = 0; u < users; u++) {
      Arrays.sort(columns, offsets[u], offsets[u + 1]);
      for (int p = offsets[u]; p < offsets[u + 1]; p++) {
        if (p == offsets[u] || columns[p] != columns[p - 1]) {
          columns[size++] = columns[p];
        }
      }
      compactOffsets[u + 1] = size;
    }
    return new Interactions(users, items, compactOffsets, Arrays.copyOf(columns, size));
  }

  /** Number of users (rows), those without items included. */
  public int users() {
    return users;
  }

  /** Number of items (columns), those without users included. */
  public int items() {
    return items;
  }

  /** Number of distinct pairs. */
  public int size() {
    return columns.length;
  }

  /** Number of items of a user. */
  public int degree(int user) {
    return offsets[user + 1] - offsets[user];
  }

  /** Number of users of each item. */
  public int[] itemDegrees() {
    int[] degrees = new int[items];
    for (int item : columns) {
      degrees[item]++;
    }
    return degrees;
  }

  /**
   * Position of the user's first pair in {@link #itemAt}; the last one is {@code end(user) - 1}.
   */
  public int begin(int user) {
    return offsets[user];
  }

  /** One past the position of the user's last pair. */
  public int end(int user) {
    return offsets[user + 1];
  }

  /** Item of the pair at a position in {@code [0, size())}; ascending within a user. */
  public int itemAt(int position) {
    return columns[position];
  }

  /** A copy of the user's items, ascending. */
  public int[] itemsOf(int user) {
    return Arrays.copyOfRange(columns, offsets[user], offsets[user + 1]);
  }

  /** Whether the pair is there; O(log degree). */
  public boolean contains(int user, int item) {
    return Arrays.binarySearch(columns, offsets[user], offsets[user + 1], item) >= 0;
  }

  /** A copy of the user of each position, in position order. */
  public int[] pairUsers() {
    int[] pairUsers = new int[columns.length];
    for (int u = 0; u < users; u++) {
      Arrays.fill(pairUsers, offsets[u], offsets[u + 1], u);
    }
    return pairUsers;
  }

  /** A copy of the item of each position, in position order. */
  public int[] pairItems() {
    return columns.clone();
  }

  /** The same pairs with items as rows and users as columns. */
  public Interactions transpose() {
    return of(items, users, columns, pairUsers());
  }

  /** The same pairs with at least the given numbers of users and items. */
  public Interactions widened(int atLeastUsers, int atLeastItems) {
    int wideUsers = Math.max(users, atLeastUsers);
    int[] wide = Arrays.copyOf(offsets, wideUsers + 1);
    Arrays.fill(wide, users + 1, wide.length, columns.length);
    return new Interactions(wideUsers, Math.max(items, atLeastItems), wide, columns);
  }

  /**
   * SHA-256 over the pairs in (user, item) order, each written as {@code user item\n} in ASCII,
   * lower-case hexadecimal. The numbers of users and items do not enter.
   */
  public String digest() {
    Sha256 sha = new Sha256();
    byte[] text = new byte[1 << 16];
    int end = 0;
    for (int u = 0; u < users; u++) {
      for (int p = offsets[u]; p < offsets[u + 1]; p++) {
        if (text.length - end < LONGEST_PAIR) {
          sha.add(text, 0, end);
          end = 0;
        }
        end = DecimalText.put(u, text, end);
        text[end++] = ' ';
        end = DecimalText.put(columns[p], text, end);
        text[end++] = '\n';
      }
    }
    return sha.add(text, 0, end).hex();
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof Interactions that
        && users == that.users
        && items == that.items
        && Arrays.equals(offsets, that.offsets)
        && Arrays.equals(columns, that.columns);
  }

  @Override
  public int hashCode() {
    return Objects.hash(users, items, Arrays.hashCode(columns));
  }

  @Override
  public String toString() {
    return "Interactions[" + users + " users x " + items + " items, " + columns.length + " pairs]";
  }
}
