/** Tests that look at all modules at once: who may see whom, licences, the bill of materials. */
package bsl.architecture;
