/**
 * Makes the suite's recommenders available as Tribuo trainers and models. An {@link
 * org.tribuo.Example} is a user: its one feature is the user's name, its labels are the user's
 * items. {@link bsl.run.Training} does the training and never sees a Tribuo object.
 */
package bsl.tribuo;
