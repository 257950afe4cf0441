/**
 * Holds tables, figures, claims and checks as data, and makes files of them: Markdown, CSV, LaTeX,
 * SVG, PNG and one HTML page. This package knows nothing of training.
 */
package bsl.report;
