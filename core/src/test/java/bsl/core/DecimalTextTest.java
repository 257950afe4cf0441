package bsl.core;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;

class DecimalTextTest {
  @Test
  void writesWhatStringsHaveAndNothingElse() {
    List<Long> numbers = new ArrayList<>(List.of(0L, Long.MAX_VALUE, (long) Integer.MAX_VALUE));
    for (long power = 1; power > 0 && power <= 1_000_000_000_000_000_000L; power *= 10) {
      numbers.addAll(List.of(power - 1, power, power + 1, 7 * power));
    }
    RandomStream random = RandomStream.of(1, RandomStream.Purpose.TEST);
    for (int n = 0; n < 10_000; n++) {
      numbers.add((long) random.nextInt(1 << random.nextInt(31)));
    }
    for (long number : numbers) {
      byte[] bytes = new byte[DecimalText.LONGEST + 3];
      Arrays.fill(bytes, (byte) '.');
      int end = DecimalText.put(number, bytes, 2);

      String digits = Long.toString(number);
      assertThat(end).isEqualTo(2 + digits.length());
      assertThat(new String(bytes, StandardCharsets.US_ASCII))
          .isEqualTo(".." + digits + ".".repeat(bytes.length - end));
    }
  }
}
