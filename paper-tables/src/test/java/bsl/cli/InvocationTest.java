package bsl.cli;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import picocli.CommandLine;

class InvocationTest {
  private static final String PROGRAM = Invocation.of();

  private static String again(String... arguments) {
    CommandLine line = Main.commandLine();
    line.parseArgs(arguments);
    String name = arguments[0];
    return Invocation.again(line.getSubcommands().get(name).getCommandSpec());
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "train --dataset tiny --loss bsl",
        "train --resume --dataset tiny",
        "train --resume=true --dataset=tiny",
        "reproduce --profile quick overall",
        "reproduce --resume overall",
        "reproduce -- overall"
      })
  void whatGoesOnIsTheCommandAsItWasTyped(String command) {
    assertThat(again(command.split(" "))).isEqualTo(PROGRAM + " " + command);
  }

  @Test
  void wordsAreQuotedForAShell() {
    assertThat(again("train", "--out", "my runs/it's"))
        .isEqualTo(PROGRAM + " train --out 'my runs/it'\\''s'");
  }
}
