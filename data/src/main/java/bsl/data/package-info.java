/** Data sets: reading, checking, fetching and synthesising them. */
package bsl.data;
