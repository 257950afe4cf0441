/**
 * Tables, figures, claims and checks as data, and what makes files of them: Markdown, CSV, LaTeX,
 * SVG, PNG, one HTML page. Knows nothing of runs.
 */
package bsl.report;
