package bsl.report;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

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
  /**
   * Checks that every claim can be told from the others.
   *
   * @throws IllegalArgumentException if two claims have the same id and data set
   */
  public Report {
    Set<String> seen = new HashSet<>();
    for (Claim claim : claims) {
      if (!seen.add(claim.id() + " on " + claim.dataset())) {
        throw new IllegalArgumentException(
            "two claims " + claim.id() + " on " + claim.dataset() + " in " + id);
      }
    }
  }

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

  /** The same with more checks after its own. */
  public Report with(List<Check> more) {
    List<Check> all = new ArrayList<>(checks);
    all.addAll(more);
    return new Report(id, title, blocks, claims, all);
  }

  /** Name of the files, without ending, of one of its tables or figures. */
  String fileOf(String part) {
    return part.isEmpty() ? id : id + "-" + part;
  }
}
