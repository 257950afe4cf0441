package bsl.cli;

/** What is said where Java finds no fonts, without which no figure can be drawn. */
final class MissingFonts {
  static final String ADVICE = "on Debian, install fontconfig and fonts-dejavu-core";

  static final String FIGURES_LEFT_OUT = "figures are left out: Java finds no fonts; " + ADVICE;

  private MissingFonts() {}
}
