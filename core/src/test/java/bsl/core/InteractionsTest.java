package bsl.core;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import bsl.core.RandomStream.Purpose;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class InteractionsTest {
  private static Interactions of(int[]... pairs) {
    int[] users = new int[pairs.length];
    int[] items = new int[pairs.length];
    for (int p = 0; p < pairs.length; p++) {
      users[p] = pairs[p][0];
      items[p] = pairs[p][1];
    }
    return Interactions.of(4, 10, users, items);
  }

  @Test
  void sortsRowsAndKeepsRepeatedPairsOnce() {
    Interactions pairs = of(new int[] {2, 7}, new int[] {0, 3}, new int[] {2, 1}, new int[] {2, 7});

    assertThat(pairs.size()).isEqualTo(3);
    assertThat(pairs.itemsOf(2)).containsExactly(1, 7);
    assertThat(pairs.degree(1)).isZero();
    assertThat(pairs.contains(2, 7)).isTrue();
    assertThat(pairs.contains(2, 3)).isFalse();
    assertThat(pairs.pairUsers()).containsExactly(0, 2, 2);
    assertThat(pairs.pairItems()).containsExactly(3, 1, 7);
  }

  /** printf '0 3\n2 1\n2 7\n' | sha256sum */
  @Test
  void theDigestIsThatOfTheSortedPairsAsText() {
    Interactions pairs = of(new int[] {2, 7}, new int[] {0, 3}, new int[] {2, 1});

    assertThat(pairs.digest())
        .isEqualTo("f1ae0e2b71b20dff203331c6f1e935b5ab69a4d5988b12fd3832ce1aa28b8ef7");
    assertThat(pairs.widened(100, 100).digest()).isEqualTo(pairs.digest());
  }

  /** More text than is digested at a time. */
  @Test
  void theDigestOfManyPairsIsThatOfAllTheirText() throws NoSuchAlgorithmException {
    int size = 30_000;
    int[] users = IntStream.range(0, size).map(p -> p / 3).toArray();
    int[] items = IntStream.range(0, size).map(p -> 123_456_789 * (p % 3)).toArray();
    StringBuilder text = new StringBuilder();
    for (int p = 0; p < size; p++) {
      text.append(users[p]).append(' ').append(items[p]).append('\n');
    }
    byte[] expected =
        MessageDigest.getInstance("SHA-256")
            .digest(text.toString().getBytes(StandardCharsets.US_ASCII));

    assertThat(Interactions.of(size, 1 << 28, users, items).digest())
        .isEqualTo(HexFormat.of().formatHex(expected));
  }

  @Test
  void pairsAreEqualIfUsersAndItemsAre() {
    Interactions pairs = of(new int[] {0, 3}, new int[] {2, 7});

    assertThat(of(new int[] {2, 7}, new int[] {0, 3})).isEqualTo(pairs).hasSameHashCodeAs(pairs);
    assertThat(of(new int[] {0, 3}, new int[] {1, 7})).isNotEqualTo(pairs);
    assertThat(of(new int[] {0, 3}, new int[] {2, 8})).isNotEqualTo(pairs);
    assertThat(pairs.widened(5, 0)).isNotEqualTo(pairs);
    assertThat(pairs.widened(0, 11)).isNotEqualTo(pairs);
    assertThat(pairs.widened(0, 0)).isEqualTo(pairs);
  }

  @Test
  void nothingThatIsGivenOrHandedOutChangesThem() {
    int[] users = new int[3];
    int[] items = {1, 5, 9};
    Interactions pairs = Interactions.of(1, 10, users, items);
    for (int[] array :
        List.of(
            users,
            items,
            pairs.itemsOf(0),
            pairs.pairUsers(),
            pairs.pairItems(),
            pairs.itemDegrees())) {
      Arrays.fill(array, 7);
    }

    assertThat(pairs).isEqualTo(Interactions.of(1, 10, new int[3], new int[] {1, 5, 9}));
    assertThat(pairs.pairUsers()).containsExactly(0, 0, 0);
    assertThat(pairs.itemDegrees()).containsExactly(0, 1, 0, 0, 0, 1, 0, 0, 0, 1);
  }

  @Test
  void transposingTwiceGivesTheSamePairs() {
    for (long seed = 0; seed < 500; seed++) {
      RandomStream random = RandomStream.of(seed, Purpose.TEST);
      int size = random.nextInt(61);
      int[] rows = new int[size];
      int[] columns = new int[size];
      boolean[][] there = new boolean[4][10];
      for (int p = 0; p < size; p++) {
        rows[p] = random.nextInt(4);
        columns[p] = random.nextInt(10);
        there[rows[p]][columns[p]] = true;
      }
      Interactions pairs = Interactions.of(4, 10, rows, columns);
      Interactions transposed = pairs.transpose();

      assertThat(transposed.transpose()).as("seed %d", seed).isEqualTo(pairs);
      assertThat(pairs.itemDegrees())
          .isEqualTo(IntStream.range(0, pairs.items()).map(transposed::degree).toArray());
      for (int u = 0; u < 4; u++) {
        for (int i = 0; i < 10; i++) {
          assertThat(transposed.contains(i, u))
              .as("seed %d, user %d, item %d", seed, u, i)
              .isEqualTo(there[u][i])
              .isEqualTo(pairs.contains(u, i));
        }
      }
    }
  }

  @Test
  void refusesIndicesOutOfRange() {
    assertThatThrownBy(() -> of(new int[] {4, 0}))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("user 4 is outside [0, 4)");
    assertThatThrownBy(() -> of(new int[] {0, -1})).hasMessage("item -1 is outside [0, 10)");
    assertThatThrownBy(() -> Interactions.of(1, 1, new int[1], new int[2]))
        .hasMessageContaining("as many items as users");
    assertThatThrownBy(() -> Interactions.of(-1, 3, new int[0], new int[0]))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("no pairs of -1 users and 3 items");
    assertThatThrownBy(() -> Interactions.of(2, -3, new int[0], new int[0]))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("no pairs of 2 users and -3 items");
  }

  @Test
  void aSplitsPartsMustHaveTheSameShape() {
    Interactions other = Interactions.of(4, 11, new int[0], new int[0]);

    assertThatThrownBy(() -> Split.of("x", of(), other)).hasMessageContaining("differ in shape");
    assertThatThrownBy(() -> new Split("x", of(), Optional.of(other), of()))
        .hasMessageContaining("validation");
  }

  @Test
  void holdingOutMovesAShareOfEachUsersPairs() {
    int[] users = new int[200];
    int[] items = new int[200];
    for (int p = 0; p < 200; p++) {
      users[p] = p / 50;
      items[p] = p % 50;
    }
    Interactions train = Interactions.of(5, 50, users, items);
    Split split = Split.of("x", train, Interactions.of(5, 50, new int[0], new int[0]));
    Split held = split.holdOut(0.1, 1);
    Interactions validation = held.validation().orElseThrow();

    for (int u = 0; u < 4; u++) {
      assertThat(validation.degree(u)).isEqualTo(5);
      Set<Integer> union = new TreeSet<>();
      for (int item : held.train().itemsOf(u)) {
        union.add(item);
      }
      for (int item : validation.itemsOf(u)) {
        assertThat(union.add(item)).as("in train and validation").isTrue();
      }
      assertThat(union).hasSize(50);
    }
    assertThat(validation.degree(4)).isZero();
    assertThat(split.holdOut(0.1, 1)).isEqualTo(held);
    assertThat(split.holdOut(0.1, 2)).isNotEqualTo(held);
  }

  /** Users with the same items; the last one has more of them in the other data set. */
  @Test
  void whatIsHeldOutOfAUserIsItsOwnAndDependsOnNoOtherUser() {
    int[] users = IntStream.range(0, 200).map(p -> p / 50).toArray();
    int[] items = IntStream.range(0, 200).map(p -> p % 50 * 2).toArray();
    Interactions train = Interactions.of(4, 100, users, items);
    users[0] = 3;
    items[0] = 1;
    Interactions other = Interactions.of(4, 100, users, items);
    Interactions none = Interactions.of(4, 100, new int[0], new int[0]);
    Interactions held = Split.of("x", train, none).holdOut(0.2, 1).validation().orElseThrow();
    Interactions heldOfOther =
        Split.of("x", other, none).holdOut(0.2, 1).validation().orElseThrow();

    for (int u = 1; u < 3; u++) {
      assertThat(held.itemsOf(u)).isEqualTo(heldOfOther.itemsOf(u));
      assertThat(held.itemsOf(u)).isNotEqualTo(held.itemsOf(u - 1));
    }
  }

  @Test
  void theShareThatIsHeldOutIsRoundedDownForEachUser() {
    // User u has u + 1 pairs: 1 to 12.
    int[] users = new int[78];
    int[] items = new int[78];
    for (int u = 0, p = 0; u < 12; u++) {
      for (int i = 0; i <= u; i++) {
        users[p] = u;
        items[p++] = i;
      }
    }
    Interactions train = Interactions.of(12, 12, users, items);
    Interactions none = Interactions.of(12, 12, new int[0], new int[0]);
    Split held = Split.of("x", train, none).holdOut(0.3, 1);
    int[] expected = {0, 0, 0, 1, 1, 1, 2, 2, 2, 3, 3, 3};

    for (int u = 0; u < 12; u++) {
      assertThat(held.validation().orElseThrow().degree(u)).as("user %d", u).isEqualTo(expected[u]);
      assertThat(held.train().degree(u)).as("user %d", u).isEqualTo(u + 1 - expected[u]);
    }
  }

  @Test
  void holdingOutDoesNotDropAValidationSet() {
    Interactions validation = of(new int[] {2, 3});
    Split split = new Split("x", of(new int[] {0, 1}), Optional.of(validation), of());

    assertThatThrownBy(() -> split.holdOut(0.5, 1))
        .isInstanceOf(IllegalStateException.class)
        .hasMessageContaining("x has a validation set of its own");
  }

  @Test
  void holdingOutLeavesEveryUserATrainPair() {
    Split split = Split.of("x", of(new int[] {0, 1}, new int[] {1, 1}, new int[] {1, 2}), of());

    assertThat(split.holdOut(0.99, 1).train().degree(0)).isEqualTo(1);
    assertThat(split.holdOut(0.99, 1).train().degree(1)).isEqualTo(1);
    for (double fraction : new double[] {0, 1, -0.1, Double.NaN}) {
      assertThatThrownBy(() -> split.holdOut(fraction, 1))
          .isInstanceOf(IllegalArgumentException.class)
          .hasMessage("held-out fraction must be in (0, 1): " + fraction);
    }
  }
}
