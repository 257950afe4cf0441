/** The paper's published numbers, and the tables that set ours beside them. */
package bsl.paper;
