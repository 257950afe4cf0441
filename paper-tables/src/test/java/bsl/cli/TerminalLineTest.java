package bsl.cli;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class TerminalLineTest {
  @ParameterizedTest
  @ValueSource(ints = {20, 40, 80, 132, 300})
  void theTimeLeftIsNeverCutAndNoLineIsLongerThanTheTerminal(int width) {
    String line =
        TerminalLine.bar(
            width, "12:00:00 left", 0.5, "epoch 5/10 yelp2018-lightgcn-mean-variance-0123456789ab");

    assertThat(line).startsWith("12:00:00 left  50% ").hasSizeLessThanOrEqualTo(width);
  }

  @ParameterizedTest
  @CsvSource({"0, 0", "0.25, 10", "0.5, 20", "1, 40", "1.5, 40", "-1, 0"})
  void theBarIsAsLongAsTheShare(double share, int marks) {
    String line = TerminalLine.bar(200, "", share, "");

    assertThat(line.chars().filter(c -> c == '=').count()).isEqualTo(marks);
    assertThat(line.indexOf(']') - line.indexOf('[') - 1).isEqualTo(40);
  }

  @Test
  void atEightyColumnsThereIsRoomForEverything() {
    assertThat(
            TerminalLine.bar(80, "0:01:35 left", 0.41, "epoch 12/30 ndcg@20 0.26538 ml-1m-mf-bsl"))
        .isEqualTo(
            "0:01:35 left  41% [=======           ] epoch 12/30 ndcg@20 0.26538 ml-1m-mf-bsl");
  }
}
