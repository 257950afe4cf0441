package bsl.paper;

import java.util.List;

/**
 * What is to be reproduced.
 *
 * @param preset preset of the runs, see {@link bsl.run.Presets}
 * @param datasets names of the data sets to use, all of them at hand
 */
public record Scope(String preset, List<String> datasets) {}
