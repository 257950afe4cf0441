package bsl.report;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/**
 * Holds what was made of one table or figure of the paper.
 *
 * @param id short name, which file names begin with
 * @param title heading
 * @param blocks tables, figures and texts, from top to bottom
 * @param claims statements of the paper with their verdicts
 * @param checks numbers with a tolerance
 */
public record Report(
    String id, String title, List<Block> blocks, List<Claim> claims, List<Check> checks) {
  /** What stands before a figure's title where Java cannot draw. */
  static final String NOT_DRAWN = "Not drawn, Java finds no fonts: ";

  /**
   * Checks that every claim can be told from the others.
   *
   * @throws IllegalArgumentException if two claims have the same id, data set and protocol
   */
  public Report {
    Set<String> seen = new HashSet<>();
    for (Claim claim : claims) {
      String name = claim.id() + " on " + claim.dataset() + " under protocol " + claim.protocol();
      if (!seen.add(name)) {
        throw new IllegalArgumentException("two claims " + name + " in " + id);
      }
    }
  }

  /** Says whether all checks pass. */
  public boolean holds() {
    return failed().isEmpty();
  }

  /** The checks that do not pass. */
  public List<Check> failed() {
    return checks.stream().filter(check -> !check.passes()).toList();
  }

  /** The same report with a block before all others. */
  public Report headed(Block first) {
    List<Block> all = new ArrayList<>(List.of(first));
    all.addAll(blocks);
    return new Report(id, title, all, claims, checks);
  }

  /** The same report with a line in place of each figure, for where Java cannot draw. */
  public Report withoutFigures() {
    List<Block> all =
        blocks.stream()
            .map(
                block ->
                    block instanceof Figure figure
                        ? new Paragraph(NOT_DRAWN + figure.title() + ".")
                        : block)
            .toList();
    return new Report(id, title, all, claims, checks);
  }

  /** The same report with more checks after its own. */
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
