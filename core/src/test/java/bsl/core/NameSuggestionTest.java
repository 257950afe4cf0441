package bsl.core;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class NameSuggestionTest {
  private static final List<String> KNOWN =
      List.of("tau", "tau_ratio", "batch_size", "lightgcn", "psl-tanh", "ml-1m", "bsl");

  @ParameterizedTest
  @CsvSource({
    "batchsize, batch_size",
    "batch-size, batch_size",
    "BATCH_SIZE, batch_size",
    "tua, tau",
    "tauratio, tau_ratio",
    "lihgtgcn, lightgcn",
    "light-gcn, lightgcn",
    "psltanh, psl-tanh",
    "ml1m, ml-1m",
    "bls, bsl",
    "psl, psl-tanh",
  })
  void slipsLeadToTheNameThatWasMeant(String given, String meant) {
    assertThat(NameSuggestion.closest(given, KNOWN)).contains(meant);
  }

  @ParameterizedTest
  @CsvSource({"gowalla", "x", "''", "epochs", "simgcl"})
  void whatIsFarFromEveryNameSuggestsNothing(String given) {
    assertThat(NameSuggestion.closest(given, KNOWN)).isEmpty();
    assertThat(NameSuggestion.hint(given, KNOWN)).isEmpty();
  }

  @Test
  void theHintEndsAMessage() {
    assertThat(NameSuggestion.hint("tua", KNOWN)).isEqualTo("; did you mean 'tau'?");
  }
}
