package bsl.report;

import java.util.ArrayList;
import java.util.List;

/**
 * A table or figure of the paper, made.
 *
 * @param id short name, for files
 * @param title for people
 * @param blocks what it consists of
 * @param claims what came out of the paper's statements about it
 * @param checks what is asserted about its numbers
 */
public record Report(
    String id, String title, List<Block> blocks, List<Claim> claims, List<Check> checks) {
  /** Whether all checks pass. */
  public boolean holds() {
    return failed().isEmpty();
  }

  /** Checks that do not pass. */
  public List<Check> failed() {
    return checks.stream().filter(check -> !check.passes()).toList();
  }

  /** The same with a block before all others. */
  public Report headed(Block first) {
    List<Block> all = new ArrayList<>(List.of(first));
    all.addAll(blocks);
    return new Report(id, title, all, claims, checks);
  }

  /** Name of the files, without ending, of one of its tables or figures. */
  String fileOf(String part) {
    return part.isEmpty() ? id : id + "-" + part;
  }
}
