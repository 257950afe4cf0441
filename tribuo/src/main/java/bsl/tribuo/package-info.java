/**
 * The suite's recommenders as Tribuo trainers and models. An {@link org.tribuo.Example} is a user:
 * its one feature is the user's name, its labels are the user's items. Training itself happens in
 * {@link bsl.run.Training} and never sees a Tribuo object.
 */
package bsl.tribuo;
